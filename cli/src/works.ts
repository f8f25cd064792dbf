import {
  amount,
  count,
  DAY,
  Failure,
  gwei,
  paymentOf,
  type PaymentTerms,
  referenceGasPrice,
  type Token,
  tokenMetadata,
  WAD,
} from "@keep3r-network/sdk";
import { fact, title } from "@keep3r-network/sdk/node";
import { type Address, maxUint256, parseAbi, zeroAddress } from "viem";
import type { Answer } from "./command.js";
import { amountOf, ETH } from "./json.js";
import type { Options } from "./options.js";
import type { Report } from "./pinned.js";
import { measureSpending } from "./runway.js";

/** Chainlink's. */
const FEED_ABI = parseAbi([
  "function latestRoundData() view returns (uint80 roundId, int256 answer, uint256 startedAt, uint256 updatedAt, uint80 answeredInRound)",
]);
/** LP tokens by which a price is asked for: the more, the less is rounded. */
const MANY = 1_000_000n * WAD;

export const WORKS_OPTIONS: Options = {
  works: {
    value: "NUMBER",
    about: "says what so many works a day cost, and the liquidity that mines it",
    check: (name, text) => void parseCount(name, text, 100_000),
  },
  "gas-per-work": {
    value: "GAS",
    about: "gas that a work takes, such as 150000; if left out, works cost what the past ones did",
    check: (name, text) => void parseCount(name, text, 100_000_000),
  },
};

/** What a work costs its job, KP3R: the least and the most. */
interface Cost {
  least: bigint;
  most: bigint;
  document: object;
  facts: (readonly [label: string, text: string])[];
}

/** How the network mines, and at which prices. */
interface Mining {
  /** Seconds in which liquidity mines what underlies it, and those of a reward period. */
  inflation: bigint;
  period: bigint;
  /** KP3R that has to underlie a job's liquidity at the least. */
  minimum: bigint;
  /** WAD. */
  kp3rPerEth: bigint;
  /** The pair of KP3R and WETH, and what {@link MANY} of it mine in a reward period. */
  pair: Token;
  mined: bigint;
}

/** What a job needs for a number of works a day. */
interface Need {
  /** KP3R that underlies the liquidity. */
  value: bigint;
  /** The pair of KP3R and WETH, and what of it has that value; undefined while the network has no price of it. */
  liquidity: { token: Token; amount: bigint } | undefined;
  /** Wei, for which `job fund --from-eth` makes it: half of it buys the KP3R. */
  eth: bigint;
}

/**
 * What `--works` a day cost a job, and the liquidity that mines it: what it takes, what the job has, what is missing.
 * @param mining KP3R that underlies the liquidity which mines for the job
 */
export async function readWorks(report: Report, job: Address, mining: bigint): Promise<Answer> {
  const { session } = report;
  const works = parseCount("works", session.text("works"), 100_000);
  const cost = session.has("gas-per-work") ? await costOfGas(report) : await costSoFar(report, job);
  const perDay = { least: BigInt(works) * cost.least, most: BigInt(works) * cost.most };
  const terms = await readMining(report);
  const value = valueThatMines(perDay.most, terms);
  const missing = value > mining ? value - mining : 0n;
  const [all, more] = [needOf(value, terms), needOf(missing, terms)];
  return {
    document: {
      works: {
        perDay: works,
        ...cost.document,
        cost: rangeDocument(cost),
        costPerDay: rangeDocument(perDay),
        needed: needDocument(all),
        mining: amountOf(mining),
        missing: needDocument(more),
      },
    },
    show() {
      title(`${count(works)} works a day`);
      for (const [label, text] of cost.facts) fact(label, text);
      fact("a work costs", rangeText(cost));
      fact("a day costs", rangeText(perDay));
      fact("mined by", needText(all));
      fact("the job has", `${amount(mining, 4)} KP3R in liquidity`);
      fact("missing", missing === 0n ? "nothing" : needText(more));
    },
  };
}

/** At the present reference gas price, for a keeper without a bond and for one with the full boost. */
async function costOfGas(report: Report): Promise<Cost> {
  const { session, at, pinned } = report;
  const gasUsed = BigInt(parseCount("gas-per-work", session.text("gas-per-work"), 100_000_000));
  const terms = await readTerms(report);
  const helper = await session.helper();
  const [kp3rPerEth, fastGas, { baseFeePerGas }] = await Promise.all([
    helper.read.quote([WAD], pinned),
    readFastGas(report),
    session.client.getBlock({ blockNumber: at.number }),
  ]);
  const baseFee = baseFeePerGas ?? 0n;
  // Whatever a keeper pays: the reference bounds it
  const prices = { baseFee, fastGas, gasPrice: maxUint256 };
  const costWith = (bond: bigint): bigint => paymentOf({ gasUsed, bond, kp3rPerEth }, prices, terms);
  const gasPrice = referenceGasPrice(prices, terms);
  return {
    least: costWith(0n),
    most: costWith(terms.targetBond),
    document: { gasPerWork: Number(gasUsed), gasPrice, kp3rPerEth: amountOf(kp3rPerEth) },
    facts: [
      ["a work takes", `${count(gasUsed)} gas, as given`],
      ["paid at", `${gwei(gasPrice, 4)} gwei, the present reference, and ${amount(kp3rPerEth, 4)} KP3R per ETH`],
    ],
  };
}

/** As measured. */
async function costSoFar(report: Report, job: Address): Promise<Cost> {
  const { days, works, spent } = await measureSpending(report, job);
  if (works === 0) {
    throw new Failure(
      `--works: the job has paid for no work from its KP3R credits in the past ${days} days, so it isn't known what one costs. ` +
        "Say what gas a work takes: --gas-per-work 150000",
    );
  }
  const each = (spent + BigInt(works) - 1n) / BigInt(works);
  return {
    least: each,
    most: each,
    document: { measured: { days, works, spent: amountOf(spent) } },
    facts: [
      ["measured", `${amount(spent, 4)} KP3R for ${count(works)} works of the past ${days} days, at their gas prices`],
    ],
  };
}

async function readMining({ session, pinned }: Report): Promise<Mining> {
  const { keep3r, client } = session;
  const helper = await session.helper();
  const address = await helper.read.kp3rWethPair(pinned);
  const [inflation, period, minimum, kp3rPerEth, pair, mined] = await Promise.all([
    keep3r.read.inflationPeriod(pinned),
    keep3r.read.rewardPeriodTime(pinned),
    keep3r.read.liquidityMinimum(pinned),
    helper.read.quote([WAD], pinned),
    tokenMetadata(client, address, pinned),
    keep3r.read.quoteLiquidity([address, MANY], pinned),
  ]);
  return { inflation, period, minimum, kp3rPerEth, pair, mined };
}

/** KP3R that has to underlie liquidity so that it mines an amount a day; a job can't hold less than the minimum. */
function valueThatMines(perDay: bigint, { inflation, minimum }: Mining): bigint {
  const value = upwards(perDay * inflation, BigInt(DAY));
  return value > minimum ? value : minimum;
}

function needOf(value: bigint, { inflation, period, kp3rPerEth, pair, mined }: Mining): Need {
  return {
    value,
    liquidity: mined === 0n ? undefined : { token: pair, amount: upwards(value * MANY * period, mined * inflation) },
    eth: upwards(2n * value * WAD, kp3rPerEth),
  };
}

async function readTerms({ session, pinned }: Report): Promise<PaymentTerms> {
  const { read } = await session.helper();
  const [minBoost, maxBoost, targetBond, gasPriceCeiling, minPriorityFee, firstWorkGas, laterWorkGas, maxGasPerWork] =
    await Promise.all([
      ...[read.minBoost(pinned), read.maxBoost(pinned), read.targetBond(pinned), read.gasPriceCeiling(pinned)],
      ...[read.minPriorityFee(pinned), read.firstWorkGas(pinned), read.laterWorkGas(pinned)],
      session.keep3r.read.maxGasPerWork(pinned),
    ] as const);
  return {
    ...{ minBoost, maxBoost, targetBond, gasPriceCeiling, minPriorityFee },
    ...{ firstWorkGas, laterWorkGas, maxGasPerWork },
  };
}

/** What the feed says, as the next payment would have it: 0 when there is none, or it is too old. */
async function readFastGas({ session, at, pinned }: Report): Promise<bigint> {
  const { read } = await session.helper();
  const [[, cached, , refreshAt], address, maxAge] = await Promise.all([
    read.cachedQuote(pinned),
    read.fastGasFeed(pinned),
    read.fastGasMaxAge(pinned),
  ]);
  if (BigInt(at.timestamp) < refreshAt) return cached;
  if (address === zeroAddress) return 0n;
  const feed = { address, abi: FEED_ABI, functionName: "latestRoundData", ...pinned } as const;
  const round = await session.client.readContract(feed).catch(() => undefined);
  if (round === undefined) return 0n;
  const [, answer, , updatedAt] = round;
  return answer > 0n && BigInt(at.timestamp) - updatedAt <= maxAge ? answer : 0n;
}

function parseCount(name: string, text: string, most: number): number {
  const number = /^\d{1,9}$/.test(text) ? Number(text) : 0;
  if (number >= 1 && number <= most) return number;
  throw new Failure(`--${name}: "${text}" isn't a whole number from 1 to ${most}.`);
}

/** What is needed is rounded up. */
function upwards(numerator: bigint, denominator: bigint): bigint {
  return (numerator + denominator - 1n) / denominator;
}

function rangeText({ least, most }: Pick<Cost, "least" | "most">): string {
  if (least === most) return `${amount(most, 4)} KP3R`;
  return `${amount(least, 4)} to ${amount(most, 4)} KP3R, by the keeper's bond`;
}

function needText({ value, liquidity, eth }: Need): string {
  const tokens = liquidity === undefined ? "" : `: ${amount(liquidity.amount, 4)} ${liquidity.token.symbol}`;
  return `${amount(value, 4)} KP3R in liquidity${tokens}, made of about ${amount(eth, 4)} ETH`;
}

function rangeDocument({ least, most }: Pick<Cost, "least" | "most">): object {
  return { least: amountOf(least), most: amountOf(most) };
}

function needDocument({ value, liquidity, eth }: Need): object {
  return {
    underlying: amountOf(value),
    liquidity: liquidity === undefined ? null : amountOf(liquidity.amount, liquidity.token),
    eth: amountOf(eth, ETH),
  };
}
