import { Failure, showAmount } from "@keep3r-network/sdk";
import type { Address } from "viem";
import { AMOUNT, type Commands, JOB, LIQUIDITY, oneOf, optional, TOKEN } from "../command.js";
import type { Session } from "../session.js";

const ACCOUNT = { value: "ADDRESS", about: "the job or keeper", required: true };
const KEEPER = { value: "ADDRESS", about: "the keeper, which must be in dispute", required: true };

/** Of governance, disputers and slashers. */
export const GOVERNANCE_COMMANDS: Commands = {
  "approve-liquidity": {
    about: "lets a kind of liquidity mine credits (governance)",
    options: { liquidity: LIQUIDITY },
    async plan(session) {
      const liquidity = await session.contract("liquidity");
      const call = session.call("approveLiquidity", [liquidity]);
      return { facts: [["liquidity", liquidity]], steps: [{ target: "Keep3r", call }] };
    },
  },

  dispute: {
    about: "freezes a job or keeper (disputer)",
    options: { account: ACCOUNT },
    plan(session) {
      const account = session.address("account");
      const call = session.call("dispute", [account]);
      return { facts: [["account", account]], steps: [{ target: "Keep3r", call }] };
    },
  },

  resolve: {
    about: "thaws a job or keeper (disputer)",
    options: { account: ACCOUNT },
    plan(session) {
      const account = session.address("account");
      const call = session.call("resolve", [account]);
      return { facts: [["account", account]], steps: [{ target: "Keep3r", call }] };
    },
  },

  "slash-keeper": {
    about: "takes up to an amount of a keeper's bond, from what is being unbonded first (slasher)",
    options: { keeper: KEEPER, amount: AMOUNT, token: optional(TOKEN, "what is bonded; KP3R if left out") },
    async plan(session) {
      const keeper = session.address("keeper");
      const token = await session.token("token", session.addresses.KP3R);
      const amount = session.amount(token);
      // Keep3r takes the sum of both amounts, from what is being unbonded first.
      const call = session.call("slash", [keeper, token.address, amount, 0n]);
      return {
        facts: [
          ["keeper", keeper],
          ["amount", `${showAmount(amount, token)} (${token.address})`],
        ],
        steps: [{ target: "Keep3r", call }],
      };
    },
  },

  "revoke-keeper": {
    about: "takes all KP3R of a keeper and bars it (slasher)",
    options: { keeper: KEEPER },
    plan(session) {
      const keeper = session.address("keeper");
      const call = session.call("revoke", [keeper]);
      return { facts: [["keeper", keeper]], steps: [{ target: "Keep3r", call }] };
    },
  },

  "slash-job": {
    about: "takes liquidity or token credits of a job that is in dispute (slasher)",
    options: {
      job: JOB,
      liquidity: optional(LIQUIDITY, "LP tokens, from what its owner is unbonding first"),
      token: optional(TOKEN, "or token credits"),
      amount: AMOUNT,
      "former-owner": { value: "ADDRESS", about: "takes only liquidity that this earlier owner is unbonding" },
    },
    async plan(session) {
      const kind = oneOf(session, "liquidity", "token");
      const job = await session.contract("job");
      const token = await session.token(kind);
      const amount = session.amount(token);
      const slash = kind === "liquidity" ? "slashLiquidityFromJob" : "slashTokenFromJob";
      const call = session.has("former-owner")
        ? session.call("slashUnbondingLiquidityFromJob", [job, token.address, formerOwner(session, kind), amount])
        : session.call(slash, [job, token.address, amount]);
      return {
        facts: [
          ["job", job],
          [kind, `${showAmount(amount, token)} (${token.address})`],
        ],
        steps: [{ target: "Keep3r", call }],
      };
    },
  },
};

function formerOwner(session: Session, kind: string): Address {
  if (kind !== "liquidity") throw new Failure("--former-owner is for --liquidity: token credits aren't unbonded.");
  return session.address("former-owner");
}
