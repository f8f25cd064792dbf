import { HOUR, WAD } from "@keep3r-network/sdk";
import { nameAccounts, type Account } from "./accounts";
import { Chain, type ChainProvider } from "./chain";
import { deployNetwork, type Network } from "./network";
import { GasMarket } from "./gasMarket";
import { fundOracle, type Funding } from "./job";
import { activate, bond } from "./keeper";
import { Market } from "./market";
import { Random } from "./random";

const SEED = 20_260_101;
/** KP3R that the oracle's owner provides as liquidity; as much again goes in as ether. */
export const ORACLE_FUNDING = 60n * WAD;
/** A little more than the day of history that ends the helper's bootstrap. */
export const LEAST_HISTORY = 25 * HOUR;

/** A network with its market. */
export interface Scene {
  network: Network;
  market: Market;
  gasMarket: GasMarket;
  /** All KP3R there was before the first keeper bonded. */
  genesisSupply: bigint;
}

/** A scene whose job is funded and whose keeper may work. */
export interface Operation extends Scene {
  funding: Funding;
  /** KP3R that the keeper has bonded. */
  bonded: bigint;
}

export async function openScene(provider: ChainProvider, signers: readonly Account[]): Promise<Scene> {
  const chain = await Chain.open(provider);
  const network = await deployNetwork(chain, nameAccounts(signers));
  const random = new Random(SEED);
  return {
    network,
    market: new Market(network, random),
    gasMarket: new GasMarket(network, random),
    genesisSupply: await network.kp3r.totalSupply(),
  };
}

/** Refreshes the helper's quote, as anyone may; with a day of history the oracle takes over from governance's quote. */
export async function endBootstrap({ chain, helper, accounts }: Network): Promise<void> {
  await chain.land(() => helper.connect(accounts.passerby).workRate(0));
  if (!(await helper.bootstrapped())) throw new Error("The oracle's history is too short to end the bootstrap.");
}

/** All that comes before the first work: a price history, a funded job, and a keeper with the full boost. */
export async function setUp(provider: ChainProvider, signers: readonly Account[]): Promise<Operation> {
  const scene = await openScene(provider, signers);
  const { network, market } = scene;
  const { chain, helper } = network;

  await market.tradeAndObserveUntil(chain.nextBlockAt + LEAST_HISTORY);
  await endBootstrap(network);
  const funding = await fundOracle(network, market, ORACLE_FUNDING);

  const readyAfter = await bond(network, await helper.targetBond());
  await market.tradeAndObserveUntil(readyAfter + 1);
  const bonded = await activate(network);
  return { ...scene, funding, bonded };
}
