import { ethers } from "hardhat";

interface Step {
  op: string;
  /** The top is last. */
  stack: string[];
}

/** The slot of `key` in a mapping whose own slot is `base`. */
export function slotOf(key: string | bigint, base: string | bigint): string {
  const type = typeof key === "string" ? "address" : "uint256";
  return ethers.keccak256(ethers.AbiCoder.defaultAbiCoder().encode([type, "uint256"], [key, base]));
}

/** The slots that a transaction has read, of whichever contract. */
export async function slotsRead(hash: string): Promise<Set<string>> {
  const steps = await stepsOf(hash);
  return new Set(steps.filter(({ op }) => op === "SLOAD").map(({ stack }) => ethers.toBeHex(wordAt(stack, -1), 32)));
}

/** The first word that a transaction has written to transient storage. */
export async function firstTransientWord(hash: string): Promise<bigint> {
  const stored = (await stepsOf(hash)).find(({ op }) => op === "TSTORE");
  if (stored === undefined) throw new Error("Nothing was written to transient storage.");
  return wordAt(stored.stack, -2);
}

async function stepsOf(hash: string): Promise<Step[]> {
  const options = { disableMemory: true, disableStorage: true };
  const trace = (await ethers.provider.send("debug_traceTransaction", [hash, options])) as { structLogs: Step[] };
  return trace.structLogs;
}

/** Some nodes write 0x before a word, some don't. */
function wordAt(stack: string[], index: number): bigint {
  const word = stack.at(index) ?? "";
  return BigInt(word.startsWith("0x") ? word : `0x${word}`);
}
