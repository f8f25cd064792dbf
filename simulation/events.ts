import type { BaseContract, ContractTransactionReceipt } from "ethers";
import type { TypedContractEvent } from "#typechain/common";

/** The arguments of the one event of a kind that a contract emitted in a transaction. */
export async function eventOf<Input extends unknown[], Tuple extends unknown[], Args>(
  contract: BaseContract,
  event: TypedContractEvent<Input, Tuple, Args>,
  receipt: ContractTransactionReceipt,
): Promise<Args> {
  const address = await contract.getAddress();
  const found = receipt.logs
    .filter((log) => log.address === address)
    .map((log) => contract.interface.parseLog(log))
    .filter((parsed) => parsed?.name === event.name);
  const [only] = found;
  if (!only || found.length !== 1) throw new Error(`${receipt.hash} has ${found.length} events ${event.name}.`);
  return only.args.toObject() as Args;
}
