import { BPS, DEFAULTS } from "@keep3r-network/sdk";
import type { AddressLike } from "ethers";
import { ethers } from "hardhat";
import type { ERC20__Mock } from "#typechain";
import type { CoreWorld } from "../worlds/core";
import { grant } from "./grants";

/** What a deposit adds to a job's token credits: the default fee, rounded up, is taken off. */
export function lessFee(amount: bigint): bigint {
  return amount - (amount * DEFAULTS.Keep3r.fee.value + BPS - 1n) / BPS;
}

/** Gives a job credits in as many new tokens. */
export async function addTokens(
  { keep3r, jobOwner }: CoreWorld,
  job: AddressLike,
  count: number,
): Promise<ERC20__Mock[]> {
  const tokens: ERC20__Mock[] = [];
  for (let i = 0; i < count; i++) {
    const token = await ethers.deployContract("ERC20__Mock", ["Token", "TKN", 18]);
    await grant(token, [jobOwner], keep3r, 1_000n);
    await keep3r.connect(jobOwner).addTokenCreditsToJob(job, token, 1_000n);
    tokens.push(token);
  }
  return tokens;
}
