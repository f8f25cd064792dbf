/** Where the local node is served unless it is told otherwise. */
export const NODE_PORT = { variable: "KEEP3R_NODE_PORT", usual: 8545 } as const;

/** What `--network` calls the node at a port: each has a folder of deployments/ to itself. */
export function networkAt(port: number): string {
  return port === NODE_PORT.usual ? "node" : `node-${port}`;
}
