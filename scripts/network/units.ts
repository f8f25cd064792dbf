export const WAD = 10n ** 18n;
export const GWEI = 10n ** 9n;
export const BPS = 10_000n;

export const MINUTE = 60;
export const HOUR = 3600;
export const DAY = 86_400;

const PARTS = 1_000_000;

/** A part of an amount that a generator has drawn: 0.25 is a quarter. */
export function portion(amount: bigint, part: number): bigint {
  return (amount * BigInt(Math.round(part * PARTS))) / BigInt(PARTS);
}

/** The quotient as a number, for prices and ratios to reckon and print with. */
export function ratio(numerator: bigint, denominator: bigint): number {
  return Number((numerator * WAD) / denominator) / Number(WAD);
}
