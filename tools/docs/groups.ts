import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";

const running = new Set<ChildProcessWithoutNullStreams>();

/**
 * Starts bash with a group of its own: Ctrl-C doesn't reach it, and a signal reaches all that it has started. It prints
 * errors where it prints the rest, in order.
 */
export function startBash(script: string, cwd: string, env: NodeJS.ProcessEnv): ChildProcessWithoutNullStreams {
  const child = spawn("bash", ["--noprofile", "--norc", "-c", `exec 2>&1; ${script}`], { cwd, env, detached: true });
  running.add(child);
  child.once("close", () => running.delete(child));
  return child;
}

export function signal({ pid }: ChildProcessWithoutNullStreams, name: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, name);
  } catch (error) {
    // The whole group has ended
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

/** Ends whatever still runs, at once. */
export function killAll(): void {
  for (const child of running) signal(child, "SIGKILL");
}
