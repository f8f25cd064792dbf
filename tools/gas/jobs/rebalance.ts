import { HOUR, WAD } from "@keep3r-network/sdk";
import { ethers } from "hardhat";
import type { RebalanceJob } from "#typechain";
import { cost, type Measure, type Stage } from "../stage";

/** KP3R that is added to one side of the vault, so that there is work. */
const EXCESS = 50n * WAD;

export const REBALANCE_ROWS: Record<string, Measure> = {
  "RebalanceJob: a vault that trades with its pair": async (stage) => {
    const { chain, market, veteran } = stage;
    const { job, unbalance } = await setUp(stage);
    for (let i = 0; i < 2; i++) {
      await market.tradeAndObserveUntil(chain.nextBlockAt + 2 * HOUR);
      await chain.land(() => job.connect(veteran).work("0x"));
      await unbalance();
    }
    await market.tradeAndObserveUntil(chain.nextBlockAt + 2 * HOUR);
    return cost(stage, () => job.connect(veteran).work("0x"));
  },
};

/** A vault that holds KP3R only, and the job that serves it. */
async function setUp({ chain, accounts, keep3r, kp3r, pair, oracle }: Stage) {
  const { governance, jobOwner } = accounts;
  const vault = await chain.deploy(() => ethers.deployContract("PairVault__Mock", [pair, jobOwner, 5000], governance));
  const job: RebalanceJob = await chain.deploy(() =>
    ethers.deployContract("RebalanceJob", [keep3r, jobOwner, vault, pair, oracle, WAD / 10n], governance),
  );
  await chain.land(() => vault.connect(jobOwner).setJob(job));
  await chain.land(() => keep3r.forceLiquidityCreditsToJob(job, 100n * WAD));
  await chain.land(() => job.connect(jobOwner).setMaxSlippage(1_000));
  await chain.land(() => job.connect(jobOwner).setMaxDeviation(1_000));
  const unbalance = () => chain.land(() => kp3r.connect(governance).transfer(vault, EXCESS));
  await unbalance();
  return { job, unbalance };
}
