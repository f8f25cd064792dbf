import type { Addresses, ContractName } from "@keep3r-network/sdk";
import { type AddressLike, type ContractTransactionReceipt, ZeroAddress } from "ethers";
import { ethers } from "hardhat";
import { stepsOf } from "#deploy/recipe";
import { isName } from "#deploy/recipe/placed";
import { type Address, type Call, createsOwn, DEPLOYER, type Deployment, type OwnContract } from "#deploy/recipe/steps";
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
  /** Who is offered the oracle as a job: governance, unless somebody else is named. */
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
 * Deploys some of a network's contracts as the recipe has them, governed by the first signer. They are connected to each
 * other and to doubles of others; a connection to what is neither deployed nor doubled is left out.
 */
export async function deployByRecipe<N extends OwnContract>(
  own: readonly N[],
  doubles: Partial<Record<ContractName, AddressLike>>,
  choices: Choices = {},
): Promise<Pick<Contracts, N>> {
  const governance = await ethers.provider.getSigner(0);
  const known: Addresses = {};
  for (const [name, double] of Object.entries(doubles)) known[name as ContractName] = await addressOf(double);

  const steps = partOf(await termsOf(choices, known), own, known);
  const placed = await interpret(steps, AT_ONCE, governance, known);
  const connected = own.map((name) => [name, FACTORIES[name].connect(placed.at(name), governance)]);
  return Object.fromEntries(connected) as Pick<Contracts, N>;
}

/** The steps that deploy or call some of a network's contracts, and need nothing but them and what is known. */
export function partOf(
  terms: Terms,
  own: readonly OwnContract[],
  known: Readonly<Partial<Record<ContractName, unknown>>>,
): (Deployment | Call)[] {
  return stepsOf(terms, false).filter((step): step is Deployment | Call => {
    if (step.kind === "deploy") return createsOwn(step) && own.includes(step.contract);
    if (step.kind !== "call" || !own.some((name) => name === step.on)) return false;
    return step.args.filter(isName).every((name) => name in known || own.some((deployed) => deployed === name));
  });
}

/** Terms of a network over what is known, whose addresses they needn't name. A token with a minter isn't its own. */
export async function termsOf(
  { supply = 0n, oracleOwner, disputers = [], slashers = [] }: Choices,
  { Keep3rV1Proxy: minter }: Readonly<Addresses>,
): Promise<Terms> {
  return {
    governance: DEPLOYER,
    oracleOwner: oracleOwner === undefined ? DEPLOYER : await addressOf(oracleOwner),
    disputers: await Promise.all(disputers.map(addressOf)),
    slashers: await Promise.all(slashers.map(addressOf)),
    token:
      minter === undefined
        ? { kind: "new", supply, pool: { router: NOWHERE, kp3r: 0n, eth: 0n } }
        : { kind: "existing", address: NOWHERE, minter, pair: NOWHERE },
    uniswapFactory: NOWHERE,
    weth: NOWHERE,
    fastGasFeed: undefined,
    changes: [],
  };
}
