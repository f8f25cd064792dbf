import { BPS, DAY, GWEI, HOUR, MINUTE, WAD } from "@keep3r-network/sdk";

/** A parameter as it is deployed, and the bounds that governance may set it within. */
interface Default {
  value: bigint;
  min: bigint;
  max: bigint;
}

const minutes = (count: number): bigint => BigInt(count * MINUTE);
const hours = (count: number): bigint => BigInt(count * HOUR);
const days = (count: number): bigint => BigInt(count * DAY);

/** The protocol's parameters by contract and getter: times in seconds, fees, boosts and ceilings in basis points. */
export const DEFAULTS = {
  Keep3r: {
    bondTime: { value: days(3), min: 0n, max: days(90) },
    unbondTime: { value: days(14), min: days(1), max: days(90) },
    liquidityMinimum: { value: 3n * WAD, min: 0n, max: 1_000n * WAD },
    rewardPeriodTime: { value: days(5), min: days(1), max: days(30) },
    inflationPeriod: { value: days(34), min: days(5), max: days(365) },
    fee: { value: 30n, min: 0n, max: BPS / 10n },
    maxGasPerWork: { value: 10_000_000n, min: 1_000_000n, max: 16_000_000n },
  },
  Keep3rHelper: {
    minBoost: { value: 11_000n, min: BPS, max: 12_000n },
    maxBoost: { value: 12_000n, min: 11_000n, max: 5n * BPS },
    targetBond: { value: 200n * WAD, min: 1n, max: 2n ** 88n - 1n },
    gasPriceCeiling: { value: 2n * BPS, min: BPS, max: 5n * BPS },
    minPriorityFee: { value: GWEI, min: 0n, max: 10n * GWEI },
    firstWorkGas: { value: 33_200n, min: 0n, max: 100_000n },
    laterWorkGas: { value: 8_500n, min: 0n, max: 100_000n },
    quoteTwapTime: { value: hours(4), min: minutes(30), max: days(1) },
    quoteLifetime: { value: minutes(10), min: 0n, max: hours(1) },
    maxQuoteAge: { value: days(1), min: hours(1), max: days(7) },
    bootstrapKp3rPerEth: { value: 10n * WAD, min: 1n, max: 2n ** 112n - 1n },
  },
  Keep3rOracle: {
    minKp3rReserve: { value: 100n * WAD, min: WAD, max: 100_000n * WAD },
  },
} as const satisfies Record<string, Record<string, Default>>;

/** Seconds, as numbers: what the helpers for the chain's clock take. */
export const BOND_TIME = Number(DEFAULTS.Keep3r.bondTime.value);
export const UNBOND_TIME = Number(DEFAULTS.Keep3r.unbondTime.value);
export const REWARD_PERIOD = Number(DEFAULTS.Keep3r.rewardPeriodTime.value);
export const INFLATION_PERIOD = Number(DEFAULTS.Keep3r.inflationPeriod.value);

/** What the oracle fixes for good: seconds between observations, the longest span and the greatest age of a price. */
export const PERIOD_SIZE = 30 * MINUTE;
export const MAX_SPAN = 2n ** 18n;
export const MAX_AGE = days(2);

/** The most KP3R that a packed word holds. */
export const MAX_UINT88 = 2n ** 88n - 1n;
