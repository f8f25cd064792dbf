import { DAY, WAD } from "@keep3r-network/sdk";
import { MaxUint256, ZeroAddress } from "ethers";
import { ethers } from "hardhat";
import type {
  ERC20__Mock,
  HegicOptions__Mock,
  HegicPool__Mock,
  HegicSimpleUnlockJob,
  HegicUnlockJob,
} from "#typechain";
import type { Network } from "../network";

/** USD, 8 decimals. */
const ETHER_PRICE = 600n * 10n ** 8n;
const BITCOIN_PRICE = 18_000n * 10n ** 8n;
/** Wei for a bitcoin. */
const BITCOIN_IN_WEI = 30n * WAD;
const BITCOIN_DECIMALS = 8;

const CALL = 2;

/** A double of one of Hegic's options contracts, with its pool. */
export interface HegicMarket {
  options: HegicOptions__Mock;
  pool: HegicPool__Mock;
  /** What the pool is in; undefined for ether. */
  token: ERC20__Mock | undefined;
}

/** Opens the market for ether options; the trader provides its liquidity. */
export async function openEtherMarket(network: Network, provided: bigint): Promise<HegicMarket> {
  const { chain, accounts } = network;
  const market = await openMarket(network, undefined, ETHER_PRICE);
  await chain.land(() => market.pool.connect(accounts.trader).provide(provided, { value: provided }));
  return market;
}

/** The same for options in a token of 8 decimals, of which the passer-by, who buys options, has as much again. */
export async function openBitcoinMarket(network: Network, provided: bigint): Promise<HegicMarket> {
  const { chain, accounts } = network;
  const token = await chain.deploy(() => ethers.deployContract("ERC20__Mock", ["WBTC", "WBTC", BITCOIN_DECIMALS]));
  const market = await openMarket(network, token, BITCOIN_PRICE);
  for (const [account, spender] of [
    [accounts.trader, market.pool],
    [accounts.passerby, market.options],
  ] as const) {
    await chain.land(() => token.mint(account, provided));
    await chain.land(() => token.connect(account).approve(spender, MaxUint256));
  }
  await chain.land(() => market.pool.connect(accounts.trader).provide(provided));
  return market;
}

/** The passer-by buys calls at the money, for a day. */
export async function buyOptions(
  { chain, accounts }: Network,
  { options, token }: HegicMarket,
  amounts: readonly bigint[],
): Promise<void> {
  const price = await options.currentPrice();
  for (const amount of amounts) {
    const [total] = await options.fees(DAY, amount, price, CALL);
    const value = token === undefined ? total : 0n;
    await chain.land(() => options.connect(accounts.passerby).create(DAY, amount, price, CALL, { value }));
  }
}

/** Deploys a job that unlocks options one by one, and funds it with forced credits. */
export async function deploySimpleUnlockJob(
  network: Network,
  { options }: HegicMarket,
  credits: bigint,
): Promise<HegicSimpleUnlockJob> {
  const { chain, accounts, keep3r } = network;
  const job = await chain.deploy(() =>
    ethers.deployContract("HegicSimpleUnlockJob", [keep3r, accounts.jobOwner, options], accounts.governance),
  );
  await fund(network, await job.getAddress(), credits);
  return job;
}

/** Deploys a job that unlocks options in lists, with a feed if the pool isn't in ether, and funds it. */
export async function deployUnlockJob(
  network: Network,
  { options, token }: HegicMarket,
  credits: bigint,
): Promise<HegicUnlockJob> {
  const { chain, accounts, keep3r } = network;
  const { governance, jobOwner } = accounts;
  const feed =
    token &&
    (await chain.deploy(() => ethers.deployContract("MockV3Aggregator", [18, BITCOIN_IN_WEI], accounts.reporter)));
  const ofPool = feed ? ([feed, BITCOIN_DECIMALS, 7 * DAY] as const) : ([ZeroAddress, 18, 0] as const);
  const job = await chain.deploy(() =>
    ethers.deployContract("HegicUnlockJob", [keep3r, jobOwner, options, ...ofPool], governance),
  );
  await fund(network, await job.getAddress(), credits);
  return job;
}

async function openMarket(
  { chain, accounts }: Network,
  token: ERC20__Mock | undefined,
  price: bigint,
): Promise<HegicMarket> {
  const { governance, reporter } = accounts;
  const feed = await chain.deploy(() => ethers.deployContract("MockV3Aggregator", [8, price], reporter));
  const options = await chain.deploy(() =>
    ethers.deployContract("HegicOptions__Mock", [token ?? ZeroAddress, feed, governance], governance),
  );
  return { options, pool: await ethers.getContractAt("HegicPool__Mock", await options.pool()), token };
}

/** The owner takes the job over, and governance gives it credits. */
async function fund({ chain, accounts, keep3r }: Network, job: string, credits: bigint): Promise<void> {
  await chain.land(() => keep3r.connect(accounts.jobOwner).acceptJobOwnership(job));
  await chain.land(() => keep3r.connect(accounts.governance).forceLiquidityCreditsToJob(job, credits));
}
