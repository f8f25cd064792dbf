import { spawnSync } from "node:child_process";
import type { Step } from "./step";

/** Runs steps one after the other, whose output is shown as it comes. If one fails, this process ends as that one did. */
export function inOrder(steps: readonly Step[]): void {
  for (const { command, args, env } of steps) {
    const { status, error } = spawnSync(command, args, {
      env: { ...process.env, ...env },
      stdio: "inherit",
      shell: process.platform === "win32",
    });
    if (error !== undefined) throw error;
    // The step has said why
    if (status !== 0) process.exit(status ?? 1);
  }
}
