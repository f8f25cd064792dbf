import { greater, lesser, Rational } from "./rational";

const BPS = 10_000n;
const WAD = 10n ** 18n;

/** The parameters of a payment, as the helper names them. */
export interface PaymentTerms {
  minBoost: bigint;
  maxBoost: bigint;
  targetBond: bigint;
  gasPriceCeiling: bigint;
  minPriorityFee: bigint;
  firstWorkGas: bigint;
  laterWorkGas: bigint;
  maxGasPerWork: bigint;
}

export interface GasMarket {
  baseFee: bigint;
  /** What the transaction pays for a unit of gas. */
  gasPrice: bigint;
  /** What the feed says; 0 when it is unset, stale or not positive. */
  fastGas: bigint;
}

/**
 * max(minBoost, maxBoost * min(bond, targetBond) / targetBond). Protocol.md doesn't round it; PaymentMath documents that it
 * is rounded down to whole BPS, in the job's favour.
 */
export function boostOf(bond: bigint, { minBoost, maxBoost, targetBond }: BoostTerms): bigint {
  const share = lesser(Rational.of(bond), Rational.of(targetBond)).over(targetBond);
  return greater(Rational.of(minBoost), share.times(maxBoost)).floor();
}

export type BoostTerms = Pick<PaymentTerms, "minBoost" | "maxBoost" | "targetBond">;

/** clamp(fastGas, baseFee + minPriorityFee, baseFee * gasPriceCeiling / BPS + minPriorityFee), in whole wei. */
export function referenceOf({ baseFee, fastGas }: Omit<GasMarket, "gasPrice">, terms: ReferenceTerms): bigint {
  const tip = Rational.of(terms.minPriorityFee);
  const lowest = tip.plus(Rational.of(baseFee));
  const highest = tip.plus(Rational.of(baseFee * terms.gasPriceCeiling, BPS));
  return greater(lowest, lesser(Rational.of(fastGas), highest)).floor();
}

export type ReferenceTerms = Pick<PaymentTerms, "gasPriceCeiling" | "minPriorityFee">;

/** Of the first work of a transaction, of a later one, or of a later one of a job that was paid for in that block before. */
export type Overhead = "first" | "later" | "again";

export interface Work {
  /** Metered, and what the job vouches for. */
  gas: bigint;
  /** What the meter can't see of it. */
  overhead: Overhead;
  /** KP3R bonded by the keeper. */
  bond: bigint;
  /** WAD. */
  kp3rPerEth: bigint;
}

/** Gas. What is documented for a job that is worked again is 61 %, rounded down. */
function overheadGas(overhead: Overhead, { firstWorkGas, laterWorkGas }: PaymentTerms): bigint {
  if (overhead === "first") return firstWorkGas;
  return overhead === "later" ? laterWorkGas : Rational.of(61n * laterWorkGas, 100n).floor();
}

/** What a work earns, KP3R. */
export function paymentOf({ gas, overhead, bond, kp3rPerEth }: Work, market: GasMarket, terms: PaymentTerms): bigint {
  const metered = gas < terms.maxGasPerWork ? gas : terms.maxGasPerWork;
  const paidGas = metered + overheadGas(overhead, terms);
  const reference = referenceOf(market, terms);
  return Rational.of(paidGas)
    .times(market.gasPrice < reference ? market.gasPrice : reference)
    .times(Rational.of(boostOf(bond, terms), BPS))
    .times(Rational.of(kp3rPerEth, WAD))
    .floor();
}

/** What calldata adds to a transaction that executes this much: EIP-2028's price, or EIP-7623's floor if that is more. */
export function calldataGas(length: bigint, nonZero: bigint, executed: bigint): bigint {
  const standard = (length - nonZero) * 4n + nonZero * 16n;
  const tokens = length - nonZero + nonZero * 4n;
  const floor = tokens * 10n - executed;
  return floor > standard ? floor : standard;
}
