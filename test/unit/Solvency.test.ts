import { MINUTE, WAD } from "@keep3r-network/sdk";
import { time } from "@nomicfoundation/hardhat-network-helpers";
import { expect } from "chai";
import { ethers } from "hardhat";
import { activateKeeper } from "#support/actors/keepers";
import { SolvencyWalk } from "#support/actors/solvencyWalk";
import { loadFixture } from "#support/fixture";
import { TOKENS } from "#support/tokens/books";
import { grant } from "#support/tokens/grants";
import { GUARD_ERROR } from "#support/tokens/reentrant";
import { Random } from "#support/tools/random";
import { passUnbondTime } from "#support/tools/time";
import { deployCoreWorld } from "#support/worlds/core";
import { deploySolvencyWorld, type SolvencyWorld } from "#support/worlds/solvency";

const STEPS = 120;
/** After so many steps jobs are settled. */
const SETTLED_STEP = 10;
const SEEDS = [1, 2, 3];
/** What is to happen more often stands there more often. */
const ACTIONS = [
  ...["bond", "bond", "bond", "activate", "activate", "activate", "unbond", "unbond", "withdraw", "withdraw"],
  ...["slash", "revoke", "addTokenCredits", "addTokenCredits", "withdrawTokenCredits", "donate"],
  ...["directTokenPayment", "bondedPayment", "worked"],
] as [string, ...string[]];

/** A payment by the re-entrant token, which is a job, while it is itself moved. */
const MID_TRANSFER = "paid in the middle of a transfer";

const MOSTLY_KP3R = ["kp3r", "kp3r", "kp3r", "honest", "reentrant"] as const;

async function expectSolvent({ keep3r, lens }: SolvencyWorld, walk: SolvencyWalk, at: string): Promise<void> {
  for (const name of TOKENS) {
    const token = walk.token(name);
    const owed = walk.books.owed(name);
    expect(await token.balanceOf(keep3r), `balance of ${name} after ${at}`).to.be.at.least(owed);
    expect(await lens.owed(token), `owed of ${name} at most, after ${at}`).to.be.at.least(owed);
  }
}

/** What is spent counts as owed until it is booked; then nothing does but what is owed. */
async function expectExact(
  { keep3r, lens, job, reentrant }: SolvencyWorld,
  walk: SolvencyWalk,
  at: string,
): Promise<void> {
  for (const spender of [job, reentrant]) await keep3r.settle(spender);
  for (const name of TOKENS) {
    expect(await lens.owed(walk.token(name)), `owed of ${name} after ${at}`).to.equal(walk.books.owed(name));
  }
}

describe("Keep3r: solvency", () => {
  describe("SOL-1: the balance covers what is owed, for honest, fee, no-return and re-entrant tokens", () => {
    for (const seed of SEEDS) {
      it(`seed ${seed}: after each of ${STEPS} steps`, async () => {
        const world = await loadFixture(deploySolvencyWorld);
        const walk = new SolvencyWalk(world, new Random(seed), ACTIONS);

        for (let step = 0; step < STEPS; step++) {
          const action = await walk.step();
          await expectSolvent(world, walk, `step ${step}, ${action}`);
          if (step % SETTLED_STEP === SETTLED_STEP - 1) await expectExact(world, walk, `step ${step}, ${action}`);
        }

        // A walk that only tried would prove nothing
        for (const action of [...ACTIONS, MID_TRANSFER])
          expect(walk.taken.get(action) ?? 0, action).to.be.greaterThan(0);
      });
    }

    it("a payment in the middle of a bond's transfer is kept (regression)", async () => {
      const { keep3r, kp3r, keeper, reentrant } = await loadFixture(deploySolvencyWorld);
      await reentrant.arm(keep3r, keep3r.interface.encodeFunctionData("bondedPayment", [keeper.address, 10n * WAD]));

      await keep3r.connect(keeper).bond(reentrant, WAD);

      expect(await reentrant.answered()).to.be.true;
      expect(await keep3r.bonds(keeper, kp3r)).to.equal(10n * WAD);
      expect(await keep3r.pendingBonds(keeper, reentrant)).to.equal(WAD);
    });

    it("a job can't displace its registrar in the middle of a deposit and keep the credits (regression)", async () => {
      const { keep3r, lens, governance, reentrant } = await loadFixture(deploySolvencyWorld);
      await grant(reentrant, [governance], keep3r, 11n);
      await keep3r.setFee(0n);
      await keep3r.addTokenCreditsToJob(reentrant, reentrant, 10n);
      const owedBefore = await lens.owed(reentrant);
      await reentrant.arm(keep3r, keep3r.interface.encodeFunctionData("addJob", [await reentrant.getAddress()]));

      await keep3r.addTokenCreditsToJob(reentrant, reentrant, 1n);

      const credits = await keep3r.jobTokenCredits(reentrant, reentrant);
      const displaced = await keep3r.pendingUnbonds(governance, reentrant);
      expect(credits + displaced).to.equal(11n);
      expect(await reentrant.answer()).to.equal(GUARD_ERROR);
      expect(await lens.owed(reentrant)).to.equal(owedBefore + 1n);
    });

    it("a job can't migrate in the middle of a deposit and keep the credits (regression)", async () => {
      const { keep3r, jobOwner, job, keeper } = await loadFixture(deploySolvencyWorld);
      const token = await ethers.deployContract("ReentrantToken__Mock");
      const address = await token.getAddress();
      const source = await job.getAddress();
      await grant(token, [jobOwner], keep3r, 1_000n);
      await keep3r.setFee(0n);
      // The token registers itself, so it owns the job that the other one is to migrate to
      await token.arm(keep3r, keep3r.interface.encodeFunctionData("addJob", [address]));
      await token.mint(keeper, 1n);
      expect(await keep3r.jobOwner(token)).to.equal(address);
      await keep3r.connect(jobOwner).addTokenCreditsToJob(job, token, 100n);
      await keep3r.connect(jobOwner).migrateJob(job, token);
      await time.increase(MINUTE + 1);
      await token.arm(keep3r, keep3r.interface.encodeFunctionData("acceptJobMigration", [source, address]));

      await keep3r.connect(jobOwner).addTokenCreditsToJob(job, token, 1n);

      const credits = await keep3r.jobTokenCredits(job, token);
      const migrated = await keep3r.jobTokenCredits(token, token);
      expect(credits + migrated).to.equal(101n);
      expect(await token.answer()).to.equal(GUARD_ERROR);
    });

    it("a rebasing token can break it for itself, and for no other", async () => {
      const { keep3r, lens, token, keeper, other } = await loadFixture(deployCoreWorld);
      const rebasing = await ethers.deployContract("RebasingToken__Mock");
      for (const one of [keeper, other]) {
        await rebasing.mint(one, 10n * WAD);
        await activateKeeper(keep3r, one, rebasing, 10n * WAD);
        await activateKeeper(keep3r, one, token, 10n * WAD);
        for (const bonded of [rebasing, token]) await keep3r.connect(one).unbond(bonded, 10n * WAD);
      }

      await rebasing.rebase(50n);

      expect(await rebasing.balanceOf(keep3r)).to.be.lessThan(await lens.owed(rebasing));
      await passUnbondTime();
      // The first takes all that there is, and the second comes away with nothing
      await keep3r.connect(keeper).withdraw(rebasing);
      await expect(keep3r.connect(other).withdraw(rebasing)).to.be.revertedWithPanic(0x11);
      for (const one of [keeper, other]) {
        await expect(keep3r.connect(one).withdraw(token)).to.changeTokenBalance(token, one, 10n * WAD);
      }
      expect(await lens.owed(token)).to.equal(0n);
    });
  });

  describe("SOL-2: KP3R activated + rewarded - slashed - withdrawn = bonded + unbonding, and no other path mints", () => {
    for (const seed of SEEDS) {
      it(`seed ${seed}: after each of ${STEPS} steps`, async () => {
        const world = await loadFixture(deploySolvencyWorld);
        const { keep3r, kp3r, keepers } = world;
        const walk = new SolvencyWalk(world, new Random(seed), ACTIONS, MOSTLY_KP3R);
        const supplyBefore = await kp3r.totalSupply();

        for (let step = 0; step < STEPS; step++) {
          const action = await walk.step();

          let held = 0n;
          for (const keeper of keepers) {
            const books = walk.books.bondsOf(keeper.address, "kp3r");
            const bonded = await keep3r.bonds(keeper, kp3r);
            const unbonding = await keep3r.pendingUnbonds(keeper, kp3r);
            expect([bonded, unbonding], `step ${step}, ${action}`).to.deep.equal([books.bonded, books.unbonding]);
            held += bonded + unbonding;
          }
          const { activated, rewarded, slashed, withdrawn, revokedPending } = walk.totals;
          expect(activated + rewarded - slashed - withdrawn, `step ${step}, ${action}`).to.equal(held);
          expect(await kp3r.totalSupply(), `supply after step ${step}, ${action}`).to.equal(
            supplyBefore - activated - revokedPending + withdrawn,
          );
        }

        for (const total of ["activated", "rewarded", "slashed", "withdrawn"] as const) {
          expect(walk.totals[total], total).to.be.greaterThan(0n);
        }
      });
    }
  });
});
