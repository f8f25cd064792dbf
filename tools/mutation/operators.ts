import { createHash } from "node:crypto";
import { type AstNode, isNode, spanOf, typeOf, walk } from "./ast";

/** One small change of a source. */
export interface Mutant {
  /** Relative to the project. */
  file: string;
  /** The function that it is in, or the contract. */
  within: string;
  operator: string;
  /** The source from `start` to `end`, in bytes, and what takes its place. */
  start: number;
  end: number;
  from: string;
  to: string;
  /** Which it is of the same changes in the same function, from 1. */
  nth: number;
  /** A digest of the code around it: what the tests said of a mutant holds for as long as that is the same. */
  code: string;
  line: number;
}

/** A part of the source and what takes its place. */
interface Change {
  operator: string;
  start: number;
  end: number;
  to: string;
}

/** By the operator that stands there, those that may stand in its place: the same precedence, and another meaning. */
const BINARY: Readonly<Record<string, readonly string[]>> = {
  "+": ["-"],
  "-": ["+"],
  "*": ["/"],
  "/": ["*"],
  "%": ["*"],
  "<<": [">>"],
  ">>": ["<<"],
  "&": ["|"],
  "|": ["&"],
  "^": ["&"],
  "<": ["<=", ">="],
  "<=": ["<", ">"],
  ">": [">=", "<="],
  ">=": [">", "<"],
  "==": ["!="],
  "!=": ["=="],
  "&&": ["||"],
  "||": ["&&"],
};

const ASSIGNMENT: Readonly<Record<string, string>> = { "+=": "-=", "-=": "+=", "|=": "&=", "&=": "|=", ">>=": "<<=" };

/** Instructions of assembly that take as many words. */
const INSTRUCTIONS: Readonly<Record<string, string>> = {
  add: "sub",
  sub: "add",
  mul: "div",
  gt: "lt",
  lt: "gt",
  and: "or",
  or: "and",
  shl: "shr",
  shr: "shl",
};

const LOGICAL = ["&&", "||"];
const COMPARING = ["<", "<=", ">", ">=", "==", "!="];

/** All mutants of a source file, in the order of the source. */
export function mutantsOf(file: string, source: string, tree: AstNode): Mutant[] {
  const bytes = Buffer.from(source, "utf8");
  const textAt = (start: number, end: number) => bytes.subarray(start, end).toString("utf8");
  const mutants: Mutant[] = [];
  const seen = new Map<string, number>();
  for (const [node, above] of walk(tree)) {
    for (const { operator, start, end, to } of changesOf(node, above, textAt)) {
      const [{ within, around }, from] = [placeOf(node, above), textAt(start, end)];
      if (from === to) continue;
      const key = JSON.stringify([within, operator, from, to]);
      const nth = (seen.get(key) ?? 0) + 1;
      seen.set(key, nth);
      const code = digestOf(textAt(spanOf(around).start, spanOf(around).end));
      const line = textAt(0, start).split("\n").length;
      mutants.push({ file, within, operator, start, end, from, to, nth, code, line });
    }
  }
  return mutants;
}

/** The source with a mutant in it. */
export function mutate(source: string, { start, end, to }: Mutant): string {
  const bytes = Buffer.from(source, "utf8");
  return Buffer.concat([bytes.subarray(0, start), Buffer.from(to, "utf8"), bytes.subarray(end)]).toString("utf8");
}

type TextAt = (start: number, end: number) => string;

function changesOf(node: AstNode, above: readonly AstNode[], textAt: TextAt): Change[] {
  switch (node.nodeType) {
    case "BinaryOperation":
      return binary(node, textAt);
    case "Assignment":
      return assignment(node, textAt);
    case "UnaryOperation":
      return unary(node, textAt);
    case "Literal":
      return literal(node, textAt);
    case "IfStatement":
    case "Conditional":
      return condition(node, ["true", "false"]);
    case "WhileStatement":
    case "ForStatement":
      return condition(node, ["false"]);
    case "ExpressionStatement":
    case "EmitStatement":
    case "RevertStatement":
      return [deletion(node, textAt)];
    case "Return":
      return returned(node, textAt);
    case "ModifierInvocation":
      return modifier(node, above);
    case "YulFunctionCall":
      return instruction(node);
    case "YulLiteral":
      return word(node);
    default:
      return [];
  }
}

function binary(node: AstNode, textAt: TextAt): Change[] {
  const [left, right] = [node.leftExpression as AstNode, node.rightExpression as AstNode];
  const symbol = node.operator as string;
  const [start, end] = [spanOf(left).end, spanOf(right).start];
  const operator = LOGICAL.includes(symbol) ? "logical" : COMPARING.includes(symbol) ? "comparison" : "arithmetic";
  return (BINARY[symbol] ?? []).map((other) => ({
    operator,
    start,
    end,
    to: textAt(start, end).replace(symbol, other),
  }));
}

function assignment(node: AstNode, textAt: TextAt): Change[] {
  const symbol = node.operator as string;
  const other = ASSIGNMENT[symbol];
  if (other === undefined) return [];
  const start = spanOf(node.leftHandSide as AstNode).end;
  const end = spanOf(node.rightHandSide as AstNode).start;
  return [{ operator: "assignment", start, end, to: textAt(start, end).replace(symbol, other) }];
}

function unary(node: AstNode, textAt: TextAt): Change[] {
  const { start, end } = spanOf(node);
  const text = textAt(start, end);
  switch (node.operator) {
    case "++":
      return [{ operator: "increment", start, end, to: text.replace("++", "--") }];
    case "--":
      return [{ operator: "increment", start, end, to: text.replace("--", "++") }];
    case "!":
    case "~":
      return [{ operator: "negation", start, end, to: text.slice(1) }];
    default:
      return [];
  }
}

function literal(node: AstNode, textAt: TextAt): Change[] {
  const { start, end } = spanOf(node);
  const text = textAt(start, end);
  if (node.kind === "bool") return [{ operator: "literal", start, end, to: text === "true" ? "false" : "true" }];
  return node.kind === "number" ? [{ operator: "literal", start, end, to: `(${text} + 1)` }] : [];
}

function condition(node: AstNode, answers: readonly string[]): Change[] {
  if (!isNode(node.condition)) return [];
  const { start, end } = spanOf(node.condition);
  return answers.map((to) => ({ operator: "condition", start, end, to }));
}

/** The statement with its semicolon; braces stay, so that what an `if` commands is still a statement. */
function deletion(node: AstNode, textAt: TextAt): Change {
  const { start, end } = spanOf(node);
  const semicolon = textAt(end, end + 80).indexOf(";");
  return { operator: "deletion", start, end: textAt(start, end).endsWith(";") ? end : end + semicolon + 1, to: "{}" };
}

function returned(node: AstNode, textAt: TextAt): Change[] {
  if (!isNode(node.expression)) return [];
  const { start, end } = spanOf(node.expression);
  const type = typeOf(node.expression);
  if (type === "bool") return [{ operator: "return", start, end, to: `!(${textAt(start, end)})` }];
  return /^uint\d+$/.test(type) ? [{ operator: "return", start, end, to: "0" }] : [];
}

/** A function without its guard; a base's constructor looks the same and is none. */
function modifier(node: AstNode, above: readonly AstNode[]): Change[] {
  if (above[0]?.kind === "constructor") return [];
  return [{ operator: "modifier", ...spanOf(node), to: "" }];
}

function instruction(node: AstNode): Change[] {
  const name = node.functionName as AstNode;
  const other = INSTRUCTIONS[name.name as string];
  return other === undefined ? [] : [{ operator: "assembly", ...spanOf(name), to: other }];
}

function word(node: AstNode): Change[] {
  return node.kind === "number"
    ? [{ operator: "assembly", ...spanOf(node), to: String(BigInt(node.value as string) + 1n) }]
    : [];
}

/** The function that a node is in, or else its contract, of which only the declaration is looked at. */
function placeOf(node: AstNode, above: readonly AstNode[]): { within: string; around: AstNode } {
  const called = above.find(({ nodeType }) => nodeType === "FunctionDefinition" || nodeType === "ModifierDefinition");
  if (called !== undefined) return { within: (called.name as string) || (called.kind as string), around: called };

  const [at, contract] = [...above.entries()].find(([, { nodeType }]) => nodeType === "ContractDefinition") ?? [];
  const within = contract === undefined ? "file" : (contract.name as string);
  return { within, around: above[(at ?? above.length - 1) - 1] ?? node };
}

function digestOf(text: string): string {
  return createHash("sha256").update(text.replace(/\s+/g, " ")).digest("hex").slice(0, 8);
}
