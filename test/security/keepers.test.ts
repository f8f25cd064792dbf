import { WAD } from "@keep3r-network/sdk";
import { takeSnapshot } from "@nomicfoundation/hardhat-network-helpers";
import { expect } from "chai";
import type { ContractTransactionResponse } from "ethers";
import { ethers } from "hardhat";
import { activateKeeper } from "#support/actors/keepers";
import { fundJob } from "#support/actors/owners";
import { loadFixture } from "#support/fixture";
import { grant } from "#support/tokens/grants";
import { HostileMode } from "#support/tokens/hostile";
import { itMeasured } from "#support/tools/coverage";
import { passBondTime, passUnbondTime } from "#support/tools/time";
import { type CoreWorld, deployActiveWorld, deployCoreWorld } from "#support/worlds/core";
import { deployNaive } from "#support/worlds/naive";
import type { HostileToken__Mock, NoReturnToken__Mock } from "#typechain";

const BOND = 100n * WAD;

/** With a job that can make any call between validation and payment, and pay any address. */
async function deployHookWorld() {
  const world = await deployActiveWorld();
  const { keep3r, jobOwner, token } = world;
  const hookJob = await ethers.deployContract("HookJob__Mock", [keep3r]);
  await fundJob(keep3r, jobOwner, hookJob);
  await keep3r.connect(jobOwner).addTokenCreditsToJob(hookJob, token, 10n * WAD);
  return { ...world, hookJob };
}

/** The same with naive keepers, one of which has bonded as much. */
async function deployNaiveKeepersWorld() {
  const world = await deployCoreWorld();
  const keep3r = await deployNaive("NaiveKeepers__Mock");
  await world.kp3r.connect(world.keeper).approve(keep3r, ethers.MaxUint256);
  await activateKeeper(keep3r, world.keeper, world.kp3r, BOND);
  const hookJob = await ethers.deployContract("HookJob__Mock", [keep3r]);
  return { ...world, keep3r, hookJob };
}

describe("Fault 6: a keeper in dispute is paid, and a revoked one comes back", () => {
  async function revoke({ keep3r, keeper, disputer, slasher }: CoreWorld): Promise<void> {
    await keep3r.connect(disputer).dispute(keeper);
    await keep3r.connect(slasher).revoke(keeper);
    await keep3r.connect(disputer).resolve(keeper);
  }

  it("Disputed keeper paid: naive keepers are, and it is enough to bond anew to come back", async () => {
    const world = await loadFixture(deployNaiveKeepersWorld);
    const { keep3r, kp3r, keeper, disputer, hookJob } = world;
    await keep3r.connect(disputer).dispute(keeper);
    await hookJob.payInBonds(keeper, WAD);
    expect(await keep3r.workCompleted(keeper)).to.equal(WAD);

    await revoke(world);
    expect(await keep3r.isKeeper.staticCall(keeper)).to.equal(false);
    await activateKeeper(keep3r, keeper, kp3r, 0n);
    expect(await keep3r.isKeeper.staticCall(keeper)).to.equal(true);
  });

  it("Disputed keeper paid: doesn't let a keeper in dispute work", async () => {
    const { keep3r, keeper, disputer, job } = await loadFixture(deployHookWorld);
    await keep3r.connect(disputer).dispute(keeper);
    expect(await keep3r.isKeeper.staticCall(keeper)).to.equal(false);
    await expect(job.connect(keeper).work(0)).to.be.revertedWithCustomError(job, "KeeperNotValid");
  });

  it("Disputed keeper paid: doesn't pay a keeper that is disputed in the middle of its work", async () => {
    const { keep3r, keeper, hookJob } = await loadFixture(deployHookWorld);
    await keep3r.addDisputer(hookJob);
    const dispute = keep3r.interface.encodeFunctionData("dispute", [keeper.address]);
    await expect(hookJob.connect(keeper).workAround(keep3r, dispute)).to.be.revertedWithCustomError(keep3r, "Disputed");
  });

  it("Disputed keeper paid: doesn't pay a keeper in dispute in any of the ways that ask for no validation", async () => {
    const { keep3r, keeper, disputer, hookJob, token } = await loadFixture(deployHookWorld);
    await keep3r.connect(disputer).dispute(keeper);
    await expect(hookJob.payInBonds(keeper, WAD)).to.be.revertedWithCustomError(keep3r, "Disputed");
    await expect(hookJob.payInToken(token, keeper, WAD)).to.be.revertedWithCustomError(keep3r, "Disputed");
  });

  it("Disputed keeper paid: keeps a revoked keeper out, whatever it had pending, until governance lifts the bar", async () => {
    const world = await loadFixture(deployHookWorld);
    const { keep3r, kp3r, token, keeper, hookJob } = world;
    await keep3r.connect(keeper).bond(kp3r, WAD);
    await keep3r.connect(keeper).bond(token, WAD);
    await revoke(world);
    await passBondTime();

    await expect(keep3r.connect(keeper).activate(kp3r)).to.be.revertedWithCustomError(keep3r, "BondsUnexistent");
    await keep3r.connect(keeper).activate(token);
    expect(await keep3r.isKeeper.staticCall(keeper)).to.equal(false);
    expect(await keep3r.keepers()).to.deep.equal([]);
    await expect(keep3r.connect(keeper).bond(kp3r, 0)).to.be.revertedWithCustomError(keep3r, "KeeperBarred");
    await expect(hookJob.payInBonds(keeper, WAD)).to.be.revertedWithCustomError(keep3r, "KeeperBarred");
    await expect(hookJob.payInToken(token, keeper, WAD)).to.be.revertedWithCustomError(keep3r, "KeeperBarred");

    await keep3r.reinstate(keeper);
    await activateKeeper(keep3r, keeper, kp3r, 0n);
    expect(await keep3r.isKeeper.staticCall(keeper)).to.equal(true);
    expect(await keep3r.bonds(keeper, kp3r)).to.equal(0);
  });
});

describe("Fault 17: slashes are dodged, or fail on the token", () => {
  /** Has the keeper bond 100 of a token and unbond some, then slashes all. */
  async function bondAndSlash(
    { keep3r, keeper, disputer, slasher }: CoreWorld,
    token: HostileToken__Mock | NoReturnToken__Mock,
    { mode = HostileMode.Honest, unbonded = 0n, gasLimit = 16_000_000 },
  ): Promise<ContractTransactionResponse> {
    await grant(token, [keeper], keep3r, 100n);
    await activateKeeper(keep3r, keeper, token, 100n);
    if (unbonded !== 0n) await keep3r.connect(keeper).unbond(token, unbonded);
    if ("setMode" in token) await token.setMode(mode);
    await keep3r.connect(disputer).dispute(keeper);
    return keep3r.connect(slasher).slash(keeper, token, 100, 0, { gasLimit });
  }

  it("Slash dodged: naive keepers unbond 1 wei, and the slash of all panics", async () => {
    const world = await loadFixture(deployNaiveKeepersWorld);
    const { keep3r, kp3r, keeper, disputer, slasher } = world;
    await keep3r.connect(keeper).unbond(kp3r, 1);
    await keep3r.connect(disputer).dispute(keeper);
    await expect(keep3r.connect(slasher).slash(keeper, kp3r, BOND, 0)).to.be.revertedWithPanic(0x11);
    expect(await keep3r.bonds(keeper, kp3r)).to.equal(BOND - 1n);
  });

  it("Slash dodged: takes all of a bond of KP3R from a keeper that unbonded 1 wei first", async () => {
    const { keep3r, kp3r, keeper, disputer, slasher } = await loadFixture(deployActiveWorld);
    await keep3r.connect(keeper).unbond(kp3r, 1);
    await keep3r.connect(disputer).dispute(keeper);
    await expect(keep3r.connect(slasher).slash(keeper, kp3r, BOND, 0))
      .to.emit(keep3r, "KeeperSlash")
      .withArgs(keeper, slasher, BOND);
    expect(await keep3r.bonds(keeper, kp3r)).to.equal(0);
    expect(await keep3r.pendingUnbonds(keeper, kp3r)).to.equal(0);
  });

  it("Slash dodged: takes all of a bond that is being unbonded but for 1 wei", async () => {
    const { keep3r, kp3r, keeper, disputer, slasher } = await loadFixture(deployActiveWorld);
    await keep3r.connect(keeper).unbond(kp3r, BOND - 1n);
    await keep3r.connect(disputer).dispute(keeper);
    await keep3r.connect(slasher).slash(keeper, kp3r, BOND, 0);
    await keep3r.connect(disputer).resolve(keeper);
    await passUnbondTime();
    await expect(keep3r.connect(keeper).withdraw(kp3r)).to.be.revertedWithCustomError(keep3r, "UnbondsUnexistent");
  });

  it("Slash blocked by a hostile token: a naive slash of one that returns nothing reverts", async () => {
    const world = await loadFixture(deployNaiveKeepersWorld);
    const usdt = await ethers.deployContract("NoReturnToken__Mock");
    await expect(bondAndSlash(world, usdt, {})).to.be.reverted;
    expect(await world.keep3r.bonds(world.keeper, usdt)).to.equal(100);
  });

  it("Slash blocked by a hostile token: ACC-2: slashes one that returns nothing, as USDT, unbonding or not", async () => {
    const world = await loadFixture(deployActiveWorld);
    const { keep3r, governance, keeper } = world;
    const usdt = await ethers.deployContract("NoReturnToken__Mock");
    await bondAndSlash(world, usdt, { unbonded: 1n });
    expect(await usdt.balanceOf(governance)).to.equal(100);
    expect(await keep3r.bonds(keeper, usdt)).to.equal(0);
  });

  for (const [mode, title] of [
    [HostileMode.Reverts, "reverts"],
    [HostileMode.ReturnsFalse, "returns false"],
    [HostileMode.BurnsAllGas, "burns all gas"],
    [HostileMode.ReturnBomb, "returns more than its caller can copy"],
    [HostileMode.TrueButKeeps, "returns true but keeps its tokens"],
  ] as const) {
    const bombs = mode === HostileMode.ReturnBomb;
    const incident = bombs ? "Return-data bomb" : "Slash blocked by a hostile token";
    it(`${incident}: a naive slash of a token that ${title} ${bombs ? "runs out of gas" : "leaves dust"}`, async () => {
      const world = await loadFixture(deployNaiveKeepersWorld);
      const { keep3r, governance, keeper } = world;
      const hostile = await ethers.deployContract("HostileToken__Mock");
      const slash = bondAndSlash(world, hostile, { mode, gasLimit: 3_000_000 });
      if (bombs) {
        await expect(slash).to.be.reverted;
        expect(await keep3r.bonds(keeper, hostile)).to.equal(100);
      } else {
        await slash;
        expect(await keep3r.bonds(keeper, hostile)).to.equal(0);
        expect(await hostile.balanceOf(governance)).to.equal(0);
        await hostile.setMode(HostileMode.Honest);
        await expect(keep3r.sendDust(hostile, 100, governance)).to.changeTokenBalance(hostile, governance, 100);
      }
    });

    it(`${incident}: ACC-2: holds slashed tokens aside, out of reach of sendDust, if the token ${title}`, async () => {
      const world = await loadFixture(deployActiveWorld);
      const { keep3r, lens, governance, keeper } = world;
      const hostile = await ethers.deployContract("HostileToken__Mock");
      await expect(bondAndSlash(world, hostile, { mode, gasLimit: 3_000_000 }))
        .to.emit(keep3r, "SlashHeld")
        .withArgs(hostile, 100);
      expect(await keep3r.bonds(keeper, hostile)).to.equal(0);
      expect(await lens.slashHeld(hostile)).to.equal(100);

      await hostile.setMode(HostileMode.Honest);
      await expect(keep3r.sendDust(hostile, 1, governance))
        .to.be.revertedWithCustomError(keep3r, "DustInsufficient")
        .withArgs(1, 0);
      await keep3r.withdrawSlashHeld(hostile, governance);
      expect(await hostile.balanceOf(governance)).to.equal(100);
      expect(await lens.owed(hostile)).to.equal(0);
    });
  }

  itMeasured("Return-data bomb: ACC-2: copies nothing that a token returns", async () => {
    const world = await loadFixture(deployActiveWorld);
    const slashed: bigint[] = [];
    for (const mode of [HostileMode.ReturnsFalse, HostileMode.ReturnBomb]) {
      const snapshot = await takeSnapshot();
      const hostile = await ethers.deployContract("HostileToken__Mock");
      const receipt = await (await bondAndSlash(world, hostile, { mode })).wait();
      slashed.push(receipt?.gasUsed ?? 0n);
      await snapshot.restore();
    }
    // The bomb takes three fifths of its 300,000 gas; to copy it would take as much again
    expect(slashed[1]! - slashed[0]!).to.be.within(150_000n, 200_000n);
  });

  it("Slash blocked by a hostile token: ACC-2: ends when a balance never does, and holds aside", async () => {
    const world = await loadFixture(deployActiveWorld);
    const { lens, slasher, keeper, keep3r, disputer } = world;
    const hostile = await ethers.deployContract("HostileToken__Mock");
    await grant(hostile, [keeper], keep3r, 100n);
    await activateKeeper(keep3r, keeper, hostile, 100n);
    await keep3r.connect(disputer).dispute(keeper);
    await hostile.setBalanceBurns(true);
    await keep3r.connect(slasher).slash(keeper, hostile, 100, 0, { gasLimit: 1_500_000 });
    expect(await lens.slashHeld(hostile)).to.equal(100);
  });
});
