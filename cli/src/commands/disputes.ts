import { Failure } from "@keep3r-network/sdk";
import type { Address } from "viem";
import { callOf } from "../call.js";
import type { Commands } from "../command.js";
import { addressOption, AMOUNT, JOB, LIQUIDITY, optional, RECEIVER, TOKEN, eitherOf } from "../options.js";
import { tokenFact } from "../facts.js";
import type { Session } from "../session.js";

const ACCOUNT = addressOption("the job or keeper");
const DISPUTED_KEEPER = addressOption("the keeper, which must be in dispute");
const REVOKED_KEEPER = addressOption("the keeper, which must be revoked");
const KEEPER_EXAMPLE = "--keeper 0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC";

/** Of disputers, slashers, and governance after them. */
export const DISPUTE_COMMANDS: Commands = {
  dispute: {
    about: "freezes a job or keeper (disputer)",
    options: { account: ACCOUNT },
    examples: ["--account Keep3rOracle"],
    plan(session) {
      const account = session.address("account");
      const call = callOf(session.keep3r, "dispute", [account]);
      return { facts: [["account", account]], steps: [{ call }] };
    },
  },

  resolve: {
    about: "thaws a job or keeper (disputer)",
    options: { account: ACCOUNT },
    examples: ["--account Keep3rOracle"],
    plan(session) {
      const account = session.address("account");
      const call = callOf(session.keep3r, "resolve", [account]);
      return { facts: [["account", account]], steps: [{ call }] };
    },
  },

  "slash-keeper": {
    about: "takes up to an amount of a keeper's bond, from what is being unbonded first (slasher)",
    options: { keeper: DISPUTED_KEEPER, amount: AMOUNT, token: optional(TOKEN, "what is bonded; KP3R if left out") },
    examples: [`${KEEPER_EXAMPLE} --amount 1.5`],
    async plan(session) {
      const keeper = session.address("keeper");
      const token = await session.token("token", session.addresses.KP3R);
      const amount = session.amount(token);
      // Keep3r takes the sum of both amounts, from what is being unbonded first.
      const call = callOf(session.keep3r, "slash", [keeper, token.address, amount, 0n]);
      return {
        facts: [["keeper", keeper], tokenFact("amount", amount, token)],
        steps: [{ call }],
      };
    },
  },

  "revoke-keeper": {
    about: "takes all KP3R of a keeper and bars it (slasher)",
    options: { keeper: DISPUTED_KEEPER },
    examples: [KEEPER_EXAMPLE],
    plan(session) {
      const keeper = session.address("keeper");
      const call = callOf(session.keep3r, "revoke", [keeper]);
      return { facts: [["keeper", keeper]], steps: [{ call }] };
    },
  },

  "reinstate-keeper": {
    about: "lets a revoked keeper bond again (governance)",
    options: { keeper: REVOKED_KEEPER },
    examples: [KEEPER_EXAMPLE],
    plan(session) {
      const keeper = session.address("keeper");
      const call = callOf(session.keep3r, "reinstate", [keeper]);
      return { facts: [["keeper", keeper]], steps: [{ call }] };
    },
  },

  "slash-job": {
    about: "takes liquidity or token credits of a job that is in dispute (slasher)",
    options: {
      job: JOB,
      liquidity: optional(LIQUIDITY, "LP tokens, from what its owner is unbonding first"),
      token: optional(TOKEN, "or token credits"),
      amount: AMOUNT,
      "former-owner": optional(ACCOUNT, "takes only liquidity that this earlier owner is unbonding"),
    },
    check: eitherOf("liquidity", "token"),
    examples: ["--job Keep3rOracle --liquidity KP3R_WETH --amount 1.5"],
    async plan(session) {
      const kind = session.has("liquidity") ? "liquidity" : "token";
      const job = await session.contract("job");
      const token = await session.token(kind);
      const amount = session.amount(token);
      const slash = kind === "liquidity" ? "slashLiquidityFromJob" : "slashTokenFromJob";
      const call = session.has("former-owner")
        ? callOf(session.keep3r, "slashUnbondingLiquidityFromJob", [
            job,
            token.address,
            formerOwner(session, kind),
            amount,
          ])
        : callOf(session.keep3r, slash, [job, token.address, amount]);
      return {
        facts: [["job", job], tokenFact(kind, amount, token)],
        steps: [{ call }],
      };
    },
  },

  "withdraw-slash-held": {
    about: "sends all of a token that was slashed and is held for governance (governance)",
    options: { token: TOKEN, receiver: RECEIVER },
    examples: ["--token KP3R_WETH"],
    async plan(session) {
      const token = await session.token("token");
      const receiver = session.addressOr("receiver", session.sender);
      const held = await session.lens.read.slashHeld([token.address]);
      if (held === 0n) throw new Failure(`--token: no ${token.symbol} (${token.address}) that was slashed is held.`);
      const call = callOf(session.keep3r, "withdrawSlashHeld", [token.address, receiver]);
      return { facts: [tokenFact("held", held, token), ["receiver", receiver]], steps: [{ call }] };
    },
  },
};

function formerOwner(session: Session, kind: string): Address {
  if (kind !== "liquidity") throw new Failure("--former-owner is for --liquidity: token credits aren't unbonded.");
  return session.address("former-owner");
}
