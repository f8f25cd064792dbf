import { WAD } from "@keep3r-network/sdk";
import { ethers } from "hardhat";
import { cost, type Measure, type Stage } from "../stage";

/** Dollars for an ether, in the feed's 8 decimals. */
const DOLLAR = 10n ** 8n;
const TROVES = 6;

const TREASURY = 0;
const KEEPER = 1;

/** Works on a double of Liquity, whose own gas, and what is refunded of it, is in the figures. */
export const LIQUIDATION_ROWS: Record<string, Measure> = {
  "LiquidationJob: 1 trove": (stage) => liquidate(stage, 1, TREASURY),
  "LiquidationJob: 5 troves": (stage) => liquidate(stage, 5, TREASURY),
  "LiquidationJob: 1 trove, compensation to the keeper": (stage) => liquidate(stage, 1, KEEPER),
};

/** The gas of a work that liquidates some troves at 105 %, after one that has liquidated one. */
async function liquidate(stage: Stage, count: number, beneficiary: number): Promise<number> {
  const { chain, keep3r, veteran, accounts } = stage;
  const { governance, jobOwner, passerby } = accounts;
  const feed = await chain.deploy(() => ethers.deployContract("MockV3Aggregator", [8, 2_000n * DOLLAR], governance));
  const troveManager = await chain.deploy(() => ethers.deployContract("TroveManager__Mock", [feed], governance));
  const [whale, ...borrowers] = (await ethers.getSigners()).slice(8, 9 + TROVES);
  await chain.land(() => troveManager.connect(whale).openTrove(20_000n * WAD, { value: 100n * WAD }));
  await chain.land(() => troveManager.connect(whale).provideToSP(20_000n * WAD));
  for (const borrower of borrowers) {
    await chain.land(() => troveManager.connect(borrower).openTrove(1_800n * WAD, { value: (12n * WAD) / 10n }));
  }

  const args = [keep3r, jobOwner, troveManager, passerby, beneficiary] as const;
  const job = await chain.deploy(() => ethers.deployContract("LiquidationJob", [...args], jobOwner));
  await chain.land(() => keep3r.connect(jobOwner).acceptJobOwnership(job));
  await chain.land(() => keep3r.connect(governance).forceLiquidityCreditsToJob(job, 100n * WAD));
  await chain.land(() => feed.updateAnswer(1_750n * DOLLAR));

  const work = (n: number) => {
    const data = ethers.AbiCoder.defaultAbiCoder().encode(["uint256", "address[]"], [n, []]);
    return cost(stage, () => job.connect(veteran).work(data));
  };
  await work(1);
  return work(count);
}
