import { availableParallelism } from "node:os";

/** Most steps keep one core busy, and some have several gigabytes of memory. */
const MOST_LANES = 2;

/** The option of programs that run steps at the same time. */
export const LANES = {
  type: "string",
  value: "N",
  says: "how many processes run at a time",
  default: String(Math.min(MOST_LANES, availableParallelism())),
} as const;
