import { accrued, type BucketTerms, leaving, periodCredits, worth } from "./credits";
import { clear, type Job, newJob, type Pending, type Position, refuseIf, spend, sum } from "./job";
import { isCurrent, type Kind, newKind, type Quote, refresh, refreshAtOnce } from "./prices";
import { Rational } from "./rational";
import { Refusal, refusalOf } from "./refusal";

const BPS = 10_000n;
const MIGRATION_DELAY = 60;
/** Takes all that there is, where an owner takes out liquidity or tokens. */
export const ALL = 2n ** 256n - 1n;

export interface JobTerms extends BucketTerms {
  unbondTime: number;
  /** KP3R. */
  liquidityMinimum: bigint;
  /** On token credits, BPS. */
  fee: bigint;
}

interface State {
  terms: JobTerms;
  kinds: Map<string, Kind>;
  jobs: Map<string, Job>;
  pending: Map<string, Pending>;
  /** KP3R that keepers have been paid from credits. */
  paid: bigint;
}

/**
 * Jobs and what they hold, by name: liquidity that mines credits, token credits, disputes and migrations. A call that the
 * protocol refuses throws a Refusal.
 *
 * At every touch the model looks at all prices of a job and values it anew. The contracts look only when something may have
 * changed, which must come to the same.
 */
export class JobsModel {
  #state: State;
  readonly #quote: Quote;

  constructor(terms: JobTerms, quote: Quote) {
    this.#state = { terms: { ...terms }, kinds: new Map(), jobs: new Map(), pending: new Map(), paid: 0n };
    this.#quote = quote;
  }

  /** Makes a call; one that is refused changes nothing, and is answered with its reason. */
  attempt(call: () => void): string | undefined {
    const before = structuredClone(this.#state);
    const refusal = refusalOf(call);
    if (refusal !== undefined) this.#state = before;
    return refusal;
  }

  // Reads

  get terms(): JobTerms {
    return this.#state.terms;
  }

  get paid(): bigint {
    return this.#state.paid;
  }

  job(name: string): Job {
    let job = this.#state.jobs.get(name);
    if (job === undefined) this.#state.jobs.set(name, (job = newJob()));
    return job;
  }

  kind(name: string): Kind {
    const kind = this.#state.kinds.get(name);
    if (kind === undefined) throw new Error(`The model doesn't know the liquidity ${name}.`);
    return kind;
  }

  cap(name: string): bigint {
    return periodCredits(this.job(name).value, this.terms);
  }

  creditsAt(name: string, now: number): bigint {
    const { credits, value, settledAt } = this.job(name);
    return accrued(credits, value, now - settledAt, this.terms);
  }

  /** What an owner is unbonding from a job, whoever owns the job now. */
  pending(job: string, liquidity: string, owner: string | undefined): Pending {
    const key = `${job}/${liquidity}/${owner}`;
    let pending = this.#state.pending.get(key);
    if (pending === undefined) this.#state.pending.set(key, (pending = { amount: 0n, readyAfter: 0 }));
    return pending;
  }

  /** All LP tokens of a kind that are bonded or unbonding. */
  liquidityHeld(liquidity: string): bigint {
    const bonded = [...this.#state.jobs.values()].map(({ positions }) => positions.get(liquidity)?.amount ?? 0n);
    const unbonding = [...this.#state.pending]
      .filter(([key]) => key.includes(`/${liquidity}/`))
      .map(([, { amount }]) => amount);
    return sum([...bonded, ...unbonding]);
  }

  /** All credits in a token. */
  tokensHeld(token: string): bigint {
    return sum([...this.#state.jobs.values()].map(({ tokens }) => tokens.get(token) ?? 0n));
  }

  // Registration

  addJob(name: string, caller: string): void {
    const job = this.job(name);
    refuseIf(job.owner !== undefined, "JobAlreadyAdded");
    job.owner = caller;
  }

  offerJob(name: string, newOwner: string, caller: string): void {
    this.#ownedBy(name, caller).pendingOwner = newOwner;
  }

  /** Deletes a pending migration. */
  acceptJob(name: string, caller: string): void {
    const job = this.job(name);
    refuseIf(job.pendingOwner !== caller, "OnlyPendingJobOwner");
    // docs/compatibility.md, acceptJobOwnership
    refuseIf(job.disputed, "JobDisputed");
    job.owner = caller;
    job.pendingOwner = undefined;
    job.migration = undefined;
  }

  // Credits

  settle(name: string, now: number): void {
    this.#touch(this.#registered(name), now);
  }

  force(name: string, amount: bigint, now: number): void {
    const job = this.#registered(name);
    refuseIf(amount === 0n, "ZeroAmount");
    this.#touch(job, now);
    job.credits += amount;
  }

  /** A payment from credits, in bonded KP3R. */
  pay(name: string, amount: bigint, now: number): void {
    const job = this.job(name);
    this.#touch(job, now);
    refuseIf(job.disputed, "JobDisputed");
    refuseIf(job.owner === undefined, "JobUnapproved");
    refuseIf(amount > job.credits, "InsufficientFunds");
    job.credits -= amount;
    job.workedAt = now;
    this.#state.paid += amount;
  }

  // Liquidity

  approve(liquidity: string): void {
    const kind = this.#state.kinds.get(liquidity);
    refuseIf(kind?.approved === true, "LiquidityPairApproved");
    if (kind === undefined) this.#state.kinds.set(liquidity, newKind());
    else kind.approved = true;
  }

  revoke(liquidity: string): void {
    refuseIf(!this.kind(liquidity).approved, "LiquidityPairUnexistent");
    this.kind(liquidity).approved = false;
  }

  addLiquidity(name: string, liquidity: string, amount: bigint, caller: string, now: number): void {
    const kind = this.kind(liquidity);
    refuseIf(!kind.approved, "LiquidityPairUnapproved");
    const job = this.#registered(name);
    refuseIf(amount === 0n, "ZeroAmount");

    this.#touch(job, now);
    // A deposit counts at a current price only
    refreshAtOnce(kind, this.#quote(liquidity, now), now, this.terms);
    refuseIf(!isCurrent(kind, now, this.terms), "LiquidityUnpriced");
    // A kind that is new to the job is its owner's to add, and a stranger's share must be worth the minimum by itself:
    // docs/compatibility.md, addLiquidityToJob
    const bonded = job.positions.get(liquidity)?.amount ?? 0n;
    refuseIf(bonded === 0n && caller !== job.owner, "OnlyJobOwner");
    this.#checkMinimum(liquidity, caller === job.owner ? bonded + amount : amount);

    job.positions.set(liquidity, { amount: bonded + amount, mining: true });
    this.#value(job);
  }

  unbond(name: string, liquidity: string, amount: bigint, caller: string, now: number): void {
    const job = this.#ownedBy(name, caller);
    refuseIf(amount === 0n, "ZeroAmount");
    if (amount === ALL) amount = job.positions.get(liquidity)?.amount ?? 0n;

    const remaining = this.#remove(job, liquidity, amount, now);
    if (remaining.mining && remaining.amount > 0n) this.#checkMinimum(liquidity, remaining.amount);
    const pending = this.pending(name, liquidity, caller);
    pending.amount += amount;
    pending.readyAfter = now + this.terms.unbondTime;
  }

  /** For who unbonded it, whoever owns the job; from the second after the unbond time on, as IKeep3rLens has it. */
  withdraw(name: string, liquidity: string, caller: string, now: number): void {
    refuseIf(this.job(name).disputed, "JobDisputed");
    const pending = this.pending(name, liquidity, caller);
    refuseIf(pending.readyAfter === 0, "UnbondsUnexistent");
    refuseIf(now <= pending.readyAfter, "UnbondsLocked");
    clear(pending);
  }

  // Tokens

  /** @param received What arrives, which may be less than was sent. */
  addTokens(name: string, token: string, received: bigint, caller: string): void {
    const job = this.#registered(name);
    const credits = job.tokens.get(token) ?? 0n;
    // A token that the job has no credits in is its owner's to add: docs/compatibility.md
    refuseIf(credits === 0n && caller !== job.owner, "OnlyJobOwner");
    refuseIf(received === 0n, "ZeroAmount");
    job.tokens.set(token, credits + received - Rational.of(received * this.terms.fee, BPS).ceil());
  }

  payTokens(name: string, token: string, amount: bigint): void {
    const job = this.job(name);
    refuseIf(job.disputed, "JobDisputed");
    refuseIf(job.owner === undefined, "JobUnapproved");
    spend(job, token, amount, "InsufficientFunds");
  }

  withdrawTokens(name: string, token: string, amount: bigint, caller: string): void {
    const job = this.#ownedBy(name, caller);
    refuseIf(job.disputed, "JobDisputed");
    if (amount === ALL) amount = job.tokens.get(token) ?? 0n;
    refuseIf(amount === 0n, "ZeroAmount");
    spend(job, token, amount, "InsufficientJobTokenCredits");
  }

  // Migration

  propose(from: string, to: string, caller: string, now: number): void {
    const job = this.#ownedBy(from, caller);
    refuseIf(from === to, "JobMigrationImpossible");
    // Only who owns the destination now may accept: docs/compatibility.md, migrateJob
    job.migration = { to, toOwner: this.job(to).owner, proposedAt: now };
  }

  /** Moves all but what is unbonding, which stays with who unbonded it. */
  migrate(from: string, to: string, caller: string, now: number): void {
    const [source, target] = [this.job(from), this.#ownedBy(to, caller)];
    refuseIf(source.disputed || target.disputed, "JobDisputed");
    const { migration } = source;
    if (migration?.to !== to || migration.toOwner !== caller) throw new Refusal("JobMigrationUnavailable");
    refuseIf(now < migration.proposedAt + MIGRATION_DELAY, "JobMigrationLocked");

    this.#touch(source, now);
    this.#touch(target, now);
    target.credits += source.credits;
    for (const [liquidity, { amount, mining }] of source.positions) {
      const bonded = target.positions.get(liquidity)?.amount ?? 0n;
      target.positions.set(liquidity, { amount: bonded + amount, mining });
    }
    this.#value(target);
    for (const [token, credits] of source.tokens) target.tokens.set(token, (target.tokens.get(token) ?? 0n) + credits);
    this.#state.jobs.set(from, newJob());
  }

  // Disputes

  dispute(name: string): void {
    refuseIf(this.job(name).disputed, "AlreadyDisputed");
    this.job(name).disputed = true;
  }

  resolve(name: string): void {
    this.#inDispute(name).disputed = false;
  }

  /** From what the owner is unbonding first, then from what is bonded, which takes its share of the mined credits along. */
  slashLiquidity(name: string, liquidity: string, amount: bigint, now: number): void {
    const job = this.#inDispute(name);
    refuseIf(amount === 0n, "ZeroAmount");

    const pending = this.pending(name, liquidity, job.owner);
    const fromPending = amount < pending.amount ? amount : pending.amount;
    if (fromPending === pending.amount) clear(pending);
    else pending.amount -= fromPending;
    if (amount > fromPending) this.#remove(job, liquidity, amount - fromPending, now);
  }

  slashTokens(name: string, token: string, amount: bigint): void {
    const job = this.#inDispute(name);
    refuseIf(amount === 0n, "ZeroAmount");
    refuseIf((job.tokens.get(token) ?? 0n) === 0n, "JobTokenUnexistent");
    spend(job, token, amount, "JobTokenInsufficient");
  }

  // The bucket

  /** Settles a job up to now, then values it at the prices in force. */
  #touch(job: Job, now: number): void {
    job.credits = accrued(job.credits, job.value, now - job.settledAt, this.terms);
    job.settledAt = now;

    for (const liquidity of job.positions.keys()) {
      const kind = this.kind(liquidity);
      if (kind.approved) refresh(kind, this.#quote(liquidity, now), now, this.terms);
    }
    this.#dropRevoked(job);
    this.#resumeApproved(job);
  }

  /** As unbonding it does, all of it at once, except that the tokens stay. */
  #dropRevoked(job: Job): void {
    const revoked = [...job.positions].filter(([name, { mining }]) => mining && !this.kind(name).approved);
    this.#value(job);
    const dropped = sum(revoked.map(([name, { amount }]) => worth(amount, this.kind(name).price)));
    this.#leave(job, dropped);
    for (const [, position] of revoked) position.mining = false;
    this.#value(job);
  }

  /** Protocol.md is silent on what is approved again; it mines from the next touch on, without credits for the past. */
  #resumeApproved(job: Job): void {
    for (const [name, position] of job.positions) position.mining ||= this.kind(name).approved;
    this.#value(job);
  }

  /** Settles, then takes liquidity out with its share of the mined credits. */
  #remove(job: Job, liquidity: string, amount: bigint, now: number): Position {
    this.#touch(job, now);
    const position = job.positions.get(liquidity);
    if (position === undefined) throw new Refusal("JobLiquidityUnexistent");
    refuseIf(amount > position.amount, "JobLiquidityInsufficient");

    const { price } = this.kind(liquidity);
    const remaining = position.amount - amount;
    if (position.mining) this.#leave(job, worth(position.amount, price) - worth(remaining, price));
    position.amount = remaining;
    if (remaining === 0n) job.positions.delete(liquidity);
    this.#value(job);
    return position;
  }

  #leave(job: Job, removed: bigint): void {
    job.credits -= leaving(job.credits, periodCredits(job.value, this.terms), removed, job.value);
  }

  #value(job: Job): void {
    const mining = [...job.positions].filter(([, position]) => position.mining);
    job.value = sum(mining.map(([name, { amount }]) => worth(amount, this.kind(name).price)));
  }

  // Checks

  #registered(name: string): Job {
    const job = this.job(name);
    refuseIf(job.owner === undefined, "JobUnavailable");
    return job;
  }

  #ownedBy(name: string, caller: string): Job {
    const job = this.job(name);
    refuseIf(job.owner !== caller, "OnlyJobOwner");
    return job;
  }

  #inDispute(name: string): Job {
    const job = this.job(name);
    refuseIf(!job.disputed, "NotDisputed");
    return job;
  }

  #checkMinimum(liquidity: string, amount: bigint): void {
    refuseIf(worth(amount, this.kind(liquidity).price) < this.terms.liquidityMinimum, "JobLiquidityLessThanMin");
  }
}
