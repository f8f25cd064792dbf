import { type AddressLike, type ContractTransactionReceipt, ZeroAddress } from "ethers";
import { ethers } from "hardhat";
import { stepsOf } from "#deploy/recipe";
import { isName } from "#deploy/recipe/placed";
import {
  type Address,
  type Call,
  type ContractName,
  DEPLOYER,
  type Deployment,
  type OwnContract,
} from "#deploy/recipe/steps";
import type { Terms } from "#deploy/recipe/terms";
import { interpret, type Sender } from "#simulation/interpret";
import { addressOf } from "#simulation/network";
import {
  Keep3r__factory,
  Keep3rHelper__factory,
  Keep3rLens__factory,
  Keep3rOracle__factory,
  KP3R__factory,
} from "#typechain";

const FACTORIES = {
  KP3R: KP3R__factory,
  Keep3r: Keep3r__factory,
  Keep3rOracle: Keep3rOracle__factory,
  Keep3rHelper: Keep3rHelper__factory,
  Keep3rLens: Keep3rLens__factory,
};

type Contracts = { [N in OwnContract]: ReturnType<(typeof FACTORIES)[N]["connect"]> };

export interface Choices {
  /** KP3R that is minted to governance, wei. */
  supply?: bigint;
  /** Governance, unless somebody else is named. */
  oracleOwner?: AddressLike;
  disputers?: readonly AddressLike[];
  slashers?: readonly AddressLike[];
}

const NOWHERE = ZeroAddress as Address;

/** Transactions are mined as they come. */
const AT_ONCE: Sender = {
  deploy: (send) => send(),
  land: async (send) => (await (await send()).wait()) as ContractTransactionReceipt,
};

/**
 * Deploys some of a network's contracts as the recipe has them, governed by the first signer, and connects them to each other and
 * to doubles of others. A connection to what is neither deployed nor doubled is left out.
 */
export async function deployByRecipe<N extends OwnContract>(
  own: readonly N[],
  doubles: Partial<Record<ContractName, AddressLike>>,
  choices: Choices = {},
): Promise<Pick<Contracts, N>> {
  const governance = await ethers.provider.getSigner(0);
  const known: Partial<Record<ContractName, string>> = {};
  for (const [name, double] of Object.entries(doubles)) known[name as ContractName] = await addressOf(double);

  const steps = partOf(await termsOf(choices), own, Object.keys(known) as ContractName[]);
  const placed = await interpret(steps, AT_ONCE, governance, known);
  const connected = own.map((name) => [name, FACTORIES[name].connect(placed.at(name), governance)]);
  return Object.fromEntries(connected) as Pick<Contracts, N>;
}

/** The steps that deploy or call some of a network's contracts, and need nothing but them and what is known. */
export function partOf(
  terms: Terms,
  own: readonly OwnContract[],
  known: readonly ContractName[],
): (Deployment | Call)[] {
  const there: readonly ContractName[] = [...own, ...known];
  return stepsOf(terms, false).filter((step): step is Deployment | Call => {
    if (step.kind === "deploy") return own.includes(step.contract);
    if (step.kind !== "call") return false;
    return own.some((name) => name === step.on) && step.args.filter(isName).every((name) => there.includes(name));
  });
}

/** What others have deployed is a double, or isn't there: nobody looks for it at an address. */
export async function termsOf({ supply = 0n, oracleOwner, disputers = [], slashers = [] }: Choices): Promise<Terms> {
  return {
    governance: DEPLOYER,
    oracleOwner: oracleOwner === undefined ? DEPLOYER : await addressOf(oracleOwner),
    disputers: await Promise.all(disputers.map(addressOf)),
    slashers: await Promise.all(slashers.map(addressOf)),
    token: { kind: "new", supply, pool: { router: NOWHERE, kp3r: 0n, eth: 0n } },
    uniswapFactory: NOWHERE,
    weth: NOWHERE,
    fastGasFeed: undefined,
    changes: [],
  };
}
