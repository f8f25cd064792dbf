/** What a shell gives for a program that Ctrl-C ended. */
const INTERRUPTED = 130;

/**
 * Ends with a word about what is done and what is left when the user interrupts some work.
 * @param tell Prints it
 * @param exit Ends the process
 */
export async function tellingIfInterrupted<T>(
  tell: () => void,
  work: () => Promise<T>,
  exit: (code: number) => void = (code) => process.exit(code),
): Promise<T> {
  const stop = (): void => {
    tell();
    exit(INTERRUPTED);
  };
  process.once("SIGINT", stop);
  try {
    return await work();
  } finally {
    process.off("SIGINT", stop);
  }
}
