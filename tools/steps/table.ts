import { hasPassed, type Outcome } from "./step";

/**
 * Prints how long each step took.
 * @param together How long all of them took, in seconds: less than their sum where some ran at the same time
 */
export function printSeconds(outcomes: readonly Outcome[], together: number): void {
  const rows = [
    ...outcomes.map((outcome) => [outcome.name, outcome.seconds, hasPassed(outcome) ? "" : "FAILED"] as const),
    ["together", together, ""] as const,
  ];
  const width = Math.max(...rows.map(([name]) => name.length));
  console.log(`\n${"step".padEnd(width)}  ${"seconds".padStart(8)}`);
  for (const [name, seconds, mark] of rows) {
    console.log(`${name.padEnd(width)}  ${seconds.toFixed(0).padStart(8)}  ${mark}`.trimEnd());
  }
}
