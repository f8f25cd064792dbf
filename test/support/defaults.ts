import { DAY, DEFAULTS, MINUTE } from "@keep3r-network/sdk";

/** Seconds, as numbers: what the helpers for the chain's clock take. */
export const BOND_TIME = Number(DEFAULTS.Keep3r.bondTime.value);
export const UNBOND_TIME = Number(DEFAULTS.Keep3r.unbondTime.value);
export const REWARD_PERIOD = Number(DEFAULTS.Keep3r.rewardPeriodTime.value);
export const INFLATION_PERIOD = Number(DEFAULTS.Keep3r.inflationPeriod.value);

/** Basis points. */
export const MIN_BOOST = DEFAULTS.Keep3rHelper.minBoost.value;
export const MAX_BOOST = DEFAULTS.Keep3rHelper.maxBoost.value;

/** What the oracle fixes for good: seconds between observations, the longest span and the greatest age of a price. */
export const PERIOD_SIZE = 30 * MINUTE;
export const MAX_SPAN = 2n ** 18n;
export const MAX_AGE = BigInt(2 * DAY);

/** The most KP3R that a packed word holds. */
export const MAX_UINT88 = 2n ** 88n - 1n;
