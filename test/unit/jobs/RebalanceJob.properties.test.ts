import { BPS, MINUTE } from "@keep3r-network/sdk";
import { takeSnapshot, time } from "@nomicfoundation/hardhat-network-helpers";
import { expect } from "chai";
import { type Amounts, asAmounts, ceilDiv, driftOf, MAX_SLIPPAGE, valueOf, weightOf } from "#model/rebalance";
import { loadFixture } from "#support/fixture";
import { eventIn } from "#support/tools/events";
import { Random } from "#support/tools/random";
import { Q112 } from "#support/worlds/oracle";
import {
  deployDriftedWorld,
  deployRebalanceWorld,
  expectedPlan,
  fill,
  meanPrice,
  passCooldown,
  passWindow,
  type RebalanceWorld,
} from "#support/worlds/rebalance";
import { sell } from "#support/worlds/uniswap";

const SEED = 11;
const ROUNDS = 16;

/** What an attacker sells first, BPS of the pool's reserve. */
const SIZES = [1n, 30n, 60n, 100n, 200n, 450n, 1_000n, 5_000n];

const makers = {
  "18 decimals, priced token first": () => deployRebalanceWorld("above", 18),
  "18 decimals, priced token second": () => deployRebalanceWorld("below", 18),
  "18 and 6 decimals": () => deployRebalanceWorld("above", 6),
  "6 and 18 decimals": () => deployRebalanceWorld("below", 6),
};

/** A vault that has to sell more than it may at a time. */
async function deployFarOffWorld() {
  const world = await deployRebalanceWorld();
  await fill(world, 8_000n, 100n);
  return world;
}

/** The same with the terms that are best for a sandwich. */
async function deployGenerousWorld() {
  const world = await deployFarOffWorld();
  const { rebalance, jobOwner } = world;
  for (const setter of ["setMaxSlippage", "setMaxDeviation", "setMaxPoolShare"] as const) {
    await rebalance.connect(jobOwner)[setter](1_000);
  }
  return world;
}

/** The same with too much of token1. */
async function deployGenerousOtherWayWorld() {
  const world = await deployGenerousWorld();
  await fill(world, 0n, 4_000n);
  return world;
}

/** A vault at its target weight. */
async function deployBalancedWorld() {
  const world = await deployRebalanceWorld();
  await fill(world, 160n, 20n);
  return world;
}

describe("RebalanceJob: properties", function () {
  describe("a work does what the rule says", function () {
    for (const [name, deploy] of Object.entries(makers)) {
      it(`for any holdings, prices and pools: ${name} (seed ${SEED})`, async function () {
        const world = await deploy();
        const random = new Random(SEED);
        let worked = 0;
        for (let i = 0; i < ROUNDS; i++) {
          await disturb(world, random);
          if (await workIfWorkable(world)) worked++;
        }
        expect(worked).to.be.within(ROUNDS / 4, ROUNDS - 3);
      });
    }
  });

  describe("a sandwich in one transaction", function () {
    it("isn't worth it on the default terms, on which a trade moves the price by less than two fees", async function () {
      const world = await loadFixture(deployFarOffWorld);
      const { best, worked } = await sweep(world, MAX_SLIPPAGE);
      expect(worked).to.be.greaterThan(4);
      expect(best).to.be.lessThan(0n);
    });

    for (const { excess, deploy } of [
      { excess: "token0", deploy: deployGenerousWorld },
      { excess: "token1", deploy: deployGenerousOtherWayWorld },
    ]) {
      it(`takes no more than the slippage, however generous the terms (too much ${excess})`, async function () {
        const world = await loadFixture(deploy);
        const { best, worked } = await sweep(world, 1_000n);
        expect(worked).to.be.greaterThan(10);
        // Some sandwich paid off, or this would prove nothing
        expect(best).to.be.greaterThan(0n);
      });

      it(`takes no more even when the pool is off the mean price beforehand, but for what it offers anyone (too much ${excess})`, async function () {
        const world = await loadFixture(deploy);
        const { pair, token0, token1 } = world;
        const reserves = await pair.getReserves();
        for (const [token, reserve] of [
          [token0, reserves[0]],
          [token1, reserves[1]],
        ] as const) {
          const calm = await takeSnapshot();
          await sell(pair, token, (reserve * 150n) / BPS);
          await sweep(world, 1_000n);
          await calm.restore();
        }
      });
    }
  });

  describe("the pool's price alone", function () {
    it("makes no work, wherever it is pushed", async function () {
      const world = await loadFixture(deployBalancedWorld);
      const { rebalance } = world;
      for (const size of SIZES) {
        for (const sells0 of [true, false]) {
          const { canWork, worked, reason } = await attack(world, sells0, size, BPS);
          expect(canWork || worked).to.be.false;
          expect(rebalance.interface.parseError(reason)?.name).to.equal("WithinBand");
        }
      }
    });

    it("stops a trade when it is pushed beyond the bound", async function () {
      const world = await loadFixture(deployDriftedWorld);
      const { rebalance } = world;
      for (const size of SIZES.slice(-3)) {
        for (const sells0 of [true, false]) {
          const { canWork, worked, reason } = await attack(world, sells0, size, BPS);
          expect(canWork || worked).to.be.false;
          expect(rebalance.interface.parseError(reason)?.name).to.equal("PoolDeviates");
        }
      }
    });

    it("can't be lent a weight by being held there for some blocks", async function () {
      const world = await loadFixture(deployBalancedWorld);
      const { rebalance, pair, token1, unit1 } = world;
      const before = await meanPrice(world);
      await sell(pair, token1, 400n * unit1);
      await time.increase(MINUTE);

      // The price is 1.44 times what it was; a minute of four hours moves the mean by a 240th of the way
      const after = await meanPrice(world);
      expect(after).to.be.within(before, before + (before * 45n) / 24_000n + 1n);
      await expect(rebalance.plan()).to.be.revertedWithCustomError(rebalance, "WithinBand");
    });

    it("decides once it has lasted", async function () {
      const world = await loadFixture(deployBalancedWorld);
      const { rebalance, pair, token0, token1, unit1, keeper } = world;
      await sell(pair, token1, 400n * unit1);
      await passWindow(world);
      expect((await rebalance.plan()).tokenIn).to.equal(await token0.getAddress());
      await rebalance.connect(keeper).work("0x");
    });
  });
});

/** Somebody deposits or withdraws, somebody trades, and time passes in which the oracle observes or doesn't. */
async function disturb(world: RebalanceWorld, random: Random): Promise<void> {
  const { vault, pair, oracle, token0, token1, jobOwner, unit0, unit1 } = world;
  const [held0, held1] = await vault.holdings();
  const [reserve0, reserve1] = await pair.getReserves();
  switch (random.between(0, 3)) {
    case 0:
      await token0.mint(vault, random.betweenBig(0n, reserve0 / random.pick([50n, 1_000n, 10n ** 9n])));
      break;
    case 1:
      await token1.mint(vault, random.betweenBig(0n, reserve1 / random.pick([50n, 1_000n, 10n ** 9n])));
      break;
    case 2:
      await vault.connect(jobOwner).withdraw(random.betweenBig(0n, held0), random.betweenBig(0n, held1));
      break;
    default:
  }
  // The least that buys a unit of the other token
  const [token, reserve, least] = random.pick([
    [token0, reserve0, unit0 / unit1 + 1n],
    [token1, reserve1, unit1 / unit0 + 1n],
  ] as const);
  await sell(pair, token, random.betweenBig(0n, reserve / random.pick([30n, 300n, 3_000n])) + least);
  if (random.between(0, 2) > 0) await passWindow(world);
  else if (random.between(0, 1) > 0) await oracle.update(pair);
  if (random.between(0, 3) > 0) await passCooldown();
}

/** Checks that `workable`, `plan` and `work` agree with each other, with the rule, and with the outcome. */
async function workIfWorkable(world: RebalanceWorld): Promise<boolean> {
  const { rebalance, vault, keeper, token0 } = world;
  const [canWork] = await rebalance.connect(keeper).workable.staticCall();
  if (!canWork) {
    await expect(rebalance.connect(keeper).work.staticCall("0x")).to.be.reverted;
    return false;
  }

  const plan = await expectedPlan(world);
  expect(await rebalance.plan()).to.deep.equal([plan.tokenIn, plan.amountIn, plan.minAmountOut]);
  const held = await vault.holdings();

  const { sold, bought } = await eventIn(
    rebalance,
    rebalance.getEvent("Rebalance"),
    rebalance.connect(keeper).work("0x"),
  );

  const price = await meanPrice(world);
  const [before, after] = [asAmounts(held), asAmounts(await vault.holdings())];
  const sells0 = plan.tokenIn === (await token0.getAddress());
  expect(after.amount0 - before.amount0).to.equal(sells0 ? -sold : bought);
  expect(after.amount1 - before.amount1).to.equal(sells0 ? bought : -sold);
  expect(driftOf(weightOf(after, price))).to.be.lessThan(driftOf(weightOf(before, price)));
  const traded = sells0 ? ceilDiv(sold * price, Q112) : sold;
  expect(valueOf(before, price) - valueOf(after, price)).to.be.at.most(ceilDiv(traded * MAX_SLIPPAGE, BPS) + 1n);
  return true;
}

interface Attack {
  canWork: boolean;
  worked: boolean;
  /** Why it didn't work. */
  reason: string;
  made: Amounts;
  /** The vault's holdings afterwards. */
  held: Amounts;
}

/** Trades around a work, and undoes it all. */
async function attack(world: RebalanceWorld, sells0: boolean, size: bigint, soldBack: bigint): Promise<Attack> {
  const { rebalance, vault, pair, sandwich, token0, token1 } = world;
  const calm = await takeSnapshot();
  const [reserve0, reserve1] = await pair.getReserves();
  const amountIn = ((sells0 ? reserve0 : reserve1) * size) / BPS;
  const sent = sandwich.attack(rebalance, pair, sells0, amountIn, soldBack);
  const { canWork, worked, reason } = await eventIn(sandwich, sandwich.getEvent("Sandwich"), sent);
  const made0 = (await token0.balanceOf(sandwich)) - (sells0 ? amountIn : 0n);
  const made1 = (await token1.balanceOf(sandwich)) - (sells0 ? 0n : amountIn);
  const held = asAmounts(await vault.holdings());
  await calm.restore();
  return { canWork, worked, reason, made: asAmounts([made0, made1]), held };
}

/** Sandwiches of every size, in both directions, that sell back all or a part. */
async function sweep(world: RebalanceWorld, maxSlippage: bigint): Promise<{ best: bigint; worked: number }> {
  const { vault, pair } = world;
  const random = new Random(SEED);
  const price = await meanPrice(world);
  const before = asAmounts(await vault.holdings());
  const [reserve0, reserve1] = await pair.getReserves();
  // The profit open to anyone who trades the pool to the mean price
  const offered =
    valueOf({ amount0: reserve0, amount1: reserve1 }, price) - 2n * sqrt((reserve0 * price * reserve1) / Q112);
  const profits: bigint[] = [];

  for (const size of SIZES) {
    for (const sells0 of [true, false]) {
      for (const soldBack of [BPS, random.betweenBig(0n, BPS)]) {
        const { canWork, worked, made, held } = await attack(world, sells0, size, soldBack);
        const sold0 = before.amount0 > held.amount0;
        const traded = sold0 ? ceilDiv((before.amount0 - held.amount0) * price, Q112) : before.amount1 - held.amount1;
        const bound = ceilDiv(traded * maxSlippage, BPS) + 1n;

        expect(worked).to.equal(canWork);
        expect(traded > 0n).to.equal(worked);
        expect(valueOf(before, price) - valueOf(held, price)).to.be.at.most(bound);
        const profit = valueOf(made, price);
        expect(profit).to.be.at.most(bound + offered + 1n);
        if (worked) profits.push(profit);
      }
    }
  }
  const best = profits.reduce((most, profit) => (profit > most ? profit : most));
  return { best, worked: profits.length };
}

/** Rounded down. */
function sqrt(value: bigint): bigint {
  let root = BigInt(Math.floor(Math.sqrt(Number(value))));
  for (;;) {
    const next = (root + value / root) / 2n;
    if (next === root || next === root + 1n) return next * next > value ? next - 1n : next;
    root = next;
  }
}
