import type { AddressLike } from "ethers";
import { ethers } from "hardhat";
import type { Keep3r, Keep3rHelper, Keep3rLens, Keep3rOracle, KP3R } from "#typechain";

/** The contracts of the network, each deployed in one place. The first signer deploys them. */

export function deployKp3r(governance: AddressLike): Promise<KP3R> {
  return ethers.deployContract("KP3R", [governance]);
}

/** Over a token that is its own minter, unless another contract mints it. */
export function deployKeep3r(governance: AddressLike, kp3r: AddressLike, minter = kp3r): Promise<Keep3r> {
  return ethers.deployContract("Keep3r", [governance, kp3r, minter]);
}

export function deployLens(keep3r: AddressLike): Promise<Keep3rLens> {
  return ethers.deployContract("Keep3rLens", [keep3r]);
}

export interface OracleParts {
  keep3r: AddressLike;
  governance: AddressLike;
  factory: AddressLike;
  kp3r: AddressLike;
  /** Is offered the oracle as a job; the zero address leaves it unregistered. */
  owner: AddressLike;
}

export function deployOracle({ keep3r, governance, factory, kp3r, owner }: OracleParts): Promise<Keep3rOracle> {
  return ethers.deployContract("Keep3rOracle", [keep3r, governance, factory, kp3r, owner]);
}

export interface HelperParts {
  governance: AddressLike;
  keep3r: AddressLike;
  oracle: AddressLike;
  weth: AddressLike;
}

export function deployHelper({ governance, keep3r, oracle, weth }: HelperParts): Promise<Keep3rHelper> {
  return ethers.deployContract("Keep3rHelper", [governance, keep3r, oracle, weth]);
}
