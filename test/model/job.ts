import { Refusal } from "./refusal";

export interface Position {
  /** LP tokens. */
  amount: bigint;
  /** Whether it is part of the job's value: not once a touch has found it revoked. */
  mining: boolean;
}

export interface Pending {
  amount: bigint;
  /** The last second in which it is locked; 0 when there is nothing. */
  readyAfter: number;
}

export interface Job {
  owner: string | undefined;
  pendingOwner: string | undefined;
  migration: { to: string; toOwner: string | undefined; proposedAt: number } | undefined;
  disputed: boolean;
  /** KP3R, as they were last settled. */
  credits: bigint;
  /** KP3R underlying of what mines. */
  value: bigint;
  settledAt: number;
  /** When it last paid from its credits; 0 if it never did. */
  workedAt: number;
  positions: Map<string, Position>;
  tokens: Map<string, bigint>;
}

export function newJob(): Job {
  return {
    owner: undefined,
    pendingOwner: undefined,
    migration: undefined,
    disputed: false,
    credits: 0n,
    value: 0n,
    settledAt: 0,
    workedAt: 0,
    positions: new Map(),
    tokens: new Map(),
  };
}

/** Leaves nothing pending, nor a clock. */
export function clear(pending: Pending): void {
  pending.amount = 0n;
  pending.readyAfter = 0;
}

/** Takes token credits from a job. */
export function spend(job: Job, token: string, amount: bigint, reason: string): void {
  const credits = job.tokens.get(token) ?? 0n;
  refuseIf(amount > credits, reason);
  job.tokens.set(token, credits - amount);
}

export function refuseIf(isBroken: boolean, reason: string): void {
  if (isBroken) throw new Refusal(reason);
}

export function sum(amounts: readonly bigint[]): bigint {
  return amounts.reduce((total, amount) => total + amount, 0n);
}
