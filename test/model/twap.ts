import { Rational } from "./rational";

const Q112 = 1n << 112n;

/** A pair's price, UQ112.112 and rounded down as Uniswap does; nothing without reserves. */
export function priceX112(reserveIn: bigint, reserveOut: bigint): bigint {
  if (reserveIn === 0n || reserveOut === 0n) return 0n;
  return Rational.of(reserveOut, reserveIn).times(Q112).floor();
}

/** The mean price, UQ112.112, of a span in which the sum of scaled prices and seconds grew by so much. */
export function meanX112(grown: bigint, shift: bigint, span: bigint): bigint {
  return Rational.of(grown, span)
    .times(1n << shift)
    .floor();
}

export function amountOut(amountIn: bigint, averageX112: bigint): bigint {
  return Rational.of(averageX112, Q112).times(amountIn).floor();
}

/** The sample standard deviation (n - 1). */
export function standardDeviation(samples: readonly bigint[]): bigint {
  const mean = Rational.of(
    samples.reduce((sum, sample) => sum + sample, 0n),
    samples.length,
  );
  const distances = samples.map((sample) => Rational.of(sample).minus(mean));
  const squares = distances.reduce((sum, distance) => sum.plus(distance.times(distance)), Rational.of(0n));
  return squares.over(samples.length - 1).floorRoot();
}
