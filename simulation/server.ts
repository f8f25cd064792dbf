import { Failure } from "@keep3r-network/sdk";
import hre from "hardhat";
import { TASK_NODE_CREATE_SERVER } from "hardhat/builtin-tasks/task-names";
import type { JsonRpcServer } from "hardhat/types";
import { once } from "node:events";
import { createServer } from "node:net";

const HOSTNAME = "127.0.0.1";
/** How long a client that doesn't hang up may hold up the end, in milliseconds. */
const PATIENCE = 1000;
const MAX_PORT = 65_535;

export interface Served {
  url: string;
  server: JsonRpcServer;
}

/** The port that an environment variable names, or else the usual one. It has to be free. */
export async function chosenPort(variable: string, usual: number): Promise<number> {
  const text = process.env[variable] ?? String(usual);
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > MAX_PORT) {
    throw new Failure(`${variable}: "${text}" isn't a port. A port is a number up to ${MAX_PORT}.`);
  }
  // Hardhat's server doesn't tell its caller of a port that is taken
  const trial = createServer().listen(port, HOSTNAME);
  await once(trial, "listening").catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "EADDRINUSE") throw error;
    throw new Failure(`Port ${port} is taken. Stop what listens there, or choose another port by ${variable}.`);
  });
  trial.close();
  await once(trial, "close");
  return port;
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

/** Ends on Ctrl-C, on a request to terminate, and with the `hardhat run` that started this process. */
export function stopWhenAsked({ server }: Served): void {
  let stopping = false;
  const stop = (): void => {
    if (stopping) return;
    stopping = true;
    setTimeout(() => process.exit(0), PATIENCE).unref();
    server.close().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  for (const event of ["SIGINT", "SIGTERM", "disconnect"] as const) process.once(event, stop);
}
