import { WAD } from "@keep3r-network/sdk";
import { expect } from "chai";
import { ethers } from "hardhat";
import { activateKeeper } from "#support/actors/keepers";
import { itIsForGovernanceOnly } from "#support/behaviours/guards";
import { loadFixture } from "#support/fixture";
import { lessFee } from "#support/tokens/credits";
import { grant } from "#support/tokens/grants";
import { HostileMode } from "#support/tokens/hostile";
import { expectGuarded } from "#support/tokens/reentrant";
import { passUnbondTime } from "#support/tools/time";
import { deployActiveWorld, deployCoreWorld } from "#support/worlds/core";

const { ZeroAddress } = ethers;

const ROLES = [
  { role: "Slasher", getter: "slashers" },
  { role: "Disputer", getter: "disputers" },
] as const;

/** Debts of every kind beside each other: a pending and an active bond, an unbonding one, token credits and LP tokens. */
async function deployIndebtedWorld() {
  const world = await deployActiveWorld();
  const { keep3r, kp3r, token, liquidity, job, jobOwner, keeper, other } = world;
  await activateKeeper(keep3r, keeper, token, 20n * WAD);
  await keep3r.connect(keeper).unbond(token, 5n * WAD);
  await keep3r.connect(other).bond(kp3r, 7n * WAD);
  await keep3r.connect(other).bond(token, 3n * WAD);
  await keep3r.connect(jobOwner).addTokenCreditsToJob(job, token, 10n * WAD);
  await keep3r.connect(jobOwner).addLiquidityToJob(job, liquidity, 11n * WAD);
  return world;
}

/** 20 of the keeper, 3 of the other keeper, and the credits of a deposit of 10. */
const OWED_TOKENS = 23n * WAD + lessFee(10n * WAD);

describe("Keep3r: roles", () => {
  for (const { role, getter } of ROLES) {
    describe(`add${role}`, () => {
      itIsForGovernanceOnly(deployCoreWorld, ({ keep3r, stranger }) =>
        keep3r.connect(stranger)[`add${role}`](stranger),
      );

      it("refuses the zero address", async () => {
        const { keep3r } = await loadFixture(deployCoreWorld);
        await expect(keep3r[`add${role}`](ZeroAddress)).to.be.revertedWithCustomError(keep3r, "ZeroAddress");
      });

      it("refuses an account that has the role", async () => {
        const { keep3r, other } = await loadFixture(deployCoreWorld);
        await keep3r[`add${role}`](other);
        await expect(keep3r[`add${role}`](other)).to.be.revertedWithCustomError(keep3r, `${role}Existent`);
      });

      it("appoints, to this role only", async () => {
        const { keep3r, other } = await loadFixture(deployCoreWorld);

        await expect(keep3r[`add${role}`](other)).to.emit(keep3r, `${role}Added`).withArgs(other.address);

        expect(await keep3r.slashers(other)).to.equal(getter === "slashers");
        expect(await keep3r.disputers(other)).to.equal(getter === "disputers");
      });
    });

    describe(`remove${role}`, () => {
      itIsForGovernanceOnly(deployCoreWorld, ({ keep3r, stranger, slasher }) =>
        keep3r.connect(stranger)[`remove${role}`](slasher),
      );

      it("refuses an account without the role", async () => {
        const { keep3r, stranger } = await loadFixture(deployCoreWorld);
        await expect(keep3r[`remove${role}`](stranger)).to.be.revertedWithCustomError(keep3r, `${role}Unexistent`);
      });

      it("dismisses, from this role only", async () => {
        const { keep3r, other } = await loadFixture(deployCoreWorld);
        await keep3r.addSlasher(other);
        await keep3r.addDisputer(other);

        await expect(keep3r[`remove${role}`](other)).to.emit(keep3r, `${role}Removed`).withArgs(other.address);

        expect(await keep3r.slashers(other)).to.equal(getter !== "slashers");
        expect(await keep3r.disputers(other)).to.equal(getter !== "disputers");
      });
    });
  }

  describe("sendDust", () => {
    itIsForGovernanceOnly(deployCoreWorld, ({ keep3r, token, stranger }) =>
      keep3r.connect(stranger).sendDust(token, 1n, stranger),
    );

    it("refuses the zero address", async () => {
      const { keep3r, token } = await loadFixture(deployCoreWorld);
      await expect(keep3r.sendDust(token, 1n, ZeroAddress)).to.be.revertedWithCustomError(keep3r, "ZeroAddress");
    });

    it("refuses a zero amount", async () => {
      const { keep3r, token, other } = await loadFixture(deployCoreWorld);
      await expect(keep3r.sendDust(token, 0n, other)).to.be.revertedWithCustomError(keep3r, "ZeroAmount");
    });

    it("finds no surplus of a liquidity that was ever priced: debts in it aren't summed up", async () => {
      const { keep3r, stranger, other, liquidity } = await loadFixture(deployIndebtedWorld);
      await liquidity.connect(stranger).transfer(keep3r, 2n * WAD);
      await keep3r.revokeLiquidity(liquidity);

      await expect(keep3r.sendDust(liquidity, 1n, other))
        .to.be.revertedWithCustomError(keep3r, "DustInsufficient")
        .withArgs(1n, 0n);
    });

    for (const held of ["kp3r", "token"] as const) {
      it(`refuses more ${held} than the surplus over all debts`, async () => {
        const world = await loadFixture(deployIndebtedWorld);
        const { keep3r, stranger, other } = world;
        await world[held].connect(stranger).transfer(keep3r, 2n * WAD);

        await expect(keep3r.sendDust(world[held], 2n * WAD + 1n, other))
          .to.be.revertedWithCustomError(keep3r, "DustInsufficient")
          .withArgs(2n * WAD + 1n, 2n * WAD);
      });

      it(`sends a surplus of ${held} over all debts`, async () => {
        const world = await loadFixture(deployIndebtedWorld);
        const { keep3r, lens, stranger, other } = world;
        const owed = await lens.owed(world[held]);
        await world[held].connect(stranger).transfer(keep3r, 2n * WAD);

        const sending = keep3r.sendDust(world[held], 2n * WAD, other);

        await expect(sending)
          .to.emit(keep3r, "DustSent")
          .withArgs(await world[held].getAddress(), 2n * WAD, other.address);
        await expect(sending).to.changeTokenBalances(world[held], [keep3r, other], [-2n * WAD, 2n * WAD]);
        expect(await lens.owed(world[held])).to.equal(owed);
        expect(await world[held].balanceOf(keep3r)).to.equal(owed);
      });
    }

    it("finds no surplus of a token whose balance is below the debts", async () => {
      const { keep3r, governance, keeper } = await loadFixture(deployCoreWorld);
      const rebasing = await ethers.deployContract("RebasingToken__Mock");
      await rebasing.mint(keeper, 10n * WAD);
      await keep3r.connect(keeper).bond(rebasing, 10n * WAD);
      await rebasing.rebase(50n);

      await expect(keep3r.sendDust(rebasing, 1n, governance))
        .to.be.revertedWithCustomError(keep3r, "DustInsufficient")
        .withArgs(1n, 0n);
    });

    it("can't be entered again from the token that it sends", async () => {
      const { keep3r, kp3r, other } = await loadFixture(deployCoreWorld);
      const token = await ethers.deployContract("ReentrantToken__Mock");
      await token.mint(keep3r, 5n);
      const address = await kp3r.getAddress();
      await token.arm(keep3r, keep3r.interface.encodeFunctionData("bond", [address, 0n]));

      await expect(keep3r.sendDust(token, 5n, other)).to.changeTokenBalance(token, other, 5n);

      await expectGuarded(token);
    });
  });

  describe("GOV-1: governance can't take what is owed, other than by dispute and slash", () => {
    it("not a pending or active bond, token credits or liquidity as dust", async () => {
      const { keep3r, lens, governance, kp3r, token, liquidity } = await loadFixture(deployIndebtedWorld);

      const debts = [
        [await kp3r.getAddress(), 7n * WAD],
        [await token.getAddress(), OWED_TOKENS],
        [await liquidity.getAddress(), 11n * WAD],
      ] as const;

      for (const [owedToken, amount] of debts) {
        if (owedToken !== (await liquidity.getAddress())) expect(await lens.owed(owedToken)).to.equal(amount);
        for (const wanted of [1n, amount]) {
          await expect(keep3r.sendDust(owedToken, wanted, governance))
            .to.be.revertedWithCustomError(keep3r, "DustInsufficient")
            .withArgs(wanted, 0n);
        }
      }
    });

    it("not slashed tokens that are held aside twice, as dust and from where they are held", async () => {
      const { keep3r, lens, governance, keeper, disputer, slasher } = await loadFixture(deployCoreWorld);
      const hostile = await ethers.deployContract("HostileToken__Mock");
      await grant(hostile, [keeper], keep3r, 10n * WAD);
      await activateKeeper(keep3r, keeper, hostile, 10n * WAD);
      await hostile.setMode(HostileMode.Reverts);
      await keep3r.connect(disputer).dispute(keeper);
      await keep3r.connect(slasher).slash(keeper, hostile, 4n * WAD, 0n);
      await hostile.setMode(HostileMode.Honest);

      await expect(keep3r.sendDust(hostile, 1n, governance))
        .to.be.revertedWithCustomError(keep3r, "DustInsufficient")
        .withArgs(1n, 0n);
      await keep3r.withdrawSlashHeld(hostile, governance);

      expect(await hostile.balanceOf(governance)).to.equal(4n * WAD);
      expect(await lens.owed(hostile)).to.equal(6n * WAD);
    });

    it("not others' pending bonds through a minter that doesn't mint", async () => {
      const { keep3r, lens, governance, kp3r, keeper, other } = await loadFixture(deployIndebtedWorld);
      // It mints, but another token
      const lazy = await ethers.deployContract("KP3R", [governance]);
      await lazy.addMinter(keep3r);
      await keep3r.connect(keeper).unbond(kp3r, 5n * WAD);
      await passUnbondTime();
      await keep3r.setKeep3rV1Proxy(lazy);

      await expect(keep3r.connect(keeper).withdraw(kp3r))
        .to.be.revertedWithCustomError(keep3r, "MintInsufficient")
        .withArgs(0n, 5n * WAD);

      expect(await kp3r.balanceOf(keep3r)).to.equal(7n * WAD);
      expect(await lens.owed(kp3r)).to.equal(7n * WAD);
      expect(await keep3r.pendingBonds(other, kp3r)).to.equal(7n * WAD);
      expect(await keep3r.pendingUnbonds(keeper, kp3r)).to.equal(5n * WAD);

      await keep3r.setKeep3rV1Proxy(kp3r);
      await expect(keep3r.connect(keeper).withdraw(kp3r)).to.changeTokenBalance(kp3r, keeper, 5n * WAD);
    });

    it("not a keeper's or a job's funds without a dispute", async () => {
      const { keep3r, governance, kp3r, token, liquidity, job, keeper } = await loadFixture(deployIndebtedWorld);
      await keep3r.addSlasher(governance);

      const attempts = [
        () => keep3r.slash(keeper, kp3r, 1n, 0n),
        () => keep3r.slash(keeper, token, 0n, 1n),
        () => keep3r.revoke(keeper),
        () => keep3r.slashTokenFromJob(job, token, 1n),
        () => keep3r.slashLiquidityFromJob(job, liquidity, 1n),
      ];

      for (const attempt of attempts) await expect(attempt()).to.be.revertedWithCustomError(keep3r, "NotDisputed");
    });

    it("not by moving or withdrawing them itself", async () => {
      const { keep3r, governance, kp3r, token, liquidity, job, keeper } = await loadFixture(deployIndebtedWorld);

      for (const attempt of [
        () => keep3r.unbondFor(keeper, kp3r, 1n),
        () => keep3r.withdrawFor(keeper, token),
        () => keep3r.changeKeeperOwnership(keeper, governance),
      ]) {
        await expect(attempt()).to.be.revertedWithCustomError(keep3r, "OnlyKeeperOwner");
      }
      for (const attempt of [
        () => keep3r.withdrawTokenCreditsFromJob(job, token, 1n, governance),
        () => keep3r.unbondLiquidityFromJob(job, liquidity, 1n),
        () => keep3r.changeJobOwnership(job, governance),
      ]) {
        await expect(attempt()).to.be.revertedWithCustomError(keep3r, "OnlyJobOwner");
      }
      await expect(keep3r.withdrawSlashHeld(token, governance)).to.be.revertedWithCustomError(keep3r, "ZeroAmount");
    });
  });
});
