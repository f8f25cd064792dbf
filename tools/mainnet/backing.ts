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

/** The real mainnet, or undefined if MAINNET_RPC_URL names no node of it. */
export function realMainnet(): Backing | undefined {
  const url = process.env.MAINNET_RPC_URL;
  if (!url) return undefined;
  const { host } = new URL(url);
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
  const real = realMainnet();
  return url === real?.url ? real : standInAt(url);
}
