import { JobsModel, type JobTerms } from "./jobs";
import { kp3rPerLp, pendingFee } from "./liquidityPrice";
import { type GasMarket, paymentOf, type PaymentTerms, type Work } from "./payment";
import type { QuoteModel } from "./quote";
import type { Direction } from "./observations";
import type { OracleModel } from "./oracle";

const DAY = 86_400n;

/** The KP3R/WETH pair: its prices and its LP tokens. */
export interface PoolModel {
  oracle: OracleModel;
  /** In which KP3R is priced. */
  direction: Direction;
  supply: bigint;
  /** The product of the reserves after the last mint or burn; 0 while Uniswap's protocol takes no fee. */
  kLast: bigint;
}

export interface Feed {
  answer: bigint;
  updatedAt: number;
  maxAge: number;
}

/** What a job has worked for: what the meter reads, and what the job vouches for. */
export interface MeteredWork {
  job: string;
  gas: bigint;
}

/** All from the pool's reserves to the keeper's bond: one pair, one keeper, and the jobs. */
export class NetworkModel {
  readonly jobs: JobsModel;
  readonly pool: PoolModel;
  readonly quote: QuoteModel;
  readonly terms: PaymentTerms;
  readonly quoteTwapTime: bigint;
  feed: Feed;

  constructor(
    parts: Pick<NetworkModel, "pool" | "quote" | "terms" | "quoteTwapTime" | "feed"> & { jobTerms: JobTerms },
  ) {
    this.pool = parts.pool;
    this.quote = parts.quote;
    this.terms = parts.terms;
    this.quoteTwapTime = parts.quoteTwapTime;
    this.feed = parts.feed;
    this.jobs = new JobsModel(parts.jobTerms, (_, now) => this.#liquidityPrice(now));
  }

  /** KP3R that the keeper has bonded: all that it was paid. */
  get bond(): bigint {
    return this.jobs.paid;
  }

  /** As JobsModel.attempt. */
  attempt(call: () => void): string | undefined {
    const { cached } = this.quote;
    const refusal = this.jobs.attempt(call);
    if (refusal !== undefined) this.quote.cached = cached;
    return refusal;
  }

  /** The works of one transaction, in order. */
  workAll(works: readonly MeteredWork[], fees: Omit<GasMarket, "fastGas">, now: number): void {
    works.forEach(({ job, gas }, index) => {
      const { kp3rPerEth, fastGas } = this.quote.use(now, this.#mean(now, this.quoteTwapTime), this.#fastGas(now));
      const again = this.jobs.job(job).workedAt === now;
      const overhead = index === 0 ? "first" : again ? "again" : "later";
      const work: Work = { gas, overhead, bond: this.bond, kp3rPerEth };
      this.jobs.pay(job, paymentOf(work, { ...fees, fastGas }, this.terms), now);
    });
  }

  /** kp3rPerLp over a day. */
  #liquidityPrice(now: number): bigint | undefined {
    const mean = this.#mean(now, DAY);
    const { oracle, supply, kLast } = this.pool;
    if (mean === undefined || mean === 0n || supply === 0n) return undefined;
    const [reserve0, reserve1] = oracle.pool.reserves;
    const k = reserve0 * reserve1;
    return kp3rPerLp(k, mean, supply + pendingFee(supply, k, kLast));
  }

  /** ETH per KP3R, UQ112.112, of whatever age; undefined without an answer. */
  #mean(now: number, window: bigint): bigint | undefined {
    const answer = this.pool.oracle.averagePrice(now, this.pool.direction, window);
    return "value" in answer ? answer.value[0] : undefined;
  }

  #fastGas(now: number): bigint {
    const { answer, updatedAt, maxAge } = this.feed;
    return answer > 0n && now - updatedAt <= maxAge ? answer : 0n;
  }
}
