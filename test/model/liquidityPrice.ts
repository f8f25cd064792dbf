import { floorRoot, Rational } from "./rational";

const WAD = 10n ** 18n;
const Q112 = 1n << 112n;

/**
 * The LP tokens that a pair owes to Uniswap's protocol: a sixth of the growth of root k, by Uniswap's own formula and
 * rounding, which protocol.md counts among the supply.
 */
export function pendingFee(supply: bigint, k: bigint, kLast: bigint): bigint {
  const [root, rootLast] = [floorRoot(k), floorRoot(kLast)];
  if (kLast === 0n || root <= rootLast) return 0n;
  return Rational.of(root - rootLast, root * 5n + rootLast)
    .times(supply)
    .floor();
}

/**
 * kp3rPerLp = sqrt(r0 * r1 / p) / S, WAD, with p the mean paired token per KP3R in UQ112.112. As LiquidityMath documents,
 * the pool's KP3R is counted in whole wei before it is shared out.
 */
export function kp3rPerLp(k: bigint, averageX112: bigint, supply: bigint): bigint {
  return Rational.of(poolKp3r(k, averageX112), supply).times(WAD).floor();
}

/** The same, rounded only once. */
export function kp3rPerLpExactly(k: bigint, averageX112: bigint, supply: bigint): bigint {
  return Rational.of(k * Q112, averageX112)
    .times(Rational.of(WAD * WAD, supply * supply))
    .floorRoot();
}

/** The KP3R on each side of a pool that stands at the mean price, in value. */
function poolKp3r(k: bigint, averageX112: bigint): bigint {
  return Rational.of(k * Q112, averageX112).floorRoot();
}
