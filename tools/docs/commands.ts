import { Failure } from "@keep3r-network/sdk";
import { blocksOf, type Page } from "./pages";

/** A command of a page. */
export interface Command {
  /** The line of the page that it begins at, from 1. */
  line: number;
  /** As it is typed, without its comment. */
  text: string;
  /** What the page says that it prints: the comment after an arrow. */
  promise?: string;
}

/** What a comment begins with that promises output; other comments are prose. */
const ARROW = "→";
/** Words, quoted ones whole, up to a `#` that begins a comment. */
const COMMENTED = /^((?:'[^']*'|"[^"]*"|(?<=\S)#|[^#'"])*?)(?:(?<=^|\s)#\s*(.*))?$/;

/** The commands of a page's `sh` blocks, in order. */
export function commandsIn(page: Page): Command[] {
  return blocksOf(page, "sh").flatMap(({ line: first, code }) => {
    const commands: Command[] = [];
    let begun = "";
    code.split("\n").forEach((row, index) => {
      const { text, comment } = splitComment(row.trim(), `${page.file}:${first + index}`);
      const line = first + index - (begun.match(/\n/g)?.length ?? 0);
      const whole = begun + text;
      begun = whole.endsWith("\\") ? `${whole}\n` : "";
      if (begun === "" && whole !== "") commands.push({ line, text: whole, ...promiseIn(comment) });
    });
    return commands;
  });
}

function splitComment(row: string, place: string): { text: string; comment: string } {
  const match = COMMENTED.exec(row);
  if (match === null) throw new Failure(`${place}: a quote isn't closed on its line.`);
  const [, text = "", comment = ""] = match;
  return { text: text.trimEnd(), comment };
}

function promiseIn(comment: string): Pick<Command, "promise"> {
  return comment.startsWith(ARROW) ? { promise: comment.slice(ARROW.length).trim() } : {};
}
