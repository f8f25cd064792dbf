import {
  DEFAULTS,
  Failure,
  FAST_GAS_MAX_AGE,
  type Parameter,
  setterOf,
  showQuantity,
  showRange,
  type Tunable,
} from "@keep3r-network/sdk";
import type { Abi } from "viem";
import { type Call, type Callee, callOf } from "./call.js";
import type { Session } from "./session.js";

/** A parameter and where it is. */
export interface NamedParameter extends Parameter {
  contract: Tunable;
  /** What the contract's getter is called. */
  name: string;
}

/** What a parameter may be at a time. */
export interface Bounds {
  min: bigint;
  max: bigint;
  /** The parameter that a bound comes from, if it isn't fixed. */
  by?: string;
}

/** A parameter as a network has it. */
export interface Setting {
  parameter: NamedParameter;
  value: bigint;
  bounds: Bounds;
}

type Contracts = Readonly<Record<Tunable, Callee>>;

/** Set together with the feed that it is of. */
const FEED_AGE = "fastGasMaxAge";

/** All parameters of a network. */
export const PARAMETERS: readonly NamedParameter[] = [
  ...(Object.keys(DEFAULTS) as Tunable[]).flatMap((contract) =>
    Object.entries<Parameter>(DEFAULTS[contract]).map(([name, parameter]) => ({ ...parameter, contract, name })),
  ),
  { ...FAST_GAS_MAX_AGE, contract: "Keep3rHelper", name: FEED_AGE },
];

/** Parameters that aren't to pass one another. */
const ORDERED: readonly (readonly [lower: string, upper: string])[] = [
  ["rewardPeriodTime", "inflationPeriod"],
  ["minBoost", "maxBoost"],
];

/** The parameter of a name, with or without its contract's: `fee`, `Keep3r.fee`. */
export function parameterNamed(option: string, text: string): NamedParameter {
  const found = PARAMETERS.find(({ contract, name }) => text === name || text === `${contract}.${name}`);
  if (found !== undefined) return found;
  throw new Failure(
    `--${option}: there is no parameter "${text}". There are: ${PARAMETERS.map(({ name }) => name).join(", ")}.`,
  );
}

/** All parameters as of a block. */
export async function readSettings(session: Session, at: { blockNumber?: bigint } = {}): Promise<Setting[]> {
  const contracts = await contractsOf(session);
  const values = await Promise.all(
    PARAMETERS.map(async ({ contract, name }) => {
      const { address, abi } = contracts[contract];
      const value = await session.client.readContract({ address, abi, functionName: name, ...at });
      return [name, BigInt(value as bigint | number)] as const;
    }),
  );
  const known = new Map(values);
  return PARAMETERS.map((parameter) => ({
    parameter,
    value: known.get(parameter.name)!,
    bounds: boundsOf(parameter, known),
  }));
}

/** @throws {@link Failure} when a value is out of what its contract takes */
export function checkBounds(option: string, value: bigint, { parameter, bounds }: Setting): void {
  if (value >= bounds.min && value <= bounds.max) return;
  throw new Failure(
    `--${option}: ${parameter.contract}.${parameter.name} can't be ${showQuantity(value, parameter)}. ` +
      `It takes ${showBounds(bounds, parameter)}.`,
  );
}

/** The call that sets a parameter. */
export async function settingCall(session: Session, { contract, name }: NamedParameter, value: bigint): Promise<Call> {
  const contracts = await contractsOf(session);
  if (name === FEED_AGE) {
    const helper = await session.helper();
    return callOf(helper, "setFastGasFeed", [await helper.read.fastGasFeed(), Number(value)]);
  }
  return callOf<Abi, string>(contracts[contract], setterOf(name), [value]);
}

export function showBounds({ by, ...range }: Bounds, parameter: NamedParameter): string {
  const from = by === undefined ? "" : `, where ${by} is the bound`;
  return `${showRange(range, parameter)}${from}`;
}

function boundsOf({ name, min, max }: NamedParameter, values: ReadonlyMap<string, bigint>): Bounds {
  for (const [lower, upper] of ORDERED) {
    const [least, most] = [values.get(lower)!, values.get(upper)!];
    if (name === lower && most < max) return { min, max: most, by: upper };
    if (name === upper && least > min) return { min: least, max, by: lower };
  }
  return { min, max };
}

async function contractsOf(session: Session): Promise<Contracts> {
  return { Keep3r: session.keep3r, Keep3rHelper: await session.helper(), Keep3rOracle: await session.oracle() };
}
