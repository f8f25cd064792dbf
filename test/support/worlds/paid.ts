import { DAY, GWEI, WAD } from "@keep3r-network/sdk";
import type { HardhatEthersSigner } from "@nomicfoundation/hardhat-ethers/signers";
import { setNextBlockBaseFeePerGas, time } from "@nomicfoundation/hardhat-network-helpers";
import type { AddressLike, TransactionResponse } from "ethers";
import { ethers } from "hardhat";
import {
  type ERC20__Mock,
  type IUniswapV2Pair,
  IUniswapV2Pair__factory,
  type Keep3r,
  Keep3r__factory,
  type Keep3rHelper,
  type Keep3rOracle,
  type PlainJob__Mock,
} from "#typechain";
import { activateKeeper, type CoreWorld, deployCoreWorld } from "./core";
import { observe } from "./oracle";
import { deployUniswapV2Factory } from "./uniswap";

/** 500 KP3R for 50 WETH. */
export const KP3R_PER_ETH = 10n * WAD;
/** What is paid at boost 1.0, in percent of the cost. PAY-2 has tests of its own, so there is some room below. */
export const FAIR = [95, 105] as const;

export interface PaidWorld extends CoreWorld {
  helper: Keep3rHelper;
  oracle: Keep3rOracle;
  weth: ERC20__Mock;
  pair: IUniswapV2Pair;
}

/**
 * Keep3r with the real helper over the real oracle and a pair at 10 KP3R per ETH, past its first day; boost 1.0, and a
 * keeper that has bonded nothing.
 */
export async function deployPaidWorld(): Promise<PaidWorld> {
  const world = await deployCoreWorld();
  const { governance, keeper, kp3r, keep3r } = world;
  const weth = await ethers.deployContract("ERC20__Mock", ["Wrapped Ether", "WETH", 18]);
  const factory = await deployUniswapV2Factory();
  await factory.createPair(kp3r, weth);
  const pair = IUniswapV2Pair__factory.connect(await factory.getPair(kp3r, weth), governance);
  await kp3r.transfer(pair, 500n * WAD);
  await weth.mint(pair, 50n * WAD);
  await pair.mint(governance);

  const oracle = await ethers.deployContract("Keep3rOracle", [keep3r, governance, factory, kp3r, governance]);
  await oracle.addPair(pair);
  const helper = await ethers.deployContract("Keep3rHelper", [governance, keep3r, oracle, weth]);
  await helper.setMinBoost(10_000);
  await keep3r.setKeep3rHelper(helper);
  await activateKeeper(keep3r, keeper, kp3r, 0n);
  await observe(oracle, pair, DAY / 1800);
  await helper.workRate(0);
  return { ...world, helper, oracle, weth, pair };
}

/**
 * A naive variant: a contract of contracts/test/security that has some of Keep3r's functions. It goes by Keep3r's type, so
 * that an attack is written once and replayed against both.
 */
export async function deployNaive(name: string, args: unknown[] = []): Promise<Keep3r> {
  const naive = await ethers.deployContract(name, args);
  const [governance] = await ethers.getSigners();
  return Keep3r__factory.connect(await naive.getAddress(), governance);
}

export type TwoJobsWorld = CoreWorld & { newJob: PlainJob__Mock };

/** With a second job, of the same owner. */
export async function deployTwoJobsWorld(): Promise<TwoJobsWorld> {
  const world = await deployCoreWorld();
  const newJob = await ethers.deployContract("PlainJob__Mock", [world.keep3r]);
  await world.keep3r.connect(world.jobOwner).addJob(newJob);
  return { ...world, newJob };
}

/** The same two jobs, whose tokens and liquidity a naive escrow keeps. */
export async function deployNaiveEscrowWorld(): Promise<TwoJobsWorld> {
  const world = await deployTwoJobsWorld();
  const { jobOwner, stranger, job, newJob, liquidity, token } = world;
  const keep3r = await deployNaive("NaiveEscrow__Mock");
  for (const each of [job, newJob]) await keep3r.connect(jobOwner).addJob(each);
  for (const holder of [jobOwner, stranger]) {
    for (const held of [liquidity, token]) await held.connect(holder).approve(keep3r, ethers.MaxUint256);
  }
  return { ...world, keep3r };
}

/** A job whose credits are in a naive bucket, which doesn't ask for LP tokens, and to which anyone is a keeper. */
async function deployNaiveCreditsWorld(name: "NaiveDeposits__Mock" | "NaivePeriods__Mock"): Promise<TwoJobsWorld> {
  const keep3r = await deployNaive(name);
  const job = await ethers.deployContract("PlainJob__Mock", [keep3r]);
  const newJob = await ethers.deployContract("PlainJob__Mock", [keep3r]);
  return { ...(await deployCoreWorld()), keep3r, job, newJob };
}

export const deployNaiveDepositsWorld = () => deployNaiveCreditsWorld("NaiveDeposits__Mock");
export const deployNaivePeriodsWorld = () => deployNaiveCreditsWorld("NaivePeriods__Mock");

/** Registers a job and gives it credits. */
export async function fundJob(keep3r: Keep3r, owner: HardhatEthersSigner, job: AddressLike): Promise<void> {
  if ((await keep3r.jobOwner(job)) === ethers.ZeroAddress) await keep3r.connect(owner).addJob(job);
  await keep3r.forceLiquidityCreditsToJob(job, 50n * WAD);
}

export interface Sending {
  gasLimit: number;
  maxFeePerGas: bigint;
  maxPriorityFeePerGas: bigint;
}

interface Circumstances {
  baseFee?: bigint;
  gasLimit?: number;
  /** The pool's price. */
  kp3rPerEth?: bigint;
}

export interface Paid {
  /** How many payments the transaction made. */
  count: number;
  /** All payments of the transaction, in KP3R. */
  payment: bigint;
  /** What the receipt says, after refunds. */
  gasUsed: bigint;
  /** Payments by what the keeper has paid for the transaction, in percent at the pool's price. */
  percent: number;
  /** Payments by the price that was paid, in gas. */
  paidGas: bigint;
}

/** Sends a work at a base fee and the least tip, and compares its payments with what it cost. */
export async function measure(
  { keep3r }: Pick<PaidWorld, "keep3r">,
  send: (sending: Sending) => Promise<TransactionResponse>,
  { baseFee = 20n * GWEI, gasLimit = 5_000_000, kp3rPerEth = KP3R_PER_ETH }: Circumstances = {},
): Promise<Paid> {
  await time.increase(1);
  await setNextBlockBaseFeePerGas(baseFee);
  const gasPrice = baseFee + GWEI;
  const response = await send({ gasLimit, maxFeePerGas: gasPrice, maxPriorityFeePerGas: GWEI });
  const receipt = await response.wait();
  if (receipt === null) throw new Error("The work has no receipt");

  const events = await keep3r.queryFilter(keep3r.filters.KeeperWork, receipt.blockNumber, receipt.blockNumber);
  const payment = events.reduce((sum, event) => sum + event.args.payment, 0n);
  const { gasUsed } = receipt;
  const paidGas = (payment * WAD) / (gasPrice * kp3rPerEth);
  return { count: events.length, payment, gasUsed, percent: Number((paidGas * 10_000n) / gasUsed) / 100, paidGas };
}
