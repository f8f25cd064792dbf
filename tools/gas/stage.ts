import { DAY, HOUR, WAD } from "@keep3r-network/sdk";
import { ethers } from "hardhat";
import type { ContractTransactionReceipt, ContractTransactionResponse } from "ethers";
import type { ERC20__Mock, PlainJob__Mock, UnpaidJob__Mock } from "#typechain";
import { type Account, nameAccounts } from "#simulation/accounts";
import { Chain } from "#simulation/chain";
import { deployNetwork, type Network } from "#simulation/network";
import { Market } from "#simulation/market";
import { Random } from "#simulation/random";

const SEED = 1;
const LIQUIDITY_KP3R = 2_000n * WAD;
const QUOTE_LIFETIME = 600;

/** The network in steady state: two funded jobs, active keepers, prices of three days. */
export interface Stage extends Network {
  market: Market;
  /** Pays as authors of V2 wrote it; funded by liquidity. */
  job: PlainJob__Mock;
  /** The same work without payment. */
  unpaidJob: UnpaidJob__Mock;
  token: ERC20__Mock;
  /** Has bonded nothing and worked before. */
  veteran: Account;
  /** Active, and has never worked. */
  novice: Account;
}

/** Measures one row on a stage that nobody has used. */
export type Measure = (stage: Stage) => Promise<number>;

export async function setStage(): Promise<Stage> {
  const chain = await Chain.open(ethers.provider);
  const signers = await ethers.getSigners();
  const accounts = nameAccounts(signers);
  const [veteran, novice] = signers.slice(-2) as Account[] as [Account, Account];
  const network = await deployNetwork(chain, accounts);
  const { keep3r, kp3r, pair, uniswap } = network;
  const { governance, jobOwner } = accounts;
  const market = new Market(network, new Random(SEED));

  for (const keeper of [veteran, novice]) {
    await chain.land(() => kp3r.connect(accounts.trader).transfer(keeper, 100n * WAD));
    await chain.land(() => kp3r.connect(keeper).approve(keep3r, ethers.MaxUint256));
    await chain.land(() => keep3r.connect(keeper).bond(kp3r, 50n * WAD));
  }
  await market.tradeAndObserveUntil(chain.nextBlockAt + 3 * DAY + HOUR);
  for (const keeper of [veteran, novice]) await chain.land(() => keep3r.connect(keeper).activate(kp3r));

  const weth = (LIQUIDITY_KP3R * (await market.spotPrice())) / WAD;
  await chain.land(() => kp3r.connect(governance).transfer(jobOwner, 3n * LIQUIDITY_KP3R));
  await chain.land(() =>
    uniswap.router
      .connect(jobOwner)
      .addLiquidityETH(kp3r, LIQUIDITY_KP3R, 0n, 0n, jobOwner, ethers.MaxUint256, { value: weth }),
  );
  await chain.land(() => pair.connect(jobOwner).approve(keep3r, ethers.MaxUint256));

  const token = await chain.deploy(() => ethers.deployContract("ERC20__Mock", ["Token", "TKN", 18], governance));
  for (const account of [jobOwner, veteran]) {
    await chain.land(() => token.mint(account, 1_000n * WAD));
    await chain.land(() => token.connect(account).approve(keep3r, ethers.MaxUint256));
  }

  const job = await chain.deploy(() => ethers.deployContract("PlainJob__Mock", [keep3r], governance));
  const unpaidJob = await chain.deploy(() => ethers.deployContract("UnpaidJob__Mock", governance));
  await chain.land(() => keep3r.connect(jobOwner).addJob(job));
  const stage = { ...network, market, job, unpaidJob, token, veteran, novice };
  await fund(stage, job, 100n * WAD);
  await chain.land(() => keep3r.connect(jobOwner).addTokenCreditsToJob(job, token, 100n * WAD));

  await toMiddleOfPeriod(stage);
  await work(stage, veteran);
  await chain.land(() => job.connect(veteran).workForToken(0, token, WAD));
  await chain.land(() => unpaidJob.work(0));
  return stage;
}

/** Bonds LP tokens to a job. */
export async function fund({ chain, keep3r, pair, accounts }: Network, job: PlainJob__Mock, amount: bigint) {
  return chain.land(() => keep3r.connect(accounts.jobOwner).addLiquidityToJob(job, pair, amount));
}

/** Moves on to a time well after the beginning of a reward period, while trades move the price. */
export async function toMiddleOfPeriod({ chain, keep3r, market }: Stage): Promise<void> {
  const period = Number(await keep3r.rewardPeriodTime());
  const now = chain.nextBlockAt;
  await market.tradeAndObserveUntil(now - (now % period) + period + DAY);
}

/** A work that refreshes the quote, so that the next ones find it cached. */
export async function work({ chain, job }: Stage, keeper: Account): Promise<ContractTransactionReceipt> {
  chain.wait(QUOTE_LIFETIME);
  return chain.land(() => job.connect(keeper).work(0));
}

/** What a transaction costs. */
export async function cost({ chain }: Stage, send: () => Promise<ContractTransactionResponse>): Promise<number> {
  return Number((await chain.land(send)).gasUsed);
}

/** What a call of the paid job costs over the same work without payment. Gas limits differ on purpose. */
export async function delta(
  { chain, unpaidJob }: Stage,
  send: () => Promise<ContractTransactionResponse>,
): Promise<number> {
  const paid = await chain.land(send);
  const unpaid = await chain.land(() => unpaidJob.work(0, { gasLimit: 400_000 }));
  return Number(paid.gasUsed - unpaid.gasUsed);
}
