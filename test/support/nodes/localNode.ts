import { type LocalDeployment, type LocalRole, requireLocal } from "@keep3r-network/sdk";
import { readDeployment } from "@keep3r-network/sdk/node";
import { JsonRpcProvider, Wallet } from "ethers";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { BUILT } from "#tools/solidity/built";
import { INSTRUMENTED } from "../tools/coverage";

const PROJECT = path.join(__dirname, "..", "..", "..");
/** How often receipts are asked for, in milliseconds. */
const POLLING_INTERVAL = 50;

/** `npm run node` for a file of tests, in a process and a folder of its own. */
export class LocalNode {
  readonly deployment: LocalDeployment;
  readonly provider: JsonRpcProvider;

  private constructor(
    /** Removed with all its contents when the node is closed. */
    readonly folder: string,
    /** The file in which the node describes itself. */
    readonly file: string,
    readonly port: number,
    readonly process: ChildProcess,
  ) {
    this.deployment = requireLocal(file, readDeployment(file));
    const { url, chainId } = this.deployment;
    this.provider = new JsonRpcProvider(url, chainId, { staticNetwork: true, cacheTimeout: -1 });
    this.provider.pollingInterval = POLLING_INTERVAL;
  }

  /**
   * Starts a node before tests, and waits until it serves; skips them while coverage is measured.
   *
   * @param name A part of its folder's name
   * @param place Where in the folder its file is
   */
  static async open(context: Mocha.Context, name: string, place = "deployment.json"): Promise<LocalNode> {
    // Instrumented contracts are too large for a node, and what it runs isn't covered anyway.
    if (INSTRUMENTED) context.skip();

    const folder = mkdtempSync(path.join(realpathSync(tmpdir()), `keep3r-${name}-`));
    const [file, port] = [path.join(folder, place), await freePort()];
    const node = startNode(file, port);
    try {
      await ready(node);
      return new LocalNode(folder, file, port, node);
    } catch (error) {
      remove(node, folder);
      throw error;
    }
  }

  signerOf(role: LocalRole): Wallet {
    return new Wallet(this.deployment.roles[role].privateKey, this.provider);
  }

  /** Leaves nothing behind, even if the node was interrupted before. */
  close(): void {
    this.provider.destroy();
    remove(this.process, this.folder);
  }
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

/** `npm run node -- --port PORT`, with the contracts that the tests have compiled. */
export function startNode(file: string, port: number): ChildProcess {
  const words = ["--require", "ts-node/register/transpile-only", "scripts/node.ts", "--port", port.toString()];
  return spawn(process.execPath, words, {
    cwd: PROJECT,
    env: { ...process.env, ...BUILT, KEEP3R_NODE_FILE: file },
    stdio: ["ignore", "pipe", "pipe"],
  });
}

/** Waits for the last line that a node prints while it starts. */
async function ready(node: ChildProcess): Promise<void> {
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

function remove(node: ChildProcess, folder: string): void {
  if (node.exitCode === null && node.signalCode === null) node.kill("SIGINT");
  rmSync(folder, { recursive: true, force: true });
}
