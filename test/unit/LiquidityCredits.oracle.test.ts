import { DAY, MINUTE, WAD } from "@keep3r-network/sdk";
import { time } from "@nomicfoundation/hardhat-network-helpers";
import { expect } from "chai";
import { ethers } from "hardhat";
import { PARAMETERS, PERIOD_SIZE } from "#support/defaults";
import { loadFixture } from "#support/fixture";
import { at, toPeriodStart } from "#support/tools/time";
import { deployHelperWorld, makeThin } from "#support/worlds/helper";
import { observe } from "#support/worlds/oracle";
import { deployByRecipe } from "#support/worlds/recipe";

/** LP tokens, of which each is worth several KP3R. */
const AMOUNT = 10n * WAD;

/** The network over the real helper and oracle, whose pair was just listed, and a job of an owner who holds LP tokens. */
async function deployFreshWorld() {
  const world = await deployHelperWorld();
  const { kp3r, helper, pair, jobOwner } = world;
  const { Keep3r: keep3r } = await deployByRecipe(
    ["Keep3r"],
    { KP3R: kp3r, Keep3rHelper: helper, KP3R_WETH: pair },
    { disputers: [], slashers: [] },
  );
  const job = await ethers.deployContract("PlainJob__Mock", [keep3r]);
  await keep3r.connect(jobOwner).addJob(job);
  await pair.transfer(jobOwner, 5n * AMOUNT);
  await pair.connect(jobOwner).approve(keep3r, ethers.MaxUint256);
  return { ...world, keep3r, job };
}

/** The same after more than a day, with liquidity that was added in this period. */
async function deployPricedWorld() {
  const world = await deployFreshWorld();
  await toPeriodStart();
  await observe(world.oracle, world.pair, DAY / PERIOD_SIZE + 1);
  await add(world);
  return world;
}

type World = Awaited<ReturnType<typeof deployFreshWorld>>;

const add = ({ keep3r, jobOwner, job, pair }: World) => keep3r.connect(jobOwner).addLiquidityToJob(job, pair, AMOUNT);

async function expectUnpriced(world: World): Promise<void> {
  const { keep3r, pair } = world;
  expect(await keep3r.quoteLiquidity(pair, AMOUNT)).to.equal(0);
  await expect(add(world))
    .to.be.revertedWithCustomError(keep3r, "LiquidityUnpriced")
    .withArgs(await pair.getAddress());
}

/** That a deposit is taken, at the price that was told before. */
async function expectPriced(world: World): Promise<void> {
  const { keep3r, helper, pair, job } = world;
  const [told, before] = [await keep3r.quoteLiquidity(pair, AMOUNT), await keep3r.liquidityAmount(job, pair)];
  const quoted = await helper.quoteLiquidity(pair);
  expect(told).to.be.greaterThan(0n);
  await expect(add(world))
    .to.emit(keep3r, "LiquidityPriceUpdate")
    .withArgs(await pair.getAddress(), quoted);
  const bonded = before + AMOUNT;
  expect(await keep3r.liquidityAmount(job, pair)).to.equal(bonded);
  expect(await keep3r.jobPeriodCredits(job)).to.be.closeTo((told * bonded) / AMOUNT, 10n);
}

describe("LiquidityCredits: prices of the oracle", () => {
  it("ORC-4: take no deposit before the pair has a day of history", async () => {
    const world = await loadFixture(deployFreshWorld);
    const { oracle, pair } = world;
    const [listedAt] = await oracle.observationAt(pair, 0);
    await expectUnpriced(world);
    await observe(oracle, pair, 46);
    await at(Number(listedAt) + DAY - 1, () => oracle.update(pair));
    await expectUnpriced(world);
    await time.increase(PERIOD_SIZE);
    await expectUnpriced(world);
    await oracle.update(pair);
    await expectPriced(world);
  });

  it("LIV-1: take deposits after any silence", async () => {
    const world = await loadFixture(deployPricedWorld);
    for (const silence of [10 * DAY, 365 * DAY]) {
      await time.increase(silence);
      await expectPriced(world);
    }
  });

  for (const [title, stop, resume] of [
    [
      "is thin",
      makeThin,
      async ({ oracle, pair }: World) => {
        await oracle.setMinKp3rReserve(PARAMETERS.Keep3rOracle.minKp3rReserve.value);
        await oracle.update(pair);
      },
    ],
    [
      "isn't listed any more",
      ({ oracle, pair }: World) => oracle.removePair(pair),
      ({ oracle, pair }: World) => oracle.addPair(pair),
    ],
  ] as const) {
    describe(`of a pair that ${title}`, () => {
      it("take deposits until the period is over, at its price", async () => {
        const world = await loadFixture(deployPricedWorld);
        const { keep3r, pair, job } = world;
        await stop(world);
        const told = await keep3r.quoteLiquidity(pair, AMOUNT);
        await expect(add(world)).not.to.emit(keep3r, "LiquidityPriceUpdate");
        expect(await keep3r.jobPeriodCredits(job)).to.be.closeTo(2n * told, 1n);
      });

      it("ORC-4: take none from the next period on, and still value the job", async () => {
        const world = await loadFixture(deployPricedWorld);
        const { keep3r, helper, pair, job } = world;
        const [price, credits] = [await helper.quoteLiquidity(pair), await keep3r.jobPeriodCredits(job)];
        await stop(world);
        await toPeriodStart();
        await expectUnpriced(world);
        await expect(keep3r.settle(job)).to.emit(keep3r, "LiquidityQuoteFailed").withArgs(pair, price);
        expect(await keep3r.jobPeriodCredits(job)).to.equal(credits);
        await expectUnpriced(world);
        expect(await keep3r.liquidityAmount(job, pair)).to.equal(AMOUNT);
      });

      it("take one at once when it has recovered, though a failure was noted a minute ago", async () => {
        const world = await loadFixture(deployPricedWorld);
        const { keep3r, helper, pair, job } = world;
        const price = await helper.quoteLiquidity(pair);
        await stop(world);
        await toPeriodStart();
        await expect(keep3r.settle(job)).to.emit(keep3r, "LiquidityQuoteFailed").withArgs(pair, price);
        const failedAt = await time.latest();
        await expectUnpriced(world);
        await resume(world);
        await expectPriced(world);
        expect((await time.latest()) - failedAt).to.be.below(MINUTE);
      });
    });
  }
});
