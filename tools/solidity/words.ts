/** A line that documents a packed word: `amount 88 | mining 8 | liquidity 160`, from the lowest bit. */
const FIELDS = /^\/\/\/ (\w+ \d+(?: \| \w+ \d+)+)$/m;
const WORD_BITS = 256;

/** The fields of the words that are packed by hand, by the name of the word's type. */
export function wordsOf(sources: string[]): Record<string, string> {
  const words: Record<string, string> = {};
  for (const source of sources) {
    const word = /^type (\w+) is uint256;/m.exec(source)?.[1];
    if (word !== undefined) words[word] = FIELDS.exec(source)?.[1] ?? "not documented";
  }
  return words;
}

/**
 * What is wrong with a source that packs a word: its fields must fit, and the constants that say at which bit they begin,
 * one for each but the first and in their order, must add up.
 */
export function faultsOfWord(source: string): string[] {
  const [[word, fields] = ["", ""]] = Object.entries(wordsOf([source]));
  const parts = [...fields.matchAll(/(\w+) (\d+)/g)].map(([, name = "", bits]) => ({ name, bits: Number(bits) }));
  if (parts.length === 0) return [`${word}: its fields aren't documented as \`name bits | name bits\``];

  const starts = parts.map((_, index) => parts.slice(0, index).reduce((sum, { bits }) => sum + bits, 0));
  const total = parts.reduce((sum, { bits }) => sum + bits, 0);
  const constants = [...source.matchAll(/^uint256 constant (\w+_(?:SHIFT|OFFSET)) = (\d+);/gm)];
  const faults = total > WORD_BITS ? [`${word}: its fields take ${total} bits, a word has ${WORD_BITS}`] : [];
  if (constants.length !== parts.length - 1) {
    return [...faults, `${word}: it has ${constants.length} constants for where ${parts.length - 1} fields begin`];
  }
  for (const [index, [, constant, value]] of constants.entries()) {
    const start = starts[index + 1];
    if (Number(value) === start) continue;
    faults.push(`${word}: ${constant} is ${value}, and ${parts[index + 1]?.name} begins at bit ${start}`);
  }
  return faults;
}
