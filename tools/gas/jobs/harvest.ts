import { HOUR, WAD } from "@keep3r-network/sdk";
import { ethers } from "hardhat";
import { cost, type Measure, type Stage } from "../stage";

const REQUIRED_GAS = 500_000n;
const COOL_DOWN = 4 * HOUR;
/** WAD per second: a hundredth in 10,000 seconds. */
const YIELD_RATE = WAD / 1_000_000n;

const HARVEST = 0;
const TEND = 1;

/** Works on a strategy double over a vault double, whose own gas is in the figures. */
export const HARVEST_ROWS: Record<string, Measure> = {
  "StrategyHarvestJob: harvest": async (stage) => {
    const work = await setUp(stage);
    await work(HARVEST, 7 * HOUR);
    return work(HARVEST, 7 * HOUR);
  },

  "StrategyHarvestJob: tend": async (stage) => {
    const work = await setUp(stage);
    await work(HARVEST, 7 * HOUR);
    return work(TEND, 5 * HOUR);
  },
};

/** A job with one strategy, harvested once. What comes back works after a time, for the gas of its transaction. */
async function setUp(stage: Stage): Promise<(action: number, after: number) => Promise<number>> {
  const { chain, keep3r, helper, veteran, accounts } = stage;
  const { governance, jobOwner } = accounts;
  const job = await chain.deploy(() => ethers.deployContract("StrategyHarvestJob", [keep3r, jobOwner], jobOwner));
  await chain.land(() => keep3r.connect(jobOwner).acceptJobOwnership(job));
  await chain.land(() => keep3r.connect(governance).forceLiquidityCreditsToJob(job, 100n * WAD));

  const want = await chain.deploy(() => ethers.deployContract("ERC20__Mock", ["Want", "WANT", 18], governance));
  const vault = await chain.deploy(() => ethers.deployContract("YearnVault__Mock", [want], governance));
  await chain.land(() => want.mint(vault, 1_000n * WAD));
  const strategy = await chain.deploy(() =>
    ethers.deployContract("YearnStrategy__Mock", [vault, job, YIELD_RATE], governance),
  );
  await chain.land(() => vault.addStrategy(strategy, 100n * WAD));
  await chain.land(() => job.addStrategy(strategy, REQUIRED_GAS, COOL_DOWN));

  const work = async (action: number, after: number) => {
    chain.wait(after);
    // Somebody else's payment has refreshed the quote
    await chain.land(() => helper.workRate(0));
    const data = ethers.AbiCoder.defaultAbiCoder().encode(["address", "uint8"], [await strategy.getAddress(), action]);
    return cost(stage, () => job.connect(veteran).work(data));
  };
  await work(HARVEST, 7 * HOUR);
  return work;
}
