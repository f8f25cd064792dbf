const BPS = 10_000n;
const WAD = 10n ** 18n;
const Q112 = 2n ** 112n;

/** Default terms of the job, BPS. */
export const MAX_SLIPPAGE = 200n;
export const MAX_POOL_SHARE = 25n;

/** Amounts of a pair's tokens, in their own units. */
export interface Amounts {
  amount0: bigint;
  amount1: bigint;
}

/** Amounts from what a vault or a pair answers. */
export function asAmounts([amount0, amount1]: readonly [bigint, bigint, ...unknown[]]): Amounts {
  return { amount0, amount1 };
}

export interface Trade {
  /** Whether token0 is sold. */
  sells0: boolean;
  amountIn: bigint;
  minAmountOut: bigint;
}

/** In token1, rounded down; prices are UQ112.112 of token1 per token0. */
export function valueOf({ amount0, amount1 }: Amounts, price: bigint): bigint {
  return (amount0 * price) / Q112 + amount1;
}

/** The part of the value that token0 makes up, WAD. */
export function weightOf(held: Amounts, price: bigint): bigint {
  return (((held.amount0 * price) / Q112) * WAD) / valueOf(held, price);
}

/** How far a weight is from half. */
export function driftOf(weight: bigint): bigint {
  const half = WAD / 2n;
  return weight > half ? weight - half : half - weight;
}

/** What Uniswap V2 gives for an amount. */
export function yieldOf(amountIn: bigint, reserveIn: bigint, reserveOut: bigint): bigint {
  const withFee = amountIn * 997n;
  return (withFee * reserveOut) / (reserveIn * 1_000n + withFee);
}

/** The trade that the job has to plan on its default terms, by the rule in its documentation; the target is in BPS. */
export function planOf(held: Amounts, reserves: Amounts, price: bigint, targetWeight: bigint): Trade {
  const value0 = (held.amount0 * price) / Q112;
  const wanted0 = ((value0 + held.amount1) * targetWeight) / BPS;
  const sells0 = value0 > wanted0;
  const excess = sells0 ? (held.amount0 * (value0 - wanted0)) / value0 : wanted0 - value0;
  const most = ((sells0 ? reserves.amount0 : reserves.amount1) * MAX_POOL_SHARE) / BPS;
  const amountIn = excess < most ? excess : most;
  const fair = sells0 ? ceilDiv(amountIn * price, Q112) : ceilDiv(amountIn * Q112, price);
  return { sells0, amountIn, minAmountOut: ceilDiv(fair * (BPS - MAX_SLIPPAGE), BPS) };
}

/** A quotient, rounded up. */
export function ceilDiv(a: bigint, b: bigint): bigint {
  return (a + b - 1n) / b;
}
