import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

/** From a clone to the end of `npm start`, with what npm has downloaded before. */
const BUDGET_SECONDS = 180;

const STEPS = [
  ["git", "clone", "--quiet"],
  ["npm", "ci", "--prefer-offline", "--no-audit", "--no-fund"],
  ["npm", "start"],
] as const;

/**
 * Does what README has a newcomer do, on what is committed here, and times it. Machines differ, so that it is a command
 * and no test.
 * @returns Whether it stayed within the budget
 */
export function measureFirstMinutes(root: string): boolean {
  const folder = mkdtempSync(path.join(tmpdir(), "keep3r-first-minutes-"));
  const clone = path.join(folder, "keep3r");
  try {
    const rows = STEPS.map(([command, ...args]) => {
      const isClone = command === "git";
      const seconds = time(command, isClone ? [...args, root, clone] : args, isClone ? folder : clone);
      return [[command, ...args].join(" "), seconds] as const;
    });
    return report(rows);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function time(command: string, args: readonly string[], cwd: string): number {
  const started = performance.now();
  const { status } = spawnSync(command, args, { cwd, stdio: "inherit", shell: process.platform === "win32" });
  if (status !== 0) throw new Error(`${command} ${args.join(" ")} ended with status ${status}.`);
  return (performance.now() - started) / 1000;
}

function report(rows: readonly (readonly [step: string, seconds: number])[]): boolean {
  const total = rows.reduce((sum, [, seconds]) => sum + seconds, 0);
  const lines = [...rows, ["together", total] as const];
  const width = Math.max(...lines.map(([step]) => step.length));
  console.log();
  for (const [step, seconds] of lines) console.log(`${step.padEnd(width)}  ${seconds.toFixed(1).padStart(6)} s`);
  console.log(`\n${total <= BUDGET_SECONDS ? "Within" : "Beyond"} the budget of ${BUDGET_SECONDS} s.`);
  return total <= BUDGET_SECONDS;
}
