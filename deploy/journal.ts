import { Failure } from "@keep3r-network/sdk";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { EIP1193Provider } from "@nomicfoundation/ignition-core";

interface Entry {
  type: string;
  hash?: string;
  transaction?: { hash: string };
  receipt?: { blockNumber: number };
}

/**
 * Drops what a killed process left half done: a line that was torn while it was written, and the announcement of a
 * transaction that was never sent, since none is sent before its hash is in the journal.
 */
export function mend(folder: string): void {
  const addresses = path.join(folder, "deployed_addresses.json");
  if (existsSync(addresses) && !isJson(readFileSync(addresses, "utf8"))) rmSync(addresses);

  const file = fileIn(folder);
  if (!existsSync(file)) return;
  const lines = linesOf(file);
  if (lines.length > 0 && !isJson(lines.at(-1) ?? "")) lines.pop();
  if (lines.length > 0 && parse(lines.at(-1) ?? "").type === "TRANSACTION_PREPARE_SEND") lines.pop();
  if (lines.length === 0) return rmSync(folder, { recursive: true });
  // As Ignition writes it: a line begins with its line feed.
  writeFileSync(file, lines.map((line) => `\n${line}`).join(""));
}

/** A local chain begins anew when its node does; its journal doesn't. */
export async function refuseStale(folder: string, node: EIP1193Provider, network: string): Promise<void> {
  for (const { hash } of confirmed(folder)) {
    const receipt = await node.request({ method: "eth_getTransactionReceipt", params: [hash] });
    if (receipt !== null) continue;
    throw new Failure(
      `${fileIn(folder)} is of another chain: this one doesn't know ${hash}. If it is a local chain that was started ` +
        `again, run: npm run deploy -- --network ${network} --reset`,
    );
  }
}

/** What was sent and isn't mined can't be rehearsed upon. */
export async function refusePending(folder: string, node: EIP1193Provider): Promise<void> {
  const hash = entries(folder)
    .filter(({ type }) => type === "TRANSACTION_SEND")
    .at(-1)?.transaction?.hash;
  if (hash === undefined || (await node.request({ method: "eth_getTransactionByHash", params: [hash] })) === null)
    return;
  if ((await node.request({ method: "eth_getTransactionReceipt", params: [hash] })) !== null) return;
  throw new Failure(`${hash} was sent and isn't mined yet. Run the command again when it is.`);
}

/** Forgets a deployment. Only where chains come and go: elsewhere it would deploy a second network. */
export function reset(folder: string, chainId: number, localChainId: number): void {
  if (chainId !== localChainId) {
    throw new Failure(
      `--reset is for local chains. To deploy a second network to chain ${chainId}, move ${folder} away.`,
    );
  }
  rmSync(folder, { recursive: true, force: true });
}

/** The block that the first of a deployment's transactions is in: where an indexer begins. */
export function startBlock(folder: string): number {
  const blocks = confirmed(folder).map(({ receipt }) => receipt?.blockNumber ?? Infinity);
  return Math.min(...blocks);
}

function confirmed(folder: string): Entry[] {
  return entries(folder).filter(({ type }) => type === "TRANSACTION_CONFIRM");
}

function entries(folder: string): Entry[] {
  const file = fileIn(folder);
  return existsSync(file) ? linesOf(file).map(parse) : [];
}

function fileIn(folder: string): string {
  return path.join(folder, "journal.jsonl");
}

function linesOf(file: string): string[] {
  return readFileSync(file, "utf8")
    .split("\n")
    .filter((line) => line !== "");
}

function parse(line: string): Entry {
  return JSON.parse(line) as Entry;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
