import {
  askForWork,
  decodeRevert,
  type DiscoveredJob,
  discoverJobs,
  listJobs,
  moment,
  showAmount,
  type Token,
  tokensMetadata,
  type WorkAnswer,
} from "@keep3r-network/sdk";
import { fact, say, title } from "@keep3r-network/sdk/node";
import { type Address, zeroAddress } from "viem";
import type { Command } from "../command.js";
import { amountOf, KP3R, momentOrNull } from "../json.js";
import { KEEPER, optional } from "../options.js";
import { asOf, openReport, type Report } from "../pinned.js";

/** Jobs that are read at a time. */
const AT_ONCE = 8;

/** Which jobs there are, what they can pay, and which of them have work. */
export const JOB_LIST: Command = {
  about: "shows all jobs: owner, credits, dispute, last work, and whether there is work now",
  options: { keeper: optional(KEEPER, "who asks the jobs for work; nobody if left out") },
  examples: [""],
  async read(session) {
    const keeper = session.addressOr("keeper", zeroAddress);
    const report = await openReport(session);
    const jobs = await readJobs(report, keeper);
    return {
      document: { asOf: asOf(report.at), jobs: jobs.map(documentOf) },
      show() {
        if (jobs.length === 0) say("There are no jobs. `keep3r job add` registers one.");
        for (const job of jobs) show(job);
      },
    };
  },
};

interface ListedJob {
  job: Address;
  owner: Address;
  /** KP3R. */
  credits: bigint;
  tokenCredits: { credits: bigint; token: Token }[];
  disputed: boolean;
  workedAt: bigint;
  discovered: DiscoveredJob;
  /** Of a job that can be asked. */
  work: WorkAnswer | undefined;
}

async function readJobs(report: Report, keeper: Address): Promise<ListedJob[]> {
  const { session, pinned } = report;
  const jobs = await listJobs(session.client, session.addresses, pinned);
  const discovered = await discoverJobs(session.client, jobs, pinned);
  const listed: ListedJob[] = [];
  for (let start = 0; start < discovered.length; start += AT_ONCE) {
    const some = discovered.slice(start, start + AT_ONCE);
    listed.push(...(await Promise.all(some.map((job) => readJob(report, keeper, job)))));
  }
  return listed;
}

async function readJob({ session, pinned }: Report, keeper: Address, discovered: DiscoveredJob): Promise<ListedJob> {
  const { client, lens } = session;
  const { job, workable } = discovered;
  const [state, work] = await Promise.all([
    lens.read.jobState([job], pinned),
    workable ? askForWork(client, { job, keeper, ...pinned }) : undefined,
  ]);
  const addresses = state.tokens.map(({ token }) => token);
  const tokens = await tokensMetadata(client, addresses, pinned);
  const tokenCredits = state.tokens.map(({ credits }, index) => ({ credits, token: tokens[index]! }));
  const { owner, credits, disputed, workedAt } = state;
  return { job, owner, credits, tokenCredits, disputed, workedAt, discovered, work };
}

function documentOf({ job, owner, credits, tokenCredits, disputed, workedAt, discovered, work }: ListedJob): object {
  const { workSource } = discovered;
  return {
    job,
    owner,
    credits: amountOf(credits),
    tokenCredits: tokenCredits.map((held) => amountOf(held.credits, held.token)),
    disputed,
    workedAt: momentOrNull(workedAt),
    workable: work === undefined || work.failed !== undefined ? null : work.canWork,
    ...(work?.failed === undefined ? {} : { failure: failureText(work) }),
    ...(workSource === undefined ? {} : { workSource }),
  };
}

function show({ job, owner, credits, tokenCredits, disputed, workedAt, discovered, work }: ListedJob): void {
  title(job);
  fact("owner", owner);
  fact("credits", showAmount(credits, KP3R));
  for (const { credits: held, token } of tokenCredits) {
    fact("token credits", `${showAmount(held, token)} (${token.address})`);
  }
  fact("in dispute", disputed ? "yes: it can't be worked" : "no");
  fact("last worked", workedAt === 0n ? "never from its credits" : `${moment(Number(workedAt))} UTC`);
  fact("workable now", workText(work));
  if (discovered.workSource !== undefined) fact("finds its work in", discovered.workSource || "a place without a name");
}

function workText(work: WorkAnswer | undefined): string {
  if (work === undefined) return "it doesn't say: it isn't an IKeep3rWorkable";
  if (work.failed !== undefined) return `unknown: ${failureText(work)}`;
  return work.canWork ? "yes" : "no";
}

function failureText({ revertData }: WorkAnswer): string {
  return revertData === undefined
    ? "workable() answers nonsense"
    : `workable() fails: ${decodeRevert(revertData).text}`;
}
