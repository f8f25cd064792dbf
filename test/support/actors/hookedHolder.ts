import { time } from "@nomicfoundation/hardhat-network-helpers";
import type { Addressable, Interface } from "ethers";
import { ethers } from "hardhat";
import type { HookedWorld } from "../worlds/hooked";

/** The name of a function of the network and its arguments. */
export type Call = readonly [name: string, ...args: unknown[]];
/** What the holder does: make a call, let seconds pass, or from now on refuse or accept tokens. */
export type Step = Call | number | "refuse" | "accept";

/** What the holder calls, the network or its job, and with which data. */
export async function encode({ keep3r, job }: HookedWorld, [name, ...args]: Call): Promise<[Addressable, string]> {
  const values = await Promise.all(args.map((arg) => (ethers.isAddressable(arg) ? arg.getAddress() : arg)));
  const payment = { bondedPayment: "payInBonds", directTokenPayment: "payInToken" }[name];
  const target: { interface: Interface } & Addressable = payment === undefined ? keep3r : job;
  return [target, target.interface.encodeFunctionData(payment ?? name, values)];
}

/** Has the holder make a call. */
export async function call(world: HookedWorld, made: Call): Promise<void> {
  await world.holder.execute(...(await encode(world, made)));
}

/** Has the holder make a call in the middle of another. */
export async function nest(world: HookedWorld, outer: Call, inner: Call): Promise<void> {
  await world.holder.nest(...(await encode(world, outer)), ...(await encode(world, inner)));
}

/** Has the holder take steps, one after the other. */
export async function prepare(world: HookedWorld, steps: readonly Step[]): Promise<void> {
  for (const step of steps) {
    if (typeof step === "number") await time.increase(step + 1);
    else if (typeof step === "string") await world.holder.setRefuses(step === "refuse");
    else await call(world, step);
  }
}
