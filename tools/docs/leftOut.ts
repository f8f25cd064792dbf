/** A command of a page that isn't tried. */
export interface LeftOut {
  page: string;
  command: string;
  reason: string;
}

const BENCH = "takes minutes, and installs another compiler; it is run when gas changes";

/** All commands that aren't tried. */
export const LEFT_OUT: readonly LeftOut[] = [
  { page: "README.md", command: "npm cit", reason: "is what CI begins with" },
  {
    page: "docs/jobs/foundry.md",
    command: "git init && forge install foundry-rs/forge-std",
    reason: "needs GitHub; forge-std is copied from an npm package instead",
  },
  {
    page: "docs/fork-tests.md",
    command: "MAINNET_RPC_URL=https://... npm run test:fork",
    reason: "needs an archive node of mainnet",
  },
  { page: "docs/benchmarks.md", command: "npm run bench", reason: BENCH },
  { page: "docs/benchmarks.md", command: "npm run bench -- --check", reason: BENCH },
];

export function isLeftOut(page: string, command: string): boolean {
  return LEFT_OUT.some((left) => left.page === page && left.command === command);
}
