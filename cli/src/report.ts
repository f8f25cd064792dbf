import { MaxUint256, ZeroAddress } from "ethers";
import type { TypedContractEvent, TypedEventLog } from "#typechain/common";
import type { KeeperWorkEvent } from "#typechain/contracts/Keep3r";
import { amount, count, duration, moment } from "@keep3r-network/sdk";
import { fact, title } from "@keep3r-network/sdk/node";
import { DAY, WAD } from "@keep3r-network/sdk";
import { type Command, JOB, oneOf, optional, TOKEN } from "./command";
import { Failure } from "@keep3r-network/sdk";
import type { Session } from "./session";
import { parseAmount, showAmount, type Token } from "@keep3r-network/sdk";

const KP3R: Token = { address: "", symbol: "KP3R", decimals: 18 };
const DAYS = 7;
/** Nodes refuse to search too many blocks at once. */
const BLOCKS = 5_000;

type Payment = TypedEventLog<
  TypedContractEvent<KeeperWorkEvent.InputTuple, KeeperWorkEvent.OutputTuple, KeeperWorkEvent.OutputObject>
>;

export const REPORT: Command = {
  about: "shows a job's credits and how many days they last, or the state of a keeper",
  options: {
    job: optional(JOB, "a job"),
    keeper: { value: "ADDRESS", about: "or a keeper" },
    token: optional(TOKEN, "a token that the keeper bonds, besides KP3R"),
    days: { value: "NUMBER", about: `the past days that a job's spending is measured in; ${DAYS} if left out` },
    spend: { value: "AMOUNT", about: "KP3R that a job spends a day, instead of measuring it" },
  },
  async report(session) {
    await (oneOf(session, "job", "keeper") === "job" ? reportJob(session) : reportKeeper(session));
  },
};

async function reportJob(session: Session): Promise<void> {
  const { keep3r, lens } = session;
  const job = await session.contract("job");
  const state = await lens.jobState(job);
  if (state.owner === ZeroAddress) throw new Failure(`--job: ${job} isn't registered. Check it, or run \`add-job\`.`);
  const now = await session.now();

  title(`Job ${job}`);
  fact("as of", `${moment(now)} UTC, the latest block`);
  fact("owner", state.owner);
  if (state.pendingOwner !== ZeroAddress) fact("offered to", state.pendingOwner);
  if (state.pendingMigration !== ZeroAddress) {
    const owner = await keep3r.jobOwner(state.pendingMigration);
    const accepts = owner !== ZeroAddress && owner === state.migrationOwner;
    fact("migration proposed to", state.pendingMigration);
    fact("may be accepted by", accepts ? owner : "nobody: when it was proposed, that job had another owner");
  }
  fact("in dispute", state.disputed ? "yes: it can't be worked or withdrawn from" : "no");
  fact("last worked", state.workedAt === 0n ? "never from its credits" : `${moment(Number(state.workedAt))} UTC`);

  title("Credits");
  const inflationPeriod = await keep3r.inflationPeriod();
  fact("credits", `${amount(state.credits, 4)} KP3R`);
  fact("mining fills them to", `${amount(state.periodCredits, 4)} KP3R`);
  fact("mined a day", `${amount((state.value * BigInt(DAY)) / inflationPeriod, 4)} KP3R`);
  const perDay = await spending(session, job, now);
  fact("runway", runwayText(await lens.runway(job, perDay), perDay));

  title("Liquidity");
  if (state.liquidities.length === 0) fact("none", "nothing mines credits for the job");
  for (const { liquidity, amount: bonded, mining, price, pendingUnbonds, canWithdrawAfter } of state.liquidities) {
    const token = await session.tokenAt(liquidity, "liquidity");
    fact(token.symbol, `${showAmount(bonded, token)}, worth ${amount((bonded * price) / WAD, 4)} KP3R (${liquidity})`);
    if (!mining) fact("", "it mines nothing: governance revoked it");
    if (pendingUnbonds > 0n)
      fact("", `${showAmount(pendingUnbonds, token)} unbonding, ${ready(canWithdrawAfter, now)}`);
  }

  title("Token credits");
  if (state.tokens.length === 0) fact("none", "");
  for (const { token: address, credits } of state.tokens) {
    const token = await session.tokenAt(address, "token credits");
    fact(token.symbol, `${showAmount(credits, token)} (${address})`);
  }
}

/** KP3R a day: as given, or as paid in the past days. */
async function spending(session: Session, job: string, now: number): Promise<bigint> {
  if (session.has("spend")) {
    const perDay = parseAmount("--spend", session.text("spend"), KP3R);
    fact("spent a day", `${amount(perDay, 4)} KP3R, as given`);
    return perDay;
  }
  const days = daysOf(session);
  const payments = await paymentsOf(session, job, now - days * DAY);
  const spent = payments.reduce((sum, { args }) => sum + args.payment, 0n);
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

async function paymentsOf({ keep3r, kp3r, provider }: Session, job: string, since: number): Promise<Payment[]> {
  const last = await provider.getBlockNumber();
  const payments: Payment[] = [];
  const filter = keep3r.filters.KeeperWork(kp3r, job);
  for (let from = await firstBlockAfter(provider, since, last); from <= last; from += BLOCKS) {
    payments.push(...(await keep3r.queryFilter(filter, from, Math.min(from + BLOCKS - 1, last))));
  }
  return payments;
}

/** By halving: blocks are in the order of time. */
async function firstBlockAfter(provider: Session["provider"], time: number, last: number): Promise<number> {
  let [low, high] = [0, last];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const block = await provider.getBlock(middle);
    if (block !== null && block.timestamp >= time) high = middle;
    else low = middle + 1;
  }
  return low;
}

function runwayText(seconds: bigint, perDay: bigint): string {
  if (perDay === 0n) return "unlimited: nothing was spent; give --spend to reckon with an amount a day";
  if (seconds === MaxUint256) return "unlimited: mining covers the spending";
  return `${(Number(seconds) / DAY).toFixed(1)} days`;
}

async function reportKeeper(session: Session): Promise<void> {
  const keeper = session.account("keeper");
  const state = await session.lens.keeperState(keeper);
  const pendingOwner = await session.lens.keeperPendingOwner(keeper);
  const now = await session.now();

  title(`Keeper ${keeper}`);
  fact("as of", `${moment(now)} UTC, the latest block`);
  fact("owner", state.owner === ZeroAddress ? "itself" : state.owner);
  if (pendingOwner !== ZeroAddress) fact("offered to", pendingOwner);
  fact("active", state.active ? "yes" : "no");
  fact("in dispute", state.disputed ? "yes: it can't bond, withdraw or be paid" : "no");
  if (state.barred) fact("revoked", "yes: only governance can reinstate it");
  fact("first active", state.firstSeen === 0n ? "never" : `${moment(Number(state.firstSeen))} UTC`);
  fact("earned", showAmount(state.earned, KP3R));
  await showBond(session, keeper, KP3R, now);
  if (session.has("token")) await showBond(session, keeper, await session.token("token"), now);
}

async function showBond({ keep3r, kp3r }: Session, keeper: string, token: Token, now: number): Promise<void> {
  const address = token === KP3R ? kp3r : token.address;
  fact("bonded", showAmount(await keep3r.bonds(keeper, address), token));
  const canActivateAfter = await keep3r.canActivateAfter(keeper, address);
  if (canActivateAfter > 0n) {
    const pending = showAmount(await keep3r.pendingBonds(keeper, address), token);
    fact("handed in", `${pending}, ${ready(canActivateAfter, now, "activate")}`);
  }
  const canWithdrawAfter = await keep3r.canWithdrawAfter(keeper, address);
  if (canWithdrawAfter > 0n) {
    const pending = showAmount(await keep3r.pendingUnbonds(keeper, address), token);
    fact("unbonding", `${pending}, ${ready(canWithdrawAfter, now)}`);
  }
}

function ready(after: bigint, now: number, verb = "withdraw"): string {
  const left = Number(after) - now;
  return left < 0 ? `ready to ${verb}` : `locked until ${moment(Number(after))} UTC (${duration(left)})`;
}
