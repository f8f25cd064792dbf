import { WAD } from "@keep3r-network/sdk";
import { expect } from "chai";
import { ethers } from "hardhat";
import { activateKeeper } from "#support/actors/keepers";
import { loadFixture } from "#support/fixture";
import { grant } from "#support/tokens/grants";
import { HostileMode } from "#support/tokens/hostile";
import { expectGuarded } from "#support/tokens/reentrant";
import { passBondTime, passUnbondTime } from "#support/tools/time";
import { type CoreWorld, deployCoreWorld } from "#support/worlds/core";
import type { Keep3r, ReentrantToken__Mock } from "#typechain";

/** What of 100 handed-in tokens is bonded, and what of 100 withdrawn ones arrives. */
const DOUBLES = [
  { name: "a token with a fee", deploy: () => ethers.deployContract("FeeToken__Mock"), bonded: 90n, returned: 81n },
  {
    name: "a token that returns nothing",
    deploy: () => ethers.deployContract("NoReturnToken__Mock"),
    bonded: 100n,
    returned: 100n,
  },
];

/** Every guarded function that a token could call before any other check stops it. */
const GUARDED = [
  { name: "bond", args: (token: string) => [token, 0n] },
  { name: "bondFor", args: (token: string, keeper: string) => [keeper, token, 0n] },
  { name: "activate", args: (token: string) => [token] },
  { name: "activateFor", args: (token: string, keeper: string) => [keeper, token] },
  { name: "withdraw", args: (token: string) => [token] },
  { name: "withdrawFor", args: (token: string, keeper: string) => [keeper, token] },
  { name: "addJob", args: (token: string) => [token] },
  { name: "addTokenCreditsToJob", args: (token: string) => [token, token, 1n] },
  { name: "addLiquidityToJob", args: (token: string) => [token, token, 1n] },
  { name: "withdrawLiquidityFromJob", args: (token: string, keeper: string) => [token, token, keeper] },
  { name: "directTokenPayment", args: (token: string, keeper: string) => [token, keeper, 1n] },
] as const;

/** A keeper with 100 re-entrant tokens bonded, of which 40 are ready to be withdrawn. */
async function deployReentrantWorld(): Promise<CoreWorld & { reentrant: ReentrantToken__Mock }> {
  const world = await deployCoreWorld();
  const { keep3r, keeper } = world;
  const reentrant = await ethers.deployContract("ReentrantToken__Mock");
  await grant(reentrant, [keeper], keep3r, 200n);
  await activateKeeper(keep3r, keeper, reentrant, 100n);
  await keep3r.connect(keeper).unbond(reentrant, 40n);
  await passUnbondTime();
  return { ...world, reentrant };
}

function encode(keep3r: Keep3r, name: string, args: readonly unknown[]): string {
  return keep3r.interface.encodeFunctionData(name as "bond", args as [string, bigint]);
}

describe("Keep3r: bonds in other tokens", () => {
  for (const { name, deploy, bonded, returned } of DOUBLES) {
    describe(name, () => {
      it(`of 100 handed in ${bonded} are owed and bonded, and ${returned} come back`, async () => {
        const { keep3r, lens, keeper } = await loadFixture(deployCoreWorld);
        const token = await deploy();
        const address = await token.getAddress();
        await grant(token, [keeper], keep3r, 100n);

        await expect(keep3r.connect(keeper).bond(token, 100n))
          .to.emit(keep3r, "Bonding")
          .withArgs(keeper.address, address, bonded);
        expect(await keep3r.pendingBonds(keeper, token)).to.equal(bonded);
        expect(await lens.owed(token)).to.equal(bonded);
        await passBondTime();
        await expect(keep3r.connect(keeper).activate(token))
          .to.emit(keep3r, "Activation")
          .withArgs(keeper.address, address, bonded);
        await keep3r.connect(keeper).unbond(token, bonded);
        await passUnbondTime();
        await expect(keep3r.connect(keeper).withdraw(token))
          .to.emit(keep3r, "Withdrawal")
          .withArgs(keeper.address, address, bonded);

        expect(await token.balanceOf(keeper)).to.equal(returned);
        expect(await token.balanceOf(keep3r)).to.equal(0n);
        expect(await lens.owed(token)).to.equal(0n);
      });
    });
  }

  describe("a token that isn't sent", () => {
    it("leaves an unbonding bond where it was", async () => {
      const { keep3r, lens, keeper } = await loadFixture(deployCoreWorld);
      const hostile = await ethers.deployContract("HostileToken__Mock");
      await grant(hostile, [keeper], keep3r, 100n);
      await activateKeeper(keep3r, keeper, hostile, 100n);
      await keep3r.connect(keeper).unbond(hostile, 100n);
      await passUnbondTime();
      await hostile.setMode(HostileMode.ReturnsFalse);

      await expect(keep3r.connect(keeper).withdraw(hostile))
        .to.be.revertedWithCustomError(keep3r, "SafeERC20FailedOperation")
        .withArgs(await hostile.getAddress());

      expect(await keep3r.pendingUnbonds(keeper, hostile)).to.equal(100n);
      expect(await lens.owed(hostile)).to.equal(100n);
    });

    it("leaves the keeper's other bonds free", async () => {
      const { keep3r, kp3r, keeper } = await loadFixture(deployCoreWorld);
      const hostile = await ethers.deployContract("HostileToken__Mock");
      await grant(hostile, [keeper], keep3r, 100n);
      for (const token of [hostile, kp3r]) await keep3r.connect(keeper).bond(token, 100n);
      await passBondTime();
      for (const token of [hostile, kp3r]) {
        await keep3r.connect(keeper).activate(token);
        await keep3r.connect(keeper).unbond(token, 100n);
      }
      await passUnbondTime();
      await hostile.setMode(HostileMode.Reverts);

      await expect(keep3r.connect(keeper).withdraw(kp3r)).to.changeTokenBalance(kp3r, keeper, 100n);
    });
  });

  describe("a token that calls back", () => {
    for (const { name, args } of GUARDED) {
      it(`can't ${name} while it is handed in or withdrawn`, async () => {
        const { keep3r, lens, keeper, reentrant } = await loadFixture(deployReentrantWorld);
        const call = encode(keep3r, name, args(await reentrant.getAddress(), keeper.address));

        await reentrant.arm(keep3r, call);
        await keep3r.connect(keeper).bond(reentrant, 10n);
        await expectGuarded(reentrant);
        expect(await keep3r.pendingBonds(keeper, reentrant)).to.equal(10n);

        await reentrant.arm(keep3r, call);
        await keep3r.connect(keeper).withdraw(reentrant);
        await expectGuarded(reentrant);
        expect(await reentrant.balanceOf(keeper)).to.equal(130n);
        expect(await lens.owed(reentrant)).to.equal(70n);
      });
    }

    it("isn't called at all when it is activated or unbonded", async () => {
      const { keep3r, keeper, reentrant } = await loadFixture(deployReentrantWorld);
      await keep3r.connect(keeper).bond(reentrant, 10n);
      await passBondTime();
      await reentrant.arm(keep3r, encode(keep3r, "bond", [await reentrant.getAddress(), 0n]));

      await keep3r.connect(keeper).activate(reentrant);
      await keep3r.connect(keeper).unbond(reentrant, 10n);

      expect(await reentrant.answer()).to.equal("0x");
      expect(await reentrant.callee()).to.equal(await keep3r.getAddress());
    });

    it("may have its keeper disputed meanwhile, and the dispute stays (regression)", async () => {
      const { keep3r, keeper, reentrant } = await loadFixture(deployReentrantWorld);
      await keep3r.addDisputer(reentrant);
      await reentrant.arm(keep3r, encode(keep3r, "dispute", [keeper.address]));

      await keep3r.connect(keeper).bond(reentrant, 10n);

      expect(await reentrant.answered()).to.be.true;
      expect(await keep3r.isKeeper.staticCall(keeper)).to.be.false;
      expect(await keep3r.disputes(keeper)).to.be.true;
    });

    it("may pay its keeper meanwhile, and the payment stays (regression)", async () => {
      const { keep3r, kp3r, keeper, reentrant } = await loadFixture(deployReentrantWorld);
      await keep3r.addJob(reentrant);
      await keep3r.forceLiquidityCreditsToJob(reentrant, WAD);
      await reentrant.arm(keep3r, encode(keep3r, "bondedPayment", [keeper.address, WAD]));

      await keep3r.connect(keeper).bond(reentrant, 10n);

      expect(await reentrant.answered()).to.be.true;
      expect(await keep3r.bonds(keeper, kp3r)).to.equal(WAD);
      expect(await keep3r.workCompleted(keeper)).to.equal(WAD);
    });
  });
});
