import { time } from "@nomicfoundation/hardhat-network-helpers";
import { expect } from "chai";
import { ethers } from "hardhat";
import { activateKeeper, BOND_TIME, deployWithKeeper, UNBOND_TIME, WAD } from "../support/core";
import { fundJob } from "../support/faults";
import { loadFixture } from "../support/fixture";

const BOND = 100n * WAD;

/** With a job that can do anything between validation and payment, and pays whomever it is told to. */
async function deployWithHook() {
  const fixture = await deployWithKeeper();
  const { keep3r, jobOwner, token } = fixture;
  const hookJob = await ethers.deployContract("HookJob__Mock", [keep3r]);
  await fundJob(keep3r, jobOwner, hookJob);
  await keep3r.connect(jobOwner).addTokenCreditsToJob(hookJob, token, 10n * WAD);
  return { ...fixture, hookJob };
}

describe("Fault 6: a keeper in dispute is paid, and a revoked one comes back", () => {
  it("doesn't let a keeper in dispute work", async () => {
    const { keep3r, keeper, disputer, job } = await loadFixture(deployWithHook);
    await keep3r.connect(disputer).dispute(keeper);
    expect(await keep3r.isKeeper.staticCall(keeper)).to.equal(false);
    await expect(job.connect(keeper).work(0)).to.be.revertedWithCustomError(job, "KeeperNotValid");
  });

  it("doesn't pay a keeper that is disputed in the middle of its work", async () => {
    const { keep3r, keeper, hookJob } = await loadFixture(deployWithHook);
    await keep3r.addDisputer(hookJob);
    const dispute = keep3r.interface.encodeFunctionData("dispute", [keeper.address]);
    await expect(hookJob.connect(keeper).workAround(keep3r, dispute)).to.be.revertedWithCustomError(keep3r, "Disputed");
  });

  it("doesn't pay a keeper in dispute in any of the ways that ask for no validation", async () => {
    const { keep3r, keeper, disputer, hookJob, token } = await loadFixture(deployWithHook);
    await keep3r.connect(disputer).dispute(keeper);
    await expect(hookJob.payInBonds(keeper, WAD)).to.be.revertedWithCustomError(keep3r, "Disputed");
    await expect(hookJob.payInToken(token, keeper, WAD)).to.be.revertedWithCustomError(keep3r, "Disputed");
  });

  it("keeps a revoked keeper out, whatever it had pending, until governance lifts the bar", async () => {
    const { keep3r, kp3r, token, keeper, disputer, slasher, hookJob } = await loadFixture(deployWithHook);
    await keep3r.connect(keeper).bond(kp3r, WAD);
    await keep3r.connect(keeper).bond(token, WAD);
    await keep3r.connect(disputer).dispute(keeper);
    await keep3r.connect(slasher).revoke(keeper);
    await keep3r.connect(disputer).resolve(keeper);
    await time.increase(BOND_TIME + 1);

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
  it("takes all of a bond of KP3R from a keeper that unbonded 1 wei first", async () => {
    const { keep3r, kp3r, keeper, disputer, slasher } = await loadFixture(deployWithKeeper);
    await keep3r.connect(keeper).unbond(kp3r, 1);
    await keep3r.connect(disputer).dispute(keeper);
    await expect(keep3r.connect(slasher).slash(keeper, kp3r, BOND, 0))
      .to.emit(keep3r, "KeeperSlash")
      .withArgs(keeper, slasher, BOND);
    expect(await keep3r.bonds(keeper, kp3r)).to.equal(0);
    expect(await keep3r.pendingUnbonds(keeper, kp3r)).to.equal(0);
  });

  it("takes all of a bond that is being unbonded but for 1 wei", async () => {
    const { keep3r, kp3r, keeper, disputer, slasher } = await loadFixture(deployWithKeeper);
    await keep3r.connect(keeper).unbond(kp3r, BOND - 1n);
    await keep3r.connect(disputer).dispute(keeper);
    await keep3r.connect(slasher).slash(keeper, kp3r, BOND, 0);
    await keep3r.connect(disputer).resolve(keeper);
    await time.increase(UNBOND_TIME + 1);
    await expect(keep3r.connect(keeper).withdraw(kp3r)).to.be.revertedWithCustomError(keep3r, "UnbondsUnexistent");
  });

  it("ACC-2: slashes a token that returns nothing, as USDT, unbonding or not", async () => {
    const { keep3r, governance, keeper, disputer, slasher } = await loadFixture(deployWithKeeper);
    const usdt = await ethers.deployContract("NoReturnToken__Mock");
    await usdt.mint(keeper, 100);
    await usdt.connect(keeper).approve(keep3r, 100);
    await activateKeeper(keep3r, keeper, usdt, 100n);
    await keep3r.connect(keeper).unbond(usdt, 1);
    await keep3r.connect(disputer).dispute(keeper);
    await keep3r.connect(slasher).slash(keeper, usdt, 100, 0);
    expect(await usdt.balanceOf(governance)).to.equal(100);
    expect(await keep3r.bonds(keeper, usdt)).to.equal(0);
  });

  for (const [mode, title] of [
    [1, "reverts"],
    [2, "returns false"],
    [3, "burns all gas"],
    [4, "returns a megabyte"],
    [6, "returns true but keeps its tokens"],
  ] as const) {
    it(`ACC-2: holds aside what is slashed of a token that ${title}, out of reach of sendDust`, async () => {
      const { keep3r, lens, governance, keeper, disputer, slasher } = await loadFixture(deployWithKeeper);
      const hostile = await ethers.deployContract("HostileToken__Mock");
      await hostile.mint(keeper, 100);
      await hostile.connect(keeper).approve(keep3r, 100);
      await activateKeeper(keep3r, keeper, hostile, 100n);
      await hostile.setMode(mode);
      await keep3r.connect(disputer).dispute(keeper);
      await expect(keep3r.connect(slasher).slash(keeper, hostile, 100, 0))
        .to.emit(keep3r, "SlashHeld")
        .withArgs(hostile, 100);
      expect(await lens.slashHeld(hostile)).to.equal(100);

      await hostile.setMode(0);
      await expect(keep3r.sendDust(hostile, 1, governance))
        .to.be.revertedWithCustomError(keep3r, "DustInsufficient")
        .withArgs(1, 0);
      await keep3r.withdrawSlashHeld(hostile, governance);
      expect(await hostile.balanceOf(governance)).to.equal(100);
      expect(await lens.owed(hostile)).to.equal(0);
    });
  }
});
