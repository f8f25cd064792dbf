import { WAD } from "@keep3r-network/sdk";
import type { HardhatEthersSigner } from "@nomicfoundation/hardhat-ethers/signers";
import { time } from "@nomicfoundation/hardhat-network-helpers";
import type { Addressable, Interface } from "ethers";
import { ethers } from "hardhat";
import type {
  HookedHolder__Mock,
  HookJob__Mock,
  HookKP3R__Mock,
  HookToken__Mock,
  Keep3r,
  PlainJob__Mock,
} from "#typechain";
import { activateKeeper, BOND_TIME, type CoreWorld, deployCoreWorld, UNBOND_TIME } from "../worlds/core";
import { deployNaive } from "../worlds/paid";

export const AMOUNT = 100n * WAD;

/** A network, ours or a naive one, with a token that tells its holders of transfers. */
export interface HookedWorld {
  keep3r: Keep3r;
  token: HookToken__Mock;
  /** Holds tokens, and can make a call in the middle of the transfer that another of its calls makes. */
  holder: HookedHolder__Mock;
  /** The holder's. */
  job: HookJob__Mock;
  /** Has put tokens into the network, too. */
  owner: HardhatEthersSigner;
  /** The owner's. */
  funded: PlainJob__Mock;
}

/** The name of a function of the network and its arguments. */
export type Call = readonly [name: string, ...args: unknown[]];
/** A call of the holder to the network, a time that passes, or whether the holder lets tokens come and go. */
type Step = Call | number | "refuse" | "accept";

/** A way of tokens into the network or out of it. */
interface Path {
  on: keyof typeof WORLDS;
  before?: (world: HookedWorld) => Step[];
  call: (world: HookedWorld) => Call;
  /** What the network says that it has of the tokens in question. */
  claim: (world: HookedWorld) => Promise<bigint>;
  /** What the holder gains by one call, if it isn't only turned from a claim into tokens or back. */
  due?: bigint;
}

const WITHDRAWAL: Omit<Path, "on"> = {
  before: ({ token }) => [
    ["bond", token, AMOUNT],
    BOND_TIME,
    ["activate", token],
    ["unbond", token, AMOUNT],
    UNBOND_TIME,
  ],
  call: ({ token }) => ["withdraw", token],
  claim: ({ keep3r, holder, token }) => keep3r.pendingUnbonds(holder, token),
};

export const PATHS: Readonly<Record<string, Path>> = {
  bond: {
    on: "bonds",
    call: ({ token }) => ["bond", token, AMOUNT],
    claim: ({ keep3r, holder, token }) => keep3r.pendingBonds(holder, token),
  },
  withdraw: { on: "bonds", ...WITHDRAWAL },
  "activate of KP3R": {
    on: "KP3R",
    before: ({ token }) => [["bond", token, AMOUNT], BOND_TIME],
    call: ({ token }) => ["activate", token],
    claim: async ({ keep3r, holder, token }) =>
      (await keep3r.pendingBonds(holder, token)) + (await keep3r.bonds(holder, token)),
  },
  "withdraw of KP3R": { on: "KP3R", ...WITHDRAWAL },
  addTokenCreditsToJob: {
    on: "jobs",
    call: ({ job, token }) => ["addTokenCreditsToJob", job, token, AMOUNT],
    claim: ({ keep3r, job, token }) => keep3r.jobTokenCredits(job, token),
  },
  withdrawTokenCreditsFromJob: {
    on: "jobs",
    before: ({ job, token }) => [["addTokenCreditsToJob", job, token, AMOUNT], 60],
    call: ({ job, token, holder }) => ["withdrawTokenCreditsFromJob", job, token, AMOUNT, holder],
    claim: ({ keep3r, job, token }) => keep3r.jobTokenCredits(job, token),
  },
  directTokenPayment: {
    on: "jobs",
    before: ({ job, token }) => [["addTokenCreditsToJob", job, token, AMOUNT]],
    call: ({ token, holder }) => ["directTokenPayment", token, holder, AMOUNT],
    claim: ({ keep3r, job, token }) => keep3r.jobTokenCredits(job, token),
  },
  addLiquidityToJob: {
    on: "jobs",
    call: ({ job, token }) => ["addLiquidityToJob", job, token, AMOUNT],
    claim: ({ keep3r, job, token }) => keep3r.liquidityAmount(job, token),
  },
  withdrawLiquidityFromJob: {
    on: "jobs",
    before: ({ job, token }) => [
      ["addLiquidityToJob", job, token, AMOUNT],
      ["unbondLiquidityFromJob", job, token, AMOUNT],
      UNBOND_TIME,
    ],
    call: ({ job, token, holder }) => ["withdrawLiquidityFromJob", job, token, holder],
    claim: ({ keep3r, job, token }) => keep3r.pendingUnbonds(job, token),
  },
  slash: {
    on: "slashing",
    call: ({ owner, token }) => ["slash", owner, token, AMOUNT, 0n],
    claim: ({ keep3r, owner, token }) => keep3r.bonds(owner, token),
  },
  slashTokenFromJob: {
    on: "slashing",
    call: ({ funded, token }) => ["slashTokenFromJob", funded, token, AMOUNT],
    claim: ({ keep3r, funded, token }) => keep3r.jobTokenCredits(funded, token),
  },
  slashLiquidityFromJob: {
    on: "slashing",
    call: ({ funded, token }) => ["slashLiquidityFromJob", funded, token, 3n * AMOUNT],
    claim: async ({ keep3r, funded, token }) =>
      (await keep3r.liquidityAmount(funded, token)) + (await keep3r.pendingUnbonds(funded, token)),
  },
  slashUnbondingLiquidityFromJob: {
    on: "slashing",
    call: ({ owner, funded, token }) => ["slashUnbondingLiquidityFromJob", funded, token, owner, AMOUNT],
    claim: ({ keep3r, funded, token }) => keep3r.pendingUnbonds(funded, token),
  },
  withdrawSlashHeld: {
    on: "slashing",
    before: ({ owner, token }) => ["refuse", ["slash", owner, token, AMOUNT, 0n], "accept"],
    call: ({ token, holder }) => ["withdrawSlashHeld", token, holder],
    due: AMOUNT,
    // It is nobody's claim before it is withdrawn
    claim: () => Promise.resolve(0n),
  },
};

/** Where a path begins: on ours, and on the variant that it succeeds against. */
export const WORLDS = {
  bonds: { deployOurs: deployHookedWorld, deployNaive: deployNaiveKeepersWorld },
  KP3R: { deployOurs: deployHookedKp3rWorld, deployNaive: deployNaiveMintingWorld },
  jobs: { deployOurs: deployHookedWorld, deployNaive: deployNaiveEscrowWorld },
  slashing: { deployOurs: deployGovernedWorld, deployNaive: deployNaiveSlasherWorld },
} as const;

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

/** What the holder has gained by a call that repeats itself, here and there, beyond what it is due. */
export async function repeat(world: HookedWorld, { before, call, claim, due = 0n }: Path): Promise<bigint> {
  await prepare(world, before?.(world) ?? []);
  const wealth = async () => (await world.token.balanceOf(world.holder)) + (await claim(world));
  const start = await wealth();
  await nest(world, call(world), call(world));
  return (await wealth()) - start - due;
}

export async function prepare(world: HookedWorld, steps: readonly Step[]): Promise<void> {
  for (const step of steps) {
    if (typeof step === "number") await time.increase(step + 1);
    else if (typeof step === "string") await world.holder.setRefuses(step === "refuse");
    else await call(world, step);
  }
}

/** A world on a network: the holder and the owner have tokens, and have approved it. */
async function deployHookedWorldOn(
  { jobOwner, job: funded }: CoreWorld,
  keep3r: Keep3r,
  token: HookToken__Mock,
): Promise<HookedWorld> {
  const holder = await ethers.deployContract("HookedHolder__Mock", [token]);
  const job = await ethers.deployContract("HookJob__Mock", [keep3r]);
  for (const somebody of [holder, jobOwner]) await token.mint(somebody, 100n * AMOUNT);
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

async function deployHookedWorld(): Promise<HookedWorld> {
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

/** Ours, over KP3R that tells of transfers. */
async function deployHookedKp3rWorld(): Promise<HookedWorld> {
  const core = await deployCoreWorld();
  const [token, minter] = await deployKp3r();
  const keep3r = await ethers.deployContract("Keep3r", [core.governance, token, minter]);
  const world = await deployHookedWorldOn(core, keep3r, token);
  await token.watch(world.holder);
  await keep3r.connect(world.owner).bond(token, AMOUNT);
  return world;
}

async function deployNaiveMintingWorld(): Promise<HookedWorld> {
  const [token] = await deployKp3r();
  const world = await deployHookedWorldOn(await deployCoreWorld(), await deployNaive("NaiveMinting__Mock"), token);
  await token.watch(world.holder);
  await world.keep3r.connect(world.owner).bond(token, AMOUNT);
  return world;
}

async function deployKp3r(): Promise<[HookKP3R__Mock, Addressable]> {
  const kp3r = await ethers.deployContract("HookKP3R__Mock");
  return [kp3r, await ethers.deployContract("HookMinter__Mock", [kp3r])];
}

async function deployNaiveWorld(name: string): Promise<HookedWorld> {
  const token = await ethers.deployContract("HookToken__Mock");
  return deployHookedWorldOn(await deployCoreWorld(), await deployNaive(name), token);
}

async function deployNaiveKeepersWorld(): Promise<HookedWorld> {
  const world = await deployNaiveWorld("NaiveKeepers__Mock");
  await world.keep3r.connect(world.owner).bond(world.token, AMOUNT);
  return world;
}

async function deployNaiveEscrowWorld(): Promise<HookedWorld> {
  const world = await deployNaiveWorld("NaiveEscrow__Mock");
  await world.keep3r.connect(world.owner).addTokenCreditsToJob(world.funded, world.token, AMOUNT);
  await call(world, ["addJob", world.job]);
  return world;
}

async function deployNaiveSlasherWorld(): Promise<HookedWorld> {
  const world = await deployNaiveWorld("NaiveSlasher__Mock");
  await world.keep3r.connect(world.owner).addJob(world.funded);
  await fund(world);
  await govern(world);
  return world;
}

/** The owner bonds, and funds its job with all that there is. */
async function fund({ keep3r, owner, funded, token }: HookedWorld): Promise<void> {
  await activateKeeper(keep3r, owner, token, 3n * AMOUNT);
  const owned = keep3r.connect(owner);
  await owned.addTokenCreditsToJob(funded, token, 2n * AMOUNT);
  await owned.addLiquidityToJob(funded, token, 8n * AMOUNT);
  await owned.unbondLiquidityFromJob(funded, token, 2n * AMOUNT);
}

async function govern(world: HookedWorld): Promise<void> {
  const { keep3r, holder, owner, funded } = world;
  await keep3r.setGovernance(holder);
  await call(world, ["acceptGovernance"]);
  await call(world, ["addDisputer", holder]);
  await call(world, ["addSlasher", holder]);
  await call(world, ["dispute", owner]);
  await call(world, ["dispute", funded]);
}
