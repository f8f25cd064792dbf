import { ALL, BPS, duration, Failure, percent, showAmount, type Token } from "@keep3r-network/sdk";
import { type Address, zeroAddress } from "viem";
import {
  AMOUNT,
  AMOUNT_OR_ALL,
  type Commands,
  JOB,
  LIQUIDITY,
  oneOf,
  optional,
  RECEIVER,
  type Step,
  TOKEN,
  withApproval,
} from "../command.js";
import type { Session } from "../session.js";

const FROM_JOB = { value: "ADDRESS", about: "the job that is given up", required: true };
const TO_JOB = { value: "ADDRESS", about: "the job that takes over all it has", required: true };
const TO_OWNER = { value: "ADDRESS", about: "who has to own that job; the sender if left out" };
const NEW_OWNER = { value: "ADDRESS", about: "who may accept", required: true };

export const JOB_COMMANDS: Commands = {
  "add-job": {
    about: "registers a job; the sender becomes its owner",
    options: { job: JOB },
    async plan(session) {
      const job = await session.contract("job");
      const call = session.call("addJob", [job]);
      const JobAlreadyAdded = async (): Promise<string> =>
        `The job is registered already, and owned by ${await session.keep3r.read.jobOwner([job])}: it can be funded.`;
      return { facts: [["job", job]], steps: [{ target: "Keep3r", call, advice: { JobAlreadyAdded } }] };
    },
  },

  "offer-job": {
    about: "offers a job to a new owner",
    options: { job: JOB, "to-owner": NEW_OWNER },
    async plan(session) {
      const job = await session.contract("job");
      const owner = session.address("to-owner");
      const call = session.call("changeJobOwnership", [job, owner]);
      return {
        facts: [
          ["job", job],
          ["offered to", owner],
        ],
        steps: [{ ...ownJob(session, job), call }],
      };
    },
  },

  "accept-job": {
    about: "makes the sender the owner of a job that was offered to it",
    options: { job: JOB },
    async plan(session) {
      const job = await session.contract("job");
      const call = session.call("acceptJobOwnership", [job]);
      return { facts: [["job", job]], steps: [{ target: "Keep3r", call }] };
    },
  },

  "fund-job": {
    about: "bonds LP tokens to a job, or credits it with a token; approves exactly that amount if need be",
    options: {
      job: JOB,
      liquidity: optional(LIQUIDITY, "LP tokens, such as KP3R_WETH: they mine KP3R credits"),
      token: optional(TOKEN, "or a token that the job pays with"),
      amount: AMOUNT,
    },
    async plan(session) {
      const { keep3r } = session;
      const kind = oneOf(session, "liquidity", "token");
      const job = await session.contract("job");
      const token = await session.token(kind);
      const amount = session.amount(token);
      const add = kind === "liquidity" ? "addLiquidityToJob" : "addTokenCreditsToJob";
      const step = { ...ownJob(session, job), call: session.call(add, [job, token.address, amount]) };
      const fee: [string, string][] =
        kind === "token" ? [["fee", `${percent(await keep3r.read.fee(), BPS, 2)} of it, for governance`]] : [];
      return {
        facts: [["job", job], [kind, `${showAmount(amount, token)} (${token.address})`], ...fee],
        steps: await withApproval(session, token, amount, step),
      };
    },
  },

  "unbond-liquidity": {
    about: "starts to take liquidity out of a job",
    options: { job: JOB, liquidity: LIQUIDITY, amount: AMOUNT_OR_ALL },
    async plan(session) {
      const { keep3r } = session;
      const job = await session.contract("job");
      const token = await session.token("liquidity");
      const amount = session.amountOrAll(token);
      const bonded = await keep3r.read.liquidityAmount([job, token.address]);
      const call = session.call("unbondLiquidityFromJob", [job, token.address, amount]);
      const wait = Number(await keep3r.read.unbondTime());
      return {
        facts: [
          ["job", job],
          ["liquidity", `${showTaken(amount, bonded, token)} (${token.address})`],
          ["can be withdrawn", `after ${duration(wait)}, with all that is pending`],
        ],
        steps: [
          {
            ...ownJob(session, job),
            call,
            advice: {
              ...ownJob(session, job).advice,
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
    async plan(session) {
      const { lens, sender } = session;
      const job = await session.contract("job");
      const token = await session.token("liquidity");
      const receiver = session.has("receiver") ? session.address("receiver") : sender;
      const [amount, after] = await lens.read.jobPendingUnbonds([job, token.address, sender]);
      const call = session.call("withdrawLiquidityFromJob", [job, token.address, receiver]);
      return {
        facts: [
          ["job", job],
          ["liquidity", `${showAmount(amount, token)} (${token.address})`],
          ["receiver", receiver],
        ],
        steps: [{ target: "Keep3r", call, advice: { UnbondsLocked: () => session.lockedUntil(after) } }],
      };
    },
  },

  "withdraw-credits": {
    about: "takes token credits out of a job",
    options: { job: JOB, token: TOKEN, amount: AMOUNT_OR_ALL, receiver: RECEIVER },
    async plan(session) {
      const { keep3r, sender } = session;
      const job = await session.contract("job");
      const token = await session.token("token");
      const amount = session.amountOrAll(token);
      const credits = await keep3r.read.jobTokenCredits([job, token.address]);
      const receiver = session.has("receiver") ? session.address("receiver") : sender;
      const step = ownJob(session, job);
      return {
        facts: [
          ["job", job],
          ["credits", `${showTaken(amount, credits, token)} (${token.address})`],
          ["receiver", receiver],
        ],
        steps: [
          {
            ...step,
            call: session.call("withdrawTokenCreditsFromJob", [job, token.address, amount, receiver]),
            advice: { ...step.advice, ZeroAmount: () => Promise.resolve(`The job has no ${token.symbol}.`) },
          },
        ],
      };
    },
  },

  "migrate-job": {
    about: "proposes that a job's funds move to another job",
    options: { "from-job": FROM_JOB, "to-job": TO_JOB, "to-owner": TO_OWNER },
    async plan(session) {
      const [from, to] = [await session.contract("from-job"), await session.contract("to-job")];
      const owner = await ownerToMigrateTo(session, to);
      const call = session.call("migrateJob", [from, to]);
      return {
        facts: [...migration(from, to), ["owned by", `${owner}, who alone may accept`]],
        steps: [{ ...ownJob(session, from), call }],
      };
    },
  },

  "accept-migration": {
    about: "moves a job's funds to the sender's job; the old job is removed",
    options: { "from-job": FROM_JOB, "to-job": TO_JOB },
    async plan(session) {
      const [from, to] = [await session.contract("from-job"), await session.contract("to-job")];
      const call = session.call("acceptJobMigration", [from, to]);
      return { facts: migration(from, to), steps: [{ ...ownJob(session, to), call }] };
    },
  },
};

function ownJob({ keep3r, sender }: Session, job: Address): Omit<Step, "call"> {
  const owner = async (): Promise<string> => {
    const current = await keep3r.read.jobOwner([job]);
    return current === zeroAddress
      ? "The job isn't registered. Check the address, or run `add-job` first."
      : `The job is owned by ${current}, not by ${sender}. Sign with the owner's key.`;
  };
  return { target: "Keep3r", advice: { OnlyJobOwner: owner } };
}

/** Whoever owns the job at the proposal gets all that migrates: a stranger may have registered it first. */
async function ownerToMigrateTo(session: Session, job: Address): Promise<Address> {
  const expected = session.has("to-owner") ? session.address("to-owner") : session.sender;
  const owner = await session.keep3r.read.jobOwner([job]);
  if (owner === expected) return owner;
  if (owner === zeroAddress) throw new Failure(`--to-job: ${job} isn't registered. Run \`add-job\` first.`);
  throw new Failure(
    `--to-job: ${job} is owned by ${owner}, who would get all that --from-job has, and not by ${expected}. ` +
      "If that is meant, name its owner by --to-owner.",
  );
}

function migration(from: string, to: string): [string, string][] {
  return [
    ["from job", from],
    ["to job", to],
  ];
}

function showTaken(amount: bigint, available: bigint, token: Token): string {
  return amount === ALL ? `all, ${showAmount(available, token)} as of now` : showAmount(amount, token);
}
