import { type ChildProcess, spawn } from "node:child_process";

/** A command that stands for itself: whatever it needs was made before. */
export interface Step {
  name: string;
  command: string;
  args: readonly string[];
  /** Beside the variables of this process. */
  env?: Readonly<Record<string, string>>;
}

export interface Outcome {
  name: string;
  /** The exit code; undefined if the command was ended by a signal or couldn't be started. */
  code: number | undefined;
  seconds: number;
  /** All that it printed, standard output and errors as they came. */
  output: string;
}

/** The step that runs an npm script of this repository. */
export function npmRun(script: string, args: readonly string[] = [], env: NonNullable<Step["env"]> = {}): Step {
  const isShort = script === "start" || script === "test";
  const words = [...(isShort ? [] : ["run"]), script, ...(args.length > 0 ? ["--", ...args] : [])];
  return { name: `npm ${words.join(" ")}`, command: "npm", args: ["--silent", ...words], env };
}

/** The step that runs a task of Hardhat's. */
export function hardhat(args: readonly string[], env: NonNullable<Step["env"]> = {}): Step {
  const command = require.resolve("hardhat/internal/cli/bootstrap");
  return { name: `hardhat ${args.join(" ")}`, command: process.execPath, args: [command, ...args], env };
}

export function hasPassed({ code }: Outcome): boolean {
  return code === 0;
}

/** A step's process, and what becomes of it. */
export interface Started {
  process: ChildProcess;
  ended: Promise<Outcome>;
}

/** Starts a step; its output is kept until it has ended. */
export function start(step: Step): Started {
  const { command, args, env } = step;
  const child = spawn(command, args, {
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe"],
    shell: process.platform === "win32",
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding("utf8").on("data", (chunk: string) => (output += chunk));
  }
  child.on("error", (error) => (output += `${error.message}\n`));
  return { process: child, ended: endOf(step, child).then((outcome) => ({ ...outcome, output })) };
}

function endOf({ name }: Step, child: ChildProcess): Promise<Outcome> {
  const began = performance.now();
  return new Promise((resolve) => {
    child.on("close", (code) => {
      // A program that can't be started has a negative code
      const exited = code !== null && code >= 0;
      resolve({ name, code: exited ? code : undefined, seconds: (performance.now() - began) / 1000, output: "" });
    });
  });
}
