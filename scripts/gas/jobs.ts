import type { Measure } from "./stage";

/** What the jobs of the library cost their keepers, without a budget: a transaction in all, its payment included. */
export const JOB_ROWS: Record<string, Measure> = {};
