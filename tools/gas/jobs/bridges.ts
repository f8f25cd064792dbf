import { HOUR, WAD } from "@keep3r-network/sdk";
import type { AddressLike, ContractTransactionResponse } from "ethers";
import { ethers } from "hardhat";
import type { AutomationJob, ResolverJob } from "#typechain";
import { cost, type Measure, type Stage } from "../stage";

const CONFIG = { gasLimit: 200_000n, checkGasLimit: 100_000n, interval: 1n, maxPerformData: 0n };
/** What a keeper brings to an upkeep that is checked in simulation only: an item's number. */
const PERFORM_DATA = 32n;
const CREDITS = 100n * WAD;
const BUDGET = 10n * WAD;
const OPEN_BUDGET = 2n ** 128n - 1n;
/** As IUpkeepRegistry.CheckMode has them. */
const [STATIC, UNDONE, OFFCHAIN] = [0, 1, 2];

const coder = ethers.AbiCoder.defaultAbiCoder();

export const BRIDGE_ROWS: Record<string, Measure> = {
  "AutomationJob: an upkeep checked by a static call": (stage) => runInterval(stage, STATIC, BUDGET),

  "AutomationJob: an upkeep checked by a call that is undone": (stage) => runInterval(stage, UNDONE, BUDGET),

  "AutomationJob: an upkeep with an open budget": (stage) => runInterval(stage, STATIC, OPEN_BUDGET),

  "AutomationJob: an upkeep checked in simulation only": async (stage) => {
    const upkeep = await stage.chain.deploy(() => ethers.deployContract("SimulatedUpkeep__Mock"));
    for (let item = 1; item <= 2; item++) await stage.chain.land(() => upkeep.add());
    const { job, id } = await bridge(stage, upkeep, OFFCHAIN, BUDGET);
    let item = 0;
    return secondWork(stage, () =>
      job.work(coder.encode(["uint256", "bytes"], [id, coder.encode(["uint256"], [++item])])),
    );
  },

  "ResolverJob: a counter": async (stage) => {
    const { chain, keep3r, accounts, veteran } = stage;
    const { jobOwner } = accounts;
    const job: ResolverJob = await chain.deploy(() => ethers.deployContract("ResolverJob", [keep3r, jobOwner]));
    await fund(stage, job);
    const counter = await chain.deploy(() => ethers.deployContract("AutomatedCounter__Mock"));
    const resolver = await chain.deploy(() => ethers.deployContract("CounterResolver__Mock", [counter, HOUR]));
    const checker = resolver.interface.encodeFunctionData("checker");
    const args = [jobOwner, resolver, checker, counter, CONFIG] as const;
    const [id, forwarder] = await job.connect(jobOwner).register.staticCall(...args);
    await chain.land(() => job.connect(jobOwner).register(...args));
    await chain.land(() => job.connect(jobOwner).setBudget(id, BUDGET));
    await chain.land(() => counter.setAutomation(forwarder));
    return secondWork(stage, () => job.connect(veteran).work(coder.encode(["uint256"], [id])));
  },
};

/** A counter that is due once an hour, as examples for Chainlink are. */
async function runInterval(stage: Stage, checkMode: number, budget: bigint): Promise<number> {
  const upkeep = await stage.chain.deploy(() => ethers.deployContract("IntervalUpkeep__Mock", [HOUR]));
  const { job, id } = await bridge(stage, upkeep, checkMode, budget);
  return secondWork(stage, () => job.work(coder.encode(["uint256"], [id])));
}

/** A funded AutomationJob, for a keeper that has worked before, with one upkeep. */
async function bridge(stage: Stage, upkeep: AddressLike, checkMode: number, budget: bigint) {
  const { chain, keep3r, accounts, veteran } = stage;
  const { jobOwner } = accounts;
  const job: AutomationJob = await chain.deploy(() => ethers.deployContract("AutomationJob", [keep3r, jobOwner]));
  await fund(stage, job);
  const config = { ...CONFIG, maxPerformData: checkMode === OFFCHAIN ? PERFORM_DATA : 0n };
  const args = [jobOwner, upkeep, "0x", checkMode, config] as const;
  const [id] = await job.connect(jobOwner).register.staticCall(...args);
  await chain.land(() => job.connect(jobOwner).register(...args));
  await chain.land(() => job.connect(jobOwner).setBudget(id, budget));
  return { job: job.connect(veteran), id };
}

/** Makes a bridge a job with credits. */
async function fund({ chain, keep3r, accounts }: Stage, job: AddressLike): Promise<void> {
  const { governance, jobOwner } = accounts;
  await chain.land(() => keep3r.connect(jobOwner).acceptJobOwnership(job));
  await chain.land(() => keep3r.connect(governance).forceLiquidityCreditsToJob(job, CREDITS));
}

/** The first work fills storage. Somebody else's payment refreshes the quote before the second. */
async function secondWork(stage: Stage, work: () => Promise<ContractTransactionResponse>): Promise<number> {
  const { chain, helper } = stage;
  await chain.land(work);
  chain.wait(HOUR);
  await chain.land(() => helper.workRate(0));
  return cost(stage, work);
}
