import { ALL, duration, Failure, showAmount, type Token } from "@keep3r-network/sdk";
import type { Address } from "viem";
import { withApproval } from "../approval.js";
import { callOf } from "../call.js";
import type { Command, Commands, Fact, Plan } from "../command.js";
import { amountOf } from "../json.js";
import { AMOUNT, AMOUNT_OR_ALL, optional, type Options, TOKEN } from "../options.js";
import type { Session } from "../session.js";
import { keeperOf, type MovedKeeper, OWNED } from "./keepers.js";

const BOND = optional(TOKEN, "what is bonded; KP3R if left out");

/** Of a keeper's bond in one token. */
interface Bond extends MovedKeeper {
  token: Token;
  facts: Fact[];
}

/** What a keeper stands for its work with. */
export const BOND_COMMANDS: Commands = {
  bond: bondCommand(
    "hands in tokens to be bonded; 0 is for a keeper without a bond",
    { amount: AMOUNT },
    ["--amount 12.5", "--amount 0"],
    handIn,
  ),
  activate: bondCommand("turns what was handed in into a bond, and makes the keeper active", {}, [""], activate),
  unbond: bondCommand("starts to take a bond out", { amount: AMOUNT_OR_ALL }, ["--amount all"], unbond),
  withdraw: bondCommand("sends what was unbonded to the sender", {}, [""], withdraw),
};

async function handIn(session: Session, { token, owned, facts, advice }: Bond): Promise<Plan> {
  const { keep3r } = session;
  const amount = session.amount(token, true);
  const call =
    owned === undefined
      ? callOf(keep3r, "bond", [token.address, amount])
      : callOf(keep3r, "bondFor", [owned, token.address, amount]);
  const wait = Number(await keep3r.read.bondTime());
  return {
    facts: [
      ...facts,
      ["amount", showAmount(amount, token), amountOf(amount, token)],
      ["can be activated", `after ${duration(wait)}, with all that is pending`, { afterSeconds: wait }],
    ],
    steps: await withApproval(session, token, amount, { call, advice }),
  };
}

async function activate(session: Session, { keeper, token, owned, facts, advice }: Bond): Promise<Plan> {
  const { keep3r } = session;
  const amount = await keep3r.read.pendingBonds([keeper, token.address]);
  const call =
    owned === undefined
      ? callOf(keep3r, "activate", [token.address])
      : callOf(keep3r, "activateFor", [owned, token.address]);
  const BondsLocked = async (): Promise<string> =>
    session.lockedUntil(await keep3r.read.canActivateAfter([keeper, token.address]));
  return {
    facts: [...facts, ["handed in", showAmount(amount, token), amountOf(amount, token)]],
    steps: [{ call, advice: { ...advice, BondsLocked } }],
  };
}

async function unbond(session: Session, { keeper, token, owned, facts, advice }: Bond): Promise<Plan> {
  const { keep3r } = session;
  const amount = await unbonded(session, keeper, token);
  const call =
    owned === undefined
      ? callOf(keep3r, "unbond", [token.address, amount])
      : callOf(keep3r, "unbondFor", [owned, token.address, amount]);
  const wait = Number(await keep3r.read.unbondTime());
  return {
    facts: [
      ...facts,
      ["amount", showAmount(amount, token), amountOf(amount, token)],
      ["can be withdrawn", `after ${duration(wait)}, with all that is pending`, { afterSeconds: wait }],
    ],
    steps: [{ call, advice }],
  };
}

async function withdraw(session: Session, { keeper, token, owned, facts, advice }: Bond): Promise<Plan> {
  const { keep3r } = session;
  const amount = await keep3r.read.pendingUnbonds([keeper, token.address]);
  const call =
    owned === undefined
      ? callOf(keep3r, "withdraw", [token.address])
      : callOf(keep3r, "withdrawFor", [owned, token.address]);
  const UnbondsLocked = async (): Promise<string> =>
    session.lockedUntil(await keep3r.read.canWithdrawAfter([keeper, token.address]));
  return {
    facts: [...facts, ["unbonded", showAmount(amount, token), amountOf(amount, token)]],
    steps: [{ call, advice: { ...advice, UnbondsLocked } }],
  };
}

/** Keep3r takes no word for all of a bond, which grows with each payment: it is what there is now. */
async function unbonded(session: Session, keeper: Address, token: Token): Promise<bigint> {
  const amount = session.amountOrAll(token);
  if (amount !== ALL) return amount;
  const bonded = await session.keep3r.read.bonds([keeper, token.address]);
  if (bonded === 0n) throw new Failure(`--amount: ${keeper} has no ${token.symbol} bonded.`);
  return bonded;
}

function bondCommand(
  about: string,
  options: Options,
  examples: readonly string[],
  plan: (session: Session, bond: Bond) => Promise<Plan>,
): Command {
  return {
    about,
    options: { ...options, token: BOND, keeper: OWNED },
    examples,
    async plan(session) {
      const moved = keeperOf(session);
      const token = await session.token("token", session.addresses.KP3R);
      const facts: Fact[] = [
        ["keeper", moved.keeper],
        ["token", `${token.symbol} (${token.address})`, token.address],
      ];
      return plan(session, { ...moved, token, facts });
    },
  };
}
