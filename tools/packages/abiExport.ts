import { Interface, toBeHex } from "ethers";
import type { Artifacts } from "hardhat/types";
import { ABIS, fileOf } from "../solidity/abis";

/**
 * The interfaces that jobs name through ERC-165: by the constant that holds the id, the interface and those that it
 * inherits. As in Solidity's `type(I).interfaceId`, what is inherited doesn't count.
 */
const INTERFACES: Readonly<Record<string, readonly [name: string, ...inherited: string[]]>> = {
  WORKABLE_ID: ["IKeep3rWorkable", "IERC165"],
  WORK_SOURCE_ID: ["IKeep3rWorkSource", "IERC165"],
  UPKEEP_BRIDGE_ID: ["IUpkeepBridge", "IUpkeepRegistry", "IUpkeepCall"],
};

/** A value that `./abi` exports. */
interface Constant {
  name: string;
  comment: string;
  /** Its parts, a line each, or itself. */
  value: readonly unknown[] | string;
}

/**
 * `./abi` of the package for job authors, by file name: JavaScript for CommonJS and for ES modules, with types that
 * viem and ethers can read a function's arguments and results from.
 */
export async function abiExport(artifacts: Artifacts): Promise<Map<string, string>> {
  const constants = [...(await abisOf(artifacts)), ...(await idsOf(artifacts))];
  const write = (line: (constant: Constant) => string) =>
    HEAD + constants.map((constant) => `/** ${constant.comment} */\n${line(constant)};\n`).join("");
  return new Map([
    ["abi.js", write(({ name, value }) => `exports.${name} = ${literal(value)}`)],
    ["abi.mjs", write(({ name, value }) => `export const ${name} = ${literal(value)}`)],
    ["abi.d.ts", write(({ name, value }) => `export declare const ${name}: ${typeOf(value)}`)],
    ["abi.d.mts", `${HEAD}export * from "./abi.js";\n`],
  ]);
}

async function abisOf(artifacts: Artifacts): Promise<Constant[]> {
  return Promise.all(
    ABIS.map(async (contract) => {
      const { abi } = await artifacts.readArtifact(contract);
      return { name: `${fileOf(contract)}Abi`, comment: `The ABI of \`${contract}\`.`, value: abi as unknown[] };
    }),
  );
}

async function idsOf(artifacts: Artifacts): Promise<Constant[]> {
  const selectorsOf = async (name: string) => {
    const { abi } = await artifacts.readArtifact(name);
    const selectors: bigint[] = [];
    Interface.from(abi).forEachFunction(({ selector }) => selectors.push(BigInt(selector)));
    return selectors;
  };
  return Promise.all(
    Object.entries(INTERFACES).map(async ([name, [contract, ...parents]]) => {
      const inherited = new Set((await Promise.all(parents.map(selectorsOf))).flat());
      const own = (await selectorsOf(contract)).filter((selector) => !inherited.has(selector));
      const id = toBeHex(
        own.reduce((sum, selector) => sum ^ selector, 0n),
        4,
      );
      return { name, comment: `The ERC-165 id of \`${contract}\`.`, value: id };
    }),
  );
}

function literal(value: Constant["value"]): string {
  return typeof value === "string" ? JSON.stringify(value) : `[\n${lines(value, JSON.stringify)}]`;
}

function typeOf(value: Constant["value"]): string {
  return typeof value === "string" ? JSON.stringify(value) : `readonly [\n${lines(value, readonlyType)}]`;
}

function lines(values: readonly unknown[], write: (value: unknown) => string): string {
  return values.map((value) => `  ${write(value)},\n`).join("");
}

/** The type that `as const` gives to a value of JSON. */
function readonlyType(value: unknown): string {
  if (Array.isArray(value)) return `readonly [${value.map(readonlyType).join(", ")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const members = Object.entries(value).map(([key, member]) => `readonly ${key}: ${readonlyType(member)}`);
  return `{ ${members.join("; ")} }`;
}

const HEAD = "// Written by `npm run abis` from the compiled contracts.\n";
