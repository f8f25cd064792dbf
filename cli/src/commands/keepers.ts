import { duration, showAmount, type Token } from "@keep3r-network/sdk";
import { type Address, zeroAddress } from "viem";
import {
  AMOUNT,
  type Command,
  type Commands,
  optional,
  type Plan,
  type Step,
  TOKEN,
  withApproval,
} from "../command.js";
import type { Options } from "../options.js";
import type { Session } from "../session.js";

const KEEPER = { value: "ADDRESS", about: "the keeper", required: true };
const OWNED = optional(KEEPER, "a keeper that the sender owns; the sender itself if left out");
const BOND = optional(TOKEN, "what is bonded; KP3R if left out");

/** Of a keeper's bond in one token. */
interface Bond {
  keeper: Address;
  /** The keeper, if it isn't the sender. */
  owned: Address | undefined;
  token: Token;
  facts: Plan["facts"];
  own: Omit<Step, "call">;
}

export const KEEPER_COMMANDS: Commands = {
  bond: bondCommand("hands in tokens to be bonded; 0 is for a keeper without a bond", { amount: AMOUNT }, handIn),
  activate: bondCommand("turns what was handed in into a bond, and makes the keeper active", {}, activate),
  unbond: bondCommand("starts to take a bond out", { amount: AMOUNT }, unbond),
  withdraw: bondCommand("sends what was unbonded to the sender", {}, withdraw),

  "offer-keeper": {
    about: "offers a keeper to an owner, who moves its bonds from then on",
    options: { keeper: OWNED, "to-owner": { value: "ADDRESS", about: "who may accept", required: true } },
    plan(session) {
      const { keeper, own } = keeperOf(session);
      const owner = session.address("to-owner");
      const call = session.call("changeKeeperOwnership", [keeper, owner]);
      return {
        facts: [
          ["keeper", keeper],
          ["offered to", owner],
        ],
        steps: [{ ...own, call }],
      };
    },
  },

  "accept-keeper": {
    about: "makes the sender the owner of a keeper that was offered to it",
    options: { keeper: KEEPER },
    plan(session) {
      const keeper = session.address("keeper");
      const call = session.call("acceptKeeperOwnership", [keeper]);
      return { facts: [["keeper", keeper]], steps: [{ target: "Keep3r", call }] };
    },
  },
};

async function handIn(session: Session, { token, owned, facts, own }: Bond): Promise<Plan> {
  const { keep3r } = session;
  const amount = session.amount(token, true);
  const call =
    owned === undefined
      ? session.call("bond", [token.address, amount])
      : session.call("bondFor", [owned, token.address, amount]);
  const wait = duration(Number(await keep3r.read.bondTime()));
  return {
    facts: [
      ...facts,
      ["amount", showAmount(amount, token)],
      ["can be activated", `after ${wait}, with all that is pending`],
    ],
    steps: await withApproval(session, token, amount, { ...own, call }),
  };
}

async function activate(session: Session, { keeper, token, owned, facts, own }: Bond): Promise<Plan> {
  const { keep3r } = session;
  const amount = await keep3r.read.pendingBonds([keeper, token.address]);
  const call =
    owned === undefined
      ? session.call("activate", [token.address])
      : session.call("activateFor", [owned, token.address]);
  const BondsLocked = async (): Promise<string> =>
    session.lockedUntil(await keep3r.read.canActivateAfter([keeper, token.address]));
  return {
    facts: [...facts, ["handed in", showAmount(amount, token)]],
    steps: [{ ...own, call, advice: { ...own.advice, BondsLocked } }],
  };
}

async function unbond(session: Session, { token, owned, facts, own }: Bond): Promise<Plan> {
  const { keep3r } = session;
  const amount = session.amount(token);
  const call =
    owned === undefined
      ? session.call("unbond", [token.address, amount])
      : session.call("unbondFor", [owned, token.address, amount]);
  const wait = duration(Number(await keep3r.read.unbondTime()));
  return {
    facts: [
      ...facts,
      ["amount", showAmount(amount, token)],
      ["can be withdrawn", `after ${wait}, with all that is pending`],
    ],
    steps: [{ ...own, call }],
  };
}

async function withdraw(session: Session, { keeper, token, owned, facts, own }: Bond): Promise<Plan> {
  const { keep3r } = session;
  const amount = await keep3r.read.pendingUnbonds([keeper, token.address]);
  const call =
    owned === undefined
      ? session.call("withdraw", [token.address])
      : session.call("withdrawFor", [owned, token.address]);
  const UnbondsLocked = async (): Promise<string> =>
    session.lockedUntil(await keep3r.read.canWithdrawAfter([keeper, token.address]));
  return {
    facts: [...facts, ["unbonded", showAmount(amount, token)]],
    steps: [{ ...own, call, advice: { ...own.advice, UnbondsLocked } }],
  };
}

function bondCommand(about: string, options: Options, plan: (session: Session, bond: Bond) => Promise<Plan>): Command {
  return {
    about,
    options: { ...options, token: BOND, keeper: OWNED },
    async plan(session) {
      const { keeper, owned, own } = keeperOf(session);
      const token = await session.token("token", session.addresses.KP3R);
      const facts: Plan["facts"] = [
        ["keeper", keeper],
        ["token", `${token.symbol} (${token.address})`],
      ];
      return plan(session, { keeper, owned, token, facts, own });
    },
  };
}

function keeperOf(session: Session): Pick<Bond, "keeper" | "owned" | "own"> {
  const { lens, sender } = session;
  const keeper = session.has("keeper") ? session.address("keeper") : sender;
  const OnlyKeeperOwner = async (): Promise<string> => {
    const owner = await lens.read.keeperOwner([keeper]);
    const mover = owner === zeroAddress ? keeper : owner;
    return `The bonds of ${keeper} are moved by ${mover}, not by ${sender}. Sign with that key.`;
  };
  return {
    keeper,
    owned: keeper === sender ? undefined : keeper,
    own: { target: "Keep3r", advice: { OnlyKeeperOwner } },
  };
}
