import { amount, count, ether, Failure, gwei } from "@keep3r-network/sdk";
import { fact, say, title } from "@keep3r-network/sdk/node";
import type { EIP1193Provider } from "@nomicfoundation/ignition-core";
import { BrowserProvider } from "ethers";
import type { Rehearsed } from "./rehearsal";
import { GAS_RESERVE } from "./signer";

/**
 * Prints what is left to send, and what it costs.
 * @returns Wei that the deployer needs at the most
 */
export async function showPlan(node: EIP1193Provider, rehearsed: readonly Rehearsed[]): Promise<bigint> {
  title("Transactions");
  if (rehearsed.length === 0) {
    say("  none: all is deployed already");
    return 0n;
  }
  const { maxFeePerGas, gasPrice } = await new BrowserProvider(node).getFeeData();
  const price = maxFeePerGas ?? gasPrice ?? 0n;
  const width = Math.max(...rehearsed.map(({ step }) => step.length));
  let [gas, value] = [0n, 0n];
  for (const [index, { step, transaction, gasUsed }] of rehearsed.entries()) {
    gas += gasUsed;
    value += transaction.value;
    const cost = amount(gasUsed * price, 6);
    const sum = transaction.value === 0n ? "" : `, and sends ${ether(transaction.value)} ETH`;
    say(
      `  ${`${index + 1}`.padStart(2)}  ${step.padEnd(width)}  ${count(gasUsed).padStart(10)} gas  ${cost} ETH${sum}`,
    );
  }
  title("Cost");
  fact("gas", `${count(gas)} at ${gwei(price, 4)} gwei at the most: ${amount(gas * price, 6)} ETH`);
  if (value > 0n) fact("sent along", `${ether(value)} ETH`);
  // Gas in reserve isn't paid, but a node refuses a sender who couldn't pay it
  return (gas + GAS_RESERVE) * price + value;
}

export async function checkBalance(node: EIP1193Provider, deployer: string, cost: bigint): Promise<void> {
  const balance = BigInt((await node.request({ method: "eth_getBalance", params: [deployer, "latest"] })) as string);
  if (balance >= cost) return;
  throw new Failure(
    `${deployer} has ${ether(balance)} ETH, but the deployment may cost ${ether(cost)} ETH. Send it ether.`,
  );
}
