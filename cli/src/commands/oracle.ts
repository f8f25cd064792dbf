import {
  duration,
  Failure,
  refusalOf,
  remedyOf,
  showAmount,
  tokenMetadata,
  type Token,
  uniswapV2PairAbi,
  WAD,
} from "@keep3r-network/sdk";
import { fact, say, title } from "@keep3r-network/sdk/node";
import { type Address, maxUint256 } from "viem";
import { callOf } from "../call.js";
import type { Commands } from "../command.js";
import { amountOf } from "../json.js";
import { LIQUIDITY, optional } from "../options.js";
import { asOf, openReport, type Report } from "../pinned.js";
import type { Session } from "../session.js";

const PAIR = optional(LIQUIDITY, "one pair, such as KP3R_WETH; all that are listed if left out");
const Q112 = 2n ** 112n;

type Oracle = Awaited<ReturnType<Session["oracle"]>>;

/** A pair as the oracle knows it. Times are seconds. */
interface PairState {
  pair: Address;
  /** What KP3R is priced in. */
  other: Token;
  observations: number;
  newestAge: number;
  oldestAge: number;
  due: boolean;
  thin: boolean;
  /** What a KP3R is worth, in the other token's smallest unit, and the time of the mean; or why that isn't known. */
  price: { worth: bigint; span: number } | { refusal: string; remedy: string };
}

/** What the oracle has observed, and what it can. */
export const ORACLE_COMMANDS: Commands = {
  show: {
    about: "shows the listed pairs: prices, observations, and whether an update is due",
    options: { pair: PAIR },
    examples: ["", "--pair KP3R_WETH"],
    async read(session) {
      const report = await openReport(session);
      const oracle = await session.oracle();
      const pairs: PairState[] = [];
      for (const pair of await chosenPairs(session, oracle)) pairs.push(await readPair(report, oracle, pair));
      return {
        document: { asOf: asOf(report.at), oracle: oracle.address, pairs: pairs.map(documentOf) },
        show() {
          title(`Oracle ${oracle.address}`);
          if (pairs.length === 0) say("  No pair is listed: governance does so by addPair.");
          for (const pair of pairs) show(pair);
        },
      };
    },
  },

  update: {
    about: "observes the prices of the pairs that are due, or of one; anyone may",
    options: { pair: PAIR },
    examples: ["", "--pair KP3R_WETH"],
    async plan(session) {
      const oracle = await session.oracle();
      const pairs = await chosenPairs(session, oracle);
      const due = await dueAmong(session, oracle, pairs);
      if (due.length === 0) throw new Failure(await nothingDue(oracle, pairs));
      const call = session.has("pair") ? callOf(oracle, "update", [pairs[0]!]) : callOf(oracle, "updateAll", []);
      return {
        facts: [
          ["oracle", oracle.address],
          ["pairs due", due.join(", "), due],
        ],
        steps: [{ call }],
      };
    },
  },
};

async function chosenPairs(session: Session, oracle: Oracle): Promise<readonly Address[]> {
  if (!session.has("pair")) return oracle.read.pairs();
  const pair = await session.contract("pair");
  if (await oracle.read.isListed([pair])) return [pair];
  throw new Failure(`--pair: the oracle doesn't list ${pair}. \`oracle show\` shows those that it lists.`);
}

/** A pair is due a period after its newest observation, or when it has none. */
async function dueAmong({ client }: Session, { address, abi }: Oracle, pairs: readonly Address[]): Promise<Address[]> {
  const answers = await Promise.all(
    pairs.map((pair) => client.simulateContract({ address, abi, functionName: "update", args: [pair] })),
  );
  return pairs.filter((_, index) => answers[index]!.result);
}

async function nothingDue(oracle: Oracle, pairs: readonly Address[]): Promise<string> {
  const period = Number(await oracle.read.periodSize());
  const ages = await Promise.all(pairs.map(async (pair) => Number((await oracle.read.historyOf([pair]))[1])));
  if (ages.length === 0) return "No pair is listed: there is nothing to observe.";
  const left = Math.max(period - Math.max(...ages), 0);
  return `Nothing is due: a pair is observed once in ${duration(period)}. Run the command again in ${duration(left)}.`;
}

async function readPair({ session, at, pinned }: Report, oracle: Oracle, pair: Address): Promise<PairState> {
  const { client } = session;
  const [observations, [oldestAge, newestAge], thin, period, kp3r] = await Promise.all([
    oracle.read.observationCount([pair], pinned),
    oracle.read.historyOf([pair], pinned),
    oracle.read.isThin([pair], pinned),
    oracle.read.periodSize(pinned),
    oracle.read.kp3r(pinned),
  ]);
  const tokens = { address: pair, abi: uniswapV2PairAbi, ...pinned } as const;
  const [token0, token1] = await Promise.all([
    client.readContract({ ...tokens, functionName: "token0" }),
    client.readContract({ ...tokens, functionName: "token1" }),
  ]);
  const other = await tokenMetadata(client, token0 === kp3r ? token1 : token0, pinned);
  return {
    pair,
    other,
    observations: Number(observations),
    newestAge: Number(newestAge),
    oldestAge: Number(oldestAge),
    due: observations === 0n || newestAge >= period,
    thin,
    price: await readPrice(session, oracle, pair, kp3r, at.number),
  };
}

/** The mean that payments are made by. */
async function readPrice(
  session: Session,
  oracle: Oracle,
  pair: Address,
  kp3r: Address,
  blockNumber: bigint,
): Promise<PairState["price"]> {
  const window = await (await session.helper()).read.quoteTwapTime({ blockNumber });
  try {
    const terms = [pair, kp3r, BigInt(window), maxUint256] as const;
    const [averageX112, span] = await oracle.read.averagePrice(terms, { blockNumber });
    return { worth: (WAD * averageX112) / Q112, span: Number(span) };
  } catch (error) {
    const refusal = refusalOf(error);
    if (refusal === undefined) throw error;
    return { refusal: refusal.text, remedy: remedyOf(refusal) };
  }
}

function documentOf({ other, price, ...state }: PairState): object {
  return {
    ...state,
    token: other.address,
    price: "refusal" in price ? price : { kp3rWorth: amountOf(price.worth, other), spanSeconds: price.span },
  };
}

function show({ pair, other, observations, newestAge, oldestAge, due, thin, price }: PairState): void {
  title(`KP3R and ${other.symbol}: ${pair}`);
  if ("refusal" in price) {
    fact("a KP3R is worth", `unknown: ${price.refusal}`);
    fact("", price.remedy);
  } else {
    fact("a KP3R is worth", `${showAmount(price.worth, other)}, a mean of ${duration(price.span)}`);
  }
  fact("observations", observations === 0 ? "none" : `${observations} in ${duration(oldestAge)}`);
  if (observations > 0) fact("newest observation", `${duration(newestAge)} old`);
  fact("update due", due ? "yes: `oracle update`" : "no");
  fact("thin", thin ? "yes: it holds too little KP3R to be read" : "no");
}
