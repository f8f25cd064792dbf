import { WAD } from "@keep3r-network/sdk";
import { expect } from "chai";
import { ZeroAddress } from "ethers";
import { readFileSync } from "node:fs";
import path from "node:path";
import { Placed } from "#deploy/recipe/placed";
import { partOf, termsOf } from "#support/worlds/recipe";

const FILE = path.join(__dirname, "..", "foundry", "support", "Deployment.sol");
/** The functions there that follow the recipe, in the order in which they are called. */
const FUNCTIONS = ["_issue", "_deployCore"];
/** The names there of what the network deploys, and of what is there before. */
const OWN = { KP3R: "kp3r", Keep3r: "keep3r", Keep3rOracle: "oracle", Keep3rHelper: "helper" } as const;
const KNOWN = { UniswapV2Factory: "factory", WETH9: "weth", KP3R_WETH: "pair" } as const;

const SUPPLY = 1_000_000n * WAD;
const WORDS = new Map<unknown, string>([
  [SUPPLY, "1_000_000 * WAD"],
  [ZeroAddress, "address(0)"],
]);

describe("The network of forge's tests", () => {
  const source = readFileSync(FILE, "utf8");

  it("is deployed as the recipe says", async () => {
    expect(await linesOf(source)).to.deep.equal(await linesOfRecipe());
  });

  for (const [change, before, after] of [
    [
      "arguments are swapped",
      "abi.encode(governance, keep3r, oracle, weth)",
      "abi.encode(governance, oracle, keep3r, weth)",
    ],
    ["another contract is deployed", "Keep3rHelper.sol/Keep3rHelper.json", "Keep3rLens.sol/Keep3rLens.json"],
    ["a connection is missing", "keep3r.setKeep3rHelper(address(helper));", ""],
    ["another contract is connected", "setKeep3rHelper(address(helper))", "setKeep3rHelper(address(oracle))"],
    ["a role is left over", "kp3r.removeMinter(governance);", ""],
    ["a call is added", "kp3r.removeMinter(governance);", "kp3r.removeMinter(governance); kp3r.burn(1);"],
    ["the order is another", /(kp3r\.addMinter\(address\(keep3r\)\);)(\s*)(keep3r\.setKeep3rHelper\(.*\);)/, "$3$2$1"],
  ] as const) {
    it(`would be told apart where ${change}`, async () => {
      const changed = source.replace(before, after);
      expect(changed).not.to.equal(source);
      expect(await linesOf(changed)).not.to.deep.equal(await linesOfRecipe());
    });
  }
});

/** A line a step: `variable = Contract(arguments)`, or `variable.function(arguments)`. */
async function linesOfRecipe(): Promise<string[]> {
  const terms = await termsOf({ supply: SUPPLY, oracleOwner: ZeroAddress }, {});
  const placed = new Placed<string>({ ...OWN, ...KNOWN });
  return partOf(terms, Object.keys(OWN) as (keyof typeof OWN)[], KNOWN).map((step) => {
    const args = placed.resolve(step.args, "governance").map((value) => WORDS.get(value) ?? String(value));
    return step.kind === "deploy"
      ? `${placed.at(step.contract)} = ${step.contract}(${args.join(", ")})`
      : `${placed.at(step.on)}.${step.function}(${args.join(", ")})`;
  });
}

/** The same of what the functions of a source do, a line a statement. */
async function linesOf(source: string): Promise<string[]> {
  const functions = await functionsOf(source);
  return FUNCTIONS.flatMap((name) => functions.get(name) ?? []).map((statement) => lineOf(statement, source));
}

/** A statement of another form than the recipe's steps stands as it is written. */
function lineOf({ src, expression }: Statement, source: string): string {
  const args = (list: Expression[] = []): string => list.map((each) => textOf(each, source)).join(", ");
  const [artifact, encoded] = expression?.rightHandSide?.arguments?.[0]?.arguments ?? [];
  if (expression?.leftHandSide && artifact?.value && encoded) {
    const contract = path.basename(artifact.value, ".json");
    return `${textOf(expression.leftHandSide, source)} = ${contract}(${args(encoded.arguments)})`;
  }
  if (expression?.expression) return `${textOf(expression.expression, source)}(${args(expression.arguments)})`;
  return textOf({ src }, source);
}

/** As it is written, but for conversions to an address. */
function textOf({ src }: { src: string }, source: string): string {
  const [start = 0, length = 0] = src.split(":").map(Number);
  const text = Buffer.from(source)
    .subarray(start, start + length)
    .toString();
  return text.replace(/^address\(([a-z]\w*)\)$/i, "$1");
}

/** The statements of each function, by the parser of the compiler. */
async function functionsOf(source: string): Promise<Map<string, Statement[]>> {
  const settings = { stopAfter: "parsing", outputSelection: { "*": { "": ["ast"] } } };
  const input = { language: "Solidity", sources: { [FILE]: { content: source } }, settings };
  const { default: solc } = (await import("solc")) as unknown as { default: { compile(input: string): string } };
  const { sources } = JSON.parse(solc.compile(JSON.stringify(input))) as Parsed;
  const definitions = sources[FILE]?.ast.nodes.flatMap(({ nodes = [] }) => nodes) ?? [];
  return new Map(definitions.map(({ name, body }) => [name, body?.statements ?? []]));
}

/** Of the compiler's output and its AST, what is read here. */
interface Parsed {
  sources: Record<string, { ast: { nodes: { nodes?: Definition[] }[] } }>;
}

interface Definition {
  name: string;
  body?: { statements: Statement[] };
}

interface Statement {
  /** Offset, length and file, in bytes. */
  src: string;
  expression?: Expression;
}

interface Expression {
  src: string;
  /** Of a literal. */
  value?: string;
  /** Of a call: what is called. */
  expression?: Expression;
  arguments?: Expression[];
  leftHandSide?: Expression;
  rightHandSide?: Expression;
}
