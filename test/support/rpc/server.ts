import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from "node:http";
import type { AddressInfo } from "node:net";

/** A request as it arrived. */
export interface Call {
  method: string;
  params: unknown[];
  /** Path and query. */
  path: string;
  headers: IncomingHttpHeaders;
}

/** What a node does with a request: a JSON-RPC answer, any other response, or none. */
export type Reply =
  | { result: unknown }
  | { error: unknown }
  | { status: number; body: string; headers?: Record<string, string> }
  | { text: string }
  | "reset"
  | "silence"
  | "stall";

/** Replies to a request, the number of its kind: 0 for the first of its method. */
export type Imitation = (call: Call, nth: number) => Reply;

/** An HTTP server on 127.0.0.1 that plays a node and remembers what it was asked. */
export class RpcServer {
  static readonly #running: RpcServer[] = [];
  readonly calls: Call[] = [];

  private constructor(
    private readonly server: Server,
    private readonly node: Imitation,
  ) {}

  static async start(node: Imitation): Promise<RpcServer> {
    const server = createServer();
    const started = new RpcServer(server, node);
    server.on("request", (request, response) => {
      const pieces: Buffer[] = [];
      request.on("data", (piece: Buffer) => pieces.push(piece));
      request.on("end", () => started.#answer(Buffer.concat(pieces).toString(), request, response));
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    RpcServer.#running.push(started);
    return started;
  }

  /** For `afterEach`. */
  static async stopAll(): Promise<void> {
    await Promise.all(RpcServer.#running.splice(0).map((server) => server.stop()));
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** What was asked, in order. */
  get methods(): string[] {
    return this.calls.map(({ method }) => method);
  }

  count(method: string): number {
    return this.methods.filter((asked) => asked === method).length;
  }

  async stop(): Promise<void> {
    const stopped = new Promise((resolve) => this.server.close(resolve));
    this.server.closeAllConnections();
    await stopped;
  }

  #answer(body: string, { url = "", headers }: Pick<IncomingMessage, "url" | "headers">, to: ServerResponse): void {
    const { id, method, params } = JSON.parse(body) as { id: number; method: string; params?: unknown[] };
    const call: Call = { method, params: params ?? [], path: url, headers };
    const nth = this.count(method);
    this.calls.push(call);
    send(this.node(call, nth), id, to);
  }
}

function send(reply: Reply, id: number, to: ServerResponse): void {
  if (reply === "silence") return;
  if (reply === "reset") {
    to.destroy();
  } else if (reply === "stall") {
    to.writeHead(200, { "Content-Type": "application/json" }).write('{"jsonrpc":');
  } else if ("status" in reply) {
    to.writeHead(reply.status, reply.headers).end(reply.body);
  } else if ("text" in reply) {
    to.writeHead(200, { "Content-Type": "text/html" }).end(reply.text);
  } else {
    to.writeHead(200, { "Content-Type": "application/json" }).end(JSON.stringify({ jsonrpc: "2.0", id, ...reply }));
  }
}
