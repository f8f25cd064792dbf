/** One whole unit of a quantity with 18 decimals, such as KP3R, ether or an LP token. */
export const WAD = 10n ** 18n;
/** Wei per gwei. */
export const GWEI = 10n ** 9n;
/** Basis points in a whole: 10,000 are 100 %. */
export const BPS = 10_000n;

/** Seconds. */
export const MINUTE = 60;
/** Seconds. */
export const HOUR = 3600;
/** Seconds. */
export const DAY = 86_400;

const PARTS = 1_000_000;

/**
 * Part of an amount, to a millionth.
 * @param part From 0 to 1: 0.25 is a quarter
 */
export function portion(amount: bigint, part: number): bigint {
  return (amount * BigInt(Math.round(part * PARTS))) / BigInt(PARTS);
}

/** A quotient as a number, exact to 18 decimals: for charts and statistics, never for payments. */
export function ratio(numerator: bigint, denominator: bigint): number {
  return Number((numerator * WAD) / denominator) / Number(WAD);
}
