import { WAD } from "@keep3r-network/sdk";
import type { HardhatEthersSigner } from "@nomicfoundation/hardhat-ethers/signers";
import type { Addressable } from "ethers";
import { ethers } from "hardhat";
import type { HookKP3R__Mock, HookToken__Mock, Keep3r, PlainJob__Mock } from "#typechain";
import { call, type Hooked } from "../actors/hookedHolder";
import { activateKeeper } from "../actors/keepers";
import { type CoreWorld, deployCoreWorld } from "./core";
import { deployNaive } from "./naive";
import { deployByRecipe } from "./recipe";

export const AMOUNT = 100n * WAD;

/** A network, ours or a naive one, and a token that tells its holders of transfers. */
export interface HookedWorld extends Hooked {
  token: HookToken__Mock;
  /** Has put tokens into the network, too. */
  owner: HardhatEthersSigner;
  /** The owner's. */
  funded: PlainJob__Mock;
}

/** A world on a network, ours or a naive one. The holder and the owner have tokens, and have approved the network. */
async function deployHookedWorldOn(
  { jobOwner, job: funded }: CoreWorld,
  keep3r: Keep3r,
  token: HookToken__Mock,
): Promise<HookedWorld> {
  const holder = await ethers.deployContract("HookedHolder__Mock", [token]);
  const job = await ethers.deployContract("HookJob__Mock", [keep3r]);
  for (const each of [holder, jobOwner]) await token.mint(each, 100n * AMOUNT);
  const approval = token.interface.encodeFunctionData("approve", [await keep3r.getAddress(), ethers.MaxUint256]);
  await holder.execute(token, approval);
  await token.connect(jobOwner).approve(keep3r, ethers.MaxUint256);
  return { keep3r, token, holder, job, owner: jobOwner, funded };
}

/** Ours, where the token is priced as a liquidity as well. */
async function deployUnfundedWorld(): Promise<HookedWorld> {
  const world = await deployCoreWorld();
  const { keep3r, pricing } = world;
  const token = await ethers.deployContract("HookToken__Mock");
  await pricing.setPrice(token, WAD);
  await keep3r.approveLiquidity(token);
  await keep3r.setFee(0);
  return deployHookedWorldOn(world, keep3r, token);
}

/** The same, where the owner has funded its job and the holder has registered its own. */
export async function deployHookedWorld(): Promise<HookedWorld> {
  const world = await deployUnfundedWorld();
  const { keep3r, owner, funded, token } = world;
  await keep3r.connect(owner).addTokenCreditsToJob(funded, token, AMOUNT);
  await call(world, ["addJob", world.job]);
  return world;
}

/** Ours, where the holder governs, disputes and slashes, and the owner and its job are in dispute. */
export async function deployGovernedWorld(): Promise<HookedWorld> {
  const world = await deployUnfundedWorld();
  await fund(world);
  await govern(world);
  return world;
}

/** Ours, over a KP3R that tells the holder of transfers. */
export async function deployHookedKp3rWorld(): Promise<HookedWorld> {
  const core = await deployCoreWorld();
  const [token, minter] = await deployHookedKp3r();
  const { Keep3r: keep3r } = await deployByRecipe(["Keep3r"], { KP3R: token, Keep3rV1Proxy: minter });
  const world = await deployHookedWorldOn(core, keep3r, token);
  await token.watch(world.holder);
  await keep3r.connect(world.owner).bond(token, AMOUNT);
  return world;
}

export async function deployNaiveMintingWorld(): Promise<HookedWorld> {
  const [token] = await deployHookedKp3r();
  const world = await deployHookedWorldOn(await deployCoreWorld(), await deployNaive("NaiveMinting__Mock"), token);
  await token.watch(world.holder);
  await world.keep3r.connect(world.owner).bond(token, AMOUNT);
  return world;
}

async function deployHookedKp3r(): Promise<[kp3r: HookKP3R__Mock, minter: Addressable]> {
  const kp3r = await ethers.deployContract("HookKP3R__Mock");
  return [kp3r, await ethers.deployContract("HookMinter__Mock", [kp3r])];
}

async function deployNaiveWorld(name: string): Promise<HookedWorld> {
  const token = await ethers.deployContract("HookToken__Mock");
  return deployHookedWorldOn(await deployCoreWorld(), await deployNaive(name), token);
}

export async function deployNaiveKeepersWorld(): Promise<HookedWorld> {
  const world = await deployNaiveWorld("NaiveKeepers__Mock");
  await world.keep3r.connect(world.owner).bond(world.token, AMOUNT);
  return world;
}

export async function deployNaiveEscrowWorld(): Promise<HookedWorld> {
  const world = await deployNaiveWorld("NaiveEscrow__Mock");
  await world.keep3r.connect(world.owner).addTokenCreditsToJob(world.funded, world.token, AMOUNT);
  await call(world, ["addJob", world.job]);
  return world;
}

export async function deployNaiveSlasherWorld(): Promise<HookedWorld> {
  const world = await deployNaiveWorld("NaiveSlasher__Mock");
  await world.keep3r.connect(world.owner).addJob(world.funded);
  await fund(world);
  await govern(world);
  return world;
}

/** The owner bonds, and funds its job with token credits and liquidity, some of it unbonding. */
async function fund({ keep3r, owner, funded, token }: HookedWorld): Promise<void> {
  await activateKeeper(keep3r, owner, token, 3n * AMOUNT);
  const owned = keep3r.connect(owner);
  await owned.addTokenCreditsToJob(funded, token, 2n * AMOUNT);
  await owned.addLiquidityToJob(funded, token, 8n * AMOUNT);
  await owned.unbondLiquidityFromJob(funded, token, 2n * AMOUNT);
}

/** The holder takes over governance and both roles, and disputes the owner and its job. */
async function govern(world: HookedWorld): Promise<void> {
  const { keep3r, holder, owner, funded } = world;
  await keep3r.setGovernance(holder);
  await call(world, ["acceptGovernance"]);
  await call(world, ["addDisputer", holder]);
  await call(world, ["addSlasher", holder]);
  await call(world, ["dispute", owner]);
  await call(world, ["dispute", funded]);
}
