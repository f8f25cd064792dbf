import path from "node:path";

/** What to say to somebody who names a file that isn't there: those of its name elsewhere, or else those of its folder. */
export function nearby(file: string, known: readonly string[]): string {
  const name = (of: string): string => path.basename(of).toLowerCase();
  const folder = (of: string): string => path.dirname(path.normalize(of));
  const namesakes = known.filter((other) => name(other) === name(file));
  const neighbours = known.filter((other) => folder(other) === folder(file));
  const meant = namesakes.length > 0 ? namesakes : neighbours;
  if (meant.length > 0) return `There is ${meant.join(", ")}.`;
  return `There are files in ${[...new Set(known.map(folder))].join(", ")}.`;
}
