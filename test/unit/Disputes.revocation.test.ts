import { WAD } from "@keep3r-network/sdk";
import { expect } from "chai";
import { ethers } from "hardhat";
import { actAs } from "#support/actors/impersonation";
import { activateKeeper } from "#support/actors/keepers";
import { itIsForGovernanceOnly } from "#support/behaviours/guards";
import { loadFixture } from "#support/fixture";
import { grant } from "#support/tokens/grants";
import { HostileMode } from "#support/tokens/hostile";
import { passBondTime, passUnbondTime } from "#support/tools/time";
import { deployActiveWorld, deployCoreWorld } from "#support/worlds/core";

const { ZeroAddress } = ethers;

/** Three keepers without a bond, in this order. */
async function deployThreeKeepersWorld() {
  const world = await deployCoreWorld();
  const { keep3r, kp3r, keeper, other, stranger } = world;
  for (const bonding of [keeper, other, stranger]) await keep3r.connect(bonding).bond(kp3r, 0n);
  await passBondTime();
  for (const bonded of [keeper, other, stranger]) await keep3r.connect(bonded).activate(kp3r);
  return world;
}

/** In dispute: 70 KP3R bonded, 30 unbonding, 5 handed in; 20 other tokens bonded, 3 handed in. */
async function deployDisputedWorld() {
  const world = await deployActiveWorld();
  const { keep3r, kp3r, token, keeper, other, disputer } = world;
  await activateKeeper(keep3r, keeper, token, 20n * WAD);
  await keep3r.connect(keeper).unbond(kp3r, 30n * WAD);
  await keep3r.connect(keeper).bond(kp3r, 5n * WAD);
  await keep3r.connect(keeper).bond(token, 3n * WAD);
  await keep3r.connect(other).bond(kp3r, 7n * WAD);
  await keep3r.connect(disputer).dispute(keeper);
  return world;
}

/** The same, revoked and with the dispute resolved. */
async function deployRevokedWorld() {
  const world = await deployDisputedWorld();
  const { keep3r, keeper, disputer, slasher } = world;
  await keep3r.connect(slasher).revoke(keeper);
  await keep3r.connect(disputer).resolve(keeper);
  await passBondTime();
  return world;
}

describe("Keep3r: revocation of keepers", () => {
  describe("revoke", () => {
    it("is for slashers only", async () => {
      const { keep3r, disputer, keeper } = await loadFixture(deployDisputedWorld);
      await expect(keep3r.connect(disputer).revoke(keeper)).to.be.revertedWithCustomError(keep3r, "OnlySlasher");
    });

    it("refuses a keeper that isn't in dispute", async () => {
      const { keep3r, slasher, keeper } = await loadFixture(deployActiveWorld);
      await expect(keep3r.connect(slasher).revoke(keeper)).to.be.revertedWithCustomError(keep3r, "NotDisputed");
    });

    it("takes all KP3R: bonded, unbonding and pending", async () => {
      const { keep3r, lens, slasher, keeper } = await loadFixture(deployDisputedWorld);

      const revoking = keep3r.connect(slasher).revoke(keeper);

      await expect(revoking)
        .to.emit(keep3r, "KeeperSlash")
        .withArgs(keeper.address, slasher.address, 105n * WAD);
      await expect(revoking).to.emit(keep3r, "KeeperRevoke").withArgs(keeper.address, slasher.address);
      const state = await lens.keeperState(keeper);
      expect([state.bonded, state.pendingBonds, state.pendingUnbonds]).to.deep.equal([0n, 0n, 0n]);
      expect([state.canActivateAfter, state.canWithdrawAfter]).to.deep.equal([0n, 0n]);
      expect([state.active, state.barred]).to.deep.equal([false, true]);
      expect(await lens.barred(keeper)).to.be.true;
    });

    it("burns the pending bond, and only that", async () => {
      const { keep3r, kp3r, lens, slasher, keeper, other } = await loadFixture(deployDisputedWorld);
      const supply = await kp3r.totalSupply();

      await expect(keep3r.connect(slasher).revoke(keeper)).to.changeTokenBalance(kp3r, keep3r, -5n * WAD);

      expect(await kp3r.totalSupply()).to.equal(supply - 5n * WAD);
      expect(await lens.owed(kp3r)).to.equal(7n * WAD);
      expect(await keep3r.pendingBonds(other, kp3r)).to.equal(7n * WAD);
    });

    it("leaves the other tokens", async () => {
      const { keep3r, token, lens, slasher, keeper } = await loadFixture(deployDisputedWorld);

      await keep3r.connect(slasher).revoke(keeper);

      expect(await keep3r.bonds(keeper, token)).to.equal(20n * WAD);
      expect(await keep3r.pendingBonds(keeper, token)).to.equal(3n * WAD);
      expect(await lens.owed(token)).to.equal(23n * WAD);
    });

    it("bars an account that never was a keeper, and takes its pending bond", async () => {
      const { keep3r, kp3r, lens, slasher, disputer, other } = await loadFixture(deployCoreWorld);
      await keep3r.connect(other).bond(kp3r, 2n * WAD);
      await keep3r.connect(disputer).dispute(other);

      await expect(keep3r.connect(slasher).revoke(other))
        .to.emit(keep3r, "KeeperSlash")
        .withArgs(other.address, slasher.address, 2n * WAD);

      expect(await lens.barred(other)).to.be.true;
      expect(await keep3r.keepers()).to.deep.equal([]);
      expect(await lens.owed(kp3r)).to.equal(0n);
    });

    for (const [removed, place] of [
      ["keeper", "first"],
      ["other", "middle"],
      ["stranger", "last"],
    ] as const) {
      it(`takes the ${place} of three off the list, and the places that remain stay right`, async () => {
        const world = await loadFixture(deployThreeKeepersWorld);
        const { keep3r, lens, disputer, slasher, keeper, other, stranger } = world;
        const left = [keeper, other, stranger].filter((one) => one !== world[removed]);
        await keep3r.connect(disputer).dispute(world[removed]);

        await keep3r.connect(slasher).revoke(world[removed]);

        const addresses = left.map(({ address }) => address);
        expect([...(await keep3r.keepers())]).to.have.members(addresses);
        expect([...(await lens.keepers(0n, 9n))]).to.deep.equal([...(await keep3r.keepers())]);
        // Each is found where it is listed now
        for (const [index, one] of left.entries()) {
          await keep3r.connect(disputer).dispute(one);
          await keep3r.connect(slasher).revoke(one);
          expect([...(await keep3r.keepers())]).to.deep.equal(addresses.slice(index + 1));
        }
      });
    }

    it("revokes a keeper again that was reinstated and has returned", async () => {
      const { keep3r, kp3r, lens, keeper, disputer, slasher } = await loadFixture(deployRevokedWorld);
      await keep3r.reinstate(keeper);
      await activateKeeper(keep3r, keeper, kp3r, WAD);
      await keep3r.connect(disputer).dispute(keeper);

      await expect(keep3r.connect(slasher).revoke(keeper))
        .to.emit(keep3r, "KeeperSlash")
        .withArgs(keeper.address, slasher.address, WAD);

      expect(await keep3r.keepers()).to.deep.equal([]);
      expect(await lens.barred(keeper)).to.be.true;
    });
  });

  describe("a revoked keeper", () => {
    it("can't bond, with or without an amount", async () => {
      const { keep3r, kp3r, token, keeper } = await loadFixture(deployRevokedWorld);
      for (const [bonding, amount] of [
        [kp3r, 0n],
        [kp3r, 1n],
        [token, 1n],
      ] as const) {
        await expect(keep3r.connect(keeper).bond(bonding, amount)).to.be.revertedWithCustomError(
          keep3r,
          "KeeperBarred",
        );
      }
    });

    it("can't work or be paid", async () => {
      const { keep3r, token, job, jobOwner, keeper } = await loadFixture(deployRevokedWorld);
      await keep3r.connect(jobOwner).addTokenCreditsToJob(job, token, 10n * WAD);
      expect(await keep3r.isKeeper.staticCall(keeper)).to.be.false;

      const asJob = keep3r.connect(await actAs(job));
      await expect(asJob.bondedPayment(keeper, 1n)).to.be.revertedWithCustomError(keep3r, "KeeperBarred");
      await expect(asJob.directTokenPayment(token, keeper, 1n)).to.be.revertedWithCustomError(keep3r, "KeeperBarred");
    });

    it("activates, unbonds and withdraws its other tokens once the dispute is resolved", async () => {
      const { keep3r, token, lens, keeper } = await loadFixture(deployRevokedWorld);

      await expect(keep3r.connect(keeper).activate(token))
        .to.emit(keep3r, "Activation")
        .withArgs(keeper.address, await token.getAddress(), 3n * WAD);
      expect(await keep3r.isKeeper.staticCall(keeper)).to.be.false;
      expect(await keep3r.keepers()).to.deep.equal([]);
      await keep3r.connect(keeper).unbond(token, 23n * WAD);
      await passUnbondTime();
      await expect(keep3r.connect(keeper).withdraw(token)).to.changeTokenBalance(token, keeper, 23n * WAD);
      expect(await lens.owed(token)).to.equal(0n);
    });

    it("can't activate or withdraw them in dispute", async () => {
      const { keep3r, token, disputer, keeper } = await loadFixture(deployRevokedWorld);
      await keep3r.connect(disputer).dispute(keeper);

      await expect(keep3r.connect(keeper).activate(token)).to.be.revertedWithCustomError(keep3r, "Disputed");
      await keep3r.connect(keeper).unbond(token, WAD);
      await passUnbondTime();
      await expect(keep3r.connect(keeper).withdraw(token)).to.be.revertedWithCustomError(keep3r, "Disputed");
    });

    it("finds no KP3R to activate or withdraw", async () => {
      const { keep3r, kp3r, keeper } = await loadFixture(deployRevokedWorld);
      await passUnbondTime();

      await expect(keep3r.connect(keeper).activate(kp3r)).to.be.revertedWithCustomError(keep3r, "BondsUnexistent");
      await expect(keep3r.connect(keeper).withdraw(kp3r)).to.be.revertedWithCustomError(keep3r, "UnbondsUnexistent");
    });
  });

  describe("reinstate", () => {
    itIsForGovernanceOnly(deployRevokedWorld, ({ keep3r, slasher, keeper }) =>
      keep3r.connect(slasher).reinstate(keeper),
    );

    it("refuses a keeper that isn't barred", async () => {
      const { keep3r, keeper } = await loadFixture(deployActiveWorld);
      await expect(keep3r.reinstate(keeper)).to.be.revertedWithCustomError(keep3r, "KeeperNotBarred");
    });

    it("lets a keeper return, with its age since it was first active", async () => {
      const { keep3r, kp3r, lens, keeper } = await loadFixture(deployRevokedWorld);
      const firstSeen = await keep3r.firstSeen(keeper);

      await expect(keep3r.reinstate(keeper)).to.emit(keep3r, "KeeperReinstatement").withArgs(keeper.address);

      expect(await lens.barred(keeper)).to.be.false;
      expect(await keep3r.isKeeper.staticCall(keeper)).to.be.false;
      await activateKeeper(keep3r, keeper, kp3r, WAD);
      expect(await keep3r.isKeeper.staticCall(keeper)).to.be.true;
      expect(await keep3r.keepers()).to.deep.equal([keeper.address]);
      expect(await keep3r.firstSeen(keeper)).to.equal(firstSeen);
    });
  });

  describe("withdrawSlashHeld", () => {
    itIsForGovernanceOnly(deployCoreWorld, ({ keep3r, token, slasher }) =>
      keep3r.connect(slasher).withdrawSlashHeld(token, slasher),
    );

    it("refuses the zero address", async () => {
      const { keep3r, token } = await loadFixture(deployCoreWorld);
      await expect(keep3r.withdrawSlashHeld(token, ZeroAddress)).to.be.revertedWithCustomError(keep3r, "ZeroAddress");
    });

    it("refuses a token of which nothing is held", async () => {
      const { keep3r, token, governance } = await loadFixture(deployDisputedWorld);
      await expect(keep3r.withdrawSlashHeld(token, governance)).to.be.revertedWithCustomError(keep3r, "ZeroAmount");
    });

    it("sends all that is held to the address that governance names", async () => {
      const { keep3r, lens, keeper, stranger, disputer, slasher } = await loadFixture(deployCoreWorld);
      const hostile = await ethers.deployContract("HostileToken__Mock");
      await grant(hostile, [keeper], keep3r, 10n);
      await activateKeeper(keep3r, keeper, hostile, 10n);
      await keep3r.connect(disputer).dispute(keeper);
      await hostile.setMode(HostileMode.Reverts);
      await keep3r.connect(slasher).slash(keeper, hostile, 4n, 0n);
      await hostile.setMode(HostileMode.Honest);

      const withdrawing = keep3r.withdrawSlashHeld(hostile, stranger);

      await expect(withdrawing)
        .to.emit(keep3r, "SlashHeldWithdrawal")
        .withArgs(await hostile.getAddress(), stranger.address, 4n);
      await expect(withdrawing).to.changeTokenBalances(hostile, [keep3r, stranger], [-4n, 4n]);
      expect(await lens.slashHeld(hostile)).to.equal(0n);
      expect(await lens.owed(hostile)).to.equal(6n);
    });
  });
});
