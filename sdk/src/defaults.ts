import { BPS, DAY, GWEI, HOUR, MINUTE, WAD } from "./units.js";

/** What a parameter counts, as people write it. `BPS` are hundredths of a per cent. */
export type ParameterUnit = "seconds" | "BPS" | "gas" | "gwei" | "KP3R" | "KP3R per ETH";

/** A parameter that governance sets. */
export interface Parameter {
  /** What the contract begins with. */
  value: bigint;
  /** What its setter takes at least and at most, as long as no other parameter says otherwise. */
  min: bigint;
  max: bigint;
  /** The decimals that people write it with: 18 for KP3R, 9 for gwei, none for all else. */
  decimals: 0 | 9 | 18;
  unit: ParameterUnit;
}

const UINT88_MAX = 2n ** 88n - 1n;
const UINT112_MAX = 2n ** 112n - 1n;

/**
 * Every parameter of a network by contract and getter: what `fee` reads, `setFee` sets. Times are seconds, `fee`, `maxChange`,
 * boosts and `gasPriceCeiling` are BPS, `minPriorityFee` is wei per gas, work gas is gas; `liquidityMinimum`, `targetBond`,
 * `minKp3rReserve` are KP3R and `bootstrapKp3rPerEth` is KP3R per ether, with 18 decimals.
 *
 * Sources: Parameters.sol, OracleTerms.sol and HelperParameters.sol; a test compares them with the contracts.
 */
export const DEFAULTS = {
  Keep3r: {
    bondTime: seconds(3 * DAY, 0, 90 * DAY),
    unbondTime: seconds(14 * DAY, DAY, 90 * DAY),
    liquidityMinimum: kp3r(3n, 0n, 1_000n * WAD),
    /** At most `inflationPeriod`. */
    rewardPeriodTime: seconds(5 * DAY, DAY, 30 * DAY),
    /** At least `rewardPeriodTime`. */
    inflationPeriod: seconds(34 * DAY, DAY, 365 * DAY),
    fee: bps(30n, 0n, BPS / 10n),
    maxGasPerWork: gas(10_000_000n, 1_000_000n, 16_000_000n),
  },
  Keep3rOracle: {
    minKp3rReserve: kp3r(100n, WAD, 100_000n * WAD),
    /** BPS that a steady price may change by in half an hour. */
    maxChange: bps(5_000n, 2_000n, BPS),
  },
  Keep3rHelper: {
    /** At most `maxBoost`. */
    minBoost: bps(11_000n, BPS, 5n * BPS),
    /** At least `minBoost`. */
    maxBoost: bps(12_000n, BPS, 5n * BPS),
    targetBond: kp3r(200n, 1n, UINT88_MAX),
    gasPriceCeiling: bps(20_000n, BPS, 5n * BPS),
    minPriorityFee: { value: GWEI, min: 0n, max: 10n * GWEI, decimals: 9, unit: "gwei" },
    /** Of the first work of a transaction. */
    workExtraGas: gas(33_200n, 0n, 100_000n),
    laterWorkGas: gas(8_500n, 0n, 100_000n),
    quoteTwapTime: seconds(4 * HOUR, 30 * MINUTE, DAY),
    quoteLifetime: seconds(10 * MINUTE, 0, HOUR),
    maxQuoteAge: seconds(DAY, HOUR, 7 * DAY),
    bootstrapKp3rPerEth: { ...kp3r(10n, 1n, UINT112_MAX), unit: "KP3R per ETH" },
  },
} as const satisfies Record<string, Record<string, Parameter>>;

/** The age, in seconds, up to which the helper believes the fast gas feed. It is set together with the feed. */
export const FAST_GAS_MAX_AGE: Parameter = seconds(3 * HOUR, 10 * MINUTE, DAY);

/** A contract with parameters. */
export type Tunable = keyof typeof DEFAULTS;

/** What sets the parameter that a getter reads: `setFee` for `fee`. */
export function setterOf(getter: string): string {
  return `set${getter.charAt(0).toUpperCase()}${getter.slice(1)}`;
}

function seconds(value: number, min: number, max: number): Parameter {
  return whole("seconds", BigInt(value), BigInt(min), BigInt(max));
}

function bps(value: bigint, min: bigint, max: bigint): Parameter {
  return whole("BPS", value, min, max);
}

function gas(value: bigint, min: bigint, max: bigint): Parameter {
  return whole("gas", value, min, max);
}

function whole(unit: ParameterUnit, value: bigint, min: bigint, max: bigint): Parameter {
  return { value, min, max, decimals: 0, unit };
}

/** @param value In whole KP3R; the bounds are in its smallest unit */
function kp3r(value: bigint, min: bigint, max: bigint): Parameter {
  return { value: value * WAD, min, max, decimals: 18, unit: "KP3R" };
}
