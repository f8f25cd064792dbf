import { GWEI, WAD } from "@keep3r-network/sdk";
import type { Tunable } from "./recipe/terms";

/** What a contract begins with, and the decimals that people write it with: KP3R have 18, gwei 9, all else none. */
export interface Default {
  value: bigint;
  decimals: number;
}

const whole = (value: bigint): Default => ({ value, decimals: 0 });
const kp3r = (amount: bigint): Default => ({ value: amount * WAD, decimals: 18 });
const gwei = (amount: bigint): Default => ({ value: amount * GWEI, decimals: 9 });

/** By their getters: what `fee` reads, `setFee` sets. */
export const DEFAULTS: Record<Tunable, Record<string, Default>> = {
  Keep3r: {
    bondTime: whole(259_200n),
    unbondTime: whole(1_209_600n),
    liquidityMinimum: kp3r(3n),
    rewardPeriodTime: whole(432_000n),
    inflationPeriod: whole(2_937_600n),
    fee: whole(30n),
    maxGasPerWork: whole(10_000_000n),
  },
  Keep3rOracle: { minKp3rReserve: kp3r(100n) },
  Keep3rHelper: {
    minBoost: whole(11_000n),
    maxBoost: whole(12_000n),
    targetBond: kp3r(200n),
    gasPriceCeiling: whole(20_000n),
    minPriorityFee: gwei(1n),
    workExtraGas: whole(33_200n),
    laterWorkGas: whole(8_500n),
    quoteTwapTime: whole(14_400n),
    quoteLifetime: whole(600n),
    maxQuoteAge: whole(86_400n),
    bootstrapKp3rPerEth: kp3r(10n),
  },
};
