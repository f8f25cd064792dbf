import { DAY, GWEI, HOUR, WAD } from "@keep3r-network/sdk";
import type { HardhatEthersSigner } from "@nomicfoundation/hardhat-ethers/signers";
import { time } from "@nomicfoundation/hardhat-network-helpers";
import { expect } from "chai";
import type { ContractTransactionResponse } from "ethers";
import { ethers } from "hardhat";
import type {
  AllMixinsJob__Mock,
  CooldownJob__Mock,
  ExclusiveKeeperJob__Mock,
  GasCappedJob__Mock,
  InboxJob__Mock,
  PaymentCappedJob__Mock,
  ReentrantKeeper__Mock,
  ReversedMixinsJob__Mock,
} from "#typechain";
import { BOND_TIME, type CoreWorld, deployCoreWorld } from "./core";

/** For transactions in blocks of any base fee, whatever the network is configured to offer. */
export const FEES = { gasLimit: 3_000_000, maxFeePerGas: 100_000n * GWEI, maxPriorityFeePerGas: 0n };

/** The jobs of the mixins, by contract name. */
interface MixinJobs {
  InboxJob__Mock: InboxJob__Mock;
  GasCappedJob__Mock: GasCappedJob__Mock;
  CooldownJob__Mock: CooldownJob__Mock;
  PaymentCappedJob__Mock: PaymentCappedJob__Mock;
  ExclusiveKeeperJob__Mock: ExclusiveKeeperJob__Mock;
  AllMixinsJob__Mock: AllMixinsJob__Mock;
  ReversedMixinsJob__Mock: ReversedMixinsJob__Mock;
}

export interface KeepersWorld extends CoreWorld {
  /** Active keepers that have bonded nothing, the core world's keeper first. */
  keepers: [HardhatEthersSigner, HardhatEthersSigner, HardhatEthersSigner];
  /** An active keeper that is a contract. */
  contractKeeper: ReentrantKeeper__Mock;
}

export type InboxWorld<T extends InboxJob__Mock> = Omit<KeepersWorld, "job"> & { job: T };

/** The network with prices set by hand, and four active keepers. */
export async function deployKeepersWorld(): Promise<KeepersWorld> {
  const world = await deployCoreWorld();
  const { keep3r, kp3r, keeper, other, slasher } = world;
  const keepers: KeepersWorld["keepers"] = [keeper, other, slasher];
  const contractKeeper = await ethers.deployContract("ReentrantKeeper__Mock");
  const kp3rAddress = await kp3r.getAddress();

  for (const each of keepers) await keep3r.connect(each).bond(kp3r, 0);
  await contractKeeper.execute(keep3r, keep3r.interface.encodeFunctionData("bond", [kp3rAddress, 0]));
  await time.increase(BOND_TIME + 1);
  for (const each of keepers) await keep3r.connect(each).activate(kp3r);
  await contractKeeper.execute(keep3r, keep3r.interface.encodeFunctionData("activate", [kp3rAddress]));

  return { ...world, keepers, contractKeeper };
}

/** A job of jobOwner with 100 KP3R and 100 tokens of credits, and tasks in its inbox. */
export async function deployInboxWorld<N extends keyof MixinJobs>(
  name: N,
  tasks: number = 10,
): Promise<InboxWorld<MixinJobs[N]>> {
  const world = await deployKeepersWorld();
  return { ...world, job: await newInbox(world, name, tasks) };
}

export async function newInbox<N extends keyof MixinJobs>(
  world: Pick<KeepersWorld, "keep3r" | "jobOwner" | "token">,
  name: N,
  tasks: number,
): Promise<MixinJobs[N]> {
  const { keep3r, jobOwner, token } = world;
  const job = (await ethers.deployContract(name as string, [keep3r, jobOwner])) as unknown as MixinJobs[N];
  await keep3r.connect(jobOwner).acceptJobOwnership(job);
  await keep3r.forceLiquidityCreditsToJob(job, 100n * WAD);
  await keep3r.connect(jobOwner).addTokenCreditsToJob(job, token, 100n * WAD);
  await job.submit(tasks);
  return job;
}

/** A work of the job in each of the ways that it can be paid. */
export function everyWay(
  { job, token, kp3r }: Pick<InboxWorld<InboxJob__Mock>, "job" | "token" | "kp3r">,
  keeper: HardhatEthersSigner,
): (() => Promise<ContractTransactionResponse>)[] {
  const worked = job.connect(keeper);
  return [
    () => worked.work("0x", FEES),
    () => worked.workBonded({ bond: kp3r, minBond: 0, earned: 0, age: 0 }, FEES),
    () => worked.workForToken(token, 1, FEES),
    () => worked.workForAmount(1, FEES),
  ];
}

/** Expects that `workable` says what `work` does, for a keeper in the next block. */
export async function expectAgreement(
  job: InboxJob__Mock,
  keeper: HardhatEthersSigner,
  canWork: boolean,
): Promise<void> {
  expect(await workableFor(job, keeper)).to.deep.equal([canWork, "0x"]);
  const simulated = job.connect(keeper).work.staticCall("0x", { blockTag: "pending" });
  await (canWork ? expect(simulated).not.to.be.reverted : expect(simulated).to.be.reverted);
}

export async function workableFor(job: InboxJob__Mock, keeper: HardhatEthersSigner): Promise<[boolean, string]> {
  const [canWork, data] = await job.connect(keeper).workable({ blockTag: "pending" });
  return [canWork, data];
}

/** What a contract keeper has to send to the job. */
export function workData(job: InboxJob__Mock): string {
  return job.interface.encodeFunctionData("work", ["0x"]);
}

/** The terms that the tests of the seat begin with. */
export const TERMS = {
  termTime: 7 * DAY,
  slaTime: HOUR,
  barTime: 2 * DAY,
  restTime: DAY,
  bonusInterval: 3 * DAY,
};

/** As the contract numbers them. */
export enum Standing {
  Free,
  Holder,
  Late,
  Successor,
  Excluded,
  Resting,
  Barred,
}

/** Has a block come at a time. */
export async function at<T>(timestamp: number, send: () => Promise<T>): Promise<T> {
  await time.setNextBlockTimestamp(timestamp);
  return send();
}

/** A job with terms, whose inbox is empty. */
export async function deployVacantWorld() {
  const world = await deployInboxWorld("ExclusiveKeeperJob__Mock", 0);
  await world.job.connect(world.jobOwner).setSeatTerms(TERMS);
  return world;
}

/** The same after the first keeper has taken the seat. */
export async function deploySeatedWorld() {
  const world = await deployVacantWorld();
  const { job, keepers } = world;
  await job.submit(1);
  await job.connect(keepers[0]).work("0x");
  const takenAt = await time.latest();
  return {
    ...world,
    holder: keepers[0],
    second: keepers[1],
    third: keepers[2],
    takenAt,
    until: takenAt + TERMS.termTime,
  };
}

/** Submits tasks and returns when. */
export async function submitAt(job: InboxJob__Mock, timestamp: number, tasks = 1): Promise<number> {
  await at(timestamp, () => job.submit(tasks));
  return timestamp;
}
