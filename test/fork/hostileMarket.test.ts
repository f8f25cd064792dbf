import { DAY, GWEI, HOUR, MINUTE, WAD } from "@keep3r-network/sdk";
import { setCode } from "@nomicfoundation/hardhat-network-helpers";
import { expect } from "chai";
import { type ContractTransactionResponse, MaxUint256 } from "ethers";
import { ethers } from "hardhat";
import type { Account } from "#simulation/accounts";
import type { Operation } from "#simulation/setup";
import { fundByLiquidity } from "#support/actors/owners";
import { loadFixture } from "#support/fixture";
import { paidToCost } from "#support/payments/cost";
import { landAt } from "#support/payments/landing";
import { deployOperatingForkWorld, type ForkWorld } from "#support/worlds/fork";
import { GROUND, mainnet } from "#support/worlds/mainnet";
import { inOneBlock } from "#support/worlds/uniswap";
import type { PlainJob__Mock } from "#typechain";

const GAS_TO_USE = 100_000;
const PERIOD = 30 * MINUTE;
/** Quotes are means over so many seconds. */
const WINDOW = 4 * HOUR;
const BASE_FEE = 20n * GWEI;
/** The tip of a keeper who hopes to be paid for it. */
const TIP = 100n * GWEI;
const FIRST = { gasLimit: 1_000_000, maxPriorityFeePerGas: 2n * GWEI, maxFeePerGas: 100n * GWEI };
const SECOND = { ...FIRST, maxPriorityFeePerGas: GWEI };

type HostileMarketWorld = Operation & { network: ForkWorld; job: PlainJob__Mock; attacker: Account };

describe("A hostile market around mainnet's KP3R", () => {
  const { fastGas } = mainnet(...GROUND);

  /**
   * A job that its owner's liquidity pays for, in a market that has come to rest, and an attacker that holds as much KP3R as
   * the pool.
   */
  async function deployHostileMarketWorld(): Promise<HostileMarketWorld> {
    const operation = await deployOperatingForkWorld();
    const { network, market } = operation;
    const { chain, accounts, keep3r, kp3r, proxy, uniswap } = network;
    const { jobOwner, trader: attacker } = accounts;
    const job = await chain.deploy(() => ethers.deployContract("PlainJob__Mock", [keep3r], jobOwner));
    await chain.land(() => keep3r.connect(jobOwner).addJob(job));
    await fundByLiquidity(operation, job, WAD);

    const { kp3r: reserve } = await market.reserves();
    await chain.land(() => proxy["mint(address,uint256)"](attacker, reserve));
    await chain.land(() => kp3r.connect(attacker).approve(uniswap.router, MaxUint256));
    const world = { ...operation, job, attacker };
    await rest(world, 3 * WINDOW);
    return world;
  }

  /** Nobody trades; a passer-by observes. */
  async function rest({ network }: HostileMarketWorld, seconds: number): Promise<void> {
    const { chain, oracle, pair, accounts } = network;
    for (let passed = 0; passed < seconds; passed += PERIOD) {
      chain.wait(PERIOD);
      await chain.land(() => oracle.connect(accounts.passerby).update(pair));
    }
  }

  /** The quote of the next payment, KP3R per ether. */
  async function quoteOf({ network: { chain, helper } }: HostileMarketWorld): Promise<bigint> {
    return helper.quote(WAD, await chain.asOfNextBlock());
  }

  /** Sells half as much KP3R as the pool has. */
  async function sellHalf(
    { network, market, attacker }: HostileMarketWorld,
    fees = {},
  ): Promise<ContractTransactionResponse> {
    const { kp3r, uniswap } = network;
    const { kp3r: reserve } = await market.reserves();
    const path = [kp3r, uniswap.weth];
    return uniswap.router.connect(attacker).swapExactTokensForETH(reserve / 2n, 0n, path, attacker, MaxUint256, fees);
  }

  /** Spends half as much ether on KP3R as the pool has. */
  async function buyHalf(
    { network, market, attacker }: HostileMarketWorld,
    fees = {},
  ): Promise<ContractTransactionResponse> {
    const { kp3r, uniswap } = network;
    const { weth: reserve } = await market.reserves();
    const path = [uniswap.weth, kp3r];
    return uniswap.router
      .connect(attacker)
      .swapExactETHForTokens(0n, path, attacker, MaxUint256, { ...fees, value: reserve / 2n });
  }

  for (const { what, swap } of [
    { what: "sold", swap: sellHalf },
    { what: "bought", swap: buyHalf },
  ]) {
    it(`ORC-1: pays a work the same when half of the pool is ${what} right before it, in its block`, async () => {
      const world = await loadFixture(deployHostileMarketWorld);
      const { network, market, job } = world;
      const { chain, accounts, helper } = network;
      chain.wait(PERIOD);
      const [quote, spot] = [await quoteOf(world), await market.spotPrice()];

      const sent: ContractTransactionResponse[] = [];
      await inOneBlock(async () => {
        sent.push(await swap(world, FIRST));
        sent.push(await job.connect(accounts.keeper).work(GAS_TO_USE, SECOND));
      }, chain.nextBlockAt);

      const [swapped, worked] = await Promise.all(sent.map((response) => response.wait()));
      expect(swapped?.blockNumber).to.equal(worked?.blockNumber);
      expect(swapped?.index).to.be.below(worked?.index ?? 0);
      expect(await market.spotPrice()).not.to.be.closeTo(spot, spot / 2n);
      expect((await helper.cachedQuote()).kp3rPerEth).to.equal(quote);
    });
  }

  for (const { what, swap, raises } of [
    { what: "sold", swap: sellHalf, raises: true },
    { what: "bought", swap: buyHalf, raises: false },
  ]) {
    it(`ORC-3: lets half of the pool, ${what} and held for half an hour, move payments by a 16th at the most`, async () => {
      const world = await loadFixture(deployHostileMarketWorld);
      const { network, market } = world;
      const { chain, oracle, pair, accounts } = network;
      const [before, spot] = [await quoteOf(world), await market.spotPrice()];

      await chain.land(() => swap(world));
      chain.wait(PERIOD);
      await chain.land(() => oracle.connect(accounts.passerby).update(pair));

      const after = await quoteOf(world);
      expect(await market.spotPrice()).not.to.be.closeTo(spot, spot / 2n);
      // A steady price changes by half in half an hour, and the quote is a mean of four hours
      expect(after > before).to.equal(raises);
      expect(after)
        .to.be.closeTo(before, before / BigInt((2 * WINDOW) / PERIOD))
        .and.not.to.equal(before);
    });
  }

  it("CRD-2: values liquidity the same after half of it is removed", async () => {
    const world = await loadFixture(deployHostileMarketWorld);
    const { network, market, attacker } = world;
    const { chain, helper, kp3r, pair, uniswap } = network;
    const reserves = await market.reserves();
    await chain.land(() =>
      uniswap.router
        .connect(attacker)
        .addLiquidityETH(kp3r, reserves.kp3r, 0n, 0n, attacker, MaxUint256, { value: reserves.weth }),
    );
    // The whole day that LP tokens are priced by has one price
    await rest(world, DAY + PERIOD);
    const value = await helper.quoteLiquidity(pair, await chain.asOfNextBlock());

    const removed = await pair.balanceOf(attacker);
    expect(removed).to.be.closeTo((await pair.totalSupply()) / 2n, removed / 100n);
    await chain.land(() => pair.connect(attacker).transfer(pair, removed));
    await chain.land(() => pair.connect(attacker).burn(attacker));

    const now = await helper.quoteLiquidity(pair, await chain.asOfNextBlock());
    expect(now).to.be.closeTo(value, value / 10n ** 12n);
    await expectPaid(world, BASE_FEE + GWEI, { priorityFee: GWEI });
  });

  it("pays for the base fee and a gwei when the feed falls silent", async () => {
    const world = await loadFixture(deployHostileMarketWorld);
    const [, , , updatedAt] = await fastGas.latestRoundData();

    expect(world.network.chain.nextBlockAt - Number(updatedAt)).to.be.above(3 * HOUR);
    await expectPaid(world, BASE_FEE + GWEI);
  });

  for (const { answer, price } of [
    { answer: 10n ** 15n, price: 2n * BASE_FEE + GWEI },
    { answer: 1n, price: BASE_FEE + GWEI },
    { answer: 0n, price: BASE_FEE + GWEI },
    { answer: -(10n ** 15n), price: BASE_FEE + GWEI },
  ]) {
    it(`pays for ${price / GWEI} gwei at a base fee of 20 when the feed answers ${answer} wei`, async () => {
      const world = await loadFixture(deployHostileMarketWorld);
      await world.network.chain.land(() => world.network.fastGas.updateAnswer(answer));
      expect((await fastGas.latestRoundData()).answer).to.equal(answer);

      await expectPaid(world, price);
    });
  }

  it("pays for the base fee and a gwei when there is nothing behind the feed any more", async () => {
    const world = await loadFixture(deployHostileMarketWorld);
    await setCode(await fastGas.aggregator(), "0x");
    await expect(fastGas.latestRoundData()).to.be.reverted;

    await expectPaid(world, BASE_FEE + GWEI);
  });

  /** Works, and expects a payment at this gas price, whatever the keeper has offered; boosts are 1.1 to 1.2. */
  async function expectPaid(
    { network, job }: HostileMarketWorld,
    price: bigint,
    { priorityFee = TIP } = {},
  ): Promise<void> {
    const { chain, accounts } = network;
    const fees = { baseFee: BASE_FEE, priorityFee };
    const receipt = await landAt(chain, fees, (offered) => job.connect(accounts.keeper).work(GAS_TO_USE, offered));

    expect(receipt.gasPrice).to.equal(BASE_FEE + priorityFee);
    const [least, most] = [10_500n, 12_600n].map((boosted) => (boosted * price) / receipt.gasPrice);
    expect(await paidToCost(network, receipt)).to.be.within(least, most);
  }
});
