import { spawn, spawnSync } from "node:child_process";
import path from "node:path";

const ROOT = path.join(__dirname, "..", "..", "..");

/** How a program ended, and what it printed. */
export interface End {
  status: number | null;
  stdout: string;
  stderr: string;
}

/** Runs the text of a program of ours with arguments, in a process of its own. */
export function runProgram(code: string, args: readonly string[] = [], env: Record<string, string> = {}): End {
  const options = { cwd: ROOT, encoding: "utf8", env: { ...process.env, ...env } } as const;
  const { status, stdout, stderr } = spawnSync(process.execPath, wordsFor(code, args), options);
  return { status, stdout, stderr };
}

/** The same, interrupted as by Ctrl-C once it has printed something. */
export function interruptProgram(code: string, printed: string): Promise<End> {
  const child = spawn(process.execPath, wordsFor(code, []), { cwd: ROOT });
  let [stdout, stderr] = ["", ""];
  child.stdout.setEncoding("utf8").on("data", (chunk: string) => {
    const isNew = !stdout.includes(printed);
    stdout += chunk;
    if (isNew && stdout.includes(printed)) child.kill("SIGINT");
  });
  child.stderr.setEncoding("utf8").on("data", (chunk: string) => (stderr += chunk));
  return new Promise((resolve, reject) => {
    child.on("error", reject).on("close", (status) => resolve({ status, stdout, stderr }));
  });
}

function wordsFor(code: string, args: readonly string[]): string[] {
  // The first word stands for the program
  return ["--no-warnings", "--require", "ts-node/register/transpile-only", "--eval", code, "--", "program", ...args];
}
