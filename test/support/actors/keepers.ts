import type { HardhatEthersSigner } from "@nomicfoundation/hardhat-ethers/signers";
import type { AddressLike, BytesLike, ContractTransactionResponse } from "ethers";
import { ethers } from "hardhat";
import type { Chain } from "#simulation/chain";
import type { Keep3r } from "#typechain";
import { passBondTime } from "../tools/time";

/** A contract that makes the calls it is given. */
interface Executor {
  execute(called: AddressLike, data: BytesLike): Promise<unknown>;
}

/** Bonds and, after the bond time, activates. */
export async function activateKeeper(
  keep3r: Keep3r,
  keeper: HardhatEthersSigner,
  token: AddressLike,
  amount: bigint,
): Promise<void> {
  await keep3r.connect(keeper).bond(token, amount);
  await passBondTime();
  await keep3r.connect(keeper).activate(token);
}

/** Makes a contract an active keeper with no bond. */
export async function activateContract(
  keep3r: Keep3r,
  contract: Executor,
  token: AddressLike,
  wait: () => Promise<unknown> = passBondTime,
): Promise<void> {
  const address = await ethers.resolveAddress(token);
  await contract.execute(keep3r, keep3r.interface.encodeFunctionData("bond", [address, 0n]));
  await wait();
  await contract.execute(keep3r, keep3r.interface.encodeFunctionData("activate", [address]));
}

/** The wait where governance has set the bond time to nothing. */
export function atOnce(): Promise<void> {
  return Promise.resolve();
}

/** A contract whose calls land in the chain's next block. */
export function onChain(
  chain: Chain,
  contract: { execute(called: AddressLike, data: BytesLike): Promise<ContractTransactionResponse> },
): Executor {
  return { execute: (called, data) => chain.land(() => contract.execute(called, data)) };
}
