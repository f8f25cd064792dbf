import { DAY, HOUR, WAD } from "@keep3r-network/sdk";
import { AbiCoder } from "ethers";
import { ethers } from "hardhat";
import { buyOptions, deployUnlockJob, openEtherMarket } from "./jobs/hegicMarket";
import { chooseFromChain } from "./jobs/hegicOptions";
import { eventOf } from "./events";
import { type Work, workJob } from "./keeper";
import type { Operation } from "./setup";

/** KP3R of credits that governance gives each of these jobs. */
export const LIBRARY_CREDITS = 5n * WAD;
/** KP3R that the bridge's owner lets the upkeep cost. */
const UPKEEP_BUDGET = WAD;
const UPKEEP_CONFIG = { gasLimit: 200_000, checkGasLimit: 100_000, interval: HOUR, maxPerformData: 0 } as const;
/** IUpkeepRegistry.CheckMode: by a static call, in every work. */
const STATIC_CHECK = 0;

const POOL = 100n * WAD;
/** The ether that each of the options is for. */
const OPTIONS = [1n, 15n, 2n, 8n, 1n, 25n].map((ether) => ether * WAD);

/** A list of options that was unlocked. Amounts are wei. */
export interface Unlock {
  work: Work;
  /** Percent of the pool, before and after. */
  usageBefore: bigint;
  usageAfter: bigint;
  options: number;
  freed: bigint;
  /** What the job's rule lets the work cost. */
  weightedValue: bigint;
}

/** An upkeep that was performed through a bridge. */
export interface Perform {
  work: Work;
  countBefore: bigint;
  countAfter: bigint;
  /** KP3R. */
  budgetBefore: bigint;
  budgetAfter: bigint;
}

/** Options of Hegic's are bought and expire; the keeper finds a list that the job pays for, and unlocks it. */
export async function unlockOptions({ network, market, gasMarket }: Operation): Promise<Unlock> {
  const { chain, accounts } = network;
  const hegic = await openEtherMarket(network, POOL);
  await buyOptions(network, hegic, OPTIONS);
  const job = await deployUnlockJob(network, hegic, LIBRARY_CREDITS);
  await market.tradeAndObserveUntil(chain.nextBlockAt + DAY + HOUR);

  await gasMarket.move();
  const choice = await chooseFromChain(job, {
    keeper: accounts.keeper,
    overrides: await chain.asOfNextBlock(),
  });
  if (choice === undefined) throw new Error("No list of options is worth its cost.");
  const ids = [...choice.ids];
  const weightedValue = await job.weightedUnlockValue(ids);
  const usageBefore = await job.poolUsage();

  const data = AbiCoder.defaultAbiCoder().encode(["uint256[]"], [ids]);
  const work = await workJob(network, market, gasMarket, await job.getAddress(), data);
  return {
    work,
    usageBefore,
    usageAfter: await job.poolUsage(),
    options: ids.length,
    freed: choice.value,
    weightedValue,
  };
}

/** A counter that was written for Chainlink Automation is registered with a bridge, found, and performed. */
export async function performUpkeep({ network, market, gasMarket }: Operation): Promise<Perform> {
  const { chain, accounts, keep3r } = network;
  const { governance, jobOwner, keeper } = accounts;
  const upkeep = await chain.deploy(() => ethers.deployContract("IntervalUpkeep__Mock", [HOUR], jobOwner));
  const bridge = await chain.deploy(() => ethers.deployContract("AutomationJob", [keep3r, jobOwner], jobOwner));
  await chain.land(() => keep3r.connect(jobOwner).acceptJobOwnership(bridge));
  await chain.land(() => keep3r.connect(governance).forceLiquidityCreditsToJob(bridge, LIBRARY_CREDITS));
  const registered = await chain.land(() => bridge.register(jobOwner, upkeep, "0x", STATIC_CHECK, UPKEEP_CONFIG));
  const { id } = await eventOf(bridge, bridge.getEvent("UpkeepRegistration"), registered);
  await chain.land(() => bridge.setBudget(id, UPKEEP_BUDGET));

  await market.tradeAndObserveUntil(chain.nextBlockAt + HOUR);
  await gasMarket.move();
  const { canWork, data } = await bridge.connect(keeper).workable.staticCall(await chain.asOfNextBlock());
  if (!canWork) throw new Error("The upkeep isn't due.");
  const [countBefore, budgetBefore] = [await upkeep.count(), (await bridge.upkeep(id)).budget];

  const work = await workJob(network, market, gasMarket, await bridge.getAddress(), data);
  return {
    work,
    countBefore,
    countAfter: await upkeep.count(),
    budgetBefore,
    budgetAfter: (await bridge.upkeep(id)).budget,
  };
}
