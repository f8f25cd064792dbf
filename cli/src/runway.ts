import { amount, count, DAY, Failure, firstBlockAfter, parseAmount, readPayments } from "@keep3r-network/sdk";
import { type Address, maxUint256 } from "viem";
import { amountOf, KP3R } from "./json.js";
import type { Options } from "./options.js";
import type { Report } from "./pinned.js";

/** Days that spending is measured in, unless it is said. */
const DAYS = 7;

export const RUNWAY_OPTIONS: Options = {
  days: {
    value: "NUMBER",
    about: `the past days that a job's spending is measured in; ${DAYS} if left out`,
    check: (_, text) => void parseDays(text),
  },
  spend: {
    value: "AMOUNT",
    about: "KP3R that a job spends a day, instead of measuring it",
    check: (_, text) => void parseSpend(text),
  },
};

/** How long a job's credits last. */
export interface Runway {
  document: object;
  /** Labels and texts for people. */
  facts: (readonly [label: string, text: string])[];
}

/**
 * What a job spends, as given or as measured, and how long its credits last then.
 * @param credits KP3R that the job has now
 */
export async function readRunway(report: Report, job: Address, credits: bigint): Promise<Runway> {
  const { session, pinned } = report;
  const { perDay, document, fact } = await spendingOf(report, job);
  // Whatever is mined or spent later, a job without credits pays nobody now
  const seconds = credits === 0n ? 0n : await session.lens.read.runway([job, perDay], pinned);
  const unlimited = seconds === maxUint256;
  return {
    document: { ...document, spentPerDay: amountOf(perDay), runwaySeconds: unlimited ? null : Number(seconds) },
    facts: [fact, ["runway", runwayText(seconds, perDay)]],
  };
}

interface Spending {
  /** KP3R a day. */
  perDay: bigint;
  document: object;
  fact: readonly [label: string, text: string];
}

async function spendingOf(report: Report, job: Address): Promise<Spending> {
  const { session } = report;
  if (session.has("spend")) {
    const perDay = parseSpend(session.text("spend"));
    return { perDay, document: {}, fact: ["spent a day", `${amount(perDay, 4)} KP3R, as given`] };
  }
  const { days, works, spent } = await measureSpending(report, job);
  const perDay = spent / BigInt(days);
  const text =
    `${amount(spent, 4)} KP3R in ${count(works)} works of the past ${days} days: ` +
    `${amount(perDay, 4)} KP3R a day, averaged over these days`;
  return {
    perDay,
    document: { measured: { days, works, spent: amountOf(spent) } },
    fact: ["spent", text],
  };
}

/** What a job has spent of its credits. */
export interface Measured {
  /** The past days that are counted. */
  days: number;
  works: number;
  /** KP3R. */
  spent: bigint;
}

/** What a job has spent in the past `--days`. */
export async function measureSpending(report: Report, job: Address): Promise<Measured> {
  const { session, at } = report;
  const days = session.has("days") ? parseDays(session.text("days")) : DAYS;
  const payments = await paymentsOf(report, job, at.timestamp - days * DAY);
  return { days, works: payments.length, spent: payments.reduce((sum, payment) => sum + payment, 0n) };
}

/** What a job has paid from its credits since a time, KP3R. */
async function paymentsOf({ session, at }: Report, job: Address, since: number): Promise<bigint[]> {
  const { client, addresses, place } = session;
  const startBlock = BigInt(place.startBlock);
  const fromBlock = await firstBlockAfter(client, since, { startBlock, latest: at.number });
  const range = { startBlock, fromBlock, toBlock: at.number };
  const payments = await readPayments(client, { addresses, job, credit: addresses.KP3R, ...range });
  return payments.map(({ payment }) => payment);
}

function parseDays(text: string): number {
  const days = /^\d{1,3}$/.test(text) ? Number(text) : 0;
  if (days === 0) throw new Failure(`--days: "${text}" isn't a whole number of days from 1 to 999.`);
  return days;
}

function parseSpend(text: string): bigint {
  return parseAmount("--spend", text, KP3R);
}

function runwayText(seconds: bigint, perDay: bigint): string {
  if (seconds === 0n) return "none: the job has no KP3R credits, so it can't pay; fund it by `job fund`";
  if (perDay === 0n) return "unlimited: nothing was spent; give --spend to reckon with an amount a day";
  if (seconds === maxUint256) return "unlimited: mining covers the spending";
  return `${(Number(seconds) / DAY).toFixed(1)} days`;
}
