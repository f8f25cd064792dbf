import { time } from "@nomicfoundation/hardhat-network-helpers";
import type { Addressable, Interface } from "ethers";
import { ethers } from "hardhat";
import type { HookedHolder__Mock, HookJob__Mock, Keep3r } from "#typechain";

/** The holder, and what it calls. */
export interface Hooked {
  keep3r: Keep3r;
  /** Holds tokens, and can make a call in the middle of the transfer that another of its calls makes. */
  holder: HookedHolder__Mock;
  /** The holder's. */
  job: HookJob__Mock;
}

/** The name of a function of the network and its arguments. */
export type Call = readonly [name: string, ...args: unknown[]];
/** What the holder does: make a call, let seconds pass, or from now on refuse or accept tokens. */
export type Step = Call | number | "refuse" | "accept";

/** What the holder calls, the network or its job, and with which data. */
export async function encode({ keep3r, job }: Hooked, [name, ...args]: Call): Promise<[Addressable, string]> {
  const values = await Promise.all(args.map((arg) => (ethers.isAddressable(arg) ? arg.getAddress() : arg)));
  const payment = { bondedPayment: "payInBonds", directTokenPayment: "payInToken" }[name];
  const target: { interface: Interface } & Addressable = payment === undefined ? keep3r : job;
  return [target, target.interface.encodeFunctionData(payment ?? name, values)];
}

/** Has the holder make a call. */
export async function call(hooked: Hooked, made: Call): Promise<void> {
  await hooked.holder.execute(...(await encode(hooked, made)));
}

/** Has the holder make a call in the middle of another. */
export async function nest(hooked: Hooked, outer: Call, inner: Call): Promise<void> {
  await hooked.holder.nest(...(await encode(hooked, outer)), ...(await encode(hooked, inner)));
}

/** Has the holder take steps, one after the other. */
export async function prepare(hooked: Hooked, steps: readonly Step[]): Promise<void> {
  for (const step of steps) {
    if (typeof step === "number") await time.increase(step + 1);
    else if (typeof step === "string") await hooked.holder.setRefuses(step === "refuse");
    else await call(hooked, step);
  }
}
