import {
  amount,
  count,
  DAY,
  duration,
  Failure,
  firstBlockAfter,
  type BlockHead,
  moment,
  parseAmount,
  readPayments,
  showAmount,
  type Token,
  tokenMetadata,
  WAD,
} from "@keep3r-network/sdk";
import { fact, title } from "@keep3r-network/sdk/node";
import { type Address, maxUint256, zeroAddress } from "viem";
import { type Command, JOB, oneOf, optional, TOKEN } from "./command.js";
import { openReport, type Report } from "./pinned.js";
import { reportPrices } from "./prices.js";
import type { Session } from "./session.js";

const KP3R = { symbol: "KP3R", decimals: 18 };
const DAYS = 7;

export const REPORT: Command = {
  about: "shows what payments are priced by; or a job's credits and how many days they last, or a keeper's state",
  options: {
    job: optional(JOB, "a job"),
    keeper: { value: "ADDRESS", about: "or a keeper" },
    token: optional(TOKEN, "a token that the keeper bonds, besides KP3R"),
    days: { value: "NUMBER", about: `the past days that a job's spending is measured in; ${DAYS} if left out` },
    spend: { value: "AMOUNT", about: "KP3R that a job spends a day, instead of measuring it" },
  },
  async report(session) {
    if (!session.has("job") && !session.has("keeper")) return reportPrices(await openReport(session));
    await (oneOf(session, "job", "keeper") === "job" ? reportJob(session) : reportKeeper(session));
  },
};

async function reportJob(session: Session): Promise<void> {
  const { client, keep3r, lens } = session;
  const job = await session.contract("job");
  const report = await openReport(session);
  const { at, pinned } = report;
  const state = await lens.read.jobState([job], pinned);
  if (state.owner === zeroAddress) throw new Failure(`--job: ${job} isn't registered. Check it, or run \`add-job\`.`);

  title(`Job ${job}`);
  fact("as of", `${moment(at.timestamp)} UTC, the latest block`);
  fact("owner", state.owner);
  if (state.pendingOwner !== zeroAddress) fact("offered to", state.pendingOwner);
  if (state.pendingMigration !== zeroAddress) {
    const owner = await keep3r.read.jobOwner([state.pendingMigration], pinned);
    const accepts = owner !== zeroAddress && owner === state.migrationOwner;
    fact("migration proposed to", state.pendingMigration);
    fact("may be accepted by", accepts ? owner : "nobody: when it was proposed, that job had another owner");
  }
  fact("in dispute", state.disputed ? "yes: it can't be worked or withdrawn from" : "no");
  fact("last worked", state.workedAt === 0n ? "never from its credits" : `${moment(Number(state.workedAt))} UTC`);

  title("Credits");
  const inflationPeriod = await keep3r.read.inflationPeriod(pinned);
  fact("credits", `${amount(state.credits, 4)} KP3R`);
  fact("mining fills them to", `${amount(state.periodCredits, 4)} KP3R`);
  fact("mined a day", `${amount((state.value * BigInt(DAY)) / inflationPeriod, 4)} KP3R`);
  const perDay = await spending(report, job);
  fact("runway", runwayText(await lens.read.runway([job, perDay], pinned), perDay));

  title("Liquidity");
  if (state.liquidities.length === 0) fact("none", "nothing mines credits for the job");
  for (const { liquidity, amount: bonded, mining, price, pendingUnbonds, canWithdrawAfter } of state.liquidities) {
    const token = await tokenMetadata(client, liquidity, pinned);
    fact(token.symbol, `${showAmount(bonded, token)}, worth ${amount((bonded * price) / WAD, 4)} KP3R (${liquidity})`);
    if (!mining) fact("", "it mines nothing: governance revoked it");
    if (pendingUnbonds > 0n) fact("", `${showAmount(pendingUnbonds, token)} unbonding, ${ready(canWithdrawAfter, at)}`);
  }

  title("Token credits");
  if (state.tokens.length === 0) fact("none", "");
  for (const { token: address, credits } of state.tokens) {
    const token = await tokenMetadata(client, address, pinned);
    fact(token.symbol, `${showAmount(credits, token)} (${address})`);
  }
}

/** KP3R a day: as given, or as paid in the past days. */
async function spending(report: Report, job: Address): Promise<bigint> {
  const { session } = report;
  if (session.has("spend")) {
    const perDay = parseAmount("--spend", session.text("spend"), KP3R);
    fact("spent a day", `${amount(perDay, 4)} KP3R, as given`);
    return perDay;
  }
  const days = daysOf(session);
  const payments = await paymentsOf(report, job, report.at.timestamp - days * DAY);
  const spent = payments.reduce((sum, payment) => sum + payment, 0n);
  fact("spent", `${amount(spent, 4)} KP3R in the past ${days} days, in ${count(payments.length)} works`);
  return spent / BigInt(days);
}

function daysOf(session: Session): number {
  if (!session.has("days")) return DAYS;
  const text = session.text("days");
  const days = /^\d{1,3}$/.test(text) ? Number(text) : 0;
  if (days === 0) throw new Failure(`--days: "${text}" isn't a whole number of days from 1 to 999.`);
  return days;
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

function runwayText(seconds: bigint, perDay: bigint): string {
  if (perDay === 0n) return "unlimited: nothing was spent; give --spend to reckon with an amount a day";
  if (seconds === maxUint256) return "unlimited: mining covers the spending";
  return `${(Number(seconds) / DAY).toFixed(1)} days`;
}

async function reportKeeper(session: Session): Promise<void> {
  const { addresses, lens } = session;
  const keeper = session.address("keeper");
  const report = await openReport(session);
  const { at, pinned } = report;
  const state = await lens.read.keeperState([keeper], pinned);
  const pendingOwner = await lens.read.keeperPendingOwner([keeper], pinned);

  title(`Keeper ${keeper}`);
  fact("as of", `${moment(at.timestamp)} UTC, the latest block`);
  fact("owner", state.owner === zeroAddress ? "itself" : state.owner);
  if (pendingOwner !== zeroAddress) fact("offered to", pendingOwner);
  fact("active", state.active ? "yes" : "no");
  fact("in dispute", state.disputed ? "yes: it can't bond, withdraw or be paid" : "no");
  if (state.barred) fact("revoked", "yes: only governance can reinstate it");
  fact("first active", state.firstSeen === 0n ? "never" : `${moment(Number(state.firstSeen))} UTC`);
  fact("earned", showAmount(state.earned, KP3R));
  await showBond(report, keeper, { address: addresses.KP3R, ...KP3R });
  if (session.has("token")) await showBond(report, keeper, await session.token("token"));
}

async function showBond({ session, at, pinned }: Report, keeper: Address, token: Token): Promise<void> {
  const { read } = session.keep3r;
  const bond = [keeper, token.address] as const;
  fact("bonded", showAmount(await read.bonds(bond, pinned), token));
  const canActivateAfter = await read.canActivateAfter(bond, pinned);
  if (canActivateAfter > 0n) {
    const pending = showAmount(await read.pendingBonds(bond, pinned), token);
    fact("handed in", `${pending}, ${ready(canActivateAfter, at, "activate")}`);
  }
  const canWithdrawAfter = await read.canWithdrawAfter(bond, pinned);
  if (canWithdrawAfter > 0n) {
    const pending = showAmount(await read.pendingUnbonds(bond, pinned), token);
    fact("unbonding", `${pending}, ${ready(canWithdrawAfter, at)}`);
  }
}

function ready(after: bigint, at: BlockHead, verb = "withdraw"): string {
  const left = Number(after) - at.timestamp;
  return left < 0 ? `ready to ${verb}` : `locked until ${moment(Number(after))} UTC (${duration(left)})`;
}
