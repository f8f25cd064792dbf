import { BPS } from "@keep3r-network/sdk";

/** KP3R and ether, in wei: what a pool holds, or what somebody gives to it. */
export interface Amounts {
  kp3r: bigint;
  eth: bigint;
}

/** Uniswap V2 keeps 0.3 % of what is swapped. */
const AFTER_FEE = 997n;
const FEE_BASE = 1_000n;

/**
 * How much of an amount of ether to swap for KP3R, so that what is left is in proportion to what was bought, at the price
 * after the swap.
 *
 * With R ether in the pool, A to give and s to swap, the pool gives 997 s / (1000 R) of the KP3R that it then still has; the
 * rest of the ether is (A - s) / (R + s) of the ether that it then has. Where the two are the same,
 * 997 s^2 + 1997 R s = 1000 A R, and
 *
 *   s = (sqrt(R (3988009 R + 3988000 A)) - 1997 R) / 1994
 *
 * The swap is that of `UniswapV2Library.getAmountOut` (Uniswap V2 whitepaper, 3.2.1); the solution is known as the optimal
 * one-sided supply.
 * @param amount Wei, all that is given
 * @param reserve Wei, the ether of the pool, more than 0
 * @returns Wei, at most `amount`, rounded down
 */
export function etherToSwap(amount: bigint, reserve: bigint): bigint {
  return (squareRoot(reserve * (3_988_009n * reserve + 3_988_000n * amount)) - 1_997n * reserve) / 1_994n;
}

/**
 * What a swap of ether gives (`UniswapV2Library.getAmountOut`), rounded down.
 * @param eth Wei
 * @returns KP3R with 18 decimals
 */
export function boughtFor(eth: bigint, pool: Amounts): bigint {
  const counted = eth * AFTER_FEE;
  return (counted * pool.kp3r) / (pool.eth * FEE_BASE + counted);
}

/**
 * What an addition of liquidity takes of what is given: all of the one, and as much of the other as is in proportion, rounded
 * down (`addLiquidityETH` of `UniswapV2Router02`).
 */
export function takenOf(given: Amounts, pool: Amounts): Amounts {
  const eth = (given.kp3r * pool.eth) / pool.kp3r;
  return eth <= given.eth ? { kp3r: given.kp3r, eth } : { kp3r: (given.eth * pool.kp3r) / pool.eth, eth: given.eth };
}

/**
 * The LP tokens that an addition mints, rounded down (`UniswapV2Pair.mint`). It mints slightly less where Uniswap takes a
 * part of the fees, since that is minted before.
 * @param supply LP tokens that there are
 */
export function mintedFor(added: Amounts, pool: Amounts, supply: bigint): bigint {
  const [byKp3r, byEth] = [(added.kp3r * supply) / pool.kp3r, (added.eth * supply) / pool.eth];
  return byKp3r < byEth ? byKp3r : byEth;
}

/**
 * An amount less a part of it, rounded up: the least that is accepted.
 * @param part BPS, at most 10,000
 */
export function lessPart(amount: bigint, part: bigint): bigint {
  return amount - (amount * part) / BPS;
}

/** Rounded down, by Newton's method from above. */
function squareRoot(value: bigint): bigint {
  if (value < 2n) return value;
  let root = 1n << BigInt(Math.ceil(value.toString(2).length / 2));
  for (;;) {
    const next = (root + value / root) / 2n;
    if (next >= root) return root;
    root = next;
  }
}
