import {
  count,
  DEFAULTS,
  duration,
  Failure,
  FAST_GAS_MAX_AGE,
  MINUTE,
  type Parameter,
  parseAmount,
  parseDuration,
  percent,
  BPS,
  type Tunable,
} from "@keep3r-network/sdk";
import { type Abi, formatUnits } from "viem";
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

/** What somebody typed, in the parameter's unit. */
export function parseValue(option: string, text: string, { unit, decimals }: NamedParameter): bigint {
  if (unit === "seconds") return BigInt(parseDuration(`--${option}`, text));
  if (decimals > 0) return parseAmount(`--${option}`, text, { symbol: unit, decimals }, true);
  if (/^\d{1,78}$/.test(text)) return BigInt(text);
  const what = unit === "BPS" ? "BPS, hundredths of a per cent" : unit;
  throw new Failure(`--${option}: "${text}" isn't a whole number of ${what}.`);
}

/** @throws {@link Failure} when a value is out of what its contract takes */
export function checkBounds(option: string, value: bigint, { parameter, bounds }: Setting): void {
  if (value >= bounds.min && value <= bounds.max) return;
  throw new Failure(
    `--${option}: ${parameter.contract}.${parameter.name} can't be ${showValue(value, parameter)}. ` +
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
  const setter = `set${name.charAt(0).toUpperCase()}${name.slice(1)}`;
  return callOf<Abi, string>(contracts[contract], setter, [value]);
}

/** `3 days (259200 seconds)`, `0.3 % (30 BPS)`, `3 KP3R`. */
export function showValue(value: bigint, { unit, decimals }: Pick<Parameter, "unit" | "decimals">): string {
  const plain = `${formatUnits(value, decimals)} ${unit}`;
  if (unit === "seconds" && value >= BigInt(MINUTE)) return `${duration(Number(value))} (${plain})`;
  if (unit === "BPS") return `${percent(value, BPS, 2)} (${plain})`;
  return unit === "gas" ? `${count(value)} gas` : plain;
}

export function showBounds({ min, max, by }: Bounds, parameter: NamedParameter): string {
  const from = by === undefined ? "" : `, where ${by} is the bound`;
  return `${showValue(min, parameter)} to ${showValue(max, parameter)}${from}`;
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
