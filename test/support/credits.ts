import type { HardhatEthersSigner } from "@nomicfoundation/hardhat-ethers/signers";
import { setBalance, time } from "@nomicfoundation/hardhat-network-helpers";
import type { AddressLike } from "ethers";
import { ethers } from "hardhat";
import type { ERC20__Mock } from "../../typechain-types";
import {
  type CoreFixture,
  DAY,
  deployWithKeeper,
  INFLATION_PERIOD,
  REWARD_PERIOD,
  toPeriodStart,
  UNBOND_TIME,
  WAD,
} from "./core";

export const MAX_UINT88 = 2n ** 88n - 1n;
/** What the token credits of a deposit come to, after the default fee of 30 BPS, rounded up. */
export const lessFee = (amount: bigint): bigint => amount - (amount * 30n + 9_999n) / 10_000n;

export interface MiningFixture extends CoreFixture {
  /** When the liquidity was added: a second after a reward period began. */
  addedAt: number;
}

/** A job without forced credits that mines one KP3R a day, up to five, and an active keeper. */
export async function deployMining(): Promise<MiningFixture> {
  const fixture = await deployWithKeeper();
  const { keep3r, jobOwner, keeper, liquidity, job } = fixture;
  await job.connect(keeper).workForAmount(0, 50n * WAD);
  await toPeriodStart();
  await keep3r.connect(jobOwner).addLiquidityToJob(job, liquidity, 34n * WAD);
  return { ...fixture, addedAt: await time.latest() };
}

/** The same with another job of the same owner, which has mined for as long. */
export async function deployTwoMining() {
  const fixture = await deployMining();
  const { keep3r, jobOwner, liquidity } = fixture;
  const otherJob = await ethers.deployContract("PlainJob__Mock", [keep3r]);
  await keep3r.connect(jobOwner).addJob(otherJob);
  await keep3r.connect(jobOwner).addLiquidityToJob(otherJob, liquidity, 68n * WAD);
  return { ...fixture, otherJob };
}

/** Another approved kind of liquidity, of which the job's owner and the stranger hold 1000. */
export async function deployKind(fixture: CoreFixture, price = WAD): Promise<ERC20__Mock> {
  const { keep3r, pricing, jobOwner, stranger } = fixture;
  const kind = await ethers.deployContract("ERC20__Mock", ["LP", "LP", 18]);
  for (const holder of [jobOwner, stranger]) {
    await kind.mint(holder, 1_000n * WAD);
    await kind.connect(holder).approve(keep3r, ethers.MaxUint256);
  }
  await pricing.setPrice(kind, price);
  await keep3r.approveLiquidity(kind);
  return kind;
}

/** A job's credits in as many new tokens. */
export async function addTokens(fixture: CoreFixture, job: AddressLike, count: number): Promise<ERC20__Mock[]> {
  const { keep3r, jobOwner } = fixture;
  const tokens: ERC20__Mock[] = [];
  for (let i = 0; i < count; i++) {
    const token = await ethers.deployContract("ERC20__Mock", ["Token", "TKN", 18]);
    await token.mint(jobOwner, 1_000n);
    await token.connect(jobOwner).approve(keep3r, ethers.MaxUint256);
    await keep3r.connect(jobOwner).addTokenCreditsToJob(job, token, 1_000n);
    tokens.push(token);
  }
  return tokens;
}

/** A job's liquidity of as many new kinds, worth 10 KP3R each. */
export async function addKinds(fixture: CoreFixture, job: AddressLike, count: number): Promise<ERC20__Mock[]> {
  const kinds: ERC20__Mock[] = [];
  for (let i = 0; i < count; i++) {
    const kind = await deployKind(fixture);
    await fixture.keep3r.connect(fixture.jobOwner).addLiquidityToJob(job, kind, 10n * WAD);
    kinds.push(kind);
  }
  return kinds;
}

/** A contract as the sender of calls that it has no function for. */
export async function asSender(contract: AddressLike): Promise<HardhatEthersSigner> {
  const address = await ethers.resolveAddress(contract);
  await setBalance(address, 10n * WAD);
  return ethers.getImpersonatedSigner(address);
}

/** Mines at a time, so that views answer as of then. */
export async function goTo(timestamp: number): Promise<void> {
  await time.increaseTo(timestamp);
}

/** Moves to the second in which what is unbonded now can just be withdrawn. */
export async function passUnbondTime(): Promise<void> {
  await time.increase(UNBOND_TIME);
}

interface Kind {
  price: bigint;
  pricedAt: number;
  triedAt: number;
}

interface Bucket {
  credits: bigint;
  value: bigint;
  accruedAt: number;
  stale: boolean;
  amounts: bigint[];
}

const least = (a: bigint, b: bigint): bigint => (a < b ? a : b);
const worth = (amount: bigint, price: bigint): bigint => (amount * price) / WAD;

/** The leaky bucket in plain integers, for any number of jobs and kinds of liquidity; `quotes` is what a helper says. */
export class BucketModel {
  rewardPeriod = REWARD_PERIOD;
  inflationPeriod = INFLATION_PERIOD;
  readonly jobs: Bucket[] = [];
  readonly quotes: bigint[];
  readonly #kinds: Kind[];

  constructor(jobCount: number, quotes: bigint[]) {
    this.quotes = quotes;
    this.#kinds = quotes.map(() => ({ price: 0n, pricedAt: 0, triedAt: 0 }));
    for (let i = 0; i < jobCount; i++) {
      this.jobs.push({ credits: 0n, value: 0n, accruedAt: 0, stale: false, amounts: quotes.map(() => 0n) });
    }
  }

  cap(job: number): bigint {
    return (this.#job(job).value * BigInt(this.rewardPeriod)) / BigInt(this.inflationPeriod);
  }

  price(kind: number): bigint {
    return this.#kinds[kind]?.price ?? 0n;
  }

  /** Settles and, if a price may have changed, re-values. */
  touch(index: number, now: number): Bucket {
    const job = this.#job(index);
    const cap = this.cap(index);
    const mined = (job.value * BigInt(now - job.accruedAt)) / BigInt(this.inflationPeriod);
    if (job.credits < cap) job.credits = least(cap, job.credits + mined);
    const outdated = job.accruedAt < now - (now % this.rewardPeriod);
    job.accruedAt = now;
    if ((outdated || job.stale) && job.amounts.some((amount) => amount > 0n)) {
      job.stale = job.amounts.map((amount, kind) => amount > 0n && !this.#refresh(kind, now)).includes(true);
      this.#value(job);
    }
    return job;
  }

  force(index: number, amount: bigint, now: number): void {
    this.touch(index, now).credits += amount;
  }

  pay(index: number, amount: bigint, now: number): void {
    this.touch(index, now).credits -= amount;
  }

  add(index: number, kind: number, amount: bigint, now: number): void {
    const job = this.touch(index, now);
    if (!this.#refresh(kind, now)) job.stale = true;
    job.amounts[kind] = (job.amounts[kind] ?? 0n) + amount;
    this.#value(job);
  }

  unbond(index: number, kind: number, amount: bigint, now: number): void {
    const job = this.touch(index, now);
    const before = job.amounts[kind] ?? 0n;
    const removed = worth(before, this.price(kind)) - worth(before - amount, this.price(kind));
    const mined = least(job.credits, this.cap(index));
    job.credits -= removed >= job.value ? mined : (mined * removed + job.value - 1n) / job.value;
    job.amounts[kind] = before - amount;
    this.#value(job);
  }

  #job(index: number): Bucket {
    const job = this.jobs[index];
    if (job === undefined) throw new Error(`There is no job ${index}`);
    return job;
  }

  #value(job: Bucket): void {
    job.value = job.amounts.reduce((sum, amount, kind) => sum + worth(amount, this.price(kind)), 0n);
  }

  /** Whether the price is of this period. */
  #refresh(index: number, now: number): boolean {
    const kind = this.#kinds[index];
    if (kind === undefined) throw new Error(`There is no kind ${index}`);
    if (kind.pricedAt >= now - (now % this.rewardPeriod)) return true;
    if (now < kind.triedAt + DAY / 48) return false;
    const quote = this.quotes[index] ?? 0n;
    if (quote === 0n) {
      kind.triedAt = now;
      return false;
    }
    kind.price = kind.price === 0n ? quote : least(quote, kind.price + kind.price / 4n);
    kind.pricedAt = now;
    return true;
  }
}
