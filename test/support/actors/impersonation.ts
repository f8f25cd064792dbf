import { WAD } from "@keep3r-network/sdk";
import type { HardhatEthersSigner } from "@nomicfoundation/hardhat-ethers/signers";
import { setBalance } from "@nomicfoundation/hardhat-network-helpers";
import type { AddressLike } from "ethers";
import { ethers } from "hardhat";

/** Any address, a contract's too, as an account that sends transactions and can pay for them. */
export async function actAs(account: AddressLike): Promise<HardhatEthersSigner> {
  const address = await ethers.resolveAddress(account);
  await setBalance(address, 100n * WAD);
  return ethers.getImpersonatedSigner(address);
}
