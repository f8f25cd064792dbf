/** For steps that run at the same time after a build, or over contracts that were exchanged: they build nothing. */
export const BUILT = { BUILT: "true" } as const;

/**
 * Whether this process is such a step. Hardhat writes the list of what it has compiled even when there is nothing to
 * compile; another process that finds half of that list compiles everything again.
 */
export const IS_BUILT = process.env.BUILT === BUILT.BUILT;
