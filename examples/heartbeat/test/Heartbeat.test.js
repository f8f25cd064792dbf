const { loadFixture, time } = require("@nomicfoundation/hardhat-network-helpers");
const { expect } = require("chai");
const { ethers } = require("hardhat");
const { deployNetwork } = require("./network");

describe("Heartbeat", () => {
  async function deploy() {
    const network = await deployNetwork();
    const { governance, owner, keep3r } = network;
    const job = await ethers.deployContract("Heartbeat", [keep3r, owner]);
    await keep3r.connect(owner).acceptJobOwnership(job);
    // On the real network only liquidity brings credits; here governance gives them
    await keep3r.connect(governance).forceLiquidityCreditsToJob(job, ethers.parseEther("10"));
    return { ...network, job };
  }

  it("pays who does the work", async () => {
    const { job, keep3r, kp3r, keeper } = await loadFixture(deploy);

    const [canWork, data] = await job.connect(keeper).workable();
    expect(canWork).to.be.true;
    await expect(job.connect(keeper).work(data)).to.emit(keep3r, "KeeperWork");
    expect(await keep3r.bonds(keeper, kp3r)).to.be.above(0n);
  });

  it("has nothing to do until an hour has passed", async () => {
    const { job, keeper } = await loadFixture(deploy);
    await job.connect(keeper).work("0x");

    await expect(job.connect(keeper).work("0x")).to.be.revertedWithCustomError(job, "TooEarly");
    expect((await job.connect(keeper).workable())[0]).to.be.false;
    await time.increase(3600);
    expect((await job.connect(keeper).workable())[0]).to.be.true;
  });

  it("refuses who isn't a keeper", async () => {
    const { job, owner } = await loadFixture(deploy);

    await expect(job.connect(owner).work("0x")).to.be.revertedWithCustomError(job, "KeeperNotValid");
  });

  it("pays nothing for data that it doesn't read", async () => {
    const paid = [];
    for (const data of ["0x", `0x${"ff".repeat(956)}`]) {
      const { job, keep3r, kp3r, keeper } = await loadFixture(deploy);
      await job.connect(keeper).work(data);
      paid.push(await keep3r.bonds(keeper, kp3r));
    }

    const [plain, padded] = paid;
    expect(padded).to.be.closeTo(plain, plain / 1000n);
  });
});
