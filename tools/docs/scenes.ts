import type { Scene } from "./scene";

const NODE = "npm run node";
/** How a shell in the clone learns who plays a role on the local chain. */
const addressOf = (role: string): string => `$(node -p "${read(role)}.address")`;
const haveKeyOf = (role: string): string => `export KEEP3R_PRIVATE_KEY=$(node -p "${read(role)}.privateKey")`;
/** A project of the reader's own, with the packages that were packed in the clone. */
const haveProject = (name: string): string =>
  `mkdir ../${name} && cd ../${name} && npm init --yes && cp ../keep3r/*.tgz .`;
/** Three days pass on the local chain. */
const WAIT = `node --input-type=module -e '
  for (const [method, ...params] of [["evm_increaseTime", 3 * 86_400], ["evm_mine"]]) {
    await fetch("http://127.0.0.1:8545", { method: "POST", body: JSON.stringify({ id: 1, jsonrpc: "2.0", method, params }) });
  }'`;
/** forge-std as Chainlink's package has it, which is installed for our own tests. */
const FORGE_STD = "../keep3r/node_modules/@chainlink/contracts/src/v0.8/vendor/forge-std/src";

/** How each page with commands is read, in the order in which a newcomer would. */
export const SCENES: readonly Scene[] = [
  { page: "README.md" },
  {
    page: "docs/write-a-job.md",
    prose: [
      { types: "npx --no keep3r job new HarvestJob --folder ../harvest-job" },
      { at: "make the folder `heartbeat`", does: "mkdir ../heartbeat && cd ../heartbeat" },
      { writes: "package.json" },
      { writes: "hardhat.config.js" },
      { writes: "contracts/Heartbeat.sol" },
      {
        types: "npx hardhat run scripts/work.js --network localhost",
        at: "Run the last again: `nothing to do`",
        prints: "nothing to do",
      },
    ],
  },
  {
    page: "docs/jobs/foundry.md",
    begins: "beside the clone",
    prose: [
      { at: "has been packed by `npm pack`", does: "(cd keep3r && npm pack)" },
      {
        at: "Beside this repository",
        does: 'forge=$(ls -d "$PWD"/keep3r/node_modules/@foundry-rs/forge-*/bin) && export PATH="$forge:$PATH"',
      },
      // forge would download a compiler
      { at: "Beside this repository", does: 'export FOUNDRY_SOLC="$PWD/keep3r/tools/solidity/solc.js"' },
      {
        at: "git init && forge install foundry-rs/forge-std",
        does: `mkdir -p lib/forge-std && cp -r ${FORGE_STD} lib/forge-std/src`,
      },
    ],
  },
  {
    page: "docs/keepers.md",
    prose: [
      { at: "From the command line:", does: NODE },
      { at: "From the command line:", does: haveKeyOf("trader") },
      { at: "npx --no keep3r keeper activate --network NAME", does: WAIT },
      { at: "npx --no keep3r keeper accept --keeper KEEPER", does: haveKeyOf("jobOwner") },
    ],
    words: { NAME: "node", OWNER: addressOf("jobOwner"), KEEPER: addressOf("trader") },
  },
  {
    page: "docs/operate.md",
    prose: [
      { types: "npm run operate -- COMMAND" },
      { types: NODE },
      { types: "npm run node -- --port 9545" },
      { types: "npx --no keep3r report prices --network node-9545" },
    ],
    words: { COMMAND: "job --help" },
    shows: { "npx --no keep3r keeper activate --network node": ["text", 1] },
  },
  {
    page: "docs/deploy.md",
    prose: [{ types: NODE }, { types: "cat deployments/localhost/deployment.json" }],
    shows: { "cat deployments/localhost/deployment.json": ["json", 1] },
  },
  { page: "docs/fork-tests.md", shows: { "npm run test:fork": ["text", 1] } },
  {
    page: "cli/README.md",
    prose: [
      { types: "npm pack --workspace sdk --workspace cli" },
      { at: "They install together", does: NODE },
      { at: "They install together", does: haveProject("shell") },
      { at: "A deployment is read from", does: "cp -r ../keep3r/deployments ." },
    ],
  },
  {
    page: "sdk/README.md",
    prose: [
      { types: "npm pack --workspace sdk" },
      { at: "npm install ./keep3r-network-sdk", does: haveProject("bot") },
      { writes: "bond.mjs" },
    ],
  },
  { page: "docs/benchmarks.md" },
];

function read(role: string): string {
  return `require('./deployments/node/deployment.json').roles.${role}`;
}
