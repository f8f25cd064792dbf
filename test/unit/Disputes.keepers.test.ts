import { WAD } from "@keep3r-network/sdk";
import { expect } from "chai";
import { ethers } from "hardhat";
import { activateKeeper } from "#support/actors/keepers";
import { loadFixture } from "#support/fixture";
import { grant } from "#support/tokens/grants";
import { HostileMode } from "#support/tokens/hostile";
import { expectGuarded } from "#support/tokens/reentrant";
import { passBondTime, passUnbondTime } from "#support/tools/time";
import { type CoreWorld, deployActiveWorld, deployCoreWorld } from "#support/worlds/core";
import type { HostileToken__Mock } from "#typechain";

const { ZeroAddress } = ethers;

const MODES: { mode: HostileMode; balanceFails: boolean; delivered: boolean; name: string }[] = [
  { mode: HostileMode.Honest, balanceFails: false, delivered: true, name: "is honest" },
  { mode: HostileMode.Reverts, balanceFails: false, delivered: false, name: "reverts" },
  { mode: HostileMode.ReturnsFalse, balanceFails: false, delivered: false, name: "returns false" },
  { mode: HostileMode.BurnsAllGas, balanceFails: false, delivered: false, name: "burns all gas" },
  { mode: HostileMode.ReturnBomb, balanceFails: false, delivered: false, name: "returns more than memory can take" },
  { mode: HostileMode.FalseButSends, balanceFails: false, delivered: true, name: "returns false, but sends" },
  { mode: HostileMode.TrueButKeeps, balanceFails: false, delivered: false, name: "returns true, but keeps" },
  { mode: HostileMode.Honest, balanceFails: true, delivered: false, name: "would send, but tells no balance" },
  { mode: HostileMode.Reverts, balanceFails: true, delivered: false, name: "reverts and tells no balance" },
];

/** Tokens of which `bonded` of 100 bonded ones arrive, and `sent` of 40 slashed ones. */
const HONEST = [
  {
    name: "one that returns true",
    deploy: () => ethers.deployContract("ERC20__Mock", ["Token", "TKN", 18]),
    bonded: 100n,
    sent: 40n,
  },
  {
    name: "one that returns nothing",
    deploy: () => ethers.deployContract("NoReturnToken__Mock"),
    bonded: 100n,
    sent: 40n,
  },
  { name: "one with a fee", deploy: () => ethers.deployContract("FeeToken__Mock"), bonded: 90n, sent: 36n },
];

/** Three calls of 300k gas to the token, and the network's own work. */
const MOST_SLASH_GAS = 1_100_000n;

/** 100 KP3R bonded and in dispute, of which 30 are being unbonded. */
async function deployDisputedWorld() {
  const world = await deployActiveWorld();
  const { keep3r, kp3r, keeper, disputer } = world;
  await keep3r.connect(keeper).unbond(kp3r, 30n * WAD);
  await keep3r.connect(disputer).dispute(keeper);
  return world;
}

/** 100 KP3R and 10 hostile tokens bonded, and in dispute; another keeper's 10 hostile tokens beside them. */
async function deployHostileWorld(): Promise<CoreWorld & { hostile: HostileToken__Mock }> {
  const world = await deployActiveWorld();
  const { keep3r, keeper, other, disputer } = world;
  const hostile = await ethers.deployContract("HostileToken__Mock");
  await grant(hostile, [keeper, other], keep3r, 10n * WAD);
  for (const holder of [keeper, other]) await activateKeeper(keep3r, holder, hostile, 10n * WAD);
  await keep3r.connect(disputer).dispute(keeper);
  return { ...world, hostile };
}

describe("Keep3r: disputes of keepers", () => {
  describe("dispute", () => {
    it("is for disputers only", async () => {
      const { keep3r, slasher, keeper } = await loadFixture(deployActiveWorld);
      await expect(keep3r.connect(slasher).dispute(keeper)).to.be.revertedWithCustomError(keep3r, "OnlyDisputer");
    });

    it("refuses the zero address", async () => {
      const { keep3r, disputer } = await loadFixture(deployCoreWorld);
      await expect(keep3r.connect(disputer).dispute(ZeroAddress)).to.be.revertedWithCustomError(keep3r, "ZeroAddress");
    });

    it("refuses a keeper that is in dispute already", async () => {
      const { keep3r, disputer, keeper } = await loadFixture(deployDisputedWorld);
      await expect(keep3r.connect(disputer).dispute(keeper)).to.be.revertedWithCustomError(keep3r, "AlreadyDisputed");
    });

    it("freezes a keeper", async () => {
      const { keep3r, lens, disputer, keeper } = await loadFixture(deployActiveWorld);
      expect(await keep3r.isKeeper.staticCall(keeper)).to.be.true;

      await expect(keep3r.connect(disputer).dispute(keeper))
        .to.emit(keep3r, "Dispute")
        .withArgs(keeper.address, disputer.address);

      expect(await keep3r.disputes(keeper)).to.be.true;
      expect(await keep3r.isKeeper.staticCall(keeper)).to.be.false;
      const state = await lens.keeperState(keeper);
      expect(state.disputed).to.be.true;
      expect(state.active).to.be.true;
    });

    it("freezes an account with nothing but a pending bond", async () => {
      const { keep3r, kp3r, disputer, other } = await loadFixture(deployCoreWorld);
      await keep3r.connect(other).bond(kp3r, WAD);
      await passBondTime();

      await keep3r.connect(disputer).dispute(other);

      await expect(keep3r.connect(other).activate(kp3r)).to.be.revertedWithCustomError(keep3r, "Disputed");
    });
  });

  describe("resolve", () => {
    it("is for disputers only", async () => {
      const { keep3r, keeper } = await loadFixture(deployDisputedWorld);
      await expect(keep3r.connect(keeper).resolve(keeper)).to.be.revertedWithCustomError(keep3r, "OnlyDisputer");
    });

    it("refuses a keeper that isn't in dispute", async () => {
      const { keep3r, disputer, keeper } = await loadFixture(deployActiveWorld);
      await expect(keep3r.connect(disputer).resolve(keeper)).to.be.revertedWithCustomError(keep3r, "NotDisputed");
    });

    it("thaws a keeper with all that it had", async () => {
      const { keep3r, kp3r, disputer, keeper } = await loadFixture(deployDisputedWorld);

      await expect(keep3r.connect(disputer).resolve(keeper))
        .to.emit(keep3r, "Resolve")
        .withArgs(keeper.address, disputer.address);

      expect(await keep3r.disputes(keeper)).to.be.false;
      expect(await keep3r.isKeeper.staticCall(keeper)).to.be.true;
      expect(await keep3r.bonds(keeper, kp3r)).to.equal(70n * WAD);
      await passUnbondTime();
      await expect(keep3r.connect(keeper).withdraw(kp3r)).to.changeTokenBalance(kp3r, keeper, 30n * WAD);
    });
  });

  describe("slash", () => {
    it("is for slashers only", async () => {
      const { keep3r, kp3r, disputer, keeper } = await loadFixture(deployDisputedWorld);
      await expect(keep3r.connect(disputer).slash(keeper, kp3r, 1n, 0n)).to.be.revertedWithCustomError(
        keep3r,
        "OnlySlasher",
      );
    });

    it("refuses a keeper that isn't in dispute", async () => {
      const { keep3r, kp3r, slasher, keeper } = await loadFixture(deployActiveWorld);
      await expect(keep3r.connect(slasher).slash(keeper, kp3r, 1n, 0n)).to.be.revertedWithCustomError(
        keep3r,
        "NotDisputed",
      );
    });

    it("refuses a zero amount", async () => {
      const { keep3r, kp3r, slasher, keeper } = await loadFixture(deployDisputedWorld);
      await expect(keep3r.connect(slasher).slash(keeper, kp3r, 0n, 0n)).to.be.revertedWithCustomError(
        keep3r,
        "ZeroAmount",
      );
    });

    it("refuses a token that the keeper hasn't bonded", async () => {
      const { keep3r, token, slasher, keeper } = await loadFixture(deployDisputedWorld);
      await expect(keep3r.connect(slasher).slash(keeper, token, 1n, 1n)).to.be.revertedWithCustomError(
        keep3r,
        "BondsUnexistent",
      );
    });

    for (const { bondAmount, unbondAmount, bonded, unbonding } of [
      { bondAmount: 10n, unbondAmount: 0n, bonded: 70n, unbonding: 20n },
      { bondAmount: 0n, unbondAmount: 30n, bonded: 70n, unbonding: 0n },
      { bondAmount: 20n, unbondAmount: 20n, bonded: 60n, unbonding: 0n },
      { bondAmount: 70n, unbondAmount: 30n, bonded: 0n, unbonding: 0n },
      { bondAmount: 0n, unbondAmount: 1_000n, bonded: 0n, unbonding: 0n },
    ]) {
      it(`takes ${bondAmount} + ${unbondAmount} of 70 bonded and 30 unbonding, the unbonding first`, async () => {
        const { keep3r, kp3r, slasher, keeper } = await loadFixture(deployDisputedWorld);
        const supply = await kp3r.totalSupply();

        await expect(keep3r.connect(slasher).slash(keeper, kp3r, bondAmount * WAD, unbondAmount * WAD))
          .to.emit(keep3r, "KeeperSlash")
          .withArgs(keeper.address, slasher.address, (100n - bonded - unbonding) * WAD);

        expect(await keep3r.bonds(keeper, kp3r)).to.equal(bonded * WAD);
        expect(await keep3r.pendingUnbonds(keeper, kp3r)).to.equal(unbonding * WAD);
        expect((await keep3r.canWithdrawAfter(keeper, kp3r)) !== 0n).to.equal(unbonding !== 0n);
        expect(await kp3r.totalSupply()).to.equal(supply);
      });
    }

    it("isn't dodged by unbonding a wei", async () => {
      const { keep3r, kp3r, keeper, disputer, slasher } = await loadFixture(deployActiveWorld);
      await keep3r.connect(keeper).unbond(kp3r, 1n);
      await keep3r.connect(disputer).dispute(keeper);
      await keep3r.connect(keeper).unbond(kp3r, 1n);

      await keep3r.connect(slasher).slash(keeper, kp3r, 100n * WAD, 0n);

      expect(await keep3r.bonds(keeper, kp3r)).to.equal(0n);
      expect(await keep3r.pendingUnbonds(keeper, kp3r)).to.equal(0n);
    });

    it("leaves a pending bond alone", async () => {
      const { keep3r, kp3r, keeper, disputer, slasher } = await loadFixture(deployActiveWorld);
      await keep3r.connect(keeper).bond(kp3r, 5n * WAD);
      await keep3r.connect(disputer).dispute(keeper);

      await keep3r.connect(slasher).slash(keeper, kp3r, 1_000n * WAD, 0n);

      expect(await keep3r.pendingBonds(keeper, kp3r)).to.equal(5n * WAD);
    });

    for (const { name, deploy, bonded, sent } of HONEST) {
      it(`sends tokens to governance: ${name}`, async () => {
        const { keep3r, lens, governance, keeper, disputer, slasher } = await loadFixture(deployCoreWorld);
        const token = await deploy();
        await grant(token, [keeper], keep3r, 100n);
        await activateKeeper(keep3r, keeper, token, 100n);
        await keep3r.connect(keeper).unbond(token, 10n);
        await keep3r.connect(disputer).dispute(keeper);

        await keep3r.connect(slasher).slash(keeper, token, 30n, 10n);

        expect(await keep3r.bonds(keeper, token)).to.equal(bonded - 40n);
        expect(await token.balanceOf(governance)).to.equal(sent);
        expect(await lens.owed(token)).to.equal(bonded - 40n);
        expect(await lens.slashHeld(token)).to.equal(0n);
      });
    }

    it("can't be entered again from the token that is slashed", async () => {
      const { keep3r, lens, governance, keeper, disputer, slasher } = await loadFixture(deployCoreWorld);
      const token = await ethers.deployContract("ReentrantToken__Mock");
      await grant(token, [keeper], keep3r, 100n);
      await activateKeeper(keep3r, keeper, token, 100n);
      await keep3r.connect(disputer).dispute(keeper);
      await keep3r.addSlasher(token);
      const again = keep3r.interface.encodeFunctionData("slash", [keeper.address, await token.getAddress(), 60n, 0n]);
      await token.arm(keep3r, again);

      await keep3r.connect(slasher).slash(keeper, token, 40n, 0n);

      await expectGuarded(token);
      expect(await token.balanceOf(governance)).to.equal(40n);
      expect(await lens.owed(token)).to.equal(60n);
    });
  });

  describe("ACC-2: slashing ends in bounded gas whatever the token does, and nothing is credited twice", () => {
    for (const { mode, balanceFails, delivered, name } of MODES) {
      it(`a token that ${name}: ${delivered ? "delivered" : "held aside"}`, async () => {
        const { keep3r, lens, governance, keeper, slasher, hostile } = await loadFixture(deployHostileWorld);
        await hostile.setMode(mode);
        await hostile.setBalanceFails(balanceFails);

        const slashing = await keep3r.connect(slasher).slash(keeper, hostile, 4n * WAD, 0n, { gasLimit: 16_000_000 });

        expect((await slashing.wait())?.gasUsed).to.be.lessThan(MOST_SLASH_GAS);
        const held = delivered ? 0n : 4n * WAD;
        await expect(slashing)
          .to.emit(keep3r, "KeeperSlash")
          .withArgs(keeper.address, slasher.address, 4n * WAD);
        if (!delivered) {
          await expect(slashing)
            .to.emit(keep3r, "SlashHeld")
            .withArgs(await hostile.getAddress(), held);
        } else {
          await expect(slashing).not.to.emit(keep3r, "SlashHeld");
        }
        expect(await lens.slashHeld(hostile)).to.equal(held);
        expect(await lens.owed(hostile)).to.equal(16n * WAD + held);
        await hostile.setBalanceFails(false);
        expect(await hostile.balanceOf(governance)).to.equal(4n * WAD - held);
        expect(await hostile.balanceOf(keep3r)).to.equal(16n * WAD + held);
      });
    }

    it("adds up held slashes, lets governance fetch them once, and leaves the others' bonds alone", async () => {
      const { keep3r, lens, governance, keeper, other, slasher, hostile } = await loadFixture(deployHostileWorld);
      await hostile.setMode(HostileMode.Reverts);
      await keep3r.connect(slasher).slash(keeper, hostile, 4n * WAD, 0n);
      await hostile.setMode(HostileMode.ReturnsFalse);
      await keep3r.connect(slasher).slash(keeper, hostile, 100n * WAD, 0n);
      expect(await lens.slashHeld(hostile)).to.equal(10n * WAD);
      await hostile.setMode(HostileMode.Honest);

      await expect(keep3r.withdrawSlashHeld(hostile, governance)).to.changeTokenBalance(hostile, governance, 10n * WAD);

      await expect(keep3r.withdrawSlashHeld(hostile, governance)).to.be.revertedWithCustomError(keep3r, "ZeroAmount");
      await keep3r.connect(other).unbond(hostile, 10n * WAD);
      await passUnbondTime();
      await expect(keep3r.connect(other).withdraw(hostile)).to.changeTokenBalance(hostile, other, 10n * WAD);
      expect(await lens.owed(hostile)).to.equal(0n);
    });

    it("refuses to go on with less gas than the token may use up", async () => {
      const { keep3r, keeper, slasher, hostile } = await loadFixture(deployHostileWorld);
      await expect(
        keep3r.connect(slasher).slash(keeper, hostile, 4n * WAD, 0n, { gasLimit: 1_200_000 }),
      ).to.be.revertedWithCustomError(keep3r, "SlashOutOfGas");
    });

    it("needs no gas for a token that isn't called: KP3R", async () => {
      const { keep3r, kp3r, keeper, slasher } = await loadFixture(deployHostileWorld);
      await keep3r.connect(slasher).slash(keeper, kp3r, 4n * WAD, 0n, { gasLimit: 200_000 });
      expect(await keep3r.bonds(keeper, kp3r)).to.equal(96n * WAD);
    });
  });
});
