import { GWEI, WAD } from "@keep3r-network/sdk";
import { MaxUint256 } from "ethers";
import hre, { ethers } from "hardhat";
import { nameAccounts } from "#simulation/accounts";
import { Chain } from "#simulation/chain";
import { GasMarket } from "#simulation/gasMarket";
import { fundOracle } from "#simulation/job";
import { activate, bond } from "#simulation/keeper";
import { Market } from "#simulation/market";
import { connect, deployModules, type Network } from "#simulation/network";
import { Random } from "#simulation/random";
import { endBootstrap, LEAST_HISTORY, type Operation } from "#simulation/setup";
import { constructAt } from "#tools/mainnet/construct";
import {
  type IFeedProxy,
  type Keep3rV1Proxy__Mock,
  KP3R__factory,
  type MockV3Aggregator,
  MockV3Aggregator__factory,
} from "#typechain";
import { actAs } from "../actors/impersonation";
import { buy } from "../actors/traders";
import { contractOf } from "./mainnet";
import { deployKeep3r } from "./parts";

const SEED = 1;
const FAST_GAS = 20n * GWEI;
/** What the keeper and the oracle's owner spend on KP3R, wei. */
const KEEPER_SPENDS = WAD;
const OWNER_SPENDS = 10n * WAD;
/** The part of the pool's WETH that the trader spends. */
const TRADER_PART = 5n;

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

  const keep3r = await chain.deploy(() => deployKeep3r(governance, kp3r, proxy));
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
