import { DEFAULTS, MINUTE } from "@keep3r-network/sdk";

const { Keep3r, Keep3rHelper, Keep3rOracle } = DEFAULTS;

/** The parameters of new contracts. Where one bounds another, that bound is its default. */
export const PARAMETERS = {
  Keep3r: { ...Keep3r, inflationPeriod: { ...Keep3r.inflationPeriod, min: Keep3r.rewardPeriodTime.value } },
  Keep3rHelper: {
    ...Keep3rHelper,
    minBoost: { ...Keep3rHelper.minBoost, max: Keep3rHelper.maxBoost.value },
    maxBoost: { ...Keep3rHelper.maxBoost, min: Keep3rHelper.minBoost.value },
  },
  Keep3rOracle,
};

/** Seconds, as numbers: what the helpers for the chain's clock take. */
export const BOND_TIME = Number(Keep3r.bondTime.value);
export const UNBOND_TIME = Number(Keep3r.unbondTime.value);
export const REWARD_PERIOD = Number(Keep3r.rewardPeriodTime.value);
export const INFLATION_PERIOD = Number(Keep3r.inflationPeriod.value);

/** Basis points. */
export const MIN_BOOST = Keep3rHelper.minBoost.value;
export const MAX_BOOST = Keep3rHelper.maxBoost.value;

/** What the oracle fixes for good: seconds between two observations, and the least that a mean spans. */
export const PERIOD_SIZE = 30 * MINUTE;

/** The most KP3R that a packed word holds. */
export const MAX_UINT88 = 2n ** 88n - 1n;
