import { WAD } from "@keep3r-network/sdk";
import { time } from "@nomicfoundation/hardhat-network-helpers";
import { expect } from "chai";
import { actAs } from "#support/actors/impersonation";
import { activateKeeper } from "#support/actors/keepers";
import { BOND_TIME, UNBOND_TIME } from "#support/defaults";
import { loadFixture } from "#support/fixture";
import { passBondTime, passUnbondTime } from "#support/tools/time";
import { deployActiveWorld, deployCoreWorld } from "#support/worlds/core";

/** 10 KP3R handed in; nothing activated. */
async function deployBondingWorld() {
  const world = await deployCoreWorld();
  await world.keep3r.connect(world.keeper).bond(world.kp3r, 10n * WAD);
  return world;
}

/** 100 KP3R bonded, of which 30 are being unbonded. */
async function deployUnbondingWorld() {
  const world = await deployActiveWorld();
  await world.keep3r.connect(world.keeper).unbond(world.kp3r, 30n * WAD);
  return world;
}

describe("Keep3r: bonds of keepers", () => {
  describe("bond", () => {
    it("refuses a keeper in dispute", async () => {
      const { keep3r, kp3r, keeper, disputer } = await loadFixture(deployCoreWorld);
      await keep3r.connect(disputer).dispute(keeper);
      await expect(keep3r.connect(keeper).bond(kp3r, 1n)).to.be.revertedWithCustomError(keep3r, "Disputed");
    });

    it("refuses a revoked keeper", async () => {
      const { keep3r, kp3r, keeper, disputer, slasher } = await loadFixture(deployCoreWorld);
      await keep3r.connect(disputer).dispute(keeper);
      await keep3r.connect(slasher).revoke(keeper);
      await keep3r.connect(disputer).resolve(keeper);
      await expect(keep3r.connect(keeper).bond(kp3r, 0n)).to.be.revertedWithCustomError(keep3r, "KeeperBarred");
    });

    it("refuses a token without code, with or without an amount", async () => {
      const { keep3r, keeper, stranger } = await loadFixture(deployCoreWorld);
      for (const amount of [0n, 1n]) {
        await expect(keep3r.connect(keeper).bond(stranger, amount))
          .to.be.revertedWithCustomError(keep3r, "WithoutCode")
          .withArgs(stranger.address);
      }
    });

    it("refuses more than the keeper has", async () => {
      const { keep3r, kp3r, keeper } = await loadFixture(deployCoreWorld);
      await expect(keep3r.connect(keeper).bond(kp3r, 1_000n * WAD + 1n))
        .to.be.revertedWithCustomError(kp3r, "ERC20InsufficientBalance")
        .withArgs(keeper.address, 1_000n * WAD, 1_000n * WAD + 1n);
    });

    it("refuses more KP3R than a bond can hold", async () => {
      const { keep3r, kp3r, governance } = await loadFixture(deployCoreWorld);
      await kp3r.addMinter(governance);
      await kp3r.mint(2n ** 88n);
      await expect(keep3r.connect(governance).bond(kp3r, 2n ** 88n))
        .to.be.revertedWithCustomError(keep3r, "SafeCastOverflowedUintDowncast")
        .withArgs(88n, 2n ** 88n);
    });

    it("takes the tokens and keeps them, whole, until they are activated", async () => {
      const { keep3r, kp3r, lens, keeper } = await loadFixture(deployCoreWorld);
      const supply = await kp3r.totalSupply();
      expect(await keep3r.hasBonded(keeper)).to.be.false;

      const bonding = keep3r.connect(keeper).bond(kp3r, 10n * WAD);

      await expect(bonding)
        .to.emit(keep3r, "Bonding")
        .withArgs(keeper.address, await kp3r.getAddress(), 10n * WAD);
      await expect(bonding).to.changeTokenBalances(kp3r, [keeper, keep3r], [-10n * WAD, 10n * WAD]);
      expect(await keep3r.pendingBonds(keeper, kp3r)).to.equal(10n * WAD);
      expect(await keep3r.canActivateAfter(keeper, kp3r)).to.equal((await time.latest()) + BOND_TIME);
      expect(await keep3r.bonds(keeper, kp3r)).to.equal(0n);
      expect(await keep3r.hasBonded(keeper)).to.be.true;
      expect(await keep3r.isKeeper.staticCall(keeper)).to.be.false;
      expect(await lens.owed(kp3r)).to.equal(10n * WAD);
      expect(await kp3r.totalSupply()).to.equal(supply);
    });

    it("adds to a pending amount and restarts its clock", async () => {
      const { keep3r, kp3r, keeper } = await loadFixture(deployBondingWorld);
      await time.increase(BOND_TIME);

      await keep3r.connect(keeper).bond(kp3r, 5n * WAD);

      expect(await keep3r.pendingBonds(keeper, kp3r)).to.equal(15n * WAD);
      expect(await keep3r.canActivateAfter(keeper, kp3r)).to.equal((await time.latest()) + BOND_TIME);
      await expect(keep3r.connect(keeper).activate(kp3r)).to.be.revertedWithCustomError(keep3r, "BondsLocked");
    });

    it("starts a clock even for a bond of nothing", async () => {
      const { keep3r, kp3r, keeper } = await loadFixture(deployCoreWorld);

      await expect(keep3r.connect(keeper).bond(kp3r, 0n))
        .to.emit(keep3r, "Bonding")
        .withArgs(keeper.address, await kp3r.getAddress(), 0n);

      expect(await keep3r.hasBonded(keeper)).to.be.true;
      expect(await keep3r.canActivateAfter(keeper, kp3r)).to.equal((await time.latest()) + BOND_TIME);
    });

    it("goes by the current bond time", async () => {
      const { keep3r, kp3r, keeper } = await loadFixture(deployBondingWorld);
      const readyAfter = await keep3r.canActivateAfter(keeper, kp3r);
      await keep3r.setBondTime(0n);

      expect(await keep3r.canActivateAfter(keeper, kp3r)).to.equal(readyAfter);
      await keep3r.connect(keeper).bond(kp3r, 1n);
      await keep3r.connect(keeper).activate(kp3r);

      expect(await keep3r.bonds(keeper, kp3r)).to.equal(10n * WAD + 1n);
    });

    it("is open to an address that a stranger has registered as a job", async () => {
      const { keep3r, kp3r, token, stranger } = await loadFixture(deployCoreWorld);
      await keep3r.connect(stranger).addJob(token);

      await activateKeeper(keep3r, await actAs(token), kp3r, 0n);

      expect(await keep3r.isKeeper.staticCall(token)).to.be.true;
    });
  });

  describe("activate", () => {
    it("refuses a keeper in dispute", async () => {
      const { keep3r, kp3r, keeper, disputer } = await loadFixture(deployBondingWorld);
      await keep3r.connect(disputer).dispute(keeper);
      await passBondTime();
      await expect(keep3r.connect(keeper).activate(kp3r)).to.be.revertedWithCustomError(keep3r, "Disputed");
    });

    it("refuses where nothing is pending", async () => {
      const { keep3r, token, keeper } = await loadFixture(deployBondingWorld);
      await expect(keep3r.connect(keeper).activate(token)).to.be.revertedWithCustomError(keep3r, "BondsUnexistent");
    });

    it("is locked in the last second", async () => {
      const { keep3r, kp3r, keeper } = await loadFixture(deployBondingWorld);
      await time.setNextBlockTimestamp(await keep3r.canActivateAfter(keeper, kp3r));
      await expect(keep3r.connect(keeper).activate(kp3r)).to.be.revertedWithCustomError(keep3r, "BondsLocked");
    });

    it("opens one second later: KP3R is burned and becomes a bond", async () => {
      const { keep3r, kp3r, lens, keeper } = await loadFixture(deployBondingWorld);
      const supply = await kp3r.totalSupply();
      const openAt = (await keep3r.canActivateAfter(keeper, kp3r)) + 1n;
      await time.setNextBlockTimestamp(openAt);

      const activating = keep3r.connect(keeper).activate(kp3r);

      await expect(activating)
        .to.emit(keep3r, "Activation")
        .withArgs(keeper.address, await kp3r.getAddress(), 10n * WAD);
      await expect(activating).to.changeTokenBalance(kp3r, keep3r, -10n * WAD);
      expect(await kp3r.totalSupply()).to.equal(supply - 10n * WAD);
      expect(await lens.owed(kp3r)).to.equal(0n);
      expect(await keep3r.bonds(keeper, kp3r)).to.equal(10n * WAD);
      expect(await keep3r.pendingBonds(keeper, kp3r)).to.equal(0n);
      expect(await keep3r.canActivateAfter(keeper, kp3r)).to.equal(0n);
      expect(await keep3r.firstSeen(keeper)).to.equal(openAt);
      expect(await keep3r.isKeeper.staticCall(keeper)).to.be.true;
    });

    it("works only once", async () => {
      const { keep3r, kp3r, keeper } = await loadFixture(deployActiveWorld);
      await expect(keep3r.connect(keeper).activate(kp3r)).to.be.revertedWithCustomError(keep3r, "BondsUnexistent");
    });

    it("activates a keeper with no bond", async () => {
      const { keep3r, kp3r, keeper } = await loadFixture(deployCoreWorld);

      await activateKeeper(keep3r, keeper, kp3r, 0n);

      expect(await keep3r.isKeeper.staticCall(keeper)).to.be.true;
      expect(await keep3r.bonds(keeper, kp3r)).to.equal(0n);
      expect(await keep3r.keepers()).to.deep.equal([keeper.address]);
    });

    it("keeps a bond in another token, and leaves age and list as they are", async () => {
      const { keep3r, token, lens, keeper } = await loadFixture(deployActiveWorld);
      const firstSeen = await keep3r.firstSeen(keeper);

      await activateKeeper(keep3r, keeper, token, 20n * WAD);

      expect(await keep3r.bonds(keeper, token)).to.equal(20n * WAD);
      expect(await token.balanceOf(keep3r)).to.equal(20n * WAD);
      expect(await lens.owed(token)).to.equal(20n * WAD);
      expect(await keep3r.firstSeen(keeper)).to.equal(firstSeen);
      expect(await keep3r.keepers()).to.deep.equal([keeper.address]);
    });
  });

  describe("unbond", () => {
    it("refuses a zero amount", async () => {
      const { keep3r, kp3r, keeper } = await loadFixture(deployActiveWorld);
      await expect(keep3r.connect(keeper).unbond(kp3r, 0n)).to.be.revertedWithCustomError(keep3r, "ZeroAmount");
    });

    it("refuses more than is bonded", async () => {
      const { keep3r, kp3r, keeper } = await loadFixture(deployActiveWorld);
      await expect(keep3r.connect(keeper).unbond(kp3r, 100n * WAD + 1n))
        .to.be.revertedWithCustomError(keep3r, "BondsInsufficient")
        .withArgs(100n * WAD, 100n * WAD + 1n);
    });

    it("takes from the bond at once, and leaves a keeper without a bond active", async () => {
      const { keep3r, kp3r, keeper } = await loadFixture(deployActiveWorld);

      await expect(keep3r.connect(keeper).unbond(kp3r, 100n * WAD))
        .to.emit(keep3r, "Unbonding")
        .withArgs(keeper.address, await kp3r.getAddress(), 100n * WAD);

      expect(await keep3r.bonds(keeper, kp3r)).to.equal(0n);
      expect(await keep3r.pendingUnbonds(keeper, kp3r)).to.equal(100n * WAD);
      expect(await keep3r.canWithdrawAfter(keeper, kp3r)).to.equal((await time.latest()) + UNBOND_TIME);
      expect(await keep3r.isKeeper.staticCall(keeper)).to.be.true;
    });

    it("adds to a pending amount and restarts its clock", async () => {
      const { keep3r, kp3r, keeper } = await loadFixture(deployUnbondingWorld);
      await time.increase(UNBOND_TIME);

      await keep3r.connect(keeper).unbond(kp3r, 1n);

      expect(await keep3r.pendingUnbonds(keeper, kp3r)).to.equal(30n * WAD + 1n);
      await expect(keep3r.connect(keeper).withdraw(kp3r)).to.be.revertedWithCustomError(keep3r, "UnbondsLocked");
    });

    it("is open in dispute", async () => {
      const { keep3r, kp3r, keeper, disputer } = await loadFixture(deployActiveWorld);
      await keep3r.connect(disputer).dispute(keeper);
      await keep3r.connect(keeper).unbond(kp3r, WAD);
      expect(await keep3r.pendingUnbonds(keeper, kp3r)).to.equal(WAD);
    });
  });

  describe("withdraw", () => {
    it("refuses a keeper in dispute", async () => {
      const { keep3r, kp3r, keeper, disputer } = await loadFixture(deployUnbondingWorld);
      await keep3r.connect(disputer).dispute(keeper);
      await passUnbondTime();
      await expect(keep3r.connect(keeper).withdraw(kp3r)).to.be.revertedWithCustomError(keep3r, "Disputed");
    });

    it("refuses where nothing is unbonding", async () => {
      const { keep3r, kp3r, keeper } = await loadFixture(deployActiveWorld);
      await expect(keep3r.connect(keeper).withdraw(kp3r)).to.be.revertedWithCustomError(keep3r, "UnbondsUnexistent");
    });

    it("is locked in the last second", async () => {
      const { keep3r, kp3r, keeper } = await loadFixture(deployUnbondingWorld);
      await time.setNextBlockTimestamp(await keep3r.canWithdrawAfter(keeper, kp3r));
      await expect(keep3r.connect(keeper).withdraw(kp3r)).to.be.revertedWithCustomError(keep3r, "UnbondsLocked");
    });

    it("opens one second later: KP3R is minted", async () => {
      const { keep3r, kp3r, keeper, other } = await loadFixture(deployUnbondingWorld);
      await keep3r.connect(other).bond(kp3r, 7n * WAD);
      const supply = await kp3r.totalSupply();
      await time.setNextBlockTimestamp((await keep3r.canWithdrawAfter(keeper, kp3r)) + 1n);

      const withdrawing = keep3r.connect(keeper).withdraw(kp3r);

      await expect(withdrawing)
        .to.emit(keep3r, "Withdrawal")
        .withArgs(keeper.address, await kp3r.getAddress(), 30n * WAD);
      await expect(withdrawing).to.changeTokenBalances(kp3r, [keeper, keep3r], [30n * WAD, 0n]);
      expect(await kp3r.totalSupply()).to.equal(supply + 30n * WAD);
      expect(await keep3r.pendingUnbonds(keeper, kp3r)).to.equal(0n);
      expect(await keep3r.canWithdrawAfter(keeper, kp3r)).to.equal(0n);
      await expect(keep3r.connect(keeper).withdraw(kp3r)).to.be.revertedWithCustomError(keep3r, "UnbondsUnexistent");
    });

    it("gives back another token", async () => {
      const { keep3r, token, lens, keeper } = await loadFixture(deployCoreWorld);
      await activateKeeper(keep3r, keeper, token, 20n * WAD);
      await keep3r.connect(keeper).unbond(token, 15n * WAD);
      await passUnbondTime();

      await expect(keep3r.connect(keeper).withdraw(token)).to.changeTokenBalances(
        token,
        [keeper, keep3r],
        [15n * WAD, -15n * WAD],
      );

      expect(await lens.owed(token)).to.equal(5n * WAD);
    });
  });

  describe("keepers", () => {
    it("lists all active keepers, whole and in pages", async () => {
      const { keep3r, kp3r, lens, keeper, other, stranger } = await loadFixture(deployCoreWorld);
      expect(await keep3r.keepers()).to.deep.equal([]);
      const all = [keeper, other, stranger];
      for (const one of all) await activateKeeper(keep3r, one, kp3r, 0n);

      const addresses = all.map(({ address }) => address);
      expect(await keep3r.keepers()).to.deep.equal(addresses);
      for (const [start, end] of [
        [0, 3],
        [0, 2],
        [1, 3],
        [2, 9],
        [3, 9],
        [2, 1],
      ] as const) {
        expect(await lens.keepers(start, end)).to.deep.equal(addresses.slice(start, end));
      }
    });
  });
});
