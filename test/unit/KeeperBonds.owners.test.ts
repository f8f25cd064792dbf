import { WAD } from "@keep3r-network/sdk";
import { expect } from "chai";
import { ethers } from "hardhat";
import { loadFixture } from "#support/fixture";
import { passBondTime, passUnbondTime } from "#support/tools/time";
import { type CoreWorld, deployActiveWorld, deployCoreWorld } from "#support/worlds/core";

const { ZeroAddress } = ethers;

/** A keeper with 100 KP3R, whose owner is `other`. */
async function deployOwnedWorld(): Promise<CoreWorld> {
  const world = await deployActiveWorld();
  const { keep3r, keeper, other } = world;
  await keep3r.connect(keeper).changeKeeperOwnership(keeper, other);
  await keep3r.connect(other).acceptKeeperOwnership(keeper);
  return world;
}

/** Every way to move a keeper's bonds or the keeper, for itself and by its address. */
const MOVES: { name: string; args: (world: CoreWorld) => unknown[]; byAddress: boolean }[] = [
  { name: "bond", args: ({ kp3r }) => [kp3r, 0n], byAddress: false },
  { name: "bondFor", args: ({ keeper, kp3r }) => [keeper, kp3r, 0n], byAddress: true },
  { name: "activate", args: ({ kp3r }) => [kp3r], byAddress: false },
  { name: "activateFor", args: ({ keeper, kp3r }) => [keeper, kp3r], byAddress: true },
  { name: "unbond", args: ({ kp3r }) => [kp3r, 1n], byAddress: false },
  { name: "unbondFor", args: ({ keeper, kp3r }) => [keeper, kp3r, 1n], byAddress: true },
  { name: "withdraw", args: ({ kp3r }) => [kp3r], byAddress: false },
  { name: "withdrawFor", args: ({ keeper, kp3r }) => [keeper, kp3r], byAddress: true },
  { name: "changeKeeperOwnership", args: ({ keeper, stranger }) => [keeper, stranger], byAddress: true },
];

describe("Keep3r: owners of keepers", () => {
  describe("a keeper without an owner", () => {
    for (const { name, args } of MOVES.filter(({ byAddress }) => byAddress)) {
      it(`is moved by nobody else: ${name}`, async () => {
        const world = await loadFixture(deployActiveWorld);
        const { keep3r, stranger } = world;
        await expect(keep3r.connect(stranger).getFunction(name)(...args(world))).to.be.revertedWithCustomError(
          keep3r,
          "OnlyKeeperOwner",
        );
      });
    }

    it("may name itself in the calls for owners", async () => {
      const { keep3r, kp3r, keeper } = await loadFixture(deployCoreWorld);
      const asKeeper = keep3r.connect(keeper);

      await asKeeper.bondFor(keeper, kp3r, 10n * WAD);
      await passBondTime();
      await asKeeper.activateFor(keeper, kp3r);
      await asKeeper.unbondFor(keeper, kp3r, 4n * WAD);
      await passUnbondTime();

      await expect(asKeeper.withdrawFor(keeper, kp3r)).to.changeTokenBalance(kp3r, keeper, 4n * WAD);
      expect(await keep3r.bonds(keeper, kp3r)).to.equal(6n * WAD);
    });
  });

  describe("the hot key of an owned keeper", () => {
    for (const { name, args } of MOVES) {
      it(`can't ${name}`, async () => {
        const world = await loadFixture(deployOwnedWorld);
        const { keep3r, keeper } = world;
        await expect(keep3r.connect(keeper).getFunction(name)(...args(world))).to.be.revertedWithCustomError(
          keep3r,
          "OnlyKeeperOwner",
        );
      });
    }

    it("can't take itself back without an offer", async () => {
      const { keep3r, keeper } = await loadFixture(deployOwnedWorld);
      await expect(keep3r.connect(keeper).acceptKeeperOwnership(keeper)).to.be.revertedWithCustomError(
        keep3r,
        "OnlyPendingKeeperOwner",
      );
    });

    it("can work, but only its owner can move its earnings", async () => {
      const { keep3r, kp3r, keeper, other, job } = await loadFixture(deployOwnedWorld);

      await job.connect(keeper).workForAmount(0n, WAD);
      await keep3r.connect(other).unbondFor(keeper, kp3r, 101n * WAD);
      await passUnbondTime();

      await expect(keep3r.connect(other).withdrawFor(keeper, kp3r)).to.changeTokenBalances(
        kp3r,
        [keeper, other],
        [0n, 101n * WAD],
      );
    });
  });

  describe("the owner of a keeper", () => {
    it("brings it up from nothing, with its own tokens", async () => {
      const { keep3r, kp3r, keeper, other } = await loadFixture(deployCoreWorld);
      await keep3r.connect(keeper).changeKeeperOwnership(keeper, other);
      await keep3r.connect(other).acceptKeeperOwnership(keeper);
      const address = await kp3r.getAddress();

      const bonding = keep3r.connect(other).bondFor(keeper, kp3r, 10n * WAD);
      await expect(bonding)
        .to.emit(keep3r, "Bonding")
        .withArgs(keeper.address, address, 10n * WAD);
      await expect(bonding).to.changeTokenBalances(kp3r, [keeper, other], [0n, -10n * WAD]);
      await passBondTime();
      await expect(keep3r.connect(other).activateFor(keeper, kp3r))
        .to.emit(keep3r, "Activation")
        .withArgs(keeper.address, address, 10n * WAD);

      expect(await keep3r.isKeeper.staticCall(keeper)).to.be.true;
      expect(await keep3r.isKeeper.staticCall(other)).to.be.false;
      expect(await keep3r.bonds(keeper, kp3r)).to.equal(10n * WAD);
      expect(await keep3r.bonds(other, kp3r)).to.equal(0n);
    });

    it("gets the bonds that were unbonding and pending when it took over", async () => {
      const { keep3r, kp3r, keeper, other } = await loadFixture(deployActiveWorld);
      await keep3r.connect(keeper).unbond(kp3r, 30n * WAD);
      await keep3r.connect(keeper).bond(kp3r, 5n * WAD);
      await keep3r.connect(keeper).changeKeeperOwnership(keeper, other);
      await keep3r.connect(other).acceptKeeperOwnership(keeper);
      await passUnbondTime();

      await keep3r.connect(other).activateFor(keeper, kp3r);
      const withdrawing = keep3r.connect(other).withdrawFor(keeper, kp3r);

      await expect(withdrawing)
        .to.emit(keep3r, "Withdrawal")
        .withArgs(keeper.address, await kp3r.getAddress(), 30n * WAD);
      await expect(withdrawing).to.changeTokenBalance(kp3r, other, 30n * WAD);
      expect(await keep3r.bonds(keeper, kp3r)).to.equal(75n * WAD);
    });

    it("is held by a dispute of the keeper, not of itself", async () => {
      const { keep3r, kp3r, keeper, other, disputer } = await loadFixture(deployOwnedWorld);
      await keep3r.connect(other).unbondFor(keeper, kp3r, WAD);
      await passUnbondTime();
      await keep3r.connect(disputer).dispute(keeper);
      await keep3r.connect(disputer).dispute(other);

      await expect(keep3r.connect(other).withdrawFor(keeper, kp3r)).to.be.revertedWithCustomError(keep3r, "Disputed");
      await expect(keep3r.connect(other).bondFor(keeper, kp3r, 1n)).to.be.revertedWithCustomError(keep3r, "Disputed");
      await keep3r.connect(disputer).resolve(keeper);
      await expect(keep3r.connect(other).withdrawFor(keeper, kp3r)).to.changeTokenBalance(kp3r, other, WAD);
    });
  });

  describe("changeKeeperOwnership", () => {
    it("offers, and changes nothing else", async () => {
      const { keep3r, lens, kp3r, keeper, other } = await loadFixture(deployActiveWorld);

      await expect(keep3r.connect(keeper).changeKeeperOwnership(keeper, other))
        .to.emit(keep3r, "KeeperOwnershipChange")
        .withArgs(keeper.address, keeper.address, other.address);

      expect(await lens.keeperPendingOwner(keeper)).to.equal(other.address);
      expect(await lens.keeperOwner(keeper)).to.equal(ZeroAddress);
      await keep3r.connect(keeper).unbond(kp3r, 1n);
    });

    for (const withdrawn of [true, false]) {
      it(withdrawn ? "to the zero address withdraws the offer" : "replaces an earlier offer", async () => {
        const { keep3r, lens, keeper, other, stranger } = await loadFixture(deployActiveWorld);
        const next = withdrawn ? ZeroAddress : stranger.address;
        await keep3r.connect(keeper).changeKeeperOwnership(keeper, other);

        await keep3r.connect(keeper).changeKeeperOwnership(keeper, next);

        expect(await lens.keeperPendingOwner(keeper)).to.equal(next);
        await expect(keep3r.connect(other).acceptKeeperOwnership(keeper)).to.be.revertedWithCustomError(
          keep3r,
          "OnlyPendingKeeperOwner",
        );
      });
    }
  });

  describe("acceptKeeperOwnership", () => {
    it("is for the proposed owner only", async () => {
      const { keep3r, keeper, other, stranger } = await loadFixture(deployActiveWorld);
      await keep3r.connect(keeper).changeKeeperOwnership(keeper, other);
      await expect(keep3r.connect(stranger).acceptKeeperOwnership(keeper)).to.be.revertedWithCustomError(
        keep3r,
        "OnlyPendingKeeperOwner",
      );
    });

    it("hands the keeper over, once", async () => {
      const { keep3r, lens, keeper, other } = await loadFixture(deployActiveWorld);
      await keep3r.connect(keeper).changeKeeperOwnership(keeper, other);

      await expect(keep3r.connect(other).acceptKeeperOwnership(keeper))
        .to.emit(keep3r, "KeeperOwnershipAssent")
        .withArgs(keeper.address, ZeroAddress, other.address);

      expect(await lens.keeperOwner(keeper)).to.equal(other.address);
      expect((await lens.keeperState(keeper)).owner).to.equal(other.address);
      expect(await lens.keeperPendingOwner(keeper)).to.equal(ZeroAddress);
      await expect(keep3r.connect(other).acceptKeeperOwnership(keeper)).to.be.revertedWithCustomError(
        keep3r,
        "OnlyPendingKeeperOwner",
      );
    });

    it("hands it on from owner to owner", async () => {
      const { keep3r, kp3r, keeper, other, stranger } = await loadFixture(deployOwnedWorld);
      await keep3r.connect(other).changeKeeperOwnership(keeper, stranger);

      await expect(keep3r.connect(stranger).acceptKeeperOwnership(keeper))
        .to.emit(keep3r, "KeeperOwnershipAssent")
        .withArgs(keeper.address, other.address, stranger.address);

      await expect(keep3r.connect(other).unbondFor(keeper, kp3r, 1n)).to.be.revertedWithCustomError(
        keep3r,
        "OnlyKeeperOwner",
      );
      await keep3r.connect(stranger).unbondFor(keeper, kp3r, 1n);
    });

    it("gives a keeper back to itself", async () => {
      const { keep3r, kp3r, keeper, other } = await loadFixture(deployOwnedWorld);
      await keep3r.connect(other).changeKeeperOwnership(keeper, keeper);

      await keep3r.connect(keeper).acceptKeeperOwnership(keeper);

      await keep3r.connect(keeper).unbond(kp3r, 1n);
      await expect(keep3r.connect(other).unbondFor(keeper, kp3r, 1n)).to.be.revertedWithCustomError(
        keep3r,
        "OnlyKeeperOwner",
      );
    });
  });
});
