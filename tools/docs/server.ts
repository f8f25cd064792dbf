import type { ChildProcessWithoutNullStreams } from "node:child_process";
import { once } from "node:events";
import { signal, startBash } from "./groups";
import type { Ended } from "./promise";

/** Commands that serve until Ctrl-C: on the pages they have a shell to themselves. */
const SERVING = /^npm run (?:node|mainnet)\b/;
/** The last line that they print while they start. */
const READY = /Ctrl-C.*\n/;
/** How long one may take until it serves, and then to end, in milliseconds. */
const PATIENCE = { start: 10 * 60_000, end: 15_000 };

export function serves(command: string): boolean {
  return SERVING.test(command);
}

/** A command that serves, in another shell. */
export class Server {
  private constructor(
    private readonly process: ChildProcessWithoutNullStreams,
    /** How its start went: well, with exit code 0, if it serves. */
    readonly started: Ended,
  ) {}

  /** Starts it and waits until it serves, or has ended. */
  static async start(command: string, folder: string, env: NodeJS.ProcessEnv): Promise<Server> {
    const began = performance.now();
    const process = startBash(command, folder, env);
    process.stdin.end();
    const limit = setTimeout(() => signal(process, "SIGKILL"), PATIENCE.start);
    let output = "";
    const code = await new Promise<number | undefined>((resolve) => {
      process.stdout.setEncoding("utf8").on("data", (chunk: string) => {
        output += chunk;
        if (READY.test(output)) resolve(0);
      });
      // One that ended doesn't serve, however well it ended
      process.once("close", (ended) => resolve(ended === 0 ? undefined : (ended ?? undefined)));
    });
    clearTimeout(limit);
    return new Server(process, { code, output, seconds: (performance.now() - began) / 1000 });
  }

  /** Ends it as Ctrl-C does. */
  async stop(): Promise<void> {
    if (this.process.exitCode !== null || this.process.signalCode !== null) return;
    const closed = once(this.process, "close");
    const limit = setTimeout(() => signal(this.process, "SIGKILL"), PATIENCE.end);
    signal(this.process, "SIGINT");
    await closed;
    clearTimeout(limit);
  }
}
