import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** A request to a node, and what gets the node's own answer to it. */
export interface Forwarded {
  method: string;
  params: unknown[];
  ask: (method: string, params: unknown[]) => Promise<unknown>;
}

/** What stands before a node: another result, an error as JSON-RPC has it, or undefined for the node's own answer. */
export type Tweak = (request: Forwarded) => Promise<{ result: unknown } | { error: object } | undefined>;

export interface Proxy {
  url: string;
  close: () => void;
}

/** Stands between a client and a node, and answers some requests otherwise. */
export async function startProxy(node: string, tweak: Tweak): Promise<Proxy> {
  const ask = async (method: string, params: unknown[]): Promise<{ result: unknown }> => {
    const body = JSON.stringify({ jsonrpc: "2.0", id: 1, method, params });
    const response = await fetch(node, { method: "POST", headers: { "Content-Type": "application/json" }, body });
    return (await response.json()) as { result: unknown };
  };
  const server = createServer((request, response) => {
    const pieces: Buffer[] = [];
    request.on("data", (piece: Buffer) => pieces.push(piece));
    request.on("end", () => {
      const asked = JSON.parse(Buffer.concat(pieces).toString()) as { id: number; method: string; params?: unknown[] };
      const { id, method, params = [] } = asked;
      const forwarded = { method, params, ask: async (...call: [string, unknown[]]) => (await ask(...call)).result };
      void tweak(forwarded)
        .then(async (answer) => answer ?? (await ask(method, params)))
        .then((answer) => response.end(JSON.stringify({ ...answer, jsonrpc: "2.0", id })));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, close: () => server.close().closeAllConnections() };
}
