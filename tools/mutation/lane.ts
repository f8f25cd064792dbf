import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { ROOT } from "../root";
import { BUILT } from "../solidity/built";
import type { Bytecodes, Compiled, Manner } from "./compiler";
import type { Verdict } from "./tests";

/** Files that tests need and git doesn't track. */
const UNTRACKED = [
  "artifacts/contracts",
  "artifacts/@chainlink",
  "artifacts/@openzeppelin",
  "artifacts/@uniswap",
  "typechain-types",
];

/** How often it is looked whether a run takes too long, in milliseconds. */
const TICK = 1000;

/** How a run of tests ended. */
export type Run = { outcome: "passed" | "failed"; verdict: Verdict } | { outcome: "timeout" };

/** A copy of the project in which contracts are exchanged and tests run, one run at a time. */
export class Lane {
  readonly #folder = mkdtempSync(path.join(tmpdir(), "keep3r-mutation-"));
  #running: ChildProcess | undefined;

  constructor() {
    const tracked = execFileSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], {
      cwd: ROOT,
      encoding: "utf8",
    });
    for (const file of [...tracked.split("\0"), ...UNTRACKED]) {
      const from = path.join(ROOT, file);
      if (file !== "" && existsSync(from)) cpSync(from, path.join(this.#folder, file), { recursive: true });
    }
    symlinkSync(path.join(ROOT, "node_modules"), path.join(this.#folder, "node_modules"));
    this.#transpile();
  }

  /**
   * Replaces artifacts by other contracts.
   * @returns A function that restores them
   */
  exchange(compiled: Compiled): () => void {
    const before = [...compiled.keys()].map((artifact) => {
      const file = path.join(this.#folder, "artifacts", artifact);
      const content = readFileSync(file, "utf8");
      const replaced: Bytecodes = { ...(JSON.parse(content) as object), ...(compiled.get(artifact) as Bytecodes) };
      writeFileSync(file, JSON.stringify(replaced));
      return { file, content };
    });
    return () => before.forEach(({ file, content }) => writeFileSync(file, content));
  }

  /** Runs Hardhat's tests in the order given, up to the first that fails. */
  async test(files: readonly string[], manner: Manner, milliseconds: number): Promise<Run> {
    const output = path.join(this.#folder, "verdict.json");
    rmSync(output, { force: true });
    const scripts = files.map((file) => file.replace(/\.ts$/, ".js"));
    // Tests of gas are left out as they are for coverage
    const env = manner === "quick" ? { SOLIDITY_COVERAGE: "true" } : {};
    const code = await this.#run(["tools/mutation/tests.js", output, ...scripts], milliseconds, env);
    if (code === "timeout") return { outcome: "timeout" };
    if (!existsSync(output)) throw new Error(`The tests ended with code ${code} and no verdict in ${this.#folder}.`);
    const verdict = JSON.parse(readFileSync(output, "utf8")) as Verdict;
    return { outcome: verdict.failed ? "failed" : "passed", verdict };
  }

  /** Runs forge's fuzz tests and invariants; whether they pass. */
  async testInvariants(milliseconds: number): Promise<boolean> {
    return (await this.#run(["scripts/invariants.js"], milliseconds, BUILT)) === 0;
  }

  /** Also ends what runs in it. */
  remove(): void {
    this.#kill();
    // What has just been killed may still be writing
    rmSync(this.#folder, { recursive: true, force: true, maxRetries: 10 });
  }

  /** Once for all runs. Types were checked before. */
  #transpile(): void {
    const tsc = require.resolve("typescript/bin/tsc");
    execFileSync(process.execPath, [tsc, "-p", ".", "--noEmit", "false", "--noCheck"], {
      cwd: this.#folder,
      stdio: "inherit",
    });
    // Hardhat would prefer it to hardhat.config.js, and would need ts-node to read it
    rmSync(path.join(this.#folder, "hardhat.config.ts"));
  }

  #run(args: readonly string[], milliseconds: number, env = {}): Promise<number | null | "timeout"> {
    return new Promise((resolve, reject) => {
      const options = { cwd: this.#folder, env: { ...process.env, ...env }, stdio: "ignore", detached: true } as const;
      const child = spawn(process.execPath, ["--conditions=compiled", ...args], options);
      this.#running = child;
      let left = milliseconds;
      // Ticks are counted instead of time: a machine that was asleep meanwhile must not look like a test that hangs
      const clock = setInterval(() => {
        left -= TICK;
        if (left > 0) return;
        clearInterval(clock);
        this.#kill();
        resolve("timeout");
      }, TICK);
      child.on("error", reject).on("close", (code) => {
        clearInterval(clock);
        resolve(code);
      });
    });
  }

  /** The whole group: forge is a child of the child. */
  #kill(): void {
    const { pid, exitCode, signalCode } = this.#running ?? {};
    if (pid !== undefined && exitCode === null && signalCode === null) process.kill(-pid, "SIGKILL");
  }
}
