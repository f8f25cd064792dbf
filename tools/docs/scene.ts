import { Failure } from "@keep3r-network/sdk";
import { type Command, commandsIn } from "./commands";
import { blocksOf, lineAt, type Page } from "./pages";

/** What a reader does on a page beside typing the commands of its blocks. Quotes say where: they stand on the page. */
export type Prose =
  /** Types a command that stands in a code span, here or where `at` is, which prints what the page says in words. */
  | { types: string; at?: string; prints?: string }
  /** Does what the page says in words, or leaves to its reader, as a shell does it; before what stands there. */
  | { at: string; does: string }
  /** Saves a block of the page in the file that the code span before it names. */
  | { writes: string };

type Shown = readonly [language: string, number: number];

/** How a page is read. */
export interface Scene {
  page: string;
  /** Where it has its reader begin: the clone unless given, or else the folder around it. */
  begins?: "beside the clone";
  prose?: readonly Prose[];
  /** What stands for words that the page leaves to its reader. */
  words?: Readonly<Record<string, string>>;
  /** Which block of the page shows what a command prints: its language, and its number among those, from 1. */
  shows?: Readonly<Record<string, Shown>>;
}

/** One thing that a reader does. */
export type Act =
  /** Runs a command of the page, which is held to what the page says. */
  | { line: number; tries: string; runs: string; promises: readonly string[] }
  /** Does what isn't the page's own command. */
  | { line: number; does: string }
  | { line: number; writes: string; content: string };

/** What a reader of a page does, in its order. */
export function actsOf(page: Page, scene: Scene): Act[] {
  const told = (scene.prose ?? []).map((prose) => actOf(page, scene, prose));
  const blocks = commandsIn(page).map((command) => trial(page, scene, command));
  return [...told, ...blocks].sort((one, other) => one.line - other.line);
}

function actOf(page: Page, scene: Scene, prose: Prose): Act {
  if ("writes" in prose) return { ...fileOn(page, prose.writes), writes: prose.writes };
  if ("does" in prose) return { line: lineOf(page, prose.at), does: prose.does };
  const { types, prints, at = `\`${types}\`` } = prose;
  if (prints !== undefined) lineOf(page, prints);
  const promise = prints === undefined ? {} : { promise: prints };
  return trial(page, scene, { line: lineOf(page, at), text: types, ...promise });
}

function trial(page: Page, { words = {}, shows = {} }: Scene, { line, text, promise }: Command): Act {
  const runs = Object.entries(words).reduce(
    (command, [word, value]) => command.replace(new RegExp(`\\b${word}\\b`, "g"), () => value),
    text,
  );
  const shown = shows[text] === undefined ? [] : [codeOf(page, shows[text])];
  return { line, tries: text, runs, promises: promise === undefined ? shown : [promise, ...shown] };
}

function codeOf(page: Page, [language, number]: Shown): string {
  const block = blocksOf(page, language)[number - 1];
  if (block === undefined) {
    throw new Failure(`${page.file} has no \`${language}\` block ${number}, which its scene shows.`);
  }
  return block.code;
}

function fileOn(page: Page, name: string): { line: number; content: string } {
  const span = indexOf(page, `\`${name}\``);
  const match = /^```\w+\n(.*?)^```$/ms.exec(page.text.slice(span));
  if (match?.[1] === undefined) throw new Failure(`${page.file} has no block for \`${name}\`, which its scene writes.`);
  return { line: lineAt(page.text, span + match.index), content: match[1] };
}

function lineOf(page: Page, quote: string): number {
  return lineAt(page.text, indexOf(page, quote));
}

function indexOf({ file, text }: Page, quote: string): number {
  const index = text.indexOf(quote);
  if (index < 0) throw new Failure(`${file} doesn't say "${quote}" any more, which its scene in tools/docs goes by.`);
  return index;
}
