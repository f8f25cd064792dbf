import { messageOf, run } from "@keep3r-network/cli";

/** How a command ended: what it printed, and the error it ended with or "". */
export interface Outcome {
  output: string;
  error: string;
}

/** Runs a command line in this process; nothing of this process's own environment reaches it. */
export async function keep3r(line: string | readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Outcome> {
  return outcomeOf(() => run(typeof line === "string" ? wordsOf(line) : line, env));
}

/** The words of a line, as a shell would pass them: quotes keep spaces together. */
function wordsOf(line: string): string[] {
  return [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain = ""]) => quoted ?? plain);
}

/** What a command prints is kept from the terminal. */
export async function outcomeOf(command: () => Promise<unknown>): Promise<Outcome> {
  const printed: string[] = [];
  const log = console.log;
  console.log = (...parts: unknown[]) => void printed.push(parts.join(" "));
  try {
    await command();
    return { output: printed.join("\n"), error: "" };
  } catch (error) {
    return { output: printed.join("\n"), error: messageOf(error) };
  } finally {
    console.log = log;
  }
}
