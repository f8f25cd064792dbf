/** A node of the compiler's syntax tree, as far as mutants need it. */
export interface AstNode {
  nodeType: string;
  /** `start:length:file`, in bytes. */
  src: string;
  [key: string]: unknown;
}

/** Whether a value of a node is a node itself. */
export function isNode(value: unknown): value is AstNode {
  return typeof value === "object" && value !== null && "nodeType" in value && "src" in value;
}

/** The node and all below it, in the order of the source, each with the nodes that it stands in, innermost first. */
export function* walk(node: AstNode, above: readonly AstNode[] = []): Generator<[AstNode, readonly AstNode[]]> {
  yield [node, above];
  for (const value of Object.values(node)) {
    const children: unknown[] = Array.isArray(value) ? value : [value];
    for (const child of children) if (isNode(child)) yield* walk(child, [node, ...above]);
  }
}

/** Where a node stands in its source, in bytes. */
export function spanOf({ src }: AstNode): { start: number; end: number } {
  const [start = 0, length = 0] = src.split(":").map(Number);
  return { start, end: start + length };
}

/** The compiler's name of an expression's type, `uint256` for one. */
export function typeOf(node: AstNode): string {
  const descriptions = node.typeDescriptions as { typeString?: string | null } | undefined;
  return descriptions?.typeString ?? "";
}
