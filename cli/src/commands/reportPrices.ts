import {
  amount,
  count,
  duration,
  moment,
  priceWarning,
  type PriceState,
  readPrices,
  remedyOf,
} from "@keep3r-network/sdk";
import { fact, title } from "@keep3r-network/sdk/node";
import type { Answer, Command } from "../command.js";
import { amountOf } from "../json.js";
import { asOf, openReport, type Report } from "../pinned.js";

/** Whether the oracle answers, and how long the last quote serves if it doesn't. */
export const PRICES: Command = {
  about: "shows what payments are priced by, and for how long",
  options: {},
  examples: [""],
  async read(session) {
    const report = await openReport(session);
    const Keep3rHelper = await session.keep3r.read.keep3rHelper(report.pinned);
    const state = await readPrices(session.client, { Keep3rHelper }, report.at);
    return answerOf(report, state);
  },
};

function answerOf({ at }: Report, state: PriceState): Answer {
  const { oracle, pair, thin, observations, newestAge, oldestAge, answer, bootstrapped } = state;
  const { kp3rPerEth: quote, quotedAt, maxQuoteAge, quoteLeft } = state;
  const warning = priceWarning(state);
  const quoted = { kp3rPerEth: amountOf(quote), quotedAt, maxQuoteAge, secondsLeft: quoteLeft };
  return {
    document: {
      asOf: asOf(at),
      ...{ oracle, pair, thin, observations, newestAge, oldestAge },
      answer:
        "refusal" in answer
          ? { refusal: answer.refusal.text, remedy: remedyOf(answer.refusal) }
          : { kp3rPerEth: amountOf(answer.kp3rPerEth), spanSeconds: answer.span },
      bootstrapped,
      quote: quotedAt === 0 ? null : quoted,
      warning: warning ?? null,
    },
    show() {
      title("Prices");
      fact("as of", `${moment(at.timestamp)} UTC, the latest block`);
      fact("oracle", oracle);
      fact("pair", pair);
      fact("newest observation", observationText(state));
      fact("thin", thin ? "yes: it holds too little KP3R to be read" : "no");
      if ("refusal" in answer) {
        fact("the oracle answers", `no: ${answer.refusal.text}`);
        fact("", remedyOf(answer.refusal));
      } else {
        fact("the oracle answers", `${kp3rPerEth(answer.kp3rPerEth)}, a mean of ${duration(answer.span)}`);
      }

      title("Quote of payments");
      fact("the last", quoteText(state));
      fact("serves", servesText(state));
      if (warning !== undefined) fact("WARNING", warning);
    },
  };
}

function observationText({ observations, newestAge, oldestAge }: PriceState): string {
  if (observations === 0) return "none: the pair was never listed";
  return `${duration(newestAge)} old, of ${count(observations)} in ${duration(oldestAge)}`;
}

function quoteText({ quotedAt, kp3rPerEth: quote }: PriceState): string {
  return quotedAt === 0 ? "none: nothing was paid yet" : `${kp3rPerEth(quote)}, of ${moment(quotedAt)} UTC`;
}

function servesText({ bootstrapped, answer, quoteLeft }: PriceState): string {
  if (!bootstrapped) return "governance's quote does, until the oracle has a day of history";
  if (!("refusal" in answer)) return "until the next payment refreshes it";
  return quoteLeft < 0 ? "no more: payments by gas revert with StaleQuote" : `for another ${duration(quoteLeft)}`;
}

function kp3rPerEth(quote: bigint): string {
  return `${amount(quote, 4)} KP3R per ETH`;
}
