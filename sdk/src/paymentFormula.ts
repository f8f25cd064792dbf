import { BPS, WAD } from "./units.js";

/** The scale of a rate: it is wei per gas, times a boost in BPS, times KP3R per ETH as a WAD (`PaymentMath.RATE_SCALE`). */
export const RATE_SCALE = BPS * WAD;
/** The most extra gas that a job can vouch for; more counts as this (`MAX_EXTRA_GAS` of `core/Work.sol`). */
export const MAX_EXTRA_GAS = 2n ** 24n - 1n;

/** The share of `laterWorkGas` for a job that is worked again, in BPS (`AGAIN_SHARE` of `core/Work.sol`). */
const AGAIN_SHARE = 6_100n;
/** Gas of a zero and of a non-zero byte of calldata, by EIP-2028. */
const ZERO_BYTE_GAS = 4n;
const NON_ZERO_BYTE_GAS = 16n;
/** EIP-7623 has calldata cost at least 5/2 of that, whatever the transaction executes. */
const FLOOR_NUMERATOR = 5n;
const FLOOR_DENOMINATOR = 2n;

/** How a bond raises a payment: parameters of `Keep3rHelper`. */
export interface BoostTerms {
  /** BPS, for no bond; 10,000 to `maxBoost`. */
  minBoost: bigint;
  /** BPS, from the target on; `minBoost` to 50,000. */
  maxBoost: bigint;
  /** KP3R with 18 decimals, more than 0. */
  targetBond: bigint;
}

/** What bounds the gas price that is paid for: parameters of `Keep3rHelper`. */
export interface ReferenceTerms {
  /** BPS of the base fee; 10,000 to 50,000. */
  gasPriceCeiling: bigint;
  /** Wei per gas. */
  minPriorityFee: bigint;
}

/** Gas that the meter can't see: parameters of `Keep3rHelper`. */
export interface OverheadTerms {
  /** Gas, for the first work of a transaction. */
  firstWorkGas: bigint;
  /** Gas, for the others. */
  laterWorkGas: bigint;
}

/** All parameters of a payment. */
export interface PaymentTerms extends BoostTerms, ReferenceTerms, OverheadTerms {
  /** Gas: metered and vouched for, a work is paid for no more. A parameter of `Keep3r`. */
  maxGasPerWork: bigint;
}

/** Gas prices of a block and a transaction, in wei per gas. */
export interface GasPrices {
  /** Of the block. */
  baseFee: bigint;
  /** What the transaction pays: the base fee and its tip. */
  gasPrice: bigint;
  /** What the feed says, as `Keep3rHelper.cachedQuote` has it; 0 when the feed has no answer. */
  fastGas: bigint;
}

/**
 * A work's place in its transaction: the first that is paid; a later one; or a later one of a job that was paid for in that
 * block before, which is warm.
 */
export type WorkPlace = "first" | "later" | "again";

/** A work, as far as its payment depends on it. */
export interface PaidWork {
  /** Gas between the opening and the closing of the meter. */
  gasUsed: bigint;
  /** Gas that the job vouches for, such as its calldata: none unless given. */
  extraGas?: bigint;
  /** `first` unless given. */
  place?: WorkPlace;
  /** KP3R that the keeper had bonded when the meter was opened, 18 decimals. */
  bond: bigint;
  /** A WAD, as `Keep3rHelper.cachedQuote` has it. */
  kp3rPerEth: bigint;
}

/**
 * What a bond multiplies a payment by: max(minBoost, maxBoost * min(bond, targetBond) / targetBond), rounded down
 * (`PaymentMath.boost`).
 * @param bond KP3R with 18 decimals
 * @returns BPS
 */
export function boostOf(bond: bigint, { minBoost, maxBoost, targetBond }: BoostTerms): bigint {
  if (bond >= targetBond) return maxBoost;
  return greater((maxBoost * bond) / targetBond, minBoost);
}

/**
 * The highest gas price that is paid for: the feed's, but at least the base fee and the least tip, and at most the base fee
 * times the ceiling, rounded down, and the least tip (`PaymentMath.referenceGasPrice`).
 * @returns Wei per gas
 */
export function referenceGasPrice(
  { baseFee, fastGas }: Omit<GasPrices, "gasPrice">,
  { gasPriceCeiling, minPriorityFee }: ReferenceTerms,
): bigint {
  const lowest = baseFee + minPriorityFee;
  const highest = (baseFee * gasPriceCeiling) / BPS + minPriorityFee;
  return greater(lowest, lesser(fastGas, highest));
}

/**
 * What a unit of gas earns: min(gas price, reference) * boost * KP3R per ETH (`Keep3rHelper.workRate`).
 * @returns KP3R per gas, times {@link RATE_SCALE}; exact
 */
export function paymentRate(
  { bond, kp3rPerEth }: Pick<PaidWork, "bond" | "kp3rPerEth">,
  prices: GasPrices,
  terms: BoostTerms & ReferenceTerms,
): bigint {
  return lesser(prices.gasPrice, referenceGasPrice(prices, terms)) * boostOf(bond, terms) * kp3rPerEth;
}

/**
 * What is paid for beside the gas that is metered and vouched for: the transaction's base, cold accounts, and what comes
 * after the meter's reading. For a job that is worked again it is 61 % of `laterWorkGas`, rounded down (`core/Work.sol`).
 * @returns Gas
 */
export function overheadGas(place: WorkPlace, { firstWorkGas, laterWorkGas }: OverheadTerms): bigint {
  if (place === "first") return firstWorkGas;
  return place === "later" ? laterWorkGas : (laterWorkGas * AGAIN_SHARE) / BPS;
}

/**
 * What a work earns by `worked` or `workedFor`, to the wei: (min(gasUsed + extraGas, maxGasPerWork) + overhead) * rate,
 * rounded down once (`core/Work.sol`). A job whose credits don't cover it can't be worked.
 * @returns KP3R with 18 decimals
 */
export function paymentOf(
  { gasUsed, extraGas = 0n, place = "first", ...work }: PaidWork,
  prices: GasPrices,
  terms: PaymentTerms,
): bigint {
  const gas = lesser(gasUsed + lesser(extraGas, MAX_EXTRA_GAS), terms.maxGasPerWork) + overheadGas(place, terms);
  return (gas * paymentRate(work, prices, terms)) / RATE_SCALE;
}

/**
 * What a transaction's calldata adds to the gas that it executes: its price by EIP-2028, or the floor price of EIP-7623
 * less what is executed, if that is more (`PaymentMath.calldataPrices` and `calldataGas`). `Keep3rJob` vouches for it.
 * @param length Bytes
 * @param nonZero How many of them aren't zero
 * @param executed Gas that the transaction executes, without its base and its calldata
 * @returns Gas
 */
export function calldataGas(length: bigint, nonZero: bigint, executed: bigint): bigint {
  const standard = length * ZERO_BYTE_GAS + nonZero * (NON_ZERO_BYTE_GAS - ZERO_BYTE_GAS);
  const floor = (standard * FLOOR_NUMERATOR) / FLOOR_DENOMINATOR;
  return greater(standard, floor - executed);
}

function lesser(a: bigint, b: bigint): bigint {
  return a < b ? a : b;
}

function greater(a: bigint, b: bigint): bigint {
  return a > b ? a : b;
}
