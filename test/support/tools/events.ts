import type { BaseContract, ContractTransactionReceipt, TransactionReceipt, TransactionResponse } from "ethers";
import { eventOf } from "#simulation/events";
import type { TypedContractEvent } from "#typechain/common";

/** A transaction that was sent, or has landed. */
export type Sent = TransactionResponse | TransactionReceipt | Promise<TransactionResponse | TransactionReceipt>;

export async function receiptOf(sent: Sent): Promise<TransactionReceipt> {
  const transaction = await sent;
  const receipt = "logs" in transaction ? transaction : await transaction.wait();
  if (receipt === null) throw new Error(`${transaction.hash} has no receipt.`);
  return receipt;
}

/** The arguments of the only event of its kind that a contract emitted in a transaction. */
export async function eventIn<Input extends unknown[], Tuple extends unknown[], Args>(
  contract: BaseContract,
  event: TypedContractEvent<Input, Tuple, Args>,
  sent: Sent,
): Promise<Args> {
  // Logs and hash are all that is read, and every receipt has them
  return eventOf(contract, event, (await receiptOf(sent)) as ContractTransactionReceipt);
}
