import type { SourceUnit } from "../solidity/ast";
import { isOurs, isProduction } from "../solidity/sources";
import { isAllowed } from "./licences";
import type { Source } from "./use";

const OWN = "MIT";

/** Files without a licence header that deployed contracts import, and why they may. */
const UNLICENSED: Readonly<Record<string, string>> = {
  "@uniswap/v2-core/contracts/interfaces/IUniswapV2Factory.sol":
    "GPL by its package; an interface leaves no code behind",
  "@uniswap/v2-core/contracts/interfaces/IUniswapV2Pair.sol": "GPL by its package; an interface leaves no code behind",
};

/** Solidity of ours whose header doesn't say that it is under this project's licence. */
export function faultsOfHeaders(sources: Source[]): string[] {
  const solidity = sources.filter(({ file }) => file.endsWith(".sol"));
  if (solidity.length === 0) throw new Error("There is no Solidity to check.");
  return solidity
    .filter(({ text }) => !text.startsWith(`// SPDX-License-Identifier: ${OWN}\n`))
    .map(({ file }) => `${file}: its first line isn't the header of ${OWN}`);
}

/**
 * Forbidden imports of production contracts, direct or indirect: contracts of ours that aren't packed, and packages under a
 * licence that doesn't go with ours.
 */
export function faultsOfImports(units: SourceUnit[]): string[] {
  const byPath = new Map(units.map((unit) => [unit.absolutePath, unit]));
  const reached = new Set<string>();
  const reach = (source: string): void => {
    if (reached.has(source)) return;
    reached.add(source);
    byPath.get(source)?.nodes.forEach(({ nodeType, absolutePath = "" }) => {
      if (nodeType === "ImportDirective") reach(absolutePath);
    });
  };
  [...byPath.keys()].filter(isProduction).forEach(reach);

  const others = [...reached].filter((source) => !isProduction(source));
  if (others.length === 0) throw new Error("No contract imports a package: there is nothing to check.");
  return others.sort().flatMap((source) => {
    if (isOurs(source)) return [`${source}: production contracts import it, and it isn't packed`];
    const licence = byPath.get(source)?.license ?? undefined;
    if (licence === undefined ? source in UNLICENSED : isAllowed(licence)) return [];
    return [`${source}: production contracts import it, and its licence is ${licence ?? "not stated"}`];
  });
}
