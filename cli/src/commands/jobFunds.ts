import { ALL, duration, showAmount, type Token } from "@keep3r-network/sdk";
import { callOf } from "../call.js";
import type { Commands, Fact } from "../command.js";
import { tokenFact } from "../facts.js";
import { amountOf, KP3R } from "../json.js";
import { AMOUNT_OR_ALL, JOB, LIQUIDITY, RECEIVER, TOKEN } from "../options.js";
import { JOB_FUND } from "./jobFund.js";
import { ownJob } from "./jobs.js";

/** What pays for a job's work. */
export const FUND_COMMANDS: Commands = {
  fund: JOB_FUND,

  "unbond-liquidity": {
    about: "starts to take liquidity out of a job",
    options: { job: JOB, liquidity: LIQUIDITY, amount: AMOUNT_OR_ALL },
    examples: ["--job Keep3rOracle --liquidity KP3R_WETH --amount all"],
    async plan(session) {
      const { keep3r } = session;
      const job = await session.contract("job");
      const token = await session.token("liquidity");
      const amount = session.amountOrAll(token);
      const bonded = await keep3r.read.liquidityAmount([job, token.address]);
      const call = callOf(keep3r, "unbondLiquidityFromJob", [job, token.address, amount]);
      const wait = Number(await keep3r.read.unbondTime());
      return {
        facts: [
          ["job", job],
          takenFact("liquidity", amount, bonded, token),
          ["can be withdrawn", `after ${duration(wait)}, with all that is pending`, { afterSeconds: wait }],
        ],
        steps: [
          {
            call,
            advice: {
              ...ownJob(session, job),
              JobLiquidityInsufficient: () => Promise.resolve(`The job has ${showAmount(bonded, token)}.`),
            },
          },
        ],
      };
    },
  },

  "withdraw-liquidity": {
    about: "sends the liquidity that the sender unbonded from a job",
    options: { job: JOB, liquidity: LIQUIDITY, receiver: RECEIVER },
    examples: ["--job Keep3rOracle --liquidity KP3R_WETH"],
    async plan(session) {
      const { keep3r, lens, sender } = session;
      const job = await session.contract("job");
      const token = await session.token("liquidity");
      const receiver = session.addressOr("receiver", sender);
      const [amount, after] = await lens.read.jobPendingUnbonds([job, token.address, sender]);
      const call = callOf(keep3r, "withdrawLiquidityFromJob", [job, token.address, receiver]);
      return {
        facts: [["job", job], tokenFact("liquidity", amount, token), ["receiver", receiver]],
        steps: [{ call, advice: { UnbondsLocked: () => session.lockedUntil(after) } }],
      };
    },
  },

  "withdraw-credits": {
    about: "takes token credits out of a job",
    options: { job: JOB, token: TOKEN, amount: AMOUNT_OR_ALL, receiver: RECEIVER },
    examples: ["--job Keep3rOracle --token WETH9 --amount all"],
    async plan(session) {
      const { keep3r, sender } = session;
      const job = await session.contract("job");
      const token = await session.token("token");
      const amount = session.amountOrAll(token);
      const credits = await keep3r.read.jobTokenCredits([job, token.address]);
      const receiver = session.addressOr("receiver", sender);
      const call = callOf(keep3r, "withdrawTokenCreditsFromJob", [job, token.address, amount, receiver]);
      const ZeroAmount = (): Promise<string> => Promise.resolve(`The job has no ${token.symbol}.`);
      return {
        facts: [["job", job], takenFact("credits", amount, credits, token), ["receiver", receiver]],
        steps: [{ call, advice: { ...ownJob(session, job), ZeroAmount } }],
      };
    },
  },

  settle: {
    about: "brings a job's credits up to date at fresh prices, and books what it spent of its tokens; anyone may",
    options: { job: JOB },
    examples: ["--job Keep3rOracle"],
    async plan(session) {
      const { keep3r } = session;
      const job = await session.contract("job");
      const stored = await keep3r.read.jobLiquidityCredits([job]);
      return {
        facts: [
          ["job", job],
          ["credits before", showAmount(stored, KP3R), amountOf(stored)],
        ],
        steps: [{ call: callOf(keep3r, "settle", [job]) }],
      };
    },
  },
};

/** What is taken out of what there is. */
function takenFact(label: string, amount: bigint, available: bigint, token: Token): Fact {
  if (amount !== ALL) return tokenFact(label, amount, token);
  const text = `all, ${showAmount(available, token)} as of now (${token.address})`;
  return [label, text, { ...amountOf(available, token), all: true }];
}
