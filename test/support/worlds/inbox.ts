import { GWEI, WAD } from "@keep3r-network/sdk";
import type { HardhatEthersSigner } from "@nomicfoundation/hardhat-ethers/signers";
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
import { activateContract, activateKeeper } from "../actors/keepers";
import { takeOver } from "../actors/owners";
import { type CoreWorld, deployCoreWorld } from "./core";

/** Fees with which a transaction lands at any base fee, whatever Hardhat would offer by default. */
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
  /** Active keepers with no bond, the core world's keeper first. */
  keepers: [HardhatEthersSigner, HardhatEthersSigner, HardhatEthersSigner];
  /** An active keeper that is a contract. */
  contractKeeper: ReentrantKeeper__Mock;
}

export type InboxWorld<T extends InboxJob__Mock> = Omit<KeepersWorld, "job"> & { job: T };

/** The core world with four active keepers. */
export async function deployKeepersWorld(): Promise<KeepersWorld> {
  const world = await deployCoreWorld();
  const { keep3r, kp3r, keeper, other, slasher } = world;
  const keepers: KeepersWorld["keepers"] = [keeper, other, slasher];
  const contractKeeper = await ethers.deployContract("ReentrantKeeper__Mock");
  for (const each of keepers) await activateKeeper(keep3r, each, kp3r, 0n);
  await activateContract(keep3r, contractKeeper, kp3r);
  return { ...world, keepers, contractKeeper };
}

/** The same with a job of jobOwner, 100 KP3R and 100 tokens of credits for it, and tasks in its inbox. */
export async function deployInboxWorld<N extends keyof MixinJobs>(
  name: N,
  tasks: number = 10,
): Promise<InboxWorld<MixinJobs[N]>> {
  const world = await deployKeepersWorld();
  return { ...world, job: await newInbox(world, name, tasks) };
}

/** Another such job in the same world. */
export async function newInbox<N extends keyof MixinJobs>(
  world: Pick<KeepersWorld, "keep3r" | "jobOwner" | "token">,
  name: N,
  tasks: number,
): Promise<MixinJobs[N]> {
  const { keep3r, jobOwner, token } = world;
  const job = (await ethers.deployContract(name as string, [keep3r, jobOwner])) as unknown as MixinJobs[N];
  await takeOver(keep3r, jobOwner, job, 100n * WAD);
  await keep3r.connect(jobOwner).addTokenCreditsToJob(job, token, 100n * WAD);
  await job.submit(tasks);
  return job;
}

type Work = () => Promise<ContractTransactionResponse>;

/** A work of the job in each of the ways that it can be paid: by gas, by gas to a bonded keeper, in tokens, in KP3R. */
export function everyWay(
  { job, token, kp3r }: Pick<InboxWorld<InboxJob__Mock>, "job" | "token" | "kp3r">,
  keeper: HardhatEthersSigner,
): [Work, Work, Work, Work] {
  const worked = job.connect(keeper);
  return [
    () => worked.work("0x", FEES),
    () => worked.workBonded({ bond: kp3r, minBond: 0, earned: 0, age: 0 }, FEES),
    () => worked.workForToken(token, 1, FEES),
    () => worked.workForAmount(1, FEES),
  ];
}

/** Expects `workable` and `work` to agree for a keeper in the next block: there is work, or there is none. */
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

/** The call that a contract keeper makes for a work. */
export function workData(job: InboxJob__Mock): string {
  return job.interface.encodeFunctionData("work", ["0x"]);
}
