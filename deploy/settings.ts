/** The contracts with parameters that governance tunes. */
export type Tunable = "Keep3r" | "Keep3rOracle" | "Keep3rHelper";

export interface Setting {
  /** What the contract begins with, in the unit of the parameter files. */
  initial: string;
  /** The decimals of that unit: KP3R have 18, gwei 9, all else none. */
  decimals: number;
}

const whole = (initial: string): Setting => ({ initial, decimals: 0 });
const kp3r = (initial: string): Setting => ({ initial, decimals: 18 });
const gwei = (initial: string): Setting => ({ initial, decimals: 9 });

/** By their getters: what `fee` reads, `setFee` sets. */
export const SETTINGS: Record<Tunable, Record<string, Setting>> = {
  Keep3r: {
    bondTime: whole("259200"),
    unbondTime: whole("1209600"),
    liquidityMinimum: kp3r("3"),
    rewardPeriodTime: whole("432000"),
    inflationPeriod: whole("2937600"),
    fee: whole("30"),
    maxGasPerWork: whole("10000000"),
  },
  Keep3rOracle: { minKp3rReserve: kp3r("100") },
  Keep3rHelper: {
    minBoost: whole("11000"),
    maxBoost: whole("12000"),
    targetBond: kp3r("200"),
    gasPriceCeiling: whole("20000"),
    minPriorityFee: gwei("1"),
    workExtraGas: whole("33200"),
    laterWorkGas: whole("8500"),
    quoteTwapTime: whole("14400"),
    quoteLifetime: whole("600"),
    maxQuoteAge: whole("86400"),
    bootstrapKp3rPerEth: kp3r("10"),
  },
};

export function setterOf(getter: string): string {
  return `set${getter.charAt(0).toUpperCase()}${getter.slice(1)}`;
}
