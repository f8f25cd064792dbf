import { stripVTControlCharacters } from "node:util";

/** How a command ended. */
export interface Ended {
  /** The exit code; undefined if it didn't end by itself. */
  code: number | undefined;
  /** All that it printed, standard output and errors as they came. */
  output: string;
  seconds: number;
}

/** What stands for anything in a promise, also for a single space between words. */
const ANYTHING = / \.{3} |\.{3}/;

/**
 * What a command did otherwise than its page says; undefined if it kept its word.
 * @param promises What it prints. One that begins with `Error` is kept by a command that ends with exit code 1
 */
export function faultOf(promises: readonly string[], { code, output }: Ended): string | undefined {
  const expected = promises.some((promise) => promise.trimStart().startsWith("Error")) ? 1 : 0;
  if (code !== expected) {
    return `It ended ${code === undefined ? "without an exit code" : `with exit code ${code}`}, not ${expected}.`;
  }
  const broken = promises.find((promise) => !isKept(promise, output));
  return broken === undefined ? undefined : `It didn't print: ${collapsed(broken)}`;
}

/** Whether an output has what is promised: whole words, with any space between them. */
export function isKept(promise: string, output: string): boolean {
  const pattern = collapsed(promise).split(ANYTHING).map(literally).join(".*");
  return new RegExp(`(?<!\\w)${pattern}(?!\\w)`).test(collapsed(stripVTControlCharacters(output)));
}

/** A text as a pattern that only it matches. */
function literally(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
}

function collapsed(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}
