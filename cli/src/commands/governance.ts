import { AMOUNT, type Commands, JOB, LIQUIDITY, oneOf, optional, TOKEN } from "../command";
import { Failure } from "@keep3r-network/sdk";
import type { Session } from "../session";
import { showAmount } from "@keep3r-network/sdk";

const ACCOUNT = { value: "ADDRESS", about: "the job or keeper", required: true };
const KEEPER = { value: "ADDRESS", about: "the keeper, which must be in dispute", required: true };

/** Of governance, disputers and slashers. */
export const GOVERNANCE_COMMANDS: Commands = {
  "approve-liquidity": {
    about: "lets a kind of liquidity mine credits (governance)",
    options: { liquidity: LIQUIDITY },
    async plan(session) {
      const liquidity = await session.contract("liquidity");
      const call = await session.keep3r.approveLiquidity.populateTransaction(liquidity);
      return { facts: [["liquidity", liquidity]], steps: [{ target: "Keep3r", call }] };
    },
  },

  dispute: {
    about: "freezes a job or keeper (disputer)",
    options: { account: ACCOUNT },
    async plan(session) {
      const account = session.account("account");
      const call = await session.keep3r.dispute.populateTransaction(account);
      return { facts: [["account", account]], steps: [{ target: "Keep3r", call }] };
    },
  },

  resolve: {
    about: "thaws a job or keeper (disputer)",
    options: { account: ACCOUNT },
    async plan(session) {
      const account = session.account("account");
      const call = await session.keep3r.resolve.populateTransaction(account);
      return { facts: [["account", account]], steps: [{ target: "Keep3r", call }] };
    },
  },

  "slash-keeper": {
    about: "takes up to an amount of a keeper's bond, from what is being unbonded first (slasher)",
    options: { keeper: KEEPER, amount: AMOUNT, token: optional(TOKEN, "what is bonded; KP3R if left out") },
    async plan(session) {
      const keeper = session.account("keeper");
      const token = await session.token("token", session.kp3r);
      const amount = session.amount(token);
      // Keep3r takes the sum of both amounts, from what is being unbonded first.
      const call = await session.keep3r.slash.populateTransaction(keeper, token.address, amount, 0n);
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
    async plan(session) {
      const keeper = session.account("keeper");
      const call = await session.keep3r.revoke.populateTransaction(keeper);
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
      const { keep3r } = session;
      const kind = oneOf(session, "liquidity", "token");
      const job = await session.contract("job");
      const token = await session.token(kind);
      const amount = session.amount(token);
      const slash = kind === "liquidity" ? keep3r.slashLiquidityFromJob : keep3r.slashTokenFromJob;
      const call = session.has("former-owner")
        ? keep3r.slashUnbondingLiquidityFromJob.populateTransaction(
            job,
            token.address,
            formerOwner(session, kind),
            amount,
          )
        : slash.populateTransaction(job, token.address, amount);
      return {
        facts: [
          ["job", job],
          [kind, `${showAmount(amount, token)} (${token.address})`],
        ],
        steps: [{ target: "Keep3r", call: await call }],
      };
    },
  },
};

function formerOwner(session: Session, kind: string): string {
  if (kind !== "liquidity") throw new Failure("--former-owner is for --liquidity: token credits aren't unbonded.");
  return session.account("former-owner");
}
