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

/** Control and formatting characters, halves of characters and odd line ends: what moves a cursor or hides text. */
const UNPRINTABLE = /[\p{C}\p{Zl}\p{Zp}]/gu;

/**
 * Text of strangers as one line of a message: a question mark for what a terminal would act on, all else as it is.
 * @param most How many characters are kept; `...` stands for the rest
 */
export function oneLine(text: string, most: number): string {
  const clean = text.slice(0, most).replace(UNPRINTABLE, "?");
  return text.length > most ? `${clean}...` : clean;
}
