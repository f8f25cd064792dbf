import { portion, ratio, WAD } from "@keep3r-network/sdk";
import { MaxUint256 } from "ethers";
import type { Network } from "./network";
import type { Random } from "./random";

/** The most that one trade takes or gives, as a part of the pool. */
const LARGEST_TRADE = 0.01;
/** How strongly the price is drawn back to where it began: the odds of a trade in that direction. */
const PULL = 1;

/** The KP3R/WETH pool, and a trader whose buying and selling is a seeded random walk. */
export class Market {
  readonly #network: Network;
  readonly #random: Random;
  #firstPrice = 0;
  trades = 0;

  constructor(network: Network, random: Random) {
    this.#network = network;
    this.#random = random;
  }

  /** Remembers how far the walk has gone, and returns what brings it back there after the chain was. */
  mark(): () => void {
    const [trades, rewind] = [this.trades, this.#random.mark()];
    return () => {
      this.trades = trades;
      rewind();
    };
  }

  async reserves(): Promise<{ kp3r: bigint; weth: bigint }> {
    const { pair, kp3r } = this.#network;
    const [reserve0, reserve1] = await pair.getReserves();
    const first = (await pair.token0()) === (await kp3r.getAddress());
    return first ? { kp3r: reserve0, weth: reserve1 } : { kp3r: reserve1, weth: reserve0 };
  }

  /** What a KP3R costs in the pool at this moment, wei. */
  async spotPrice(): Promise<bigint> {
    const { kp3r, weth } = await this.reserves();
    return (weth * WAD) / kp3r;
  }

  /** Buys or sells up to a hundredth of the pool. */
  async trade(): Promise<void> {
    const { chain, kp3r, uniswap, accounts } = this.#network;
    const { trader } = accounts;
    const reserves = await this.reserves();
    const price = ratio(reserves.weth, reserves.kp3r);
    if (this.#firstPrice === 0) this.#firstPrice = price;
    const buys = this.#random.next() < 0.5 + PULL * Math.log(this.#firstPrice / price);
    const part = this.#random.between(0, LARGEST_TRADE);

    const router = uniswap.router.connect(trader);
    const [token, weth] = [await kp3r.getAddress(), await uniswap.weth.getAddress()];
    await chain.land(() =>
      buys
        ? router.swapExactETHForTokens(0n, [weth, token], trader, MaxUint256, { value: portion(reserves.weth, part) })
        : router.swapExactTokensForETH(portion(reserves.kp3r, part), 0n, [token, weth], trader, MaxUint256),
    );
    this.trades++;
  }

  /** Trades once or twice at random times of the span that begins now, and leaves the clock at its end. */
  async tradeFor(seconds: number): Promise<void> {
    const { chain } = this.#network;
    const start = chain.nextBlockAt;
    const times = [this.#random.between(0, seconds)];
    if (this.#random.next() < 0.5) times.push(this.#random.between(0, seconds));

    for (const time of times.sort((a, b) => a - b)) {
      chain.waitUntil(start + Math.floor(time));
      await this.trade();
    }
    chain.waitUntil(start + seconds);
  }

  /** Trades for as long as it takes, while a passer-by sees to it that the oracle records every period, for nothing. */
  async tradeAndObserveUntil(timestamp: number): Promise<number> {
    const { chain, oracle, accounts } = this.#network;
    const periodSize = Number(await oracle.periodSize());
    let updates = 0;
    while (chain.nextBlockAt < timestamp) {
      await this.tradeFor(periodSize);
      await chain.land(() => oracle.connect(accounts.passerby).updateAll());
      updates++;
    }
    return updates;
  }
}
