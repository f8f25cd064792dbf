import { WAD } from "@keep3r-network/sdk";
import { time } from "@nomicfoundation/hardhat-network-helpers";
import { expect } from "chai";
import { ethers } from "hardhat";
import { INFLATION_PERIOD, PERIOD_SIZE, REWARD_PERIOD } from "#support/defaults";
import { loadFixture } from "#support/fixture";
import { deployListedOracleWorld, observe, type OracleWorld, Q112 } from "#support/worlds/oracle";
import { deployPaidWorld, KP3R_PER_ETH, type PaidWorld } from "#support/worlds/paid";
import { sell } from "#support/worlds/uniswap";
import { Keep3rOracle__factory } from "#typechain";

describe("A price read right after an observation", () => {
  const BLOCK = 12;
  /** Longer than two periods, so that reads end now. */
  const SILENCE = 3 * PERIOD_SIZE;
  /** Scaled prices have 41 bits. */
  const SCALE_PRECISION = 10n ** 12n;

  const deployObservedWorld = async () => {
    const world = await deployListedOracleWorld();
    await observe(world.oracle, world.pair, 3);
    return world;
  };
  const deployNaiveObservedWorld = async () => {
    const world = await deployObservedWorld();
    const naive = await ethers.deployContract("NaiveTwap__Mock", [world.pair]);
    return { ...world, oracle: Keep3rOracle__factory.connect(await naive.getAddress(), world.governance) };
  };

  /** Buys as much KP3R as quadruples its price, a second after an observation, and reads the price a block later. */
  async function pushAndRead({ oracle, pair, kp3r, weth }: OracleWorld) {
    await oracle.update(pair);
    const observedAt = await time.latest();
    const before = await spotX112(pair);
    await sell(pair, weth, 100n * WAD);
    const pushedAt = await time.latest();
    await time.increase(BLOCK);

    const held = BigInt((await time.latest()) - pushedAt);
    const after = await spotX112(pair);
    /** The answer of a read over a span. */
    const meanOver = (span: bigint) => (((before * (span - held) + after * held) / span) * WAD) / Q112;
    const sinceObservation = BigInt((await time.latest()) - observedAt);
    return { read: await oracle.current(kp3r, WAD, weth), before: (before * WAD) / Q112, meanOver, sinceObservation };
  }

  async function spotX112(pair: OracleWorld["pair"]): Promise<bigint> {
    const [kp3r, weth] = await pair.getReserves();
    return (weth * Q112) / kp3r;
  }

  it("Inverse Finance, April 2022: a naive oracle answers what the attacker held for 12 seconds", async () => {
    const { read, before, meanOver, sinceObservation } = await pushAndRead(await loadFixture(deployNaiveObservedWorld));
    expect(read).to.equal(meanOver(sinceObservation));
    expect(read).to.be.greaterThan((before * 36n) / 10n);
  });

  it("Inverse Finance, April 2022: ORC-1: ours spans a period that ended before the push", async () => {
    const world = await loadFixture(deployObservedWorld);
    const { read, before } = await pushAndRead(world);
    const { span } = await world.oracle.averagePrice(world.pair, world.kp3r, 0, ethers.MaxUint256);
    expect(span).to.be.at.least(PERIOD_SIZE);
    expect(read).to.be.closeTo(before, before / SCALE_PRECISION);
  });

  it("Inverse Finance, April 2022: ORC-1, ORC-3: ours counts 12 seconds of a period at the next observation", async () => {
    const world = await loadFixture(deployObservedWorld);
    const { oracle, pair, kp3r, weth } = world;
    const { before } = await pushAndRead(world);
    await sell(pair, kp3r, 500n * WAD);
    await observe(oracle, pair, 1);
    expect(await oracle.current(kp3r, WAD, weth)).to.be.within(before, (before * 103n) / 100n);
  });

  it("Inverse Finance, April 2022: ORC-1: in a silence ours spans all of it", async () => {
    const world = await loadFixture(deployObservedWorld);
    const { oracle, pair, kp3r, weth } = world;
    await oracle.update(pair);
    const before = ((await spotX112(pair)) * WAD) / Q112;
    await time.increase(SILENCE);
    await sell(pair, weth, 100n * WAD);
    await time.increase(BLOCK);
    const { span } = await oracle.averagePrice(pair, kp3r, 0, ethers.MaxUint256);
    expect(span).to.be.at.least(SILENCE + BLOCK);
    expect(await oracle.current(kp3r, WAD, weth)).to.be.within(before, (before * 101n) / 100n);
  });
});

describe("LP tokens priced in the middle of a flash loan", () => {
  const LIQUIDITY = 10n * WAD;
  const LOAN = 450n * WAD;

  /** With a day of prices that begins no earlier than a day ago. */
  async function deployPricedWorld(): Promise<PaidWorld> {
    const world = await deployPaidWorld();
    await observe(world.oracle, world.pair, 2);
    return world;
  }

  async function deployNaivePricingWorld(): Promise<PaidWorld> {
    const world = await deployPricedWorld();
    const pricing = await ethers.deployContract("NaiveLpPricing__Mock", [world.kp3r, KP3R_PER_ETH]);
    await world.keep3r.setKeep3rHelper(pricing);
    return world;
  }

  /** Adds liquidity to a job between a purchase with lent WETH and its sale; returns what the job mines in a period afterwards. */
  async function addBetweenTrades({ keep3r, pair, weth }: PaidWorld): Promise<bigint> {
    await keep3r.approveLiquidity(pair);
    const job = await ethers.deployContract("LiquidityAdder__Mock", [keep3r, pair]);
    await pair.transfer(job, LIQUIDITY);
    const attacker = await ethers.deployContract("SandwichKeeper__Harness");
    const sellsFirst = (await pair.token0()) === (await weth.getAddress());
    await expect(attacker.attack(job, pair, sellsFirst, LOAN, 10_000))
      .to.emit(attacker, "Sandwich")
      .withArgs(true, true, "0x");
    return keep3r.jobPeriodCredits(job);
  }

  const creditsOf = (pricePerLiquidity: bigint) =>
    (((LIQUIDITY * pricePerLiquidity) / WAD) * BigInt(REWARD_PERIOD)) / BigInt(INFLATION_PERIOD);

  it("Warp Finance, December 2020: a naive helper values the lent WETH that stands in the pool", async () => {
    const world = await loadFixture(deployNaivePricingWorld);
    const { kp3r, weth, pair, helper } = world;
    const honest = creditsOf(await helper.quoteLiquidity(pair));
    const [reserveKp3r, reserveWeth] = await Promise.all([kp3r.balanceOf(pair), weth.balanceOf(pair)]);
    const bought = (LOAN * 997n * reserveKp3r) / (reserveWeth * 1000n + LOAN * 997n);
    const pool = (reserveKp3r - bought) * WAD + (reserveWeth + LOAN) * KP3R_PER_ETH;

    const mined = await addBetweenTrades(world);
    expect(mined).to.equal(creditsOf(pool / 2n / (await pair.totalSupply())));
    expect(mined).to.be.greaterThan(5n * honest);
  });

  it("Warp Finance, December 2020: CRD-2: ours counts no more than the fee of the trade adds to the pool", async () => {
    const world = await loadFixture(deployPricedWorld);
    const honest = creditsOf(await world.helper.quoteLiquidity(world.pair));
    const mined = await addBetweenTrades(world);
    // 0.3 % of 450 WETH in a pool of 50, half of whose growth counts, as a root of k
    expect(mined).to.be.within(honest, (honest * 1_002n) / 1_000n);
  });
});
