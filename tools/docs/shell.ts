import type { ChildProcessWithoutNullStreams } from "node:child_process";
import { signal, startBash } from "./groups";
import type { Ended } from "./promise";

/** How long a command may take, in milliseconds: `npm ci` compiles, and a busy machine takes its time. */
const PATIENCE = 30 * 60_000;
/** Printed after each command, with its exit code and the folder that it left the shell in. */
const END = `end-of-command-${process.pid}`;
/** Reads commands as they come: each is a text that ends in a zero, and has nothing to read itself. */
const LOOP = `
while IFS= read -r -d '' command; do
  eval "$command" </dev/null
  printf '\\n%s %s %s\\n' '${END}' "$?" "$PWD"
done`;
const ENDED = new RegExp(`\\n${END} (\\d+) (.*)\\n$`);

/** A reader's shell: what a command changes, such as its folder and its variables, holds for those after it. */
export class Shell {
  #output = "";
  #heard: () => void = () => undefined;
  #hasEnded = false;

  private constructor(
    readonly process: ChildProcessWithoutNullStreams,
    /** Where it is now. */
    public folder: string,
  ) {
    process.stdout.setEncoding("utf8").on("data", (chunk: string) => {
      this.#output += chunk;
      this.#heard();
    });
    process.once("close", () => {
      this.#hasEnded = true;
      this.#heard();
    });
    // Whoever types into a shell that has ended learns it from the command
    process.stdin.on("error", () => undefined);
  }

  static open(folder: string, env: NodeJS.ProcessEnv): Shell {
    return new Shell(startBash(LOOP, folder, env), folder);
  }

  /** Runs a command to its end. One that ends the shell, or takes too long, has no exit code. */
  async run(command: string): Promise<Ended> {
    const began = performance.now();
    this.#output = "";
    this.process.stdin.write(`${command}\0`);
    const match = await this.#end();

    const seconds = (performance.now() - began) / 1000;
    if (match === null) return { code: undefined, output: this.#output, seconds };
    const [, code, folder = ""] = match;
    this.folder = folder;
    return { code: Number(code), output: this.#output.slice(0, match.index), seconds };
  }

  close(): void {
    signal(this.process, "SIGKILL");
  }

  async #end(): Promise<RegExpExecArray | null> {
    const limit = setTimeout(() => this.close(), PATIENCE);
    try {
      return await new Promise((resolve) => {
        this.#heard = () => {
          const match = ENDED.exec(this.#output);
          if (match !== null || this.#hasEnded) resolve(match);
        };
        this.#heard();
      });
    } finally {
      clearTimeout(limit);
    }
  }
}
