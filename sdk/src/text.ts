import { type Hex, hexToBytes } from "viem";

const WORD = 32;

/**
 * Text of strangers, fit to be shown: printable ASCII, a question mark for any other character, no space around it.
 * @param most How many characters are kept
 * @returns Nothing where nothing of it can be shown
 */
export function printable(text: string, most: number): string | undefined {
  const shown = text
    .replace(/[^\x20-\x7e]/g, "?")
    .slice(0, most)
    .trim();
  return /[^? ]/.test(shown) ? shown : undefined;
}

/**
 * The string that a call returned, of any contract.
 * @param most How many bytes of it are read
 * @returns Nothing if it isn't a string
 */
export function stringIn(data: Hex, most: number): string | undefined {
  const bytes = hexToBytes(data);
  const start = numberAt(bytes, 0);
  const length = numberAt(bytes, start);
  const from = start + WORD;
  if (from + length > bytes.length) return undefined;
  return new TextDecoder().decode(bytes.subarray(from, from + Math.min(length, most)));
}

/** The word at a place: infinite where there is none. */
function numberAt(bytes: Uint8Array, at: number): number {
  if (at + WORD > bytes.length) return Infinity;
  return bytes.subarray(at, at + WORD).reduce((value, byte) => value * 256 + byte, 0);
}
