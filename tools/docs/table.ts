import type { LeftOut } from "./leftOut";
import type { Trial } from "./trial";

/** Prints how a command went, and of one that failed all that is known. */
export function printTrial({ command, typed, ended, fault }: Trial): void {
  const seconds = `${ended.seconds.toFixed(1).padStart(6)} s`;
  console.log(`  ${fault === undefined ? "passed" : "FAILED"} ${seconds}  ${command}`);
  if (fault === undefined) return;
  const lines = [...(typed === command ? [] : [`Typed: ${typed}`]), fault, "It printed:", ...ended.output.split("\n")];
  console.log(lines.map((line) => `    ${line}`.trimEnd()).join("\n"));
}

/** Prints the commands that nobody tried, and why. */
export function printLeftOut(leftOut: readonly LeftOut[]): void {
  if (leftOut.length === 0) return;
  console.log("\nLeft out:");
  for (const { page, command, reason } of leftOut) console.log(`  ${page}: ${command}\n    It ${reason}.`);
}

/**
 * Prints the last line.
 * @returns Whether no command has failed
 */
export function printSummary(trials: readonly Trial[], leftOut: number): boolean {
  const failed = trials.filter(({ fault }) => fault !== undefined).length;
  console.log(`\n${trials.length} commands, ${failed} failed, ${leftOut} left out`);
  return failed === 0;
}
