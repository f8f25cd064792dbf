import {
  type ContractName,
  keep3rAbi,
  keep3rHelperAbi,
  keep3rLensAbi,
  keep3rOracleAbi,
  kp3rAbi,
  marketOpenerAbi,
  uniswapV2FactoryAbi,
} from "@keep3r-network/sdk";

/** The contracts that are called in the course of a recipe; steps are typed by their ABIs. */
export const ABIS = {
  KP3R: kp3rAbi,
  Keep3r: keep3rAbi,
  Keep3rOracle: keep3rOracleAbi,
  Keep3rHelper: keep3rHelperAbi,
  Keep3rLens: keep3rLensAbi,
  MarketOpener: marketOpenerAbi,
  UniswapV2Factory: uniswapV2FactoryAbi,
} as const;

/** The contracts that a step may call. */
export type Callable = keyof typeof ABIS;

/** The contracts that a network consists of. */
export type OwnContract = "KP3R" | "Keep3r" | "Keep3rOracle" | "Keep3rHelper" | "Keep3rLens";

/** The contracts that others have deployed. */
export type ForeignContract = Exclude<ContractName, OwnContract>;

/** What only the deployment needs: it is deployed, does its work, and is no part of the network. */
export const OPENER = "MarketOpener";

/** Whatever a recipe may name. */
export type Name = ContractName | typeof OPENER;

export type Address = `0x${string}`;

/** Whoever carries the recipe out. */
export const DEPLOYER = "deployer";

/** Who sends a step, governs, or owns a job. */
export type Party = typeof DEPLOYER | Address;

/** The name of a contract or of the deployer stands for its address. Amounts and times are in the contracts' units. */
export type Argument = Name | Party | bigint | number;

/** Creates a contract of the network, or one that it is deployed with. */
export interface Deployment {
  readonly kind: "deploy";
  readonly contract: OwnContract | typeof OPENER;
  readonly args: readonly Argument[];
}

/** Names a contract whose address is known beforehand. No transaction. */
export interface Existing {
  readonly kind: "existing";
  readonly contract: ForeignContract | "KP3R";
  readonly address: Address;
}

/** Names a contract whose address another one tells. No transaction. */
export interface Lookup {
  readonly kind: "lookup";
  readonly contract: ForeignContract;
  readonly on: Callable;
  readonly function: string;
  readonly args: readonly Argument[];
}

export interface Call {
  readonly kind: "call";
  readonly on: Callable;
  readonly function: string;
  readonly args: readonly Argument[];
  readonly from: Party;
  /** Ether to send along, wei. */
  readonly value?: bigint;
  /** Its name in the journal, where the function's name isn't enough because it is called more than once. */
  readonly id?: string;
}

/** Whether a step creates a contract of the network. */
export function createsOwn(step: Step): step is Deployment & { readonly contract: OwnContract } {
  return step.kind === "deploy" && step.contract !== OPENER;
}

/** The steps of a recipe are carried out in order, each when the one before it is mined. */
export type Step = Deployment | Existing | Lookup | Call;

type Entry<N extends Callable> = (typeof ABIS)[N][number];

type FunctionOf<N extends Callable, Mutability> = Extract<
  Entry<N>,
  { type: "function"; stateMutability: Mutability }
>["name"];

type FunctionInputs<N extends Callable, F> = Extract<Entry<N>, { type: "function"; name: F }>["inputs"];

type ConstructorInputs<N extends Callable> = Extract<Entry<N>, { type: "constructor" }>["inputs"];

/** Where the ABI tells which contract is meant, no other will do. */
type ArgumentOf<Input> = Input extends { internalType: `contract I${infer Name extends ContractName}` }
  ? Name
  : Input extends { type: "address" }
    ? Name | Party
    : Input extends { type: `uint${string}` }
      ? bigint | number
      : never;

type ArgumentsOf<Inputs> = { readonly [K in keyof Inputs]: ArgumentOf<Inputs[K]> };

export function deploy<N extends Deployment["contract"]>(
  contract: N,
  args: ArgumentsOf<ConstructorInputs<N>>,
): Deployment {
  return { kind: "deploy", contract, args: args as readonly Argument[] };
}

export function existing(contract: Existing["contract"], address: Address): Existing {
  return { kind: "existing", contract, address };
}

export function lookup<N extends Callable, F extends FunctionOf<N, "view">>(
  contract: ForeignContract,
  on: N,
  name: F,
  args: ArgumentsOf<FunctionInputs<N, F>>,
): Lookup {
  return { kind: "lookup", contract, on, function: name, args: args as readonly Argument[] };
}

export function call<N extends Callable, F extends FunctionOf<N, "nonpayable" | "payable">>(
  on: N,
  name: F,
  args: ArgumentsOf<FunctionInputs<N, F>>,
  options: Partial<Pick<Call, "from" | "value" | "id">> = {},
): Call {
  return { kind: "call", on, function: name, args: args as readonly Argument[], from: DEPLOYER, ...options };
}
