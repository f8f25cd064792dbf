import { amount, DAY, Failure, moment, showAmount, tokensMetadata, WAD } from "@keep3r-network/sdk";
import { fact, title } from "@keep3r-network/sdk/node";
import { zeroAddress } from "viem";
import type { Answer, Command } from "../command.js";
import { addressOrNull, amountOf, momentOrNull } from "../json.js";
import { JOB } from "../options.js";
import { asOf, openReport, ready, type Report } from "../pinned.js";
import { readRunway, RUNWAY_OPTIONS } from "../runway.js";
import type { Session } from "../session.js";
import { readWorks, WORKS_OPTIONS } from "../works.js";

type JobState = Awaited<ReturnType<Session["lens"]["read"]["jobState"]>>;

/** What a job has, and how long that lasts. */
export const JOB_REPORT: Command = {
  about: "shows a job's credits and funds, how many days they last, and what so many works a day need",
  options: { job: JOB, ...RUNWAY_OPTIONS, ...WORKS_OPTIONS },
  check: (values) => {
    if (values.has("gas-per-work") && !values.has("works")) {
      throw new Failure("--gas-per-work belongs to --works: say how many works a day.");
    }
  },
  examples: [
    "--job Keep3rOracle",
    "--job Keep3rOracle --spend 2.5",
    "--job Keep3rOracle --works 24 --gas-per-work 150000",
  ],
  async read(session) {
    const job = await session.contract("job");
    const report = await openReport(session);
    const state = await session.lens.read.jobState([job], report.pinned);
    if (state.owner === zeroAddress) throw new Failure(`--job: ${job} isn't registered. Check it, or run \`job add\`.`);

    const sections = [
      await readOwnership(report, state),
      await readCredits(report, state, await readRunway(report, job, state.credits)),
      await readLiquidity(report, state),
      await readTokens(report, state),
      ...(session.has("works") ? [await readWorks(report, job, state.value)] : []),
    ];
    return {
      document: Object.assign({ job, asOf: asOf(report.at) }, ...sections.map(({ document }) => document)) as object,
      show() {
        title(`Job ${job}`);
        fact("as of", `${moment(report.at.timestamp)} UTC, the latest block`);
        for (const { show } of sections) show();
      },
    };
  },
};

async function readOwnership({ session, pinned }: Report, state: JobState): Promise<Answer> {
  const { owner, pendingOwner, pendingMigration, migrationOwner, disputed, workedAt } = state;
  const nextOwner = await session.keep3r.read.jobOwner([pendingMigration], pinned);
  const acceptedBy = nextOwner === migrationOwner ? addressOrNull(nextOwner) : null;
  const migration = pendingMigration === zeroAddress ? null : { to: pendingMigration, acceptedBy };
  return {
    document: {
      owner,
      pendingOwner: addressOrNull(pendingOwner),
      migration,
      disputed,
      workedAt: momentOrNull(workedAt),
    },
    show() {
      fact("owner", owner);
      if (pendingOwner !== zeroAddress) fact("offered to", pendingOwner);
      if (migration !== null) {
        fact("migration proposed to", pendingMigration);
        fact("may be accepted by", acceptedBy ?? "nobody: when it was proposed, that job had another owner");
      }
      fact("in dispute", disputed ? "yes: it can't be worked or withdrawn from" : "no");
      fact("last worked", workedAt === 0n ? "never from its credits" : `${moment(Number(workedAt))} UTC`);
    },
  };
}

async function readCredits(
  { session, pinned }: Report,
  { credits, periodCredits, value }: JobState,
  runway: Awaited<ReturnType<typeof readRunway>>,
): Promise<Answer> {
  const minedPerDay = (value * BigInt(DAY)) / (await session.keep3r.read.inflationPeriod(pinned));
  return {
    document: {
      credits: amountOf(credits),
      periodCredits: amountOf(periodCredits),
      minedPerDay: amountOf(minedPerDay),
      ...runway.document,
    },
    show() {
      title("Credits");
      fact("credits", `${amount(credits, 4)} KP3R`);
      fact("mining fills them to", `${amount(periodCredits, 4)} KP3R`);
      fact("mined a day", `${amount(minedPerDay, 4)} KP3R`);
      for (const [label, text] of runway.facts) fact(label, text);
    },
  };
}

async function readLiquidity({ session, at, pinned }: Report, { liquidities }: JobState): Promise<Answer> {
  const tokens = await tokensMetadata(
    session.client,
    liquidities.map(({ liquidity }) => liquidity),
    pinned,
  );
  const held = liquidities.map((position, index) => ({
    ...position,
    token: tokens[index]!,
    worth: (position.amount * position.price) / WAD,
  }));
  return {
    document: {
      liquidities: held.map(({ token, amount: bonded, worth, mining, pendingUnbonds, canWithdrawAfter }) => ({
        bonded: amountOf(bonded, token),
        worth: amountOf(worth),
        mining,
        unbonding: amountOf(pendingUnbonds, token),
        canWithdrawAfter: momentOrNull(canWithdrawAfter),
      })),
    },
    show() {
      title("Liquidity");
      if (held.length === 0) fact("none", "nothing mines credits for the job");
      for (const { token, amount: bonded, worth, mining, pendingUnbonds, canWithdrawAfter } of held) {
        fact(token.symbol, `${showAmount(bonded, token)}, worth ${amount(worth, 4)} KP3R (${token.address})`);
        if (!mining) fact("", "it mines nothing: governance revoked it");
        if (pendingUnbonds > 0n) {
          fact("", `${showAmount(pendingUnbonds, token)} unbonding, ${ready(canWithdrawAfter, at)}`);
        }
      }
    },
  };
}

async function readTokens({ session, pinned }: Report, { tokens }: JobState): Promise<Answer> {
  const known = await tokensMetadata(
    session.client,
    tokens.map(({ token }) => token),
    pinned,
  );
  const held = tokens.map(({ credits }, index) => ({ credits, token: known[index]! }));
  return {
    document: { tokenCredits: held.map(({ credits, token }) => amountOf(credits, token)) },
    show() {
      title("Token credits");
      if (held.length === 0) fact("none", "");
      for (const { credits, token } of held) fact(token.symbol, `${showAmount(credits, token)} (${token.address})`);
    },
  };
}
