import type { BaseContract, BytesLike, ContractTransactionReceipt, ContractTransactionResponse } from "ethers";
import { ethers } from "hardhat";
import type { Network } from "#simulation/network";
import { landAt } from "./landing";

/** The dearest bytes of calldata. */
export function paddingOf(length: number): string {
  return `0x${"ff".repeat(length)}`;
}

/** Has the keeper call a contract with bytes behind the call, which no function reads. */
export function landPadded(
  { chain, accounts }: Pick<Network, "chain" | "accounts">,
  contract: BaseContract,
  call: BytesLike,
  length: number,
): Promise<ContractTransactionReceipt> {
  const data = ethers.concat([call, paddingOf(length)]);
  return landAt(chain, {}, async (offer) => {
    const to = await contract.getAddress();
    // The receipt's events are read by the caller, so no contract has to be attached to the response
    return (await accounts.keeper.sendTransaction({ to, data, ...offer })) as ContractTransactionResponse;
  });
}
