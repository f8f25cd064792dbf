import { readFileSync } from "node:fs";
import path from "node:path";

/** Least share of the lines and of the branches of all production contracts, in percent. */
const THRESHOLD = 98;
const SUMMARY = path.join(__dirname, "..", "coverage", "coverage-summary.json");
const METRICS = ["lines", "branches"] as const;

type Counts = Record<(typeof METRICS)[number], { total: number; covered: number }>;

/** The report's own percentages are rounded, and 97.996 isn't 98. */
function percent({ total, covered }: { total: number; covered: number }): number {
  return total === 0 ? 100 : (covered / total) * 100;
}

/** Rounded down, so that a figure below the threshold never reads as the threshold. */
function format(value: number): string {
  return `${(Math.floor(value * 100) / 100).toFixed(2)} %`;
}

/** What .solcover.js leaves in: everything in contracts/ but tests' contracts and interfaces. */
function readFiles(): [file: string, counts: Counts][] {
  const summary = JSON.parse(readFileSync(SUMMARY, "utf8")) as Record<string, Counts>;
  return Object.entries(summary)
    .filter(([file]) => file !== "total")
    .sort(([a], [b]) => a.localeCompare(b));
}

function sum(files: [string, Counts][]): Counts {
  const total: Counts = { lines: { total: 0, covered: 0 }, branches: { total: 0, covered: 0 } };
  for (const [, counts] of files) {
    for (const metric of METRICS) {
      total[metric].total += counts[metric].total;
      total[metric].covered += counts[metric].covered;
    }
  }
  return total;
}

function printTable(rows: [string, Counts][]): void {
  const width = Math.max(...rows.map(([name]) => name.length));
  console.log(["".padEnd(width), ...METRICS.map((metric) => metric.padStart(10))].join("  "));
  for (const [name, counts] of rows) {
    console.log(
      [name.padEnd(width), ...METRICS.map((metric) => format(percent(counts[metric])).padStart(10))].join("  "),
    );
  }
}

function main(): void {
  const files = readFiles();
  if (files.length === 0) throw new Error(`${SUMMARY} names no contract.`);

  const total = sum(files);
  printTable([...files, ["total", total]]);

  for (const metric of METRICS) {
    if (percent(total[metric]) >= THRESHOLD) continue;

    console.error(`\nCoverage of ${metric} is ${format(percent(total[metric]))}, below ${THRESHOLD} %:`);
    for (const [file, counts] of files) {
      if (percent(counts[metric]) < THRESHOLD) console.error(`  ${file}: ${format(percent(counts[metric]))}`);
    }
    process.exitCode = 1;
  }
}

main();
