import { say } from "@keep3r-network/sdk/node";
import hre from "hardhat";
import { TASK_NODE_CREATE_SERVER } from "hardhat/builtin-tasks/task-names";
import type { JsonRpcServer } from "hardhat/types";

const HOSTNAME = "127.0.0.1";
/** How long a client that doesn't hang up may hold up the end, in milliseconds. */
const PATIENCE = 1000;

export interface Served {
  url: string;
  server: JsonRpcServer;
}

/** Serves the chain in this process to others. Port 0 stands for any that is free. */
export async function serve(port: number): Promise<Served> {
  const server = (await hre.run(TASK_NODE_CREATE_SERVER, {
    hostname: HOSTNAME,
    port,
    provider: hre.network.provider,
  })) as JsonRpcServer;
  const listening = await server.listen();
  return { url: `http://${listening.address}:${listening.port}`, server };
}

/** Ends on Ctrl-C, and on a request to terminate, with a last word. */
export function stopWhenAsked({ server }: Served, lastWord: string): void {
  let stopping = false;
  const stop = (): void => {
    if (stopping) return;
    stopping = true;
    say(`\n${lastWord}`);
    setTimeout(() => process.exit(0), PATIENCE).unref();
    server.close().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.on("SIGINT", stop).on("SIGTERM", stop);
}
