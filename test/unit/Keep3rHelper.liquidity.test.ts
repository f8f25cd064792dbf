import { DAY, WAD } from "@keep3r-network/sdk";
import { takeSnapshot, time } from "@nomicfoundation/hardhat-network-helpers";
import { expect } from "chai";
import { ethers } from "hardhat";
import { kp3rPerLp, pendingFee } from "#model/liquidityPrice";
import { actAs } from "#support/actors/impersonation";
import { PERIOD_SIZE } from "#support/defaults";
import { loadFixture } from "#support/fixture";
import { eventIn } from "#support/tools/events";
import { at } from "#support/tools/time";
import { Random } from "#support/tools/random";
import {
  deployBootstrappedWorld,
  deployEmptyPairWorld,
  deployHelperWorld,
  deployMeanPriceWorld,
  type HelperWorld,
  makeDeep,
  makeThin,
} from "#support/worlds/helper";
import { KP3R_RESERVE, observe, Q112, WETH_RESERVE } from "#support/worlds/oracle";
import { createPair, deployTokenBeside, donate, sell } from "#support/worlds/uniswap";
import type { ERC20__Mock, IUniswapV2Pair } from "#typechain";

const KINDS = { swap: 0, mint: 1, burn: 2, donate: 3 } as const;
const SEEDS = 12;
const ATTACKS = 12;

type Step = { kind: number; amount0: bigint; amount1: bigint };
type LiquidityWorld = HelperWorld & { pool: IUniswapV2Pair; paired: ERC20__Mock };

/** The price of the pool's LP token as it should be, from the pool and the oracle. */
async function modelPrice({ oracle, pool, kp3r }: LiquidityWorld): Promise<bigint> {
  const { averageX112 } = await oracle.averagePrice(pool, kp3r, DAY, ethers.MaxUint256);
  const [reserve0, reserve1] = await pool.getReserves();
  const [supply, k] = [await pool.totalSupply(), reserve0 * reserve1];
  return kp3rPerLp(k, averageX112, supply + pendingFee(supply, k, await pool.kLast()));
}

/** Sets the receiver of the protocol's fee. The factory's setter is the zero address. */
async function setFeeTo({ factory }: HelperWorld, feeTo: string): Promise<void> {
  await factory.connect(await actAs(ethers.ZeroAddress)).setFeeTo(feeTo);
}

async function provide(pool: IUniswapV2Pair, kp3r: ERC20__Mock, paired: ERC20__Mock): Promise<void> {
  const [signer] = await ethers.getSigners();
  await kp3r.mint(pool, 10n * WAD);
  await paired.mint(pool, 10n * WAD);
  await pool.mint(signer?.address ?? ethers.ZeroAddress);
}

/** A pair that was traded for a while and then left alone for two days: its mean price is its price. */
async function deployPoolWorld(side: "below" | "above", fee: boolean): Promise<LiquidityWorld> {
  const world = await deployHelperWorld();
  const { oracle, factory, kp3r } = world;
  const paired = await deployTokenBeside(kp3r, side);
  const pool = await createPair(factory, kp3r, KP3R_RESERVE, paired, WETH_RESERVE);
  if (fee) await setFeeTo(world, world.stranger.address);
  await provide(pool, kp3r, paired);
  for (let i = 1n; i < 5n; i++) await sell(pool, i % 2n === 0n ? paired : kp3r, 10n * i * WAD);
  await oracle.addPair(pool);
  await observe(oracle, pool, 3, DAY);
  return { ...world, pool, paired };
}

const deployKp3rFirstWorld = () => deployPoolWorld("above", false);
const deployKp3rSecondWorld = () => deployPoolWorld("below", false);
const deployKp3rFirstWithFeeWorld = () => deployPoolWorld("above", true);
const deployKp3rSecondWithFeeWorld = () => deployPoolWorld("below", true);
const POOLS = {
  "KP3R is token0, no protocol fee": deployKp3rFirstWorld,
  "KP3R is token1, no protocol fee": deployKp3rSecondWorld,
  "KP3R is token0, protocol fee": deployKp3rFirstWithFeeWorld,
  "KP3R is token1, protocol fee": deployKp3rSecondWithFeeWorld,
};

/** Amounts from dust to a multiple of the pool. */
function randomStep(random: Random): Step {
  const kind = random.pick([KINDS.swap, KINDS.swap, KINDS.mint, KINDS.burn, KINDS.donate]);
  const [amount0, amount1] = [0, 1].map(() => random.betweenBig(1n, 10n ** BigInt(random.between(1, 22)))) as [
    bigint,
    bigint,
  ];
  if (kind === KINDS.burn) return { kind, amount0: BigInt(random.pick([1, 500, 999, 1000])), amount1: 0n };
  const only = random.between(0, kind === KINDS.mint ? 2 : 1);
  return { kind, amount0: only === 1 ? 0n : amount0, amount1: only === 0 ? 0n : amount1 };
}

describe("Keep3rHelper: liquidity", () => {
  describe("checkLiquidity", () => {
    it("refuses a pair that the oracle doesn't list", async () => {
      const { helper, stranger } = await loadFixture(deployHelperWorld);
      await expect(helper.checkLiquidity(stranger))
        .to.be.revertedWithCustomError(helper, "LiquidityPairInvalid")
        .withArgs();
    });

    it("takes a pair that is listed, with a price or without", async () => {
      const { helper, oracle, pair } = await loadFixture(deployHelperWorld);
      await helper.checkLiquidity(pair);
      await oracle.removePair(pair);
      await expect(helper.checkLiquidity(pair))
        .to.be.revertedWithCustomError(helper, "LiquidityPairInvalid")
        .withArgs();
    });
  });

  describe("quoteLiquidity", () => {
    it("fails as the oracle does, for a pair that isn't listed", async () => {
      const { helper, oracle, pair, stranger } = await loadFixture(deployBootstrappedWorld);
      await oracle.removePair(pair);
      for (const address of [await pair.getAddress(), stranger.address]) {
        await expect(helper.quoteLiquidity(address))
          .to.be.revertedWithCustomError(oracle, "PairNotListed")
          .withArgs(address);
      }
    });

    it("ORC-4: fails as the oracle does, for a pair that was thin when it was last observed", async () => {
      const world = await loadFixture(deployBootstrappedWorld);
      const { helper, oracle, pair } = world;
      const before = await helper.quoteLiquidity(pair);
      await makeThin(world);
      await expect(helper.quoteLiquidity(pair))
        .to.be.revertedWithCustomError(oracle, "Kp3rReserveTooLow")
        .withArgs(pair, KP3R_RESERVE, 2n * KP3R_RESERVE);
      await makeDeep(world);
      expect(await helper.quoteLiquidity(pair)).to.equal(before);
    });

    it("fails as the oracle does, until there is a day of history", async () => {
      const { helper, oracle, pair } = await loadFixture(deployHelperWorld);
      const [listedAt] = await oracle.observationAt(pair, 0);
      await observe(oracle, pair, 46);
      await at(Number(listedAt) + DAY - 1, () => oracle.update(pair));
      // However long ago that is now
      for (const wait of [1, PERIOD_SIZE]) {
        await time.increase(wait);
        await expect(helper.quoteLiquidity(pair))
          .to.be.revertedWithCustomError(oracle, "InsufficientHistory")
          .withArgs(pair, DAY, DAY - 1);
      }
      await oracle.update(pair);
      expect(await helper.quoteLiquidity(pair)).to.be.greaterThan(0n);
    });

    it("LIV-1: answers after any silence", async () => {
      const { helper, oracle, pair } = await loadFixture(deployHelperWorld);
      const [listedAt] = await oracle.observationAt(pair, 0);
      await time.increaseTo(listedAt + BigInt(DAY) - 1n);
      await expect(helper.quoteLiquidity(pair))
        .to.be.revertedWithCustomError(oracle, "InsufficientHistory")
        .withArgs(pair, DAY, DAY - 1);
      await time.increase(1);
      const price = await helper.quoteLiquidity(pair);
      for (const silence of [2 * DAY, 10 * DAY, 1_000 * DAY]) {
        await time.increase(silence);
        expect(await helper.quoteLiquidity(pair)).to.equal(price);
      }
    });

    it("refuses a mean price of nothing", async () => {
      const { double, oracle, helper } = await loadFixture(deployMeanPriceWorld);
      await oracle.setAverage(0);
      await expect(helper.quoteLiquidity(double))
        .to.be.revertedWithCustomError(helper, "LiquidityWithoutPrice")
        .withArgs(double);
    });

    it("refuses a pair without LP tokens", async () => {
      const { double, helper } = await loadFixture(deployEmptyPairWorld);
      await expect(helper.quoteLiquidity(double))
        .to.be.revertedWithCustomError(helper, "LiquidityWithoutSupply")
        .withArgs(double);
    });

    for (const [title, deploy] of Object.entries(POOLS)) {
      it(`equals the model exactly: ${title}`, async () => {
        const world = await loadFixture(deploy);
        const { helper, oracle, pool, kp3r, paired } = world;
        const withFee = title.endsWith(", protocol fee");
        expect((await pool.kLast()) !== 0n).to.equal(withFee);
        expect(await helper.quoteLiquidity(pool)).to.equal(await modelPrice(world));

        // However little KP3R is left by the trades
        await oracle.setMinKp3rReserve(WAD);
        const random = new Random(4711);
        for (let i = 0; i < 12; i++) {
          await sell(pool, random.pick([kp3r, paired]), random.betweenBig(1n, 500n * WAD));
          await donate(pool, random.pick([kp3r, paired]), random.betweenBig(1n, 10n * WAD));
          if (i % 4 === 3) await provide(pool, kp3r, paired);
          await time.increase(random.between(1, DAY / 2));
          await oracle.update(pool);
          expect(await helper.quoteLiquidity(pool)).to.equal(await modelPrice(world));
        }
      });
    }

    it("is KP3R's share of the pool, when that stands at its mean price", async () => {
      const { helper, pair } = await loadFixture(deployBootstrappedWorld);
      const supply = await pair.totalSupply();
      expect(((await helper.quoteLiquidity(pair)) * supply) / WAD).to.be.closeTo(
        KP3R_RESERVE,
        KP3R_RESERVE / 10n ** 12n,
      );
    });

    it("has the fee in it that the pair would mint next, and the same after it is minted", async () => {
      const world = await loadFixture(deployKp3rFirstWithFeeWorld);
      const { helper, pool, kp3r, paired, stranger } = world;
      const before = await helper.quoteLiquidity(pool);
      const snapshot = await takeSnapshot();
      const [reserve0, reserve1] = await pool.getReserves();
      await kp3r.mint(pool, reserve0 / 1000n);
      await paired.mint(pool, reserve1 / 1000n);
      const fees = await pool.balanceOf(stranger);
      await pool.mint(world.keeper);
      expect(await pool.balanceOf(stranger)).to.be.greaterThan(fees);
      expect(await helper.quoteLiquidity(pool)).to.be.closeTo(before, 10n);
      await snapshot.restore();
    });

    it("has the fee in it whenever the pair remembers its last k, though the fee is turned off", async () => {
      const world = await loadFixture(deployKp3rFirstWithFeeWorld);
      const { helper, oracle, pool, kp3r, paired } = world;
      const before = await helper.quoteLiquidity(pool);
      await setFeeTo(world, ethers.ZeroAddress);
      expect(await helper.quoteLiquidity(pool)).to.equal(before);

      // The next mint or burn makes the pair forget it, and nobody has to share
      await provide(pool, kp3r, paired);
      expect(await pool.kLast()).to.equal(0);
      const { averageX112 } = await oracle.averagePrice(pool, kp3r, DAY, ethers.MaxUint256);
      const [reserve0, reserve1] = await pool.getReserves();
      const shared = kp3rPerLp(reserve0 * reserve1, averageX112, await pool.totalSupply());
      expect(await helper.quoteLiquidity(pool)).to.equal(shared);
      expect(shared).to.be.greaterThan(before);
    });

    for (const [title, deploy] of Object.entries(POOLS)) {
      it(`CRD-2: no sequence in a block raises a job's value by more than it costs: ${title}`, async () => {
        const world = await loadFixture(deploy);
        const { helper, oracle, pool, kp3r } = world;
        const attacker = await ethers.deployContract("PairAttacker__Harness");
        const { averageX112 } = await oracle.averagePrice(pool, kp3r, DAY, ethers.MaxUint256);
        const kp3rFirst = (await pool.token0()) === (await kp3r.getAddress());
        const bonded = await pool.totalSupply();
        let risen = 0;

        for (let seed = 0; seed < SEEDS; seed++) {
          const random = new Random(seed);
          for (let i = 0; i < ATTACKS; i++) {
            const snapshot = await takeSnapshot();
            const steps = Array.from({ length: random.between(1, 6) }, () => randomStep(random));
            const sent = attacker.attack(pool, helper, steps);
            const told = await eventIn(attacker, attacker.getEvent("Attack"), sent);

            const { priceBefore, priceAfter, given0, given1, liquidity } = told;
            const [givenKp3r, givenPaired] = kp3rFirst ? [given0, given1] : [given1, given0];
            // An LP token is worth both its sides: twice the KP3R that underlies it
            const cost = givenKp3r + (givenPaired * Q112) / averageX112 - (2n * priceAfter * liquidity) / WAD;
            const gain = (bonded * (priceAfter - priceBefore)) / WAD;
            if (gain > 0n) risen++;
            // At p that is half of what LP tokens gain, and all of them together gain what is given. A price is rounded to
            // a wei per LP token.
            const rounding = (2n * (bonded + liquidity)) / WAD + 10n;
            expect(2n * gain, `seed ${seed}, attack ${i}`).to.be.at.most(cost + rounding);
            await snapshot.restore();
          }
        }
        expect(risen).to.be.greaterThan(0);
      });
    }
  });

  describe("LiquidityMath", () => {
    it("counts no fee without a last k, nor without growth", async () => {
      const maths = await ethers.deployContract("LiquidityMath__Harness");
      expect(await maths.pendingFeeDown(WAD, 100n, 0)).to.equal(0);
      expect(await maths.pendingFeeDown(WAD, 100n, 100n)).to.equal(0);
      expect(await maths.pendingFeeDown(WAD, 120n, 100n)).to.equal(0);
      expect(await maths.pendingFeeDown(WAD, 81n, 100n)).to.equal(0);
      expect(await maths.pendingFeeDown(650n, 121n, 100n)).to.equal(10);
    });

    it("equals the model over the whole range", async () => {
      const maths = await ethers.deployContract("LiquidityMath__Harness");
      const random = new Random(1);
      for (let i = 0; i < 300; i++) {
        const anyUpTo = (bits: number) => random.betweenBig(1n, 2n ** BigInt(random.between(1, bits)) - 1n);
        const [supply, k, kLast] = [anyUpTo(112), anyUpTo(224), anyUpTo(224)];
        expect(await maths.pendingFeeDown(supply, k, kLast)).to.equal(pendingFee(supply, k, kLast));
        // From 2^80 on, whatever k is
        const averageX112 = 2n ** 80n + anyUpTo(206);
        expect(await maths.kp3rPerLiquidityDown(k, averageX112, supply)).to.equal(kp3rPerLp(k, averageX112, supply));
      }
    });
  });
});
