import { FAST_GAS_MAX_AGE, GWEI, WAD } from "@keep3r-network/sdk";
import { MaxUint256 } from "ethers";
import hre, { ethers } from "hardhat";
import { nameAccounts } from "#simulation/accounts";
import { Chain } from "#simulation/chain";
import { GasMarket } from "#simulation/gasMarket";
import { fundOracle } from "#simulation/job";
import { activate, bond } from "#simulation/keeper";
import { Market } from "#simulation/market";
import { addressOf, deployOver, type Network } from "#simulation/network";
import { Random } from "#simulation/random";
import { endBootstrap, LEAST_HISTORY, type Operation } from "#simulation/setup";
import { constructAt } from "#tools/mainnet/construct";
import {
  type IFeedProxy,
  type Keep3rV1Proxy__Mock,
  type MockV3Aggregator,
  MockV3Aggregator__factory,
} from "#typechain";
import { actAs } from "../actors/impersonation";
import { buy } from "../actors/traders";
import { contractOf } from "./mainnet";

const SEED = 1;
const FAST_GAS = 20n * GWEI;
/** The ether that the keeper and the oracle's owner spend on KP3R. */
const KEEPER_SPENDS = WAD;
const OWNER_SPENDS = 10n * WAD;
/** The part of the pool's WETH that the trader spends. */
const TRADER_PART = 5n;

export interface ForkWorld extends Network {
  /** KP3R's minter proxy, connected to its governance. */
  proxy: Keep3rV1Proxy__Mock;
  /** The minter before Keep3r: V2. */
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
  const proxy = contractOf("kp3rProxy").connect(await actAs(await contractOf("kp3rProxy").governance()));
  const formerMinter = await proxy.minter();
  const feed = contractOf("fastGas");

  const core = await deployOver(chain, accounts, {
    token: {
      kind: "existing",
      address: await addressOf(contractOf("kp3r")),
      minter: await addressOf(proxy),
      pair: await addressOf(contractOf("kp3rWeth")),
    },
    uniswapFactory: await addressOf(uniswap.factory),
    weth: await addressOf(uniswap.weth),
    fastGasFeed: { address: await addressOf(feed), maxAge: Number(FAST_GAS_MAX_AGE.value) },
  });
  await chain.land(() => proxy.setMinter(core.keep3r));

  const fastGas = MockV3Aggregator__factory.connect(await feed.aggregator(), reporter);
  return { ...core, chain, accounts, uniswap, fastGas, proxy, formerMinter };
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

/** Puts Chainlink's mock in the place of a feed's aggregator, with this answer; the mock's answers can be set. */
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
