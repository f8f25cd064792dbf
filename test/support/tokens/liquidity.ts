import { WAD } from "@keep3r-network/sdk";
import type { AddressLike } from "ethers";
import { ethers } from "hardhat";
import type { ERC20__Mock } from "#typechain";
import type { CoreWorld } from "../worlds/core";
import { grant } from "./grants";

/** Another approved kind of liquidity, of which the job's owner and the stranger hold 1000. */
export async function deployKind(world: CoreWorld, price = WAD): Promise<ERC20__Mock> {
  const { keep3r, pricing, jobOwner, stranger } = world;
  const kind = await ethers.deployContract("ERC20__Mock", ["LP", "LP", 18]);
  await grant(kind, [jobOwner, stranger], keep3r, 1_000n * WAD);
  await pricing.setPrice(kind, price);
  await keep3r.approveLiquidity(kind);
  return kind;
}

/** Adds liquidity of as many new kinds to a job, worth 10 KP3R each. */
export async function addKinds(world: CoreWorld, job: AddressLike, count: number): Promise<ERC20__Mock[]> {
  const kinds: ERC20__Mock[] = [];
  for (let i = 0; i < count; i++) {
    const kind = await deployKind(world);
    await world.keep3r.connect(world.jobOwner).addLiquidityToJob(job, kind, 10n * WAD);
    kinds.push(kind);
  }
  return kinds;
}
