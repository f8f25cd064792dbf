import { Failure } from "@keep3r-network/sdk";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { complain } from "../entry";
import { ROOT } from "../root";

/** Least share of the lines and of the branches of all production contracts, in percent. */
const THRESHOLD = 98;
const SUMMARY = path.join(ROOT, "coverage", "coverage-summary.json");
const METRICS = ["lines", "branches"] as const;

type Counts = Record<(typeof METRICS)[number], { total: number; covered: number }>;

/** Prints how much of the production contracts the tests cover, and complains of what is below the threshold. */
export function checkCoverage(): void {
  const files = readFiles();
  const total = sum(files);
  printTable([...files, ["total", total]]);

  for (const metric of METRICS) {
    if (percent(total[metric]) >= THRESHOLD) continue;

    const below = files.filter(([, counts]) => percent(counts[metric]) < THRESHOLD);
    complain(
      below.map(([file, counts]) => `  ${file}: ${format(percent(counts[metric]))}`),
      `\nCoverage of ${metric} is ${format(percent(total[metric]))}, below ${THRESHOLD} %:`,
    );
  }
}

/** The contracts that .solcover.js doesn't skip. */
function readFiles(): [file: string, counts: Counts][] {
  if (!existsSync(SUMMARY)) throw new Failure("Nothing is measured: run `npm run coverage`.");
  const summary = JSON.parse(readFileSync(SUMMARY, "utf8")) as Record<string, Counts>;
  const files = Object.entries(summary)
    .filter(([file]) => file !== "total")
    .sort(([a], [b]) => a.localeCompare(b));
  if (files.length === 0) throw new Error(`${SUMMARY} names no contract.`);
  return files;
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

/** The report's own percentages are rounded, and 97.996 isn't 98. */
function percent({ total, covered }: { total: number; covered: number }): number {
  return total === 0 ? 100 : (covered / total) * 100;
}

/** Rounded down, so that a figure below the threshold never reads as the threshold. */
function format(value: number): string {
  return `${(Math.floor(value * 100) / 100).toFixed(2)} %`;
}
