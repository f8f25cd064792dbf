/** The block of the real mainnet that tests fork: everything that they touch was there in July 2025. */
export const PINNED_BLOCK = 23_000_000;

/** The chain that fork tests run over. */
export interface Backing {
  name: string;
  url: string;
  standIn: boolean;
  /** The one to fork at; undefined for the latest. */
  blockNumber?: number;
}

/** The real mainnet by a node of it. */
export function mainnetBy(url: string): Backing {
  const host = URL.canParse(url) ? new URL(url).host : "a node";
  return {
    name: `the real mainnet at block ${PINNED_BLOCK}, by ${host}`,
    url,
    standIn: false,
    blockNumber: PINNED_BLOCK,
  };
}

export function standInAt(url: string): Backing {
  return { name: `the stand-in mainnet at ${url}`, url, standIn: true };
}

/** The chain that this process forks: forkTests.ts sets FORK_URL. */
export function chosenBacking(): Backing | undefined {
  const url = process.env.FORK_URL;
  if (!url) return undefined;
  return url === process.env.MAINNET_RPC_URL ? mainnetBy(url) : standInAt(url);
}
