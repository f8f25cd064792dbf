import type { HardhatEthersSigner } from "@nomicfoundation/hardhat-ethers/signers";
import { setNextBlockBaseFeePerGas, time } from "@nomicfoundation/hardhat-network-helpers";
import type { AddressLike, TransactionResponse } from "ethers";
import { ethers } from "hardhat";
import type { ERC20__Mock, Keep3rHelper, Keep3rOracle, Keep3r } from "../../typechain-types";
import { IUniswapV2Pair__factory } from "../../typechain-types";
import { activateKeeper, type CoreFixture, DAY, deployCore, WAD } from "./core";
import { observe } from "./oracle";
import { deployUniswapV2Factory } from "./uniswap";

export const GWEI = 10n ** 9n;
/** 500 KP3R for 50 WETH. */
export const KP3R_PER_ETH = 10n * WAD;

export interface PaidFixture extends CoreFixture {
  helper: Keep3rHelper;
  oracle: Keep3rOracle;
  weth: ERC20__Mock;
}

/**
 * Keep3r with the real helper over the real oracle and a pair at 10 KP3R per ETH, past its first day; boost 1.0, and a
 * keeper that has bonded nothing.
 */
export async function deployPaid(): Promise<PaidFixture> {
  const fixture = await deployCore();
  const { governance, keeper, kp3r, keep3r } = fixture;
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
  return { ...fixture, helper, oracle, weth };
}

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
  { keep3r }: Pick<PaidFixture, "keep3r">,
  send: (sending: Sending) => Promise<TransactionResponse>,
  { baseFee = 20n * GWEI, gasLimit = 5_000_000 }: { baseFee?: bigint; gasLimit?: number } = {},
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
  const paidGas = (payment * WAD) / (gasPrice * KP3R_PER_ETH);
  return { count: events.length, payment, gasUsed, percent: Number((paidGas * 10_000n) / gasUsed) / 100, paidGas };
}

/** A test of gas, which instrumented code tells nothing of: skipped while coverage is measured. */
export const itMeasured = process.env.SOLIDITY_COVERAGE === "true" ? it.skip : it;
