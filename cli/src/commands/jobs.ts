import { type Address, zeroAddress } from "viem";
import { callOf } from "../call.js";
import type { Commands, Step } from "../command.js";
import { JOB, NEW_OWNER } from "../options.js";
import type { Session } from "../session.js";

/** Whose job it is. */
export const OWNERSHIP_COMMANDS: Commands = {
  add: {
    about: "registers a job; the sender becomes its owner",
    options: { job: JOB },
    examples: ["--job 0x5FbDB2315678afecb367f032d93F642f64180aa3"],
    async plan(session) {
      const job = await session.contract("job");
      const JobAlreadyAdded = async (): Promise<string> =>
        `The job is registered already, and owned by ${await session.keep3r.read.jobOwner([job])}: it can be funded.`;
      const call = callOf(session.keep3r, "addJob", [job]);
      return { facts: [["job", job]], steps: [{ call, advice: { JobAlreadyAdded } }] };
    },
  },

  offer: {
    about: "offers a job to a new owner",
    options: { job: JOB, "to-owner": NEW_OWNER },
    examples: ["--job Keep3rOracle --to-owner 0x70997970C51812dc3A010C7d01b50e0d17dc79C8"],
    async plan(session) {
      const job = await session.contract("job");
      const owner = session.address("to-owner");
      const call = callOf(session.keep3r, "changeJobOwnership", [job, owner]);
      return {
        facts: [
          ["job", job],
          ["offered to", owner],
        ],
        steps: [{ call, advice: ownJob(session, job) }],
      };
    },
  },

  accept: {
    about: "makes the sender the owner of a job that was offered to it",
    options: { job: JOB },
    examples: ["--job Keep3rOracle"],
    async plan(session) {
      const job = await session.contract("job");
      return { facts: [["job", job]], steps: [{ call: callOf(session.keep3r, "acceptJobOwnership", [job]) }] };
    },
  },
};

/** What is known when a job's owner is asked for. */
export function ownJob({ keep3r, sender }: Session, job: Address): NonNullable<Step["advice"]> {
  const owner = async (): Promise<string> => {
    const current = await keep3r.read.jobOwner([job]);
    return current === zeroAddress
      ? "The job isn't registered. Check the address, or run `job add` first."
      : `The job is owned by ${current}, not by ${sender}. Sign with the owner's key.`;
  };
  return { OnlyJobOwner: owner };
}
