import { run } from "../../scripts/operate/run";
import { messageOf } from "../../scripts/operate/errors";

/** How a command ended: what it printed, and the error it ended with or "". */
export interface Outcome {
  output: string;
  error: string;
}

/** Runs a command line in this process; nothing of this process's own environment reaches it. */
export async function operate(line: string | readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Outcome> {
  const words = typeof line === "string" ? line.split(" ") : line;
  const printed: string[] = [];
  const log = console.log;
  console.log = (...parts: unknown[]) => void printed.push(parts.join(" "));
  try {
    await run(words, env);
    return { output: printed.join("\n"), error: "" };
  } catch (error) {
    return { output: printed.join("\n"), error: messageOf(error) };
  } finally {
    console.log = log;
  }
}
