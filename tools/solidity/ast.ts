/** Of solc's AST, what is read here. */
export interface Node {
  id: number;
  nodeType: string;
  name?: string;
  kind?: string;
  visibility?: string;
  documentation?: { text: string } | string | null;
  parameters?: { parameters: Parameter[] };
  returnParameters?: { parameters: Parameter[] };
  /** The id of what an expression names. */
  referencedDeclaration?: number;
  /** The source that an import names. */
  absolutePath?: string;
}

export interface Parameter {
  name: string;
  typeDescriptions: { typeString: string };
}

export interface ErrorDefinition extends Node {
  nodeType: "ErrorDefinition";
  name: string;
  errorSelector: string;
  parameters: { parameters: Parameter[] };
}

export interface ContractDefinition extends Node {
  nodeType: "ContractDefinition";
  name: string;
  contractKind: "contract" | "interface" | "library";
  abstract: boolean;
  usedErrors: number[];
  nodes: Node[];
}

export interface SourceUnit {
  absolutePath: string;
  /** Its SPDX header. */
  license: string | null;
  nodes: Node[];
}

export function isContract(node: Node): node is ContractDefinition {
  return node.nodeType === "ContractDefinition";
}

export function isError(node: Node): node is ErrorDefinition {
  return node.nodeType === "ErrorDefinition";
}

/** Whether it can be deployed by itself. */
export function isDeployable(node: Node): node is ContractDefinition {
  return isContract(node) && node.contractKind === "contract" && !node.abstract;
}

/** The NatSpec before a definition, without the comment's signs; "" when there is none. */
export function docOf({ documentation }: Node): string {
  return (typeof documentation === "string" ? documentation : documentation?.text) ?? "";
}

/** Calls back for every node below a node, and the node itself. */
export function walk(node: unknown, visit: (node: Node) => void): void {
  if (Array.isArray(node)) return node.forEach((child) => walk(child, visit));
  if (node === null || typeof node !== "object") return;
  if ("nodeType" in node) visit(node as Node);
  for (const child of Object.values(node)) walk(child, visit);
}
