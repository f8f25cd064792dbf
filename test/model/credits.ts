import { greater, lesser, Rational } from "./rational";

const WAD = 10n ** 18n;

/** The two times of the bucket, in seconds. */
export interface BucketTerms {
  rewardPeriodTime: number;
  inflationPeriod: number;
}

/** KP3R underlying an amount of LP tokens at a price in KP3R per LP token, WAD. */
export function worth(amount: bigint, price: bigint): bigint {
  return Rational.of(price, WAD).times(amount).floor();
}

/** cap = value * rewardPeriodTime / inflationPeriod */
export function periodCredits(value: bigint, { rewardPeriodTime, inflationPeriod }: BucketTerms): bigint {
  return Rational.of(value).times(Rational.of(rewardPeriodTime, inflationPeriod)).floor();
}

/** max(credits, min(cap, credits + value * dt / inflationPeriod)) */
export function accrued(credits: bigint, value: bigint, elapsed: number, terms: BucketTerms): bigint {
  const before = Rational.of(credits);
  const cap = Rational.of(value).times(Rational.of(terms.rewardPeriodTime, terms.inflationPeriod));
  const mined = Rational.of(value).times(Rational.of(elapsed, terms.inflationPeriod));
  return greater(before, lesser(cap, before.plus(mined))).floor();
}

/** The share of min(credits, cap) that leaves with a part of the value, rounded up; all of it with the whole value. */
export function leaving(credits: bigint, cap: bigint, removed: bigint, value: bigint): bigint {
  const mined = credits < cap ? credits : cap;
  return removed >= value ? mined : Rational.of(removed, value).times(mined).ceil();
}

/** What a price may rise to in the next period: 25 % more. */
export function priceCeiling(price: bigint): bigint {
  return Rational.of(price).times(Rational.of(5, 4)).floor();
}
