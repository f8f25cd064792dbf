import { Failure } from "@keep3r-network/sdk";
import { type Address, zeroAddress } from "viem";
import { callOf } from "../call.js";
import type { Commands, Fact } from "../command.js";
import { addressOption, optional } from "../options.js";
import type { Session } from "../session.js";
import { ownJob } from "./jobs.js";

const FROM_JOB = addressOption("the job that is given up");
const TO_JOB = addressOption("the job that takes over all it has");
const TO_OWNER = optional(TO_JOB, "who has to own that job; the sender if left out");
const EXAMPLE =
  "--from-job 0x5FbDB2315678afecb367f032d93F642f64180aa3 --to-job 0xe7f1725E7734CE288F8367e1Bb143E90bb3F0512";

/** From one job to another. */
export const MIGRATION_COMMANDS: Commands = {
  migrate: {
    about: "proposes that a job's funds move to another job",
    options: { "from-job": FROM_JOB, "to-job": TO_JOB, "to-owner": TO_OWNER },
    examples: [EXAMPLE],
    async plan(session) {
      const [from, to] = [await session.contract("from-job"), await session.contract("to-job")];
      const owner = await ownerToMigrateTo(session, to);
      const call = callOf(session.keep3r, "migrateJob", [from, to]);
      return {
        facts: [...migration(from, to), ["owned by", `${owner}, who alone may accept`, owner]],
        steps: [{ call, advice: ownJob(session, from) }],
      };
    },
  },

  "accept-migration": {
    about: "moves a job's funds to the sender's job; the old job is removed",
    options: { "from-job": FROM_JOB, "to-job": TO_JOB },
    examples: [EXAMPLE],
    async plan(session) {
      const [from, to] = [await session.contract("from-job"), await session.contract("to-job")];
      const call = callOf(session.keep3r, "acceptJobMigration", [from, to]);
      return { facts: migration(from, to), steps: [{ call, advice: ownJob(session, to) }] };
    },
  },
};

/** Whoever owns the job at the proposal gets all that migrates: a stranger may have registered it first. */
async function ownerToMigrateTo(session: Session, job: Address): Promise<Address> {
  const expected = session.addressOr("to-owner", session.sender);
  const owner = await session.keep3r.read.jobOwner([job]);
  if (owner === expected) return owner;
  if (owner === zeroAddress) throw new Failure(`--to-job: ${job} isn't registered. Run \`job add\` first.`);
  throw new Failure(
    `--to-job: ${job} is owned by ${owner}, who would get all that --from-job has, and not by ${expected}. ` +
      "If that is meant, name its owner by --to-owner.",
  );
}

function migration(from: string, to: string): Fact[] {
  return [
    ["from job", from],
    ["to job", to],
  ];
}
