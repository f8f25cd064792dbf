import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import path from "node:path";

const HARDHAT = require.resolve("hardhat/internal/cli/bootstrap");
const PROJECT = path.join(__dirname, "..", "..");

/** Starts `npm run node` on a port; it describes itself in a file. */
export function startNode(file: string, port: number): ChildProcess {
  return spawn(process.execPath, [HARDHAT, "run", "--no-compile", "scripts/node.ts"], {
    cwd: PROJECT,
    env: { ...process.env, KEEP3R_NODE_FILE: file, KEEP3R_NODE_PORT: port.toString() },
    stdio: ["ignore", "pipe", "pipe"],
  });
}

/** Waits for the last line that a node prints before it only serves. */
export async function ready(node: ChildProcess): Promise<void> {
  let output = "";
  await new Promise<void>((resolve, reject) => {
    const read = (chunk: Buffer): void => {
      output += chunk.toString();
      if (output.includes("Ctrl-C")) resolve();
    };
    node.stdout?.on("data", read);
    node.stderr?.on("data", read);
    node.once("close", () => reject(new Error(`The node ended before it was ready:\n${output}`)));
  });
}

/** Interrupts a node that still runs. */
export function stopNode(node: ChildProcess | undefined): void {
  if (node?.exitCode === null && node.signalCode === null) node.kill("SIGINT");
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string") throw new Error("There is no free port.");
  return address.port;
}
