import type { HardhatEthersSigner } from "@nomicfoundation/hardhat-ethers/signers";
import type { AddressLike, BigNumberish } from "ethers";
import { ethers } from "hardhat";

/** A mock of a token, which anyone may mint. */
interface Mintable {
  mint(to: AddressLike, amount: BigNumberish): Promise<unknown>;
  connect(holder: HardhatEthersSigner): { approve(spender: AddressLike, amount: BigNumberish): Promise<unknown> };
}

/** Mints an amount of a token to each holder, who lets the spender have it. */
export async function grant(
  token: Mintable,
  holders: readonly HardhatEthersSigner[],
  spender: AddressLike,
  amount: bigint,
): Promise<void> {
  for (const holder of holders) {
    await token.mint(holder, amount);
    await token.connect(holder).approve(spender, ethers.MaxUint256);
  }
}
