import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** The request at which a client is killed, counted from 1 for its method, and whether the node still gets it. */
export interface Moment {
  method: string;
  count: number;
  forwarded: boolean;
}

/** A proxy in front of a node, which kills a client in the middle of a request. */
export class Gate {
  readonly #server: Server;
  readonly #node: string;
  #victim: { process: ChildProcess; moment: Moment; seen: number } | undefined;

  private constructor(node: string) {
    this.#node = node;
    this.#server = createServer((request, response) => void this.#serve(request, response));
  }

  static async open(node: string): Promise<Gate> {
    const gate = new Gate(node);
    gate.#server.listen(0, "127.0.0.1");
    await once(gate.#server, "listening");
    return gate;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  killAt(process: ChildProcess, moment: Moment): void {
    this.#victim = { process, moment, seen: 0 };
  }

  close(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let body = "";
    for await (const chunk of request) body += String(chunk);
    const fatal = this.#isFatal(body);
    if (!fatal || this.#victim?.moment.forwarded === true) {
      const answer = await fetch(this.#node, { method: "POST", headers: { "content-type": "application/json" }, body });
      if (!fatal) return void response.setHeader("content-type", "application/json").end(await answer.text());
    }
    this.#victim?.process.kill("SIGKILL");
    response.destroy();
  }

  #isFatal(body: string): boolean {
    const victim = this.#victim;
    if (victim === undefined || (JSON.parse(body) as { method: string }).method !== victim.moment.method) return false;
    return ++victim.seen === victim.moment.count;
  }
}
