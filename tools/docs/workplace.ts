import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { killAll } from "./groups";

/** What a shell says of a program that Ctrl-C has ended. */
const INTERRUPTED = 130;

/** Gives work a temporary folder. Neither it nor what was started meanwhile outlives the work, also after Ctrl-C. */
export async function inWorkplace<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(path.join(realpathSync(tmpdir()), "keep3r-docs-"));
  const stop = (): void => {
    killAll();
    console.log("\nInterrupted: what was started has been ended, and its folder is removed.");
    remove(folder);
    process.exit(INTERRUPTED);
  };
  process.on("SIGINT", stop).on("SIGTERM", stop);
  try {
    return await work(folder);
  } finally {
    killAll();
    remove(folder);
    process.off("SIGINT", stop).off("SIGTERM", stop);
  }
}

/** Removes a folder, or a file, with all that is in it. A process that was just killed may write for a moment longer. */
export function remove(place: string): void {
  rmSync(place, { recursive: true, force: true, maxRetries: 5 });
}
