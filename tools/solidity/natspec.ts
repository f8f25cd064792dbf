import { docOf, isContract, type Node, type Parameter, type SourceUnit } from "./ast";
import { isProduction } from "./sources";

/** A tag of NatSpec with what follows it. */
interface Tag {
  name: string;
  text: string;
}

/** What has to be documented; of functions and variables those that can be called from outside. */
const DOCUMENTED = [
  ...["ContractDefinition", "StructDefinition", "EnumDefinition", "EventDefinition", "ErrorDefinition"],
  ...["ModifierDefinition", "FunctionDefinition", "VariableDeclaration"],
];
/** How the notice begins. */
const OPENINGS: Readonly<Record<string, string>> = { EventDefinition: "Emitted ", ErrorDefinition: "Thrown " };
/** What to do about an error. */
export const REMEDY = "custom:remedy";

/** What isn't documented in the production sources as CONTRIBUTING.md asks, a line each. */
export function faultsOfDocs(sources: SourceUnit[]): string[] {
  const production = sources.filter(({ absolutePath }) => isProduction(absolutePath));
  if (production.length === 0) throw new Error("There is no source to check.");
  return production.flatMap(({ absolutePath, nodes }) =>
    nodes
      .flatMap((node) => [
        ...faultsOf(node, nodes),
        ...(isContract(node) ? node.nodes.flatMap((member) => faultsOf(member, node.nodes)) : []),
      ])
      .map((fault) => `${absolutePath}: ${fault}`),
  );
}

/** A definition's text for a tag, on one line; undefined when it has none. */
export function textOf(node: Node, tag: string): string | undefined {
  return tagsOf(node).find(({ name }) => name === tag)?.text;
}

/** Text before the first tag is a notice. */
function tagsOf(node: Node): Tag[] {
  return `notice\n${docOf(node)}`
    .split(/\n\s*@/)
    .map((part) => /^\s*(\S+)\s*([^]*)$/.exec(part))
    .map((match) => ({ name: match?.[1] ?? "", text: (match?.[2] ?? "").replace(/\s+/g, " ").trim() }))
    .filter(({ text }) => text !== "");
}

function faultsOf(node: Node, siblings: Node[]): string[] {
  if (!isToDocument(node) || textOf(node, "inheritdoc") !== undefined) return [];

  const faults: string[] = [];
  const [title, notice, dev] = ["title", "notice", "dev"].map((tag) => textOf(node, tag));
  const opening = OPENINGS[node.nodeType];
  if (isContract(node)) {
    if (title === undefined) faults.push("has no @title");
  } else if (opening !== undefined) {
    if (!notice?.startsWith(opening)) faults.push(`has no @notice that begins with "${opening.trim()}"`);
  } else if (node.kind !== "constructor" && notice === undefined && dev === undefined) {
    faults.push("has neither @notice nor @dev");
  }
  if (node.nodeType === "ErrorDefinition" && textOf(node, REMEDY) === undefined) faults.push(`has no @${REMEDY}`);
  faults.push(...undocumented("param", node.parameters?.parameters ?? [], node, siblings));
  faults.push(...undocumented("return", returnsOf(node), node, siblings));
  const name = node.name === undefined || node.name === "" ? node.kind : node.name;
  return faults.map((fault) => `${name} ${fault}`);
}

function isToDocument({ nodeType, visibility }: Node): boolean {
  if (!DOCUMENTED.includes(nodeType)) return false;
  if (nodeType !== "FunctionDefinition" && nodeType !== "VariableDeclaration") return true;
  return visibility === "external" || visibility === "public";
}

/** The values that need a tag: a single one without a name is described by the notice. */
function returnsOf(node: Node): Parameter[] {
  const values = node.returnParameters?.parameters ?? [];
  return values.length === 1 && values[0]?.name === "" ? [] : values;
}

/** A function that does "As `another`" may leave the parameters to that one. */
function undocumented(tag: "param" | "return", parameters: Parameter[], node: Node, siblings: Node[]): string[] {
  const model = /^As `(\w+)`/.exec(textOf(node, "notice") ?? "")?.[1];
  const docs = [node, ...siblings.filter(({ name }) => model !== undefined && name === model)].flatMap(tagsOf);
  return parameters
    .filter(({ name }) => !docs.some((doc) => doc.name === tag && doc.text.startsWith(`${name} `)))
    .map(({ name }) => `has no @${tag} for ${name === "" ? "a value without a name" : name}`);
}
