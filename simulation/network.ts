import { type AddressLike, MaxUint256 } from "ethers";
import { ethers } from "hardhat";
import {
  type IUniswapV2Pair,
  IUniswapV2Pair__factory,
  type KP3R,
  type Keep3r,
  type Keep3rHelper,
  type Keep3rLens,
  type Keep3rOracle,
  type MockV3Aggregator,
} from "#typechain";
import type { Accounts } from "./accounts";
import type { Chain } from "./chain";
import { deployUniswap, type Uniswap } from "./uniswap";
import { GWEI, HOUR, WAD } from "@keep3r-network/sdk";

/** What is minted before the network is its token's only minter, and who gets it; governance keeps the rest. */
const GENESIS_SUPPLY = 100_000n * WAD;
const GRANTS = { jobOwner: 1_000n * WAD, keeper: 1_000n * WAD, trader: 10_000n * WAD } as const;

/** The market that governance opens: 10 KP3R for an ether. */
const POOL_KP3R = 10_000n * WAD;
const POOL_ETH = 1_000n * WAD;

const FIRST_FAST_GAS = 20n * GWEI;
const FAST_GAS_MAX_AGE = 3 * HOUR;

export interface Network {
  chain: Chain;
  accounts: Accounts;
  uniswap: Uniswap;
  /** KP3R/WETH. */
  pair: IUniswapV2Pair;
  kp3r: KP3R;
  keep3r: Keep3r;
  /** The TWAP oracle, and the network's first job. */
  oracle: Keep3rOracle;
  helper: Keep3rHelper;
  lens: Keep3rLens;
  /** Chainlink's double of a fast gas feed. */
  fastGas: MockV3Aggregator;
}

/** Deploys the whole network and puts it into operation, short of a price history, funds and keepers. */
export async function deployNetwork(chain: Chain, accounts: Accounts): Promise<Network> {
  const { governance } = accounts;
  const uniswap = await deployUniswap(chain, governance);
  const kp3r = await chain.deploy(() => ethers.deployContract("KP3R", [governance], governance));
  const keep3r = await chain.deploy(() => ethers.deployContract("Keep3r", [governance, kp3r, kp3r], governance));
  await issue(chain, accounts, kp3r);
  const pair = await openMarket(chain, accounts, kp3r, uniswap);

  const modules = await deployModules({ chain, accounts, uniswap, kp3r, keep3r });
  const fastGas = await chain.deploy(() =>
    ethers.deployContract("MockV3Aggregator", [0, FIRST_FAST_GAS], accounts.reporter),
  );

  const network = { chain, accounts, uniswap, pair, kp3r, keep3r, ...modules, fastGas };
  await chain.land(() => kp3r.addMinter(keep3r));
  await connect(network, fastGas);
  return network;
}

/** Deploys what stands around Keep3r. */
export async function deployModules({
  chain,
  accounts: { governance, jobOwner },
  uniswap,
  kp3r,
  keep3r,
}: Pick<Network, "chain" | "accounts" | "uniswap" | "kp3r" | "keep3r">): Promise<
  Pick<Network, "oracle" | "helper" | "lens">
> {
  const oracle = await chain.deploy(() =>
    ethers.deployContract("Keep3rOracle", [keep3r, governance, uniswap.factory, kp3r, jobOwner], governance),
  );
  const helper = await chain.deploy(() =>
    ethers.deployContract("Keep3rHelper", [governance, keep3r, oracle, uniswap.weth], governance),
  );
  const lens = await chain.deploy(() => ethers.deployContract("Keep3rLens", [keep3r], governance));
  return { oracle, helper, lens };
}

/** Mints the genesis supply, then leaves Keep3r as the only minter. */
async function issue(chain: Chain, accounts: Accounts, kp3r: KP3R): Promise<void> {
  const { governance } = accounts;
  await chain.land(() => kp3r.addMinter(governance));
  await chain.land(() => kp3r.mint(GENESIS_SUPPLY));
  await chain.land(() => kp3r.removeMinter(governance));

  for (const role of ["jobOwner", "keeper", "trader"] as const) {
    await chain.land(() => kp3r.transfer(accounts[role], GRANTS[role]));
  }
}

/** The router creates the pair with its first liquidity. */
async function openMarket(chain: Chain, accounts: Accounts, kp3r: KP3R, uniswap: Uniswap): Promise<IUniswapV2Pair> {
  const { governance, jobOwner, trader } = accounts;
  const { factory, router, weth } = uniswap;
  for (const account of [governance, jobOwner, trader]) {
    await chain.land(() => kp3r.connect(account).approve(router, MaxUint256));
  }

  await chain.land(() =>
    router.addLiquidityETH(kp3r, POOL_KP3R, POOL_KP3R, POOL_ETH, governance, MaxUint256, { value: POOL_ETH }),
  );
  return IUniswapV2Pair__factory.connect(await factory.getPair(kp3r, weth), governance);
}

/** What governance, and the first job's owner, have to say before a network whose Keep3r may mint can run. */
export async function connect(
  { chain, accounts, keep3r, oracle, helper, pair }: Omit<Network, "fastGas">,
  feed: AddressLike,
): Promise<void> {
  const { jobOwner, disputer, slasher } = accounts;
  await chain.land(() => keep3r.setKeep3rHelper(helper));
  await chain.land(() => helper.setFastGasFeed(feed, FAST_GAS_MAX_AGE));
  await chain.land(() => oracle.addPair(pair));
  await chain.land(() => keep3r.approveLiquidity(pair));
  await chain.land(() => keep3r.addDisputer(disputer));
  await chain.land(() => keep3r.addSlasher(slasher));
  // The oracle registered itself when it was built, and offered itself to its owner.
  await chain.land(() => keep3r.connect(jobOwner).acceptJobOwnership(oracle));
}
