import type { Address, PublicClient } from "viem";
import { keep3rHelperAbi, keep3rOracleAbi } from "./abis/index.js";
import { type BlockHead, explained } from "./chain/blocks.js";
import { type Refusal, refusalOf } from "./errors/index.js";
import { duration } from "./format.js";
import type { NetworkAddresses } from "./jobs/list.js";
import { WAD } from "./units.js";

const Q112 = 1n << 112n;
/** Any age that a mean may have, as the helper asks. */
const ANY_AGE = 2n ** 256n - 1n;
/** A quote that can't be refreshed is worth a warning when less than this part of its time is left. */
const WARNING_PART = 4;

/** What the oracle would tell the helper: the mean, or why there is none. */
export type OracleAnswer =
  | { /** KP3R per ether, WAD. */ kp3rPerEth: bigint; /** Seconds that the mean is taken over. */ span: number }
  | { refusal: Refusal };

/** What payments are priced by, as of a block. Times are seconds. */
export interface PriceState {
  oracle: Address;
  /** The pair that KP3R is priced by. */
  pair: Address;
  /** Whether the pair was thin when it was last observed, so that the oracle doesn't read it. */
  thin: boolean;
  /** How many observations of the pair are held; their ages are zero when there is none. */
  observations: number;
  oldestAge: number;
  newestAge: number;
  answer: OracleAnswer;
  /** Whether the oracle has taken over from governance's quote, `bootstrapKp3rPerEth`, which serves without end. */
  bootstrapped: boolean;
  /** The quote that the last payments were made by, KP3R per ether, WAD; zero before the first payment. */
  kp3rPerEth: bigint;
  /** When the oracle gave that quote, since 1970. */
  quotedAt: number;
  maxQuoteAge: number;
  /** How long the quote still serves when the oracle doesn't answer; negative once it is too old. */
  quoteLeft: number;
}

/**
 * What payments are priced by at a block, and whether the oracle would answer the helper. Fourteen requests.
 * @throws {@link PrunedHistory} when the node doesn't keep the state of the block
 * @throws viem's error when the helper, or the node, fails otherwise
 */
export async function readPrices(
  client: PublicClient,
  { Keep3rHelper }: NetworkAddresses<"Keep3rHelper">,
  at: Pick<BlockHead, "number" | "timestamp">,
): Promise<PriceState> {
  const pinned = { blockNumber: at.number };
  const helper = { address: Keep3rHelper, abi: keep3rHelperAbi, ...pinned } as const;
  try {
    const [address, pair, window, maxAge, bootstrapped, [kp3rPerEth, , quoted]] = await Promise.all([
      client.readContract({ ...helper, functionName: "oracle" }),
      client.readContract({ ...helper, functionName: "kp3rWethPair" }),
      client.readContract({ ...helper, functionName: "quoteTwapTime" }),
      client.readContract({ ...helper, functionName: "maxQuoteAge" }),
      client.readContract({ ...helper, functionName: "bootstrapped" }),
      client.readContract({ ...helper, functionName: "cachedQuote" }),
    ]);
    const oracle = { address, abi: keep3rOracleAbi, ...pinned } as const;
    const [thin, observations, [oldestAge, newestAge], kp3r] = await Promise.all([
      client.readContract({ ...oracle, functionName: "isThin", args: [pair] }),
      client.readContract({ ...oracle, functionName: "observationCount", args: [pair] }),
      client.readContract({ ...oracle, functionName: "historyOf", args: [pair] }),
      client.readContract({ ...oracle, functionName: "kp3r" }),
    ]);
    const answer = await client
      .readContract({ ...oracle, functionName: "averagePrice", args: [pair, kp3r, BigInt(window), ANY_AGE] })
      .then(([averageX112, span]) => ({ kp3rPerEth: (WAD * Q112) / averageX112, span: Number(span) }), refusedOr);
    const [quotedAt, maxQuoteAge] = [Number(quoted), Number(maxAge)];
    return {
      ...{ oracle: address, pair, thin, observations: Number(observations) },
      ...{ oldestAge: Number(oldestAge), newestAge: Number(newestAge), answer },
      ...{ bootstrapped, kp3rPerEth, quotedAt, maxQuoteAge, quoteLeft: quotedAt + maxQuoteAge - at.timestamp },
    };
  } catch (error) {
    throw explained(client, at.number, error);
  }
}

/**
 * The sentence to show when payments are about to stop, or have stopped: the oracle doesn't answer, and less than a quarter of
 * `maxQuoteAge` is left of the last quote. While the oracle answers, the next payment refreshes a quote of any age, so a
 * network that is merely idle is never warned of.
 */
export function priceWarning({ bootstrapped, answer, quoteLeft, maxQuoteAge }: PriceState): string | undefined {
  if (!bootstrapped || !("refusal" in answer) || quoteLeft * WARNING_PART >= maxQuoteAge) return undefined;

  const stop = quoteLeft < 0 ? "have stopped" : `stop in ${duration(quoteLeft)}`;
  const age = quoteLeft < 0 ? "is too old" : "will be too old then";
  return `Payments by gas ${stop}: the oracle doesn't answer, and the last quote ${age}. ${remedyOf(answer.refusal)}`;
}

/** What to do so that the oracle answers again. */
export function remedyOf({ name }: Refusal): string {
  return (
    REMEDIES[name] ?? "Find out why averagePrice of the oracle reverts; governance can raise maxQuoteAge meanwhile."
  );
}

const REMEDIES: Readonly<Record<string, string>> = {
  PairNotListed: "Have governance list the pair again, by addPair of the oracle.",
  Kp3rReserveTooLow:
    "Add liquidity to the pair, or have governance lower minKp3rReserve, then call update of the oracle, as anyone may.",
  InsufficientHistory:
    "Call update of the oracle every half an hour, as anyone may, until its history is as long as quoteTwapTime.",
};

function refusedOr(error: unknown): { refusal: Refusal } {
  const refusal = refusalOf(error);
  if (refusal === undefined) throw error;
  return { refusal };
}
