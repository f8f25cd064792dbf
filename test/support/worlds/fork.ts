import { DAY, GWEI, WAD } from "@keep3r-network/sdk";
import { impersonateAccount, setBalance } from "@nomicfoundation/hardhat-network-helpers";
import { type AddressLike, type ContractTransactionReceipt, MaxUint256, resolveAddress } from "ethers";
import hre, { ethers } from "hardhat";
import { type Account, nameAccounts } from "#simulation/accounts";
import { Chain } from "#simulation/chain";
import { GasMarket } from "#simulation/gasMarket";
import { fundJob, fundOracle } from "#simulation/job";
import { activate, bond } from "#simulation/keeper";
import { Market } from "#simulation/market";
import { connect, deployModules, type Network } from "#simulation/network";
import { Random } from "#simulation/random";
import { endBootstrap, LEAST_HISTORY, type Operation } from "#simulation/setup";
import { constructAt } from "#tools/mainnet/construct";
import {
  type IFeedProxy,
  IKeep3rWorkable__factory,
  type Keep3rV1Proxy__Mock,
  KP3R__factory,
  type MockV3Aggregator,
  MockV3Aggregator__factory,
} from "#typechain";
import { GAS_LIMIT, landAt } from "../payments/landing";
import { contractOf } from "./mainnet";

const SEED = 1;
const FAST_GAS = 20n * GWEI;
/** What the keeper and the oracle's owner spend on KP3R, wei. */
const KEEPER_SPENDS = WAD;
const OWNER_SPENDS = 10n * WAD;
/** The part of the pool's WETH that the trader spends. */
const TRADER_PART = 5n;

/** What bots pay for gas, wei. */
const BASE_FEE = 20n * GWEI;
/** What a work is paid for its gas, in BPS of its cost: boosts are 1.1 to 1.2, and the meter is accurate to 5 %. */
export const PAID = [11_000n, 12_600n] as const;

export interface ForkWorld extends Network {
  /** KP3R's minter proxy, connected to its governance. */
  proxy: Keep3rV1Proxy__Mock;
  /** Who could mint before Keep3r: V2. */
  formerMinter: string;
}

/** Keep3r over mainnet's KP3R, its market and its feed; the proxy's governance has made it the one minter. */
export async function deployForkWorld(): Promise<ForkWorld> {
  const chain = await Chain.open(ethers.provider);
  const accounts = nameAccounts(await ethers.getSigners());
  const { governance, reporter } = accounts;
  const uniswap = {
    factory: contractOf("uniswapFactory").connect(governance),
    router: contractOf("uniswapRouter").connect(governance),
    weth: contractOf("weth").connect(governance),
  };
  const pair = contractOf("kp3rWeth").connect(governance);
  // What the network uses of its token, mainnet's has as well
  const kp3r = KP3R__factory.connect(await contractOf("kp3r").getAddress(), governance);
  const proxy = contractOf("kp3rProxy").connect(await actAs(await contractOf("kp3rProxy").governance()));
  const formerMinter = await proxy.minter();

  const keep3r = await chain.deploy(() => ethers.deployContract("Keep3r", [governance, kp3r, proxy], governance));
  const modules = await deployModules({ chain, accounts, uniswap, kp3r, keep3r });
  const feed = contractOf("fastGas");
  const fastGas = MockV3Aggregator__factory.connect(await feed.aggregator(), reporter);

  const network = { chain, accounts, uniswap, pair, kp3r, keep3r, ...modules, fastGas, proxy, formerMinter };
  await chain.land(() => proxy.setMinter(keep3r));
  await connect(network, feed);
  return network;
}

/** The same after a day of trade, with the oracle as a job that mines credits, and a keeper that has bonded KP3R. */
export async function deployOperatingForkWorld(): Promise<Operation & { network: ForkWorld }> {
  const network = await deployForkWorld();
  const { chain, accounts, keep3r, kp3r, uniswap } = network;
  const { jobOwner, keeper, trader } = accounts;
  const random = new Random(SEED);
  const [market, gasMarket] = [new Market(network, random), new GasMarket(network, random)];

  await answerFor(network, contractOf("fastGas"), FAST_GAS);
  for (const account of [jobOwner, trader]) {
    await chain.land(() => kp3r.connect(account).approve(uniswap.router, MaxUint256));
  }
  await buy(network, trader, (await market.reserves()).weth / TRADER_PART);
  const forBond = await buy(network, keeper, KEEPER_SPENDS);
  const forJob = await buy(network, jobOwner, OWNER_SPENDS);

  const genesisSupply = await kp3r.totalSupply();
  await chain.land(() => keep3r.setBondTime(LEAST_HISTORY));
  const readyAfter = await bond(network, forBond);
  await market.tradeAndObserveUntil(readyAfter + 1);
  const bonded = await activate(network);
  await endBootstrap(network);
  const funding = await fundOracle(network, market, forJob);
  return { network, market, gasMarket, genesisSupply, funding, bonded };
}

/** An address of mainnet as an account that can send transactions. */
export async function actAs(address: string): Promise<Account> {
  await impersonateAccount(address);
  await setBalance(address, 100n * WAD);
  return ethers.getSigner(address);
}

/** Spends ether on KP3R in the pool; returns what it came to. */
export async function buy({ chain, kp3r, uniswap }: Network, buyer: Account, ether: bigint): Promise<bigint> {
  const before = await kp3r.balanceOf(buyer);
  await chain.land(() =>
    uniswap.router.connect(buyer).swapExactETHForTokens(0n, [uniswap.weth, kp3r], buyer, MaxUint256, { value: ether }),
  );
  return (await kp3r.balanceOf(buyer)) - before;
}

/** Has a job's owner buy KP3R and provide it for the job, which mines credits for a day. */
export async function fundByLiquidity({ network, market }: Operation, job: AddressLike, ether: bigint): Promise<void> {
  await fundJob(network, market, job, await buy(network, network.accounts.jobOwner, ether));
  await market.tradeAndObserveUntil(network.chain.nextBlockAt + DAY);
}

/** Has the owner take over a job that registered itself, and governance give it credits: an ether's worth of KP3R. */
export async function adopt({ chain, accounts, keep3r, helper }: Network, job: AddressLike): Promise<bigint> {
  const credits = await helper.quote(WAD);
  await chain.land(() => keep3r.connect(accounts.jobOwner).acceptJobOwnership(job));
  await chain.land(() => keep3r.forceLiquidityCreditsToJob(job, credits));
  return credits;
}

/** Does what a bot does for any job: asks as the keeper and at a price of gas, and works if there is work. */
export async function workAsBot(
  { chain, accounts }: Network,
  job: AddressLike,
): Promise<ContractTransactionReceipt | undefined> {
  const workable = IKeep3rWorkable__factory.connect(await resolveAddress(job), accounts.keeper);
  const asked = { ...(await chain.asOfNextBlock()), gasPrice: BASE_FEE, gasLimit: GAS_LIMIT };
  const { canWork, data } = await workable.workable.staticCall(asked);
  if (!canWork) return undefined;
  return landAt(chain, { baseFee: BASE_FEE }, (offer) => workable.work(data, offer));
}

/** From here on a feed's answers are ours: Chainlink's double takes the place of what its proxy asks. */
export async function answerFor(
  { chain, accounts: { reporter } }: Network,
  feed: IFeedProxy,
  answer: bigint,
): Promise<MockV3Aggregator> {
  const aggregator = await feed.aggregator();
  const double = await hre.artifacts.readArtifact("MockV3Aggregator");
  await constructAt(chain, reporter, aggregator, double, [await feed.decimals(), answer]);
  return MockV3Aggregator__factory.connect(aggregator, reporter);
}
