import { FAST_GAS_MAX_AGE, GWEI, WAD } from "@keep3r-network/sdk";
import { type AddressLike, MaxUint256, resolveAddress } from "ethers";
import { ethers } from "hardhat";
import { stepsOf } from "#deploy/recipe";
import { type Address, DEPLOYER } from "#deploy/recipe/steps";
import type { Terms } from "#deploy/recipe/terms";
import {
  type IUniswapV2Pair,
  IUniswapV2Pair__factory,
  type KP3R,
  KP3R__factory,
  type Keep3r,
  Keep3r__factory,
  type Keep3rHelper,
  Keep3rHelper__factory,
  type Keep3rLens,
  Keep3rLens__factory,
  type Keep3rOracle,
  Keep3rOracle__factory,
  type MockV3Aggregator,
} from "#typechain";
import type { Accounts } from "./accounts";
import type { Chain } from "./chain";
import { interpret } from "./interpret";
import { deployUniswap, type Uniswap } from "./uniswap";

/** As a parameter file has them: the token's supply, and the market that governance opens, 10 KP3R for an ether. */
const SUPPLY = 100_000n * WAD;
const POOL = { kp3r: 10_000n * WAD, eth: 1_000n * WAD } as const;

/** Who gets what of the supply; governance keeps the rest. */
const GRANTS = { jobOwner: 1_000n * WAD, keeper: 1_000n * WAD, trader: 10_000n * WAD } as const;
/** Who trades or provides liquidity through the router. */
const TRADERS = ["jobOwner", "trader"] as const;

const FIRST_FAST_GAS = 20n * GWEI;

/** What a network consists of. */
export interface Core {
  kp3r: KP3R;
  /** KP3R/WETH. */
  pair: IUniswapV2Pair;
  keep3r: Keep3r;
  /** The TWAP oracle, and the network's first job. */
  oracle: Keep3rOracle;
  helper: Keep3rHelper;
  lens: Keep3rLens;
}

export interface Network extends Core {
  chain: Chain;
  accounts: Accounts;
  uniswap: Uniswap;
  /** Chainlink's double of a fast gas feed. */
  fastGas: MockV3Aggregator;
}

/** What a network is deployed over. */
export type Ground = Pick<Terms, "token" | "uniswapFactory" | "weth" | "fastGasFeed">;

/** Deploys the whole network and puts it into operation, short of a price history, funds and keepers. */
export async function deployNetwork(chain: Chain, accounts: Accounts): Promise<Network> {
  const uniswap = await deployUniswap(chain, accounts.governance);
  const fastGas = await chain.deploy(() =>
    ethers.deployContract("MockV3Aggregator", [0, FIRST_FAST_GAS], accounts.reporter),
  );
  const core = await deployOver(chain, accounts, {
    token: { kind: "new", supply: SUPPLY, pool: { router: await addressOf(uniswap.router), ...POOL } },
    uniswapFactory: await addressOf(uniswap.factory),
    weth: await addressOf(uniswap.weth),
    fastGasFeed: { address: await addressOf(fastGas), maxAge: Number(FAST_GAS_MAX_AGE.value) },
  });

  const network = { ...core, chain, accounts, uniswap, fastGas };
  await endow(network);
  return network;
}

/** Deploys what the recipe says. Governance deploys, and keeps what it governs; the oracle is its owner's. */
export async function deployOver(chain: Chain, accounts: Accounts, ground: Ground): Promise<Core> {
  const { governance, jobOwner, disputer, slasher } = accounts;
  const terms: Terms = {
    ...ground,
    governance: DEPLOYER,
    oracleOwner: await addressOf(jobOwner),
    disputers: [await addressOf(disputer)],
    slashers: [await addressOf(slasher)],
    changes: [],
  };
  const placed = await interpret(stepsOf(terms, true), chain, governance);
  return {
    kp3r: KP3R__factory.connect(placed.at("KP3R"), governance),
    pair: IUniswapV2Pair__factory.connect(placed.at("KP3R_WETH"), governance),
    keep3r: Keep3r__factory.connect(placed.at("Keep3r"), governance),
    oracle: Keep3rOracle__factory.connect(placed.at("Keep3rOracle"), governance),
    helper: Keep3rHelper__factory.connect(placed.at("Keep3rHelper"), governance),
    lens: Keep3rLens__factory.connect(placed.at("Keep3rLens"), governance),
  };
}

/** An address as recipes have it. */
export async function addressOf(party: AddressLike): Promise<Address> {
  return (await resolveAddress(party)) as Address;
}

/** Gives the people KP3R, and lets the router take it from those who trade. */
async function endow({ chain, accounts, kp3r, uniswap }: Network): Promise<void> {
  for (const role of ["jobOwner", "keeper", "trader"] as const) {
    await chain.land(() => kp3r.transfer(accounts[role], GRANTS[role]));
  }
  for (const role of TRADERS) await chain.land(() => kp3r.connect(accounts[role]).approve(uniswap.router, MaxUint256));
}
