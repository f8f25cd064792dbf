import { GWEI, HOUR, MINUTE, WAD } from "@keep3r-network/sdk";
import { expect } from "chai";
import { ethers } from "hardhat";
import { loadFixture } from "#support/fixture";
import { AT_COST, paidToCost } from "#support/payments/cost";
import { landAt } from "#support/payments/landing";
import { paymentsOf } from "#support/payments/payments";
import { describeMeasured } from "#support/tools/coverage";
import { deployNetworkWorld, type NetworkWorld } from "#support/worlds/network";
import { COOL_DOWN, encode, HARVEST, REQUIRED_GAS, TEND, YIELD_RATE } from "#support/worlds/strategies";
import type { StrategyHarvestJob } from "#typechain";

const BASE_FEE = 20n * GWEI;

/** The job over the real network, and a strategy that was harvested twice. */
async function deployHarvestedWorld() {
  const network = await deployNetworkWorld();
  const { chain, keep3r, accounts } = network;
  const { governance, jobOwner } = accounts;
  const job = await chain.deploy(() => ethers.deployContract("StrategyHarvestJob", [keep3r, jobOwner], jobOwner));
  await chain.land(() => keep3r.connect(jobOwner).acceptJobOwnership(job));
  await chain.land(() => keep3r.connect(governance).forceLiquidityCreditsToJob(job, 1_000n * WAD));

  const want = await chain.deploy(() => ethers.deployContract("ERC20__Mock", ["Want", "WANT", 18], governance));
  const vault = await chain.deploy(() => ethers.deployContract("YearnVault__Mock", [want], governance));
  await chain.land(() => want.mint(vault, 1_000n * WAD));
  const strategy = await chain.deploy(() =>
    ethers.deployContract("YearnStrategy__Mock", [vault, job, YIELD_RATE], governance),
  );
  await chain.land(() => vault.addStrategy(strategy, 100n * WAD));
  await chain.land(() => job.addStrategy(strategy, REQUIRED_GAS, COOL_DOWN));
  const harvested = { ...network, job, strategy };
  for (let i = 0; i < 2; i++) {
    chain.wait(Number(COOL_DOWN));
    await workAt(harvested, await encode(strategy, HARVEST));
  }
  return harvested;
}

type Harvested = Pick<NetworkWorld, "chain" | "accounts"> & { job: StrategyHarvestJob };

function workAt({ chain, job, accounts }: Harvested, data: string) {
  return landAt(chain, { baseFee: BASE_FEE }, (fees) => job.connect(accounts.keeper).work(data, fees));
}

/** Asks as a bot does: as itself, in the next block, and with a gas price, without which there would be no base fee. */
async function ask({ chain, job, accounts }: Harvested): Promise<[boolean, string]> {
  const pending = await chain.asOfNextBlock();
  return job.connect(accounts.keeper).workable.staticCall({ ...pending, gasPrice: BASE_FEE });
}

describe("StrategyHarvestJob over the network", function () {
  it("is found, worked and paid, and then has nothing to do until the strategy has earned its cost", async function () {
    const network = await loadFixture(deployHarvestedWorld);
    const { chain, keep3r, strategy } = network;
    expect(await ask(network)).to.deep.equal([false, "0x"]);

    chain.wait(Number(COOL_DOWN));
    const [canWork, data] = await ask(network);
    expect(canWork).to.equal(true);
    expect(data).to.equal(await encode(strategy, HARVEST));
    const receipt = await workAt(network, data);

    expect(await paymentsOf(keep3r, receipt)).to.have.length(1);
    expect(await ask(network)).to.deep.equal([false, "0x"]);
    await expect(workAt(network, data)).to.be.reverted;
  });

  describeMeasured("at boost 1.0 pays 100 to 105 % of the cost", function () {
    it("for a harvest", async function () {
      const network = await loadFixture(deployHarvestedWorld);
      network.chain.wait(Number(COOL_DOWN));
      const receipt = await workAt(network, await encode(network.strategy, HARVEST));
      expect(await paidToCost(network, receipt)).to.be.within(...AT_COST);
    });

    it("for a tend", async function () {
      const network = await loadFixture(deployHarvestedWorld);
      const { chain, job, strategy } = network;
      await chain.land(() => job.updateStrategy(strategy, REQUIRED_GAS, 10 * MINUTE));
      chain.wait(Number(COOL_DOWN));
      await workAt(network, await encode(strategy, HARVEST));
      for (let i = 0; i < 2; i++) {
        chain.wait(2 * HOUR);
        const receipt = await workAt(network, await encode(strategy, TEND));
        expect(await paidToCost(network, receipt)).to.be.within(...AT_COST);
      }
    });
  });
});
