import { BPS, DAY } from "@keep3r-network/sdk";
import type { Departure, Work } from "./keeper";
import type { Operation } from "./setup";
import type { Silence } from "./silence";

/** What must hold of a keeper's life, and whether it did. */
export interface Check {
  name: string;
  holds: boolean;
}

/** What the meter can't see is a constant, so that a payment may exceed its due by this much: PAY-1. */
const MARGIN = 10_500n;

/** Sums of all works. */
export interface Totals {
  gas: bigint;
  cost: bigint;
  reward: bigint;
  worth: bigint;
}

export function total(works: readonly Work[]): Totals {
  const sum: Totals = { gas: 0n, cost: 0n, reward: 0n, worth: 0n };
  for (const { gasUsed, cost, reward, worth } of works) {
    sum.gas += gasUsed;
    sum.cost += cost;
    sum.reward += reward;
    sum.worth += worth;
  }
  return sum;
}

/** A keeper's life from its first work to its departure. */
export interface Life {
  /** Those of the oracle, in order; the last one ends the silence. */
  works: readonly Work[];
  silence: Silence;
  /** Those of other jobs. */
  jobs: readonly Work[];
  departure: Departure;
}

/** Every check of a story that ended with the keeper's departure. */
export async function checkStory(operation: Operation, { works, silence, jobs, departure }: Life): Promise<Check[]> {
  const all = [...works, ...jobs];
  return [
    ...(await checkWorks(operation, works, all)),
    checkSilence(silence),
    ...checkCredits(works, all),
    ...(await checkDeparture(operation, all, departure)),
    ...(await checkBalances(operation)),
  ];
}

async function checkWorks({ network }: Operation, works: readonly Work[], all: readonly Work[]): Promise<Check[]> {
  const { accounts, keep3r, helper } = network;
  const maxBoost = await helper.maxBoost();
  const events = await keep3r.queryFilter(keep3r.filters.KeeperWork(undefined, undefined, accounts.keeper));
  const paid = events.reduce((sum, { args }) => sum + args.payment, 0n);
  const earned = await keep3r.workCompleted(accounts.keeper);

  return [
    { name: "there was work, and each of it was paid once", holds: works.length > 0 && events.length === all.length },
    { name: "every payment was worth its cost at least", holds: all.every(({ worth, cost }) => worth >= cost) },
    {
      name: "no payment of the oracle was worth more than 105 % of its cost times the highest boost",
      holds: works.every(({ worth, cost }) => worth * BPS * BPS <= cost * maxBoost * MARGIN),
    },
    {
      name: "what the keeper earned is the sum of its payments",
      holds: earned === paid && paid === total(all).reward,
    },
  ];
}

function checkSilence({ observationAge, span, quotedAt, work }: Silence): Check {
  return {
    name: "after two days of silence the oracle answered over all of them, and the next work was paid by that",
    holds: observationAge >= 2 * DAY && span >= 2 * DAY && quotedAt === work.timestamp && work.worth >= work.cost,
  };
}

function checkCredits(works: readonly Work[], all: readonly Work[]): Check[] {
  const charged = all.every(({ creditsBefore, reward, creditsAfter }) => creditsBefore - reward === creditsAfter);
  const grew = works.every(({ creditsBefore }, index) => creditsBefore >= (works[index - 1]?.creditsAfter ?? 0n));
  return [
    { name: "every payment was taken from the job's credits, to the wei", holds: charged },
    { name: "between works the oracle's credits never fell, nor below zero", holds: grew },
  ];
}

async function checkDeparture(
  { network, bonded, genesisSupply }: Operation,
  works: readonly Work[],
  { withdrawn, balanceBefore, balanceAfter }: Departure,
): Promise<Check[]> {
  const { kp3r } = network;
  const { reward } = total(works);
  return [
    { name: "the keeper withdrew its bond and all of its rewards", holds: withdrawn === bonded + reward },
    { name: "what it withdrew is in its wallet", holds: balanceAfter - balanceBefore === withdrawn },
    {
      name: "KP3R's supply grew by the rewards, and by nothing else",
      holds: (await kp3r.totalSupply()) === genesisSupply - bonded + withdrawn && withdrawn - bonded === reward,
    },
  ];
}

async function checkBalances({ network, funding }: Operation): Promise<Check[]> {
  const { keep3r, lens, kp3r, pair, oracle } = network;
  const bonded = await keep3r.liquidityAmount(oracle, pair);
  return [
    { name: "Keep3r's KP3R covers what it owes", holds: (await kp3r.balanceOf(keep3r)) >= (await lens.owed(kp3r)) },
    {
      name: "Keep3r's LP tokens are the job's liquidity",
      holds: (await pair.balanceOf(keep3r)) === bonded && bonded === funding.liquidity,
    },
  ];
}
