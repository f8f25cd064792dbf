import { GWEI } from "@keep3r-network/sdk";
import type { Network } from "./network";
import type { Random } from "./random";

const FIRST_BASE_FEE = 18n * GWEI;
const LOWEST_BASE_FEE = 5n * GWEI;
const HIGHEST_BASE_FEE = 60n * GWEI;
/** How far the base fee moves at the most from one step to the next. */
const LARGEST_STEP = 0.15;
/** What keepers tip: about 1 gwei. */
const LOWEST_TIP = 0.9;
const HIGHEST_TIP = 1.4;
/** The feed answers the base fee, this part of it on top, and the tip. */
const FEED_MARGIN = 8n;

export interface Fees {
  maxFeePerGas: bigint;
  maxPriorityFeePerGas: bigint;
}

/** The price of gas: a random walk of the base fee and the tip, which a reporter passes on to the feed. */
export class GasMarket {
  readonly #network: Network;
  readonly #random: Random;
  #baseFee = FIRST_BASE_FEE;
  #tip = GWEI;

  constructor(network: Network, random: Random) {
    this.#network = network;
    this.#random = random;
  }

  /** Remembers how far the walk has gone, and returns what brings it back there after the chain was. */
  mark(): () => void {
    const [baseFee, tip, rewind] = [this.#baseFee, this.#tip, this.#random.mark()];
    return () => {
      [this.#baseFee, this.#tip] = [baseFee, tip];
      rewind();
    };
  }

  /** Moves on by a step, and reports it. */
  async move(): Promise<void> {
    const { chain, fastGas, accounts } = this.#network;
    const moved = Number(this.#baseFee) * Math.exp(this.#random.between(-LARGEST_STEP, LARGEST_STEP));
    this.#baseFee = clamp(BigInt(Math.round(moved)), LOWEST_BASE_FEE, HIGHEST_BASE_FEE);
    this.#tip = BigInt(Math.round(this.#random.between(LOWEST_TIP, HIGHEST_TIP) * Number(GWEI)));

    const answer = this.#baseFee + this.#baseFee / FEED_MARGIN + this.#tip;
    await chain.land(() => fastGas.connect(accounts.reporter).updateAnswer(answer));
  }

  /** Wei per gas of the block to come. */
  get baseFee(): bigint {
    return this.#baseFee;
  }

  /** What to offer there. */
  get fees(): Fees {
    return { maxFeePerGas: 2n * this.#baseFee + this.#tip, maxPriorityFeePerGas: this.#tip };
  }
}

function clamp(value: bigint, lowest: bigint, highest: bigint): bigint {
  if (value < lowest) return lowest;
  return value > highest ? highest : value;
}
