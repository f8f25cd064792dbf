import { DAY, HOUR, MINUTE, WAD } from "@keep3r-network/sdk";
import { expect } from "chai";
import { ethers } from "hardhat";
import { endBootstrap } from "#simulation/setup";
import { buy } from "#support/actors/traders";
import { loadFixture } from "#support/fixture";
import { deployForkWorld, type ForkWorld } from "#support/worlds/fork";
import { askFirst } from "#support/worlds/helper";
import { GROUND, mainnet } from "#support/worlds/mainnet";

const Q112 = 1n << 112n;
const PERIOD = 30 * MINUTE;
const QUOTE_WINDOW = 4 * HOUR;
/** The longest that the helper takes. */
const FEED_MAX_AGE = DAY;

describe("The oracle and the helper over mainnet's pair and feed", () => {
  const { kp3rWeth, kp3r, fastGas } = mainnet(...GROUND);

  /** The pair's own accumulator of WETH per KP3R, extended to a time. */
  async function accumulatedAt(timestamp: number): Promise<bigint> {
    const first = (await kp3rWeth.token0()) === (await kp3r.getAddress());
    const [reserve0, reserve1, touchedAt] = await kp3rWeth.getReserves();
    const [ofKp3r, ofWeth] = first ? [reserve0, reserve1] : [reserve1, reserve0];
    const last = first ? await kp3rWeth.price0CumulativeLast() : await kp3rWeth.price1CumulativeLast();
    return last + ((ofWeth * Q112) / ofKp3r) * (BigInt(timestamp) - touchedAt);
  }

  /** A day in which a trader buys now and then, with the pair's accumulator at each observation. */
  async function deployHistoryWorld() {
    const network = await deployForkWorld();
    const { chain, accounts, oracle, pair } = network;
    const observed: { at: number; accumulated: bigint }[] = [];
    for (let passed = 0; passed <= DAY; passed += PERIOD) {
      const at = chain.nextBlockAt;
      await chain.land(() => oracle.connect(accounts.passerby).update(pair));
      observed.push({ at, accumulated: await accumulatedAt(at) });
      if (passed % (6 * HOUR) === 0) await buy(network, accounts.trader, WAD / 10n);
      chain.waitUntil(at + PERIOD);
    }
    await endBootstrap(network);
    return { ...network, observed };
  }

  it("ORC-2: takes the mean over the pair's own accumulator, to the unit of its scale", async () => {
    const { chain, oracle, pair, observed } = await loadFixture(deployHistoryWorld);
    const end = observed.at(-1);
    const base = observed.filter(({ at }) => end !== undefined && end.at - at >= QUOTE_WINDOW).at(-1);
    if (base === undefined || end === undefined) throw new Error("Nothing was observed.");

    const [averageX112, span] = await oracle.averagePrice(
      pair,
      kp3r,
      QUOTE_WINDOW,
      2 * QUOTE_WINDOW,
      await chain.asOfNextBlock(),
    );

    const { shift0, shift1 } = await oracle.scaleOf(pair);
    const shift = (await kp3rWeth.token0()) === (await kp3r.getAddress()) ? shift0 : shift1;
    // Of changes as small as these, steady prices are the plain means, each rounded down
    let sum = 0n;
    let from = base;
    for (const to of observed.filter(({ at }) => at > base.at)) {
      const seconds = BigInt(to.at - from.at);
      sum += (((to.accumulated >> shift) - (from.accumulated >> shift)) / seconds) * seconds;
      from = to;
    }
    expect(span).to.equal(end.at - base.at);
    expect(averageX112).to.equal((sum << shift) / span);
  });

  it("quotes KP3R for an ether by that mean, near what the pool sells it for", async () => {
    const { chain, helper, oracle, pair } = await loadFixture(deployHistoryWorld);
    const overrides = await chain.asOfNextBlock();
    const [averageX112] = await oracle.averagePrice(pair, kp3r, QUOTE_WINDOW, 2 * QUOTE_WINDOW, overrides);
    expect(await helper.bootstrapped()).to.be.true;

    // The quote was taken some blocks ago, in which nobody traded
    const quote = await helper.quote(WAD, overrides);
    expect(quote).to.be.closeTo((WAD * Q112) / averageX112, quote / 1000n);
    const first = (await pair.token0()) === (await kp3r.getAddress());
    const [reserve0, reserve1] = await pair.getReserves();
    const spot = first ? (reserve0 * WAD) / reserve1 : (reserve1 * WAD) / reserve0;
    expect(quote).to.be.closeTo(spot, spot / 10n);
  });

  it("values an LP token by the reserves' product and the day's mean", async () => {
    const { chain, helper, oracle, pair } = await loadFixture(deployHistoryWorld);
    const overrides = await chain.asOfNextBlock();
    const [averageX112] = await oracle.averagePrice(pair, kp3r, DAY, 2 * DAY, overrides);
    const [reserve0, reserve1] = await pair.getReserves();

    // (price * supply)^2 * p = r0 * r1
    const worth = ((await helper.quoteLiquidity(pair, overrides)) * (await pair.totalSupply())) / WAD;
    const product = (worth * worth * averageX112) / Q112;
    expect(product).to.be.closeTo(reserve0 * reserve1, (reserve0 * reserve1) / 10n ** 9n);
  });

  describe("the price of gas", () => {
    /** The reference at a base fee, with no least tip, so that the feed has the say as far as the base fee lets it. */
    async function referenceAt(network: ForkWorld, baseFee: bigint): Promise<bigint> {
      const { chain, helper } = network;
      await chain.land(() => helper.setMinPriorityFee(0));
      await chain.land(() => helper.setFastGasFeed(fastGas, FEED_MAX_AGE));
      const harness = await chain.deploy(() => ethers.deployContract("HelperViews__Harness"));
      return askFirst({ helper, harness }, "getFastGas", [], { baseFee, timestamp: chain.nextBlockAt });
    }

    it("is what the feed answers, between the base fee and twice as much", async () => {
      const network = await loadFixture(deployForkWorld);
      const [, answer] = await fastGas.latestRoundData();

      expect(await referenceAt(network, (answer * 2n) / 3n)).to.equal(answer);
      expect(await referenceAt(await loadFixture(deployForkWorld), answer / 3n)).to.equal((answer / 3n) * 2n);
      expect(await referenceAt(await loadFixture(deployForkWorld), answer * 2n)).to.equal(answer * 2n);
    });

    it("is the base fee once the feed has been silent for too long", async () => {
      const network = await loadFixture(deployHistoryWorld);
      const [, answer] = await fastGas.latestRoundData();

      expect(await referenceAt(network, (answer * 2n) / 3n)).to.equal((answer * 2n) / 3n);
    });
  });
});
