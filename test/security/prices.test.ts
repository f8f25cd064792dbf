import { WAD } from "@keep3r-network/sdk";
import { time } from "@nomicfoundation/hardhat-network-helpers";
import { expect } from "chai";
import { ethers } from "hardhat";
import { loadFixture } from "#support/fixture";
import { INFLATION_PERIOD, REWARD_PERIOD } from "#support/worlds/core";
import { deployListedOracle, observe, type OracleFixture, PERIOD_SIZE, Q112 } from "#support/worlds/oracle";
import { deployPaid, KP3R_PER_ETH, type PaidFixture } from "#support/worlds/paid";
import { sell } from "#support/worlds/uniswap";
import { Keep3rOracle__factory } from "#typechain";

describe("A price read right after an observation", () => {
  const BLOCK = 12;

  const deployObserved = async () => {
    const fixture = await deployListedOracle();
    await observe(fixture.oracle, fixture.pair, 3);
    return fixture;
  };
  const deployNaiveObserved = async () => {
    const fixture = await deployObserved();
    const naive = await ethers.deployContract("NaiveTwap__Mock", [fixture.pair]);
    return { ...fixture, oracle: Keep3rOracle__factory.connect(await naive.getAddress(), fixture.governance) };
  };

  /** Buys as much KP3R as quadruples its price, a second after an observation, and reads the price a block later. */
  async function pushAndRead({ oracle, pair, kp3r, weth }: OracleFixture) {
    await oracle.update(pair);
    const observedAt = await time.latest();
    const before = await spotX112(pair);
    await sell(pair, weth, ethers.parseEther("100"));
    const pushedAt = await time.latest();
    await time.increase(BLOCK);

    const held = BigInt((await time.latest()) - pushedAt);
    const after = await spotX112(pair);
    /** What a read over a span answers. */
    const meanOver = (span: bigint) => (((before * (span - held) + after * held) / span) * WAD) / Q112;
    const sinceObservation = BigInt((await time.latest()) - observedAt);
    return { read: await oracle.current(kp3r, WAD, weth), before: (before * WAD) / Q112, meanOver, sinceObservation };
  }

  async function spotX112(pair: OracleFixture["pair"]): Promise<bigint> {
    const [kp3r, weth] = await pair.getReserves();
    return (weth * Q112) / kp3r;
  }

  it("Inverse Finance, April 2022: a naive oracle answers what the attacker held for 12 seconds", async () => {
    const { read, before, meanOver, sinceObservation } = await pushAndRead(await loadFixture(deployNaiveObserved));
    expect(read).to.equal(meanOver(sinceObservation));
    expect(read).to.be.greaterThan((before * 36n) / 10n);
  });

  it("Inverse Finance, April 2022: ORC-1: ours spans a period, of which 12 seconds are a hundred and fiftieth", async () => {
    const fixture = await loadFixture(deployObserved);
    const { read, before, meanOver } = await pushAndRead(fixture);
    const { span } = await fixture.oracle.averagePrice(fixture.pair, fixture.kp3r, 0, 2n * BigInt(PERIOD_SIZE));
    expect(span).to.be.at.least(PERIOD_SIZE);
    expect(read).to.equal(meanOver(span));
    expect(read).to.be.lessThan((before * 103n) / 100n);
  });
});

describe("LP tokens priced in the middle of a flash loan", () => {
  const LIQUIDITY = 10n * WAD;
  const LOAN = 450n * WAD;

  /** With a day of prices that begins no earlier than a day ago. */
  async function deployPriced(): Promise<PaidFixture> {
    const fixture = await deployPaid();
    await observe(fixture.oracle, fixture.pair, 2);
    return fixture;
  }

  async function deployNaivePricing(): Promise<PaidFixture> {
    const fixture = await deployPriced();
    const pricing = await ethers.deployContract("NaiveLpPricing__Mock", [fixture.kp3r, KP3R_PER_ETH]);
    await fixture.keep3r.setKeep3rHelper(pricing);
    return fixture;
  }

  /** Adds liquidity to a job between a purchase with lent WETH and its sale; answers what the job then mines a period. */
  async function addBetweenTrades({ keep3r, pair, weth }: PaidFixture): Promise<bigint> {
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
    const fixture = await loadFixture(deployNaivePricing);
    const { kp3r, weth, pair, helper } = fixture;
    const honest = creditsOf(await helper.quoteLiquidity(pair));
    const [reserveKp3r, reserveWeth] = await Promise.all([kp3r.balanceOf(pair), weth.balanceOf(pair)]);
    const bought = (LOAN * 997n * reserveKp3r) / (reserveWeth * 1000n + LOAN * 997n);
    const pool = (reserveKp3r - bought) * WAD + (reserveWeth + LOAN) * KP3R_PER_ETH;

    const mined = await addBetweenTrades(fixture);
    expect(mined).to.equal(creditsOf(pool / 2n / (await pair.totalSupply())));
    expect(mined).to.be.greaterThan(5n * honest);
  });

  it("Warp Finance, December 2020: CRD-2: ours counts no more than the fee of the trade adds to the pool", async () => {
    const fixture = await loadFixture(deployPriced);
    const honest = creditsOf(await fixture.helper.quoteLiquidity(fixture.pair));
    const mined = await addBetweenTrades(fixture);
    // 0.3 % of 450 WETH in a pool of 50, half of whose growth counts, as a root of k
    expect(mined).to.be.within(honest, (honest * 1_002n) / 1_000n);
  });
});
