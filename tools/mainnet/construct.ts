import { ContractFactory, type ContractTransactionResponse, type InterfaceAbi } from "ethers";
import type { Account } from "#simulation/accounts";
import type { Chain } from "#simulation/chain";

export interface Build {
  abi: InterfaceAbi;
  bytecode: string;
}

/**
 * Constructs a contract at an address of our choice, whatever was there. The creation code runs as that address's own, so
 * that what it stores, and the immutables of the code that it returns, are those of a contract deployed there.
 */
export async function constructAt(
  chain: Chain,
  deployer: Account,
  address: string,
  { abi, bytecode }: Build,
  args: unknown[],
): Promise<void> {
  const { provider } = chain;
  const { data } = await new ContractFactory(abi, bytecode).getDeployTransaction(...args);
  await provider.send("hardhat_setCode", [address, data]);
  const code = await provider.call({ to: address });
  await chain.land(() => deployer.sendTransaction({ to: address }) as Promise<ContractTransactionResponse>);
  await provider.send("hardhat_setCode", [address, code]);
}
