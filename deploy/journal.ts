import { Failure } from "@keep3r-network/sdk";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { EIP1193Provider } from "@nomicfoundation/ignition-core";

interface Entry {
  type: string;
  hash?: string;
  transaction?: { hash: string };
  result?: { type: string };
  receipt?: { blockNumber: number };
}

/**
 * Drops what a killed process left half done: a line that was torn while it was written, and the announcement of a
 * transaction that was never sent, since none is sent before its hash is in the journal. Drops, too, that a step failed when
 * it was simulated: nothing was sent of it, and what stood in its way may be gone.
 */
export function mend(folder: string): void {
  const addresses = path.join(folder, "deployed_addresses.json");
  if (existsSync(addresses) && !isJson(readFileSync(addresses, "utf8"))) rmSync(addresses);

  const file = fileIn(folder);
  if (!existsSync(file)) return;
  const lines = linesOf(file);
  if (lines.length > 0 && !isJson(lines.at(-1) ?? "")) lines.pop();
  while (lines.length > 0 && wasNeverSent(parse(lines.at(-1) ?? ""))) lines.pop();
  if (lines.length === 0) return rmSync(folder, { recursive: true });
  // As Ignition writes it: a line begins with its line feed.
  writeFileSync(file, lines.map((line) => `\n${line}`).join(""));
}

function wasNeverSent({ type, result }: Entry): boolean {
  if (type === "TRANSACTION_PREPARE_SEND") return true;
  return type.endsWith("EXECUTION_STATE_COMPLETE") && (result?.type.endsWith("SIMULATION_ERROR") ?? false);
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

/** Only where chains come and go may a deployment be forgotten: elsewhere it would deploy a second network. */
export function refuseReset(folder: string, chainId: number, localChainId: number): void {
  if (chainId === localChainId) return;
  throw new Failure(
    `--reset is for local chains. To deploy a second network to chain ${chainId}, move ${folder} away.`,
  );
}

/** Whether a chain has what a deployment sent to it, so that it wasn't started again since. */
export async function isAlive(folder: string, node: EIP1193Provider): Promise<boolean> {
  const [first] = confirmed(folder);
  if (first?.hash === undefined) return false;
  return (await node.request({ method: "eth_getTransactionReceipt", params: [first.hash] })) !== null;
}

/** Forgets a deployment. */
export function forget(folder: string): void {
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
