/** What a shell gives for a program that Ctrl-C ended. */
const INTERRUPTED = 130;

/** The part of a process that is interrupted, and ended. */
export interface Interruptible {
  once: (signal: "SIGINT", stop: () => void) => unknown;
  off: (signal: "SIGINT", stop: () => void) => unknown;
  exit: (code: number) => void;
}

/**
 * Ends with a word about what is done and what is left when the user interrupts some work.
 * @param tell Prints it
 * @param host What the user interrupts
 */
export async function tellingIfInterrupted<T>(
  tell: () => void,
  work: () => Promise<T>,
  host: Interruptible = process,
): Promise<T> {
  const stop = (): void => {
    tell();
    host.exit(INTERRUPTED);
  };
  host.once("SIGINT", stop);
  try {
    return await work();
  } finally {
    host.off("SIGINT", stop);
  }
}
