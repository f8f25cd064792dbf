import { Failure } from "@keep3r-network/sdk";
import { once } from "node:events";
import { createServer } from "node:net";
import { type Value, wholeNumber } from "./options";

const HOSTNAME = "127.0.0.1";
const MAX_PORT = 65_535;

/** Where a program serves unless it is told otherwise, by `--port` or a variable of the environment. */
export interface Port {
  variable: string;
  usual: number;
}

export function portOption({ usual }: Port) {
  return { type: "string", value: "N", says: `where it is served; ${usual} unless given` } as const satisfies Value;
}

/**
 * The port that `--port` or else the environment names, or else the usual one.
 * @throws {@link Failure} when it isn't one, or is taken: Hardhat's server wouldn't tell
 */
export async function choosePort({ variable, usual }: Port, option: string | undefined): Promise<number> {
  const fromEnvironment = option === undefined && process.env[variable] !== undefined;
  const name = fromEnvironment ? variable : "--port";
  const port = wholeNumber(name, option ?? process.env[variable] ?? String(usual), 1, MAX_PORT);

  const obstacle = await obstacleAt(port);
  if (obstacle === "taken") {
    throw new Failure(
      `Port ${port} is taken, perhaps by another local chain. Stop what listens there, or choose another: --port ${nextTo(port)}.`,
    );
  }
  if (obstacle === "reserved") {
    throw new Failure(`Port ${port} is reserved for the system. Choose one from 1024 on: --port ${usual}.`);
  }
  return port;
}

/** Why nothing can be served at a port; undefined if it can. */
export async function obstacleAt(port: number): Promise<"taken" | "reserved" | undefined> {
  const trial = createServer().listen(port, HOSTNAME);
  try {
    await once(trial, "listening");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "EADDRINUSE") return "taken";
    if (code === "EACCES") return "reserved";
    throw error;
  }
  trial.close();
  await once(trial, "close");
  return undefined;
}

function nextTo(port: number): number {
  return port < MAX_PORT ? port + 1 : port - 1;
}
