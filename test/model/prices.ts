import { type BucketTerms, priceCeiling } from "./credits";

const RETRY_TIME = 30 * 60;

/** KP3R per LP token of a kind of liquidity at a time, WAD; undefined when there is no quote. */
export type Quote = (liquidity: string, now: number) => bigint | undefined;

export interface Kind {
  approved: boolean;
  /** KP3R per LP token, WAD; 0 before the first. */
  price: bigint;
  pricedAt: number;
  /** When a quote last failed. */
  triedAt: number;
}

export function newKind(): Kind {
  return { approved: true, price: 0n, pricedAt: 0, triedAt: 0 };
}

/** Whether the price in force was taken in this reward period. */
export function isCurrent(kind: Kind, now: number, { rewardPeriodTime }: BucketTerms): boolean {
  return kind.pricedAt >= now - (now % rewardPeriodTime);
}

/** The price in force at a touch: of this reward period where there is a quote, else the last one, tried again later. */
export function refresh(kind: Kind, quote: bigint | undefined, now: number, terms: BucketTerms): void {
  if (now >= kind.triedAt + RETRY_TIME) refreshAtOnce(kind, quote, now, terms);
}

/** The same, however lately a quote has failed. */
export function refreshAtOnce(kind: Kind, quote: bigint | undefined, now: number, terms: BucketTerms): void {
  if (isCurrent(kind, now, terms)) return;
  if (quote === undefined) {
    kind.triedAt = now;
    return;
  }
  const ceiling = priceCeiling(kind.price);
  kind.price = kind.price > 0n && quote > ceiling ? ceiling : quote;
  kind.pricedAt = now;
}
