import { DAY, HOUR, MINUTE, WAD } from "@keep3r-network/sdk";
import { expect } from "chai";
import fc from "fast-check";
import { ALL, type JobsModel } from "#model/jobs";
import { loadFixture } from "#support/fixture";
import { cases, describeDifferential, expectOutcome, Exploration, seeded } from "#support/tools/differential";
import {
  deployModelledJobsWorld,
  expectSameJobs,
  type JobName,
  JOBS,
  KINDS,
  modelJobsWorld,
  type ModelledJobsWorld,
  type OwnerName,
  OWNERS,
  TOKENS,
} from "#support/worlds/modelledJobs";

/** A world during a run, with its time and the helper's quotes. */
interface Real extends ModelledJobsWorld {
  now: number;
  quotes: Map<string, bigint>;
}

type Step = fc.AsyncCommand<JobsModel, Real>;
type Caller = OwnerName | "owner";

/** A call's effect on the model, and the transaction that makes it. */
interface Call {
  /** Waits until then, unless it is past. */
  notBefore?: number;
  expect: (now: number) => void;
  send: () => Promise<unknown>;
}

/** When every scenario begins: long after its world was deployed. */
const START = Date.UTC(2026, 5, 1) / 1000;
const STAKE = 50n * WAD;
const POSITIONS = JOBS.flatMap((job) => KINDS.flatMap((kind) => OWNERS.map((owner) => [job, kind, owner] as const)));

const job = fc.constantFrom(...JOBS);
const kind = fc.constantFrom(...KINDS);
const token = fc.constantFrom(...TOKENS);
const owner = fc.constantFrom(...OWNERS);
/** Mostly the job's owner, whoever that is. */
const caller: fc.Arbitrary<Caller> = fc.constantFrom("owner", "owner", "owner", ...OWNERS);
const amount = fc.oneof(fc.bigInt({ min: 0n, max: 6n * WAD }), fc.bigInt({ min: 0n, max: 60n * WAD }));
/** Of what there is, in thousandths; sometimes more than all. */
const part = fc.oneof(fc.integer({ min: 0, max: 1_000 }), fc.constantFrom(1_000, 1_001));
const seconds = fc.constantFrom(1, 59, 60, 1_799, 1_800, HOUR, 18 * HOUR, DAY, 4 * DAY, 15 * DAY);
/** Seconds to wait, or how far to land from the next reward period's beginning or from when a failed quote is tried again. */
const wait = fc.oneof(
  { weight: 4, arbitrary: seconds.map((time) => ({ time })) },
  { weight: 1, arbitrary: fc.constantFrom(-1, 0, 1).map((fromPeriodStart) => ({ fromPeriodStart })) },
  { weight: 1, arbitrary: fc.record({ fromRetry: fc.constantFrom(-1, 0, 1), of: kind }) },
);
type Wait = typeof wait extends fc.Arbitrary<infer Value> ? Value : never;

function landing(wait: Wait, now: number, model: JobsModel): number {
  if ("time" in wait) return now + wait.time;
  if ("fromRetry" in wait) return Math.max(now + 1, model.kind(wait.of).triedAt + 30 * MINUTE + wait.fromRetry);
  const period = model.terms.rewardPeriodTime;
  return Math.max(now + 1, now - (now % period) + period + wait.fromPeriodStart);
}

const exploration = new Exploration();

function step<T>(
  name: string,
  input: fc.Arbitrary<T>,
  act: (model: JobsModel, real: Real, input: T) => Call,
): fc.Arbitrary<Step> {
  exploration.expect(name);
  return fc.record({ wait, input }).map(({ wait, input }) => ({
    check: () => true,
    run: async (model, real) => {
      const call = act(model, real, input);
      real.now = Math.max(landing(wait, real.now, model), call.notBefore ?? 0);
      const refusal = model.attempt(() => call.expect(real.now));
      await expectOutcome(real.now, call.send, real.keep3r, refusal);
      exploration.count(name, refusal);
      await expectSameJobs(real, model);
    },
    toString: () => `${name}(${fc.stringify(input)}) after ${fc.stringify(wait)}`,
  }));
}

/** One of those that a call can be about, if there are any; now and then another. */
const choice = fc.record({ index: fc.nat(11), apt: fc.constantFrom(true, true, true, false) });
function choose<T>(all: readonly T[], { index, apt }: { index: number; apt: boolean }, isApt: (it: T) => boolean): T {
  const fitting = all.filter((it) => !apt || isApt(it));
  const from = fitting.length > 0 ? fitting : all;
  const chosen = from[index % from.length];
  if (chosen === undefined) throw new Error("There is nothing to choose from.");
  return chosen;
}

const ownerOf = (model: JobsModel, job: string, caller: Caller): OwnerName =>
  caller === "owner" ? ((model.job(job).owner ?? "stranger") as OwnerName) : caller;
const partOrAll = fc.oneof({ arbitrary: part, weight: 5 }, { arbitrary: fc.constant("all" as const), weight: 1 });
const amountOf = (whole: bigint, part: number | "all"): bigint => (part === "all" ? ALL : shareOf(whole, part));
const shareOf = (whole: bigint, part: number): bigint => (whole * BigInt(part) + 999n) / 1_000n;

const quotes = step(
  "quote",
  fc.record({ kind, quote: fc.option(fc.bigInt({ min: WAD / 4n, max: 4n * WAD }), { freq: 3 }) }),
  (_, { pricing, kinds, quotes }, { kind, quote }) => ({
    expect: () => (quote === null ? quotes.delete(kind) : quotes.set(kind, quote)),
    send: () => (quote === null ? pricing.refuse(kinds[kind]) : pricing.setPrice(kinds[kind], quote)),
  }),
);

const settles = step("settle", job, (model, { keep3r, jobs }, job) => ({
  expect: (now) => model.settle(job, now),
  send: () => keep3r.settle(jobs[job]),
}));

const forces = step("force", fc.record({ job, amount }), (model, { keep3r, jobs }, { job, amount }) => ({
  expect: (now) => model.force(job, amount, now),
  send: () => keep3r.forceLiquidityCreditsToJob(jobs[job], amount),
}));

const works = step("work", fc.record({ job, part }), (model, { jobs, keeper, now }, { job, part }) => {
  const payment = shareOf(model.creditsAt(job, now), part);
  return {
    expect: (now) => model.pay(job, payment, now),
    send: () => jobs[job].connect(keeper).workForAmount(0, payment),
  };
});

const adds = step("add", fc.record({ job, kind, amount, caller }), (model, real, { job, kind, amount, caller }) => {
  const sender = ownerOf(model, job, caller);
  return {
    expect: (now) => model.addLiquidity(job, kind, amount, sender, now),
    send: () => real.keep3r.connect(real.owners[sender]).addLiquidityToJob(real.jobs[job], real.kinds[kind], amount),
  };
});

const unbond = fc.record({ job, kind, part: partOrAll, caller });
const unbonds = step("unbond", unbond, (model, real, { job, kind, part, caller }) => {
  const sender = ownerOf(model, job, caller);
  const amount = amountOf(model.job(job).positions.get(kind)?.amount ?? 0n, part);
  return {
    expect: (now) => model.unbond(job, kind, amount, sender, now),
    send: () =>
      real.keep3r.connect(real.owners[sender]).unbondLiquidityFromJob(real.jobs[job], real.kinds[kind], amount),
  };
});

const withdraws = step(
  "withdraw",
  fc.record({ choice, late: fc.constantFrom(-DAY, 0, 0, 1, 1) }),
  (model, { keep3r, jobs, kinds, owners }, { choice, late }) => {
    const [job, kind, owner] = choose(POSITIONS, choice, (position) => model.pending(...position).readyAfter > 0);
    return {
      notBefore: model.pending(job, kind, owner).readyAfter + late,
      expect: (now) => model.withdraw(job, kind, owner, now),
      send: () => keep3r.connect(owners[owner]).withdrawLiquidityFromJob(jobs[job], kinds[kind], owners[owner]),
    };
  },
);

const revokes = step("revoke or approve", kind, (model, { keep3r, kinds }, kind) => {
  const isApproved = model.kind(kind).approved;
  return {
    expect: () => (isApproved ? model.revoke(kind) : model.approve(kind)),
    send: () => (isApproved ? keep3r.revokeLiquidity(kinds[kind]) : keep3r.approveLiquidity(kinds[kind])),
  };
});

const addsTokens = step(
  "add tokens",
  fc.record({ job, token, amount, caller }),
  (model, { keep3r, jobs, tokens, owners }, { job, token, amount, caller }) => {
    const sender = ownerOf(model, job, caller);
    const received = token === "taxed" ? amount - amount / 10n : amount;
    return {
      expect: () => model.addTokens(job, token, received, sender),
      send: () => keep3r.connect(owners[sender]).addTokenCreditsToJob(jobs[job], tokens[token], amount),
    };
  },
);

const paysTokens = step(
  "work for tokens",
  fc.record({ job, token, part }),
  (model, { jobs, tokens, keeper }, { job, token, part }) => {
    const payment = shareOf(model.job(job).tokens.get(token) ?? 0n, part);
    return {
      expect: () => model.payTokens(job, token, payment),
      send: () => jobs[job].connect(keeper).workForToken(0, tokens[token], payment),
    };
  },
);

const withdrawsTokens = step(
  "withdraw tokens",
  fc.record({ job, token, part: partOrAll, caller }),
  (model, { keep3r, jobs, tokens, owners }, { job, token, part, caller }) => {
    const sender = ownerOf(model, job, caller);
    const amount = amountOf(model.job(job).tokens.get(token) ?? 0n, part);
    return {
      expect: () => model.withdrawTokens(job, token, amount, sender),
      send: () =>
        keep3r.connect(owners[sender]).withdrawTokenCreditsFromJob(jobs[job], tokens[token], amount, owners[sender]),
    };
  },
);

const registers = step("register", fc.record({ choice, owner }), (model, real, { choice, owner }) => {
  const job = choose(JOBS, choice, (job) => model.job(job).owner === undefined);
  return {
    expect: () => model.addJob(job, owner),
    send: () => real.keep3r.connect(real.owners[owner]).addJob(real.jobs[job]),
  };
});

const offers = step("offer", fc.record({ job, owner, caller }), (model, real, { job, owner, caller }) => {
  const sender = ownerOf(model, job, caller);
  return {
    expect: () => model.offerJob(job, owner, sender),
    send: () => real.keep3r.connect(real.owners[sender]).changeJobOwnership(real.jobs[job], real.owners[owner]),
  };
});

const accepts = step("accept", choice, (model, real, choice) => {
  const offers = JOBS.flatMap((job) => OWNERS.map((owner) => [job, owner] as const));
  const [job, owner] = choose(offers, choice, ([job, owner]) => model.job(job).pendingOwner === owner);
  return {
    expect: () => model.acceptJob(job, owner),
    send: () => real.keep3r.connect(real.owners[owner]).acceptJobOwnership(real.jobs[job]),
  };
});

const proposes = step("propose", fc.record({ job, to: job, caller }), (model, real, { job, to, caller }) => {
  const sender = ownerOf(model, job, caller);
  return {
    expect: (now) => model.propose(job, to, sender, now),
    send: () => real.keep3r.connect(real.owners[sender]).migrateJob(real.jobs[job], real.jobs[to]),
  };
});

const isPending = (model: JobsModel, job: JobName): boolean => {
  const { migration, disputed } = model.job(job);
  if (migration === undefined || disputed) return false;
  const target = model.job(migration.to);
  return target.owner !== undefined && target.owner === migration.toOwner && !target.disputed;
};

const migrates = step("migrate", fc.record({ choice, to: job, caller }), (model, real, { choice, to, caller }) => {
  const job = choose(JOBS, choice, (job) => isPending(model, job));
  const target = (model.job(job).migration?.to ?? to) as typeof to;
  const sender = ownerOf(model, target, caller);
  return {
    expect: (now) => model.migrate(job, target, sender, now),
    send: () => real.keep3r.connect(real.owners[sender]).acceptJobMigration(real.jobs[job], real.jobs[target]),
  };
});

const disputes = step("dispute", job, (model, { keep3r, jobs, disputer }, job) => ({
  expect: () => model.dispute(job),
  send: () => keep3r.connect(disputer).dispute(jobs[job]),
}));

const resolves = step("resolve", choice, (model, { keep3r, jobs, disputer }, choice) => {
  const job = choose(JOBS, choice, (job) => model.job(job).disputed);
  return {
    expect: () => model.resolve(job),
    send: () => keep3r.connect(disputer).resolve(jobs[job]),
  };
});

const slashes = step("slash", fc.record({ choice, kind, part }), (model, real, { choice, kind, part }) => {
  const job = choose(JOBS, choice, (job) => model.job(job).disputed);
  const { owner, positions } = model.job(job);
  const whole = (positions.get(kind)?.amount ?? 0n) + model.pending(job, kind, owner).amount;
  const amount = shareOf(whole, part);
  return {
    expect: (now) => model.slashLiquidity(job, kind, amount, now),
    send: () => real.keep3r.connect(real.slasher).slashLiquidityFromJob(real.jobs[job], real.kinds[kind], amount),
  };
});

const slashesTokens = step(
  "slash tokens",
  fc.record({ choice, token, part }),
  (model, real, { choice, token, part }) => {
    const job = choose(JOBS, choice, (job) => model.job(job).disputed);
    const amount = shareOf(model.job(job).tokens.get(token) ?? 0n, part);
    return {
      expect: () => model.slashTokens(job, token, amount),
      send: () => real.keep3r.connect(real.slasher).slashTokenFromJob(real.jobs[job], real.tokens[token], amount),
    };
  },
);

/** A parameter at a time; all within its bounds, whatever the others are. */
const tunes = step(
  "tune",
  fc.oneof(
    fc.constantFrom(1, 2, 5, 9).map((days) => ({ rewardPeriodTime: days * DAY })),
    fc.constantFrom(9, 20, 34, 60).map((days) => ({ inflationPeriod: days * DAY + 7 })),
    fc.constantFrom(1, 14, 30).map((days) => ({ unbondTime: days * DAY })),
    fc.constantFrom(0n, 3n, 30n).map((amount) => ({ liquidityMinimum: amount * WAD })),
    fc.constantFrom(0n, 30n, 777n).map((fee) => ({ fee })),
  ),
  (model, { keep3r }, change) => ({
    expect: () => Object.assign(model.terms, change),
    send: async () => {
      if ("rewardPeriodTime" in change) await keep3r.setRewardPeriodTime(change.rewardPeriodTime);
      else if ("inflationPeriod" in change) await keep3r.setInflationPeriod(change.inflationPeriod);
      else if ("unbondTime" in change) await keep3r.setUnbondTime(change.unbondTime);
      else if ("liquidityMinimum" in change) await keep3r.setLiquidityMinimum(change.liquidityMinimum);
      else await keep3r.setFee(change.fee);
    },
  }),
);

/** Frequent steps are listed more than once. */
const steps = [
  ...[
    adds,
    adds,
    adds,
    works,
    works,
    works,
    unbonds,
    unbonds,
    unbonds,
    withdraws,
    withdraws,
    quotes,
    quotes,
    settles,
    forces,
  ],
  ...[revokes, tunes, addsTokens, addsTokens, paysTokens, withdrawsTokens, offers, accepts, accepts],
  ...[proposes, proposes, migrates, migrates, registers, disputes, disputes, resolves, slashes, slashesTokens],
];

/** Every job begins with both kinds of liquidity and a token. */
async function open(model: JobsModel, real: Real): Promise<void> {
  const { keep3r, jobs, kinds, tokens, owners } = real;
  const land = async (expected: () => void, send: () => Promise<unknown>): Promise<void> => {
    real.now++;
    await expectOutcome(real.now, send, keep3r, model.attempt(expected));
  };

  for (const job of JOBS) {
    const sender = ownerOf(model, job, "owner");
    const owned = keep3r.connect(owners[sender]);
    for (const kind of KINDS) {
      await land(
        () => model.addLiquidity(job, kind, STAKE, sender, real.now),
        () => owned.addLiquidityToJob(jobs[job], kinds[kind], STAKE),
      );
    }
    await land(
      () => model.addTokens(job, "honest", STAKE, sender),
      () => owned.addTokenCreditsToJob(jobs[job], tokens.honest, STAKE),
    );
  }
}

describeDifferential("Jobs", () => {
  it(seeded("hold and mine, and are refused, what the model says, after every call"), async () => {
    await fc.assert(
      fc.asyncProperty(fc.commands(steps, { maxCommands: 60, size: "max" }), async (commands) => {
        const world = await loadFixture(deployModelledJobsWorld);
        const quotes = new Map<string, bigint>();
        const real: Real = { ...world, now: START, quotes };
        const model = modelJobsWorld(quotes);
        await open(model, real);
        await fc.asyncModelRun(() => ({ model, real }), commands);

        // Settling books the jobs' spent credits: from then on debts and balances are equal
        for (const name of JOBS.filter((job) => model.job(job).owner !== undefined)) {
          await world.keep3r.settle(world.jobs[name]);
        }
        for (const name of TOKENS) {
          expect(await world.lens.owed(world.tokens[name])).to.equal(model.tokensHeld(name));
        }
      }),
      cases(50),
    );
    exploration.check([
      ...["AlreadyDisputed", "InsufficientFunds", "JobAlreadyAdded", "JobDisputed", "JobLiquidityInsufficient"],
      ...["JobLiquidityLessThanMin", "JobMigrationImpossible", "JobMigrationUnavailable", "JobUnavailable"],
      ...["LiquidityPairUnapproved", "LiquidityUnpriced", "NotDisputed", "OnlyJobOwner", "OnlyPendingJobOwner"],
      ...["UnbondsLocked", "UnbondsUnexistent", "ZeroAmount"],
    ]);
  });
});
