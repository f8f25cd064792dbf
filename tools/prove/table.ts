import type { Row } from "./proofs";

/** A line for every claim, what the checker has against it, and how many assertions are settled. */
export function printProofs(rows: readonly Row[]): void {
  printTable(rows);
  printComplaints(rows);
  printTotals(rows);
}

function printTable(rows: readonly Row[]): void {
  const cells = rows.map(({ proof, property, what, assertions, result }) => [
    proof,
    property,
    what,
    assertions === 0 ? "" : String(assertions),
    result,
  ]);
  const table = [["library", "property", "what", "assertions", "result"], ...cells];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...table.map((line) => line[column]?.length ?? 0)));
  for (const line of table) console.log(line.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("  "));
}

function printComplaints(rows: readonly Row[]): void {
  for (const { proof, what, result, complaints } of rows) {
    for (const complaint of complaints) console.error(`\n${proof}, ${what}: ${result}\n${complaint.trim()}`);
  }
}

function printTotals(rows: readonly Row[]): void {
  console.log();
  for (const [refutes, verb, kind] of [
    [true, "Refuted", "false assertions"],
    [false, "Proved", "assertions"],
  ] as const) {
    const chosen = rows.filter((row) => row.refutes === refutes);
    const settled = chosen.reduce((sum, row) => sum + row.settled, 0);
    const assertions = chosen.reduce((sum, row) => sum + row.assertions, 0);
    console.log(`${verb} ${settled} of ${assertions} ${kind}.`);
  }
}
