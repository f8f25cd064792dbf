import type { Layout } from "./layout";

/** What is wrong with Keep3rSlots: each of its constants has to be the slot of the variable of Keep3r that it names. */
export function faultsOfSlots(source: string, layout: Layout): string[] {
  const declared = source.match(/ constant /g)?.length ?? 0;
  const constants = [...source.matchAll(/ constant (\w+) = bytes32\(uint256\((\d+)\)\);/g)];
  if (declared === 0 || declared !== constants.length) {
    return [`Keep3rSlots: ${declared} constants, ${constants.length} of them written as bytes32(uint256(slot))`];
  }
  return constants.flatMap(([, constant = "", slot = ""]) => {
    const variable = variableOf(constant);
    const place = layout[`Keep3r.${variable}`];
    if (place?.startsWith(`slot ${slot}, offset 0,`)) return [];
    return [`Keep3rSlots.${constant} is ${slot}, and ${variable} lies in ${place ?? "no slot: Keep3r has none"}`];
  });
}

/** KEEPER_LIST is of _keeperList. */
function variableOf(constant: string): string {
  return `_${constant.toLowerCase().replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase())}`;
}
