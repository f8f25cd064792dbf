import type { Address, Hex } from "viem";
import * as z from "zod";
import { Failure } from "./failure.js";
import { LOCAL_ROLES, type LocalAccount, type LocalRole } from "./local.js";
import { oneLine } from "./text.js";
import { parseAddress } from "./values.js";

/** Characters that a message shows of a value. */
const LONGEST_VALUE = 100;

/** The version of `deployment.json` that is written here. A file without one was written before there were versions. */
export const DEPLOYMENT_VERSION = 1;

/** What every network has. `KP3R_WETH` is the Uniswap V2 pair. */
const CORE_NAMES = ["Keep3r", "KP3R", "Keep3rOracle", "Keep3rHelper", "Keep3rLens", "KP3R_WETH"] as const;

export type CoreName = (typeof CORE_NAMES)[number];

/** A contract of a deployment file. `FastGasFeed` is the gas price feed, `Keep3rV1Proxy` the minter of mainnet's KP3R. */
export type ContractName =
  CoreName | "UniswapV2Factory" | "UniswapV2Router02" | "WETH9" | "FastGasFeed" | "Keep3rV1Proxy";

/** Contracts by name. Which of them a file has, depends on who wrote it: {@link requireAddresses}. */
export type Addresses = Partial<Record<ContractName, Address>>;

/** A network as bots, front ends and scripts find it: `deployments/<network>/deployment.json`. */
export interface Deployment {
  version: number;
  chainId: number;
  /** The first block that may have anything of the network: where indexers begin. 0 where the file doesn't say. */
  startBlock: number;
  /** Who sent the transactions. */
  deployer?: Address;
  addresses: Addresses;
  /** Where a local chain's JSON-RPC server listens. */
  url?: string;
  /** A local chain's accounts by role. */
  roles?: Partial<Record<LocalRole, LocalAccount>>;
}

/** A whole network, as its deployment describes it. */
export interface NetworkDeployment extends Deployment {
  deployer: Address;
  addresses: Addresses & Record<CoreName, Address>;
}

/** What `npm run node` writes: its contracts, accounts and URL are all there. */
export interface LocalDeployment extends NetworkDeployment {
  addresses: Record<Exclude<ContractName, "Keep3rV1Proxy">, Address>;
  url: string;
  roles: Record<LocalRole, LocalAccount>;
}

/**
 * Reads a deployment, as JSON has it. Keys that aren't known are kept, so that they survive being written again.
 * @param source Where it is from, as messages name it: the file
 * @throws {@link Failure} that names the key and the value when something is missing or wrong, or the version is a later one
 */
export function parseDeployment(source: string, json: unknown): Deployment {
  refuseLaterVersion(source, json);
  const parsed = schemaFor(source).safeParse(json);
  if (parsed.success) return parsed.data as Deployment;

  const [issue] = parsed.error.issues;
  throw new Failure(`${source}: ${issue?.message ?? "it isn't a deployment."}`);
}

/** A deployment as its file has it: the version first, two spaces, a line feed at the end. */
export function serializeDeployment(deployment: Omit<Deployment, "version">): string {
  return `${JSON.stringify({ version: DEPLOYMENT_VERSION, ...deployment }, null, 2)}\n`;
}

/**
 * The addresses that a reader can't do without.
 * @param source Where the deployment is from, as the message names it
 * @throws {@link Failure} when one is missing
 */
export function requireAddresses<const Name extends ContractName>(
  source: string,
  { addresses }: Pick<Deployment, "addresses">,
  names: readonly Name[],
): Addresses & Record<Name, Address> {
  for (const name of names) {
    if (addresses[name] === undefined) throw new Failure(`${source}: there is no address of ${name}.`);
  }
  return addresses as Addresses & Record<Name, Address>;
}

/**
 * The whole network of a deployment.
 * @param source Where the deployment is from, as the message names it
 * @throws {@link Failure} when a contract or the deployer is missing
 */
export function requireNetwork(source: string, deployment: Deployment): NetworkDeployment {
  const { deployer } = deployment;
  if (deployer === undefined) throw new Failure(`${source}: it isn't said who deployed the network (deployer).`);
  return { ...deployment, deployer, addresses: requireAddresses(source, deployment, CORE_NAMES) };
}

/**
 * The deployment of a local node.
 * @param source Where the deployment is from, as the message names it
 * @throws {@link Failure} when it is another one's
 */
export function requireLocal(source: string, deployment: Deployment): LocalDeployment {
  const { url, roles = {} } = deployment;
  if (url === undefined || LOCAL_ROLES.some((role) => roles[role] === undefined)) {
    throw new Failure(`${source}: it isn't of a local node, which has a url and roles. \`npm run node\` writes one.`);
  }
  return requireNetwork(source, deployment) as LocalDeployment;
}

/** Before all else: who knows what a later version has? */
function refuseLaterVersion(source: string, json: unknown): void {
  const version = typeof json === "object" && json !== null && "version" in json ? json.version : undefined;
  if (typeof version !== "number" || version <= DEPLOYMENT_VERSION) return;
  throw new Failure(
    `${source}: it is of version ${version}, and this program reads up to version ${DEPLOYMENT_VERSION}. Update it.`,
  );
}

function schemaFor(source: string) {
  const address = (key: string) =>
    z
      .unknown()
      .transform((value) => parseAddress(`${source}, ${key}`, typeof value === "string" ? value : show(value)));
  const addresses = z
    .record(z.string(), z.unknown(), { error: "there are no addresses." })
    .transform((named) => mapValues(named, (value, name) => address(name).parse(value)));
  const account = z.object({ address: address("roles"), privateKey: z.custom<Hex>(isKey, { error: NO_KEY }) });

  return z.looseObject(
    {
      version: z
        .int({ error: wrong("version", "a whole number") })
        .positive({ error: wrong("version", "a whole number") })
        .default(DEPLOYMENT_VERSION),
      chainId: z.int({ error: NO_CHAIN }).positive({ error: NO_CHAIN }),
      startBlock: z.int({ error: NO_BLOCK }).nonnegative({ error: NO_BLOCK }).default(0),
      deployer: address("deployer").optional(),
      addresses,
      url: z.string({ error: wrong("url", "a node's URL") }).optional(),
      roles: z.record(z.string(), account, { error: wrong("roles", "an object of accounts") }).optional(),
    },
    { error: "it isn't an object with chainId and addresses." },
  );
}

type Message = (issue: { input?: unknown }) => string;

const NO_CHAIN: Message = ({ input }) => `chainId isn't a number. It is ${show(input)}; mainnet's is 1.`;
const NO_BLOCK = wrong("startBlock", "a block's number, or left out");
/** A key isn't repeated, even one that everybody knows. */
const NO_KEY = "a private key of the roles isn't 0x and 64 hexadecimal digits.";

function wrong(key: string, expected: string): Message {
  return ({ input }) => `${key} is ${show(input)}. It has to be ${expected}.`;
}

function isKey(value: unknown): boolean {
  return typeof value === "string" && /^0x[0-9a-f]{64}$/i.test(value);
}

function show(value: unknown): string {
  return oneLine(JSON.stringify(value) ?? "missing", LONGEST_VALUE);
}

function mapValues<Value, Result>(
  record: Record<string, Value>,
  map: (value: Value, key: string) => Result,
): Record<string, Result> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value, key)]));
}
