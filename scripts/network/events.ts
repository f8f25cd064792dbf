import type { BaseContract, ContractTransactionReceipt, Result } from "ethers";

/** The arguments of the only event of a kind that a contract emitted in a transaction. */
export async function argsOf(
  contract: BaseContract,
  name: string,
  receipt: ContractTransactionReceipt,
): Promise<Result> {
  const address = await contract.getAddress();
  const found = receipt.logs
    .filter((log) => log.address === address)
    .map((log) => contract.interface.parseLog(log))
    .filter((event) => event?.name === name);
  const [event] = found;
  if (!event || found.length !== 1) throw new Error(`${name} was emitted ${found.length} times in ${receipt.hash}.`);
  return event.args;
}
