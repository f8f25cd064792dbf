const HEX_RANGE = /\[\s*(0x[0-9a-f]{1,16})\s*,\s*(0x[0-9a-f]{1,16})\s*\]/i;
const DECIMAL_RANGE = /range (\d{1,18})-(\d{1,18})/i;
// "up to a 2K block range", "is limited to a 10,000 range", "Max range: 800", "max is 1k blocks", "maximum is set to 2048",
// "limit of 10000", "max block range = 5000", "ranges over 10000 blocks", "at most 1000 blocks", "(11000 > 10000)".
const LIMIT =
  /(?:up to an?|limited to(?: an?)?|at most|over|size|distance:?|exceeds|>|limit(?: of)?|max(?:imum)?(?: number of| allowed)?(?: block)?(?: range)?(?: of| is)?(?: set to)?)\s*[:=]?\s*(\d[\d,]{0,12})(k?)\b(?!\s*(?:results|logs|events|[km]?b\b|bytes|seconds))/gi;

/**
 * How many blocks a node says it would give the logs of, where it does say and that makes sense.
 * @param words The refusal
 * @param fromBlock The first block that was asked for
 * @param blocks How many blocks were asked for
 * @returns At least one, and fewer than were asked for
 */
export function suggestedBlocks(words: string, fromBlock: bigint, blocks: bigint): bigint | undefined {
  const said = [...ranges(words, fromBlock), ...limits(words)];
  return said.find((size) => size >= 1n && size < blocks);
}

function ranges(words: string, fromBlock: bigint): bigint[] {
  return [HEX_RANGE, DECIMAL_RANGE].flatMap((pattern) => {
    const [, first, last] = pattern.exec(words) ?? [];
    if (first === undefined || last === undefined) return [];
    // A range that begins before what was asked for says how far to go, one that begins later how much.
    const start = BigInt(first) < fromBlock ? fromBlock : BigInt(first);
    return [BigInt(last) - start + 1n];
  });
}

function limits(words: string): bigint[] {
  return [...words.matchAll(LIMIT)].map(([, digits = "", thousand]) => {
    return BigInt(digits.replaceAll(",", "")) * (thousand ? 1000n : 1n);
  });
}
