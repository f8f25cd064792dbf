import { Rational } from "./rational";
import { Refusal } from "./refusal";

const WAD = 10n ** 18n;
const Q112 = 1n << 112n;

/** KP3R per ETH from the mean of ETH per KP3R, UQ112.112; undefined where that is nothing, or out of all proportion. */
export function kp3rPerEthOf(averageX112: bigint): bigint | undefined {
  if (averageX112 === 0n) return undefined;
  const quote = Rational.of(WAD * Q112, averageX112).floor();
  return quote < Q112 ? quote : undefined;
}

export interface CachedQuote {
  /** WAD. */
  kp3rPerEth: bigint;
  /** Wei per gas; 0 without an answer of the feed. */
  fastGas: bigint;
  quotedAt: number;
  refreshAt: number;
}

/** KP3R per ETH and the fast gas price as the helper caches them, after the bootstrap; times in seconds. */
export class QuoteModel {
  cached: CachedQuote;
  quoteLifetime: number;
  maxQuoteAge: number;

  constructor(cached: CachedQuote, quoteLifetime: number, maxQuoteAge: number) {
    this.cached = cached;
    this.quoteLifetime = quoteLifetime;
    this.maxQuoteAge = maxQuoteAge;
  }

  /**
   * What a payment uses: refreshed on first use after the lifetime. While the oracle can't answer, the last quote serves
   * until it is too old.
   */
  use(now: number, averageX112: bigint | undefined, fastGas: bigint): CachedQuote {
    if (now < this.cached.refreshAt) return this.cached;

    const fresh = averageX112 === undefined ? undefined : kp3rPerEthOf(averageX112);
    const staleAt = this.cached.quotedAt + this.maxQuoteAge + 1;
    if (fresh === undefined && now >= staleAt) throw new Refusal("StaleQuote");

    const refreshAt = now + this.quoteLifetime;
    this.cached =
      fresh === undefined
        ? { ...this.cached, fastGas, refreshAt: Math.min(refreshAt, staleAt) }
        : { kp3rPerEth: fresh, fastGas, quotedAt: now, refreshAt };
    return this.cached;
  }

  /** A parameter of the quote has changed, which makes it due. */
  makeDue(): void {
    this.cached = { ...this.cached, refreshAt: 0 };
  }
}
