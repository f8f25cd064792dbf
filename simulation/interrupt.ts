/** What a shell says of a program that Ctrl-C has ended. */
const INTERRUPTED = 130;

/**
 * Has Ctrl-C, and a request to terminate, end this process with a last word.
 * @returns What takes that back
 */
export function interruptible(lastWord: () => void): () => void {
  const stop = (): void => {
    lastWord();
    process.exit(INTERRUPTED);
  };
  // npm hands on the signal that its terminal has sent to all: a second one mustn't cut off the last word
  process.on("SIGINT", stop).on("SIGTERM", stop);
  return () => process.off("SIGINT", stop).off("SIGTERM", stop);
}
