import { concatHex, type Hex, numberToHex, size } from "viem";

/** Code of contracts that do one thing, whatever they are asked. */
export const CODE = {
  stop: "0x00",
  revert: "0x5f5ffd",
  invalid: "0xfe",
  /** Hashes 64 kB again and again until the gas is gone: few steps, since a node may trace each. */
  burn: "0x5b61ffff5f20505f56",
} as const satisfies Record<string, Hex>;

/** Code that returns so many bytes of zeros, or reverts with them. */
export function zeros(length: number, end: "return" | "revert" = "return"): Hex {
  return concatHex([push(length), "0x5f", end === "return" ? "0xf3" : "0xfd"]);
}

/**
 * Code that returns bytes.
 * @param at Its place in the contract's code
 */
export function returning(data: Hex, at = 0): Hex {
  const length = 19;
  return concatHex([push(size(data)), push(at + length), "0x5f39", push(size(data)), "0x5ff3", data]);
}

/**
 * Code that says yes to every id of ERC-165 but the invalid one, and does something else on any other call.
 * @param other The code for that, which is told its place
 */
export function claiming(other: (at: number) => Hex): Hex {
  const answer: Hex = "0x60043560e01c63ffffffff14155f5260205ff3";
  const end = 16 + size(answer);
  const unlessAsked = concatHex(["0x5f3560e01c6301ffc9a7141561", numberToHex(end, { size: 2 }), "0x57"]);
  return concatHex([unlessAsked, answer, "0x5b", other(end + 1)]);
}

function push(value: number): Hex {
  return concatHex(["0x63", numberToHex(value, { size: 4 })]);
}
