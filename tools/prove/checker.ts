import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import solc from "solc-prover";
import { ROOT } from "../root";

/** A stretch of a source file, in bytes. */
export interface Span {
  file: string;
  start: number;
  end: number;
}

export type Status = "proved" | "unproved" | "violated";

/** What the checker says of one thing that may go wrong: an assertion, a sum, a division. */
export interface Verdict {
  status: Status;
  /** With the counterexample, if there is one. */
  message: string;
  span: Span;
}

/** A function of the checked contract, and the assertions in it. */
export interface Claim {
  name: string;
  span: Span;
  /** The byte after its last precondition. */
  begin: number;
  assertions: { call: Span; condition: Span }[];
}

export interface Checked {
  claims: Claim[];
  verdicts: Verdict[];
}

interface Diagnostic {
  severity: "error" | "warning" | "info";
  message: string;
  formattedMessage: string;
  sourceLocation?: Span;
}

/** A node of the compiler's syntax tree, as far as it is looked at. */
interface Node {
  nodeType: string;
  /** First byte, length and number of the file. */
  src: string;
  name: string;
  visibility?: string;
  expression?: Node;
  arguments?: Node[];
}

interface Output {
  errors?: Diagnostic[];
  sources: Record<string, { ast: Node } | undefined>;
}

type Compile = (
  input: string,
  callbacks: { import: (file: string) => { contents: string } | { error: string } },
) => string;

/** The checker reads no assembly, which is what OpenZeppelin's mathematics is made of: its promises stand in for it. */
const OPENZEPPELIN = "@openzeppelin/contracts/utils/math/Math.sol";
const REMAPPINGS = [
  `${OPENZEPPELIN}=test/proofs/support/Math.sol`,
  ...["contracts/libraries/SteadyMath.sol", "test/proofs/SteadyMathProof.sol"].map(
    (user) => `${user}:${OPENZEPPELIN}=test/proofs/support/StepMath.sol`,
  ),
];

/** Who adds up two samples goes round twice; the checker has to see the loop end. */
const LOOP_ITERATIONS = 3;

const STATUSES: readonly [RegExp, Status][] = [
  [/^BMC: .* check is safe!/, "proved"],
  [/^BMC: .* might happen here\./, "unproved"],
  [/^BMC: .* happens here\./, "violated"],
];

/** Has the checker try all that may go wrong in the contract that a file is named after. */
export function check(file: string, text: string): Checked {
  const input = {
    language: "Solidity",
    sources: { [file]: { content: text } },
    settings: {
      remappings: REMAPPINGS,
      outputSelection: { "*": { "": ["ast"] } },
      modelChecker: {
        engine: "bmc",
        solvers: ["z3"],
        // No timeout: the solver's effort is then bounded in steps, and its answers are the same on every machine
        targets: ["assert", "overflow", "underflow", "divByZero"],
        bmcLoopIterations: LOOP_ITERATIONS,
        showProvedSafe: true,
        showUnproved: true,
        contracts: { [file]: [path.basename(file, ".sol")] },
      },
    },
  };
  const output = (solc.compile as Compile)(JSON.stringify(input), { import: readImport });

  const { errors = [], sources } = JSON.parse(output) as Output;
  const fatal = errors.find(({ severity }) => severity === "error");
  if (fatal !== undefined) throw new Error(fatal.formattedMessage);
  const ast = sources[file]?.ast;
  if (ast === undefined) throw new Error(`There is nothing in ${file}.`);
  return { claims: claimsIn(ast, file), verdicts: verdictsIn(errors) };
}

function readImport(file: string): { contents: string } | { error: string } {
  const found = [path.join(ROOT, file), path.join(ROOT, "node_modules", file)].find(existsSync);
  return found === undefined ? { error: `${file} isn't there` } : { contents: readFileSync(found, "utf8") };
}

/** Whatever else the engine has to say is a reason not to trust it. */
function verdictsIn(diagnostics: readonly Diagnostic[]): Verdict[] {
  return diagnostics
    .filter(({ message }) => message.startsWith("BMC"))
    .map(({ message, formattedMessage, sourceLocation: span }) => {
      const status = STATUSES.find(([pattern]) => pattern.test(message))?.[1];
      if (status === undefined || span === undefined) throw new Error(message);
      return { status, message: formattedMessage, span };
    });
}

function claimsIn(ast: Node, file: string): Claim[] {
  return nodesIn(ast)
    .filter(({ nodeType, visibility }) => nodeType === "FunctionDefinition" && visibility === "external")
    .map((node) => {
      const callsOf = (name: string) =>
        nodesIn(node).filter(({ nodeType, expression }) => nodeType === "FunctionCall" && expression?.name === name);
      const body = nodesIn(node).find(({ nodeType }) => nodeType === "Block") ?? node;
      const last = callsOf("require").at(-1);
      return {
        name: node.name,
        span: spanOf(node, file),
        // A call ends before its semicolon, and a body begins with its brace
        begin: (last === undefined ? spanOf(body, file).start : spanOf(last, file).end) + 1,
        assertions: callsOf("assert").flatMap((call) =>
          (call.arguments ?? []).map((condition) => ({ call: spanOf(call, file), condition: spanOf(condition, file) })),
        ),
      };
    });
}

/** A node and all below it, in the order of the source. */
function nodesIn(value: unknown): Node[] {
  if (typeof value !== "object" || value === null) return [];
  const below = Object.values(value).flatMap(nodesIn);
  return "nodeType" in value ? [value as Node, ...below] : below;
}

function spanOf({ src }: Node, file: string): Span {
  const [start = 0, length = 0] = src.split(":").map(Number);
  return { file, start, end: start + length };
}
