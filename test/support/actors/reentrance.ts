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
import { activateKeeper, BOND_TIME, type CoreFixture, deployCore, UNBOND_TIME } from "../worlds/core";
import { deployNaive } from "../worlds/paid";

export const AMOUNT = 100n * WAD;

/** A network, ours or a naive one, with a token that tells its holders of transfers. */
export interface Stage {
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
  on: keyof typeof STAGES;
  before?: (stage: Stage) => Step[];
  call: (stage: Stage) => Call;
  /** What the network says that it has of the tokens in question. */
  claim: (stage: Stage) => Promise<bigint>;
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
export const STAGES = {
  bonds: { deployOurs: deployHooked, deployNaive: deployNaiveKeepers },
  KP3R: { deployOurs: deployHookedKp3r, deployNaive: deployNaiveMinting },
  jobs: { deployOurs: deployHooked, deployNaive: deployNaiveEscrow },
  slashing: { deployOurs: deployGoverned, deployNaive: deployNaiveSlasher },
} as const;

export async function encode({ keep3r, job }: Stage, [name, ...args]: Call): Promise<[Addressable, string]> {
  const values = await Promise.all(args.map((arg) => (ethers.isAddressable(arg) ? arg.getAddress() : arg)));
  const payment = { bondedPayment: "payInBonds", directTokenPayment: "payInToken" }[name];
  const target: { interface: Interface } & Addressable = payment === undefined ? keep3r : job;
  return [target, target.interface.encodeFunctionData(payment ?? name, values)];
}

/** Has the holder make a call. */
export async function call(stage: Stage, made: Call): Promise<void> {
  await stage.holder.execute(...(await encode(stage, made)));
}

/** Has the holder make a call in the middle of another. */
export async function nest(stage: Stage, outer: Call, inner: Call): Promise<void> {
  await stage.holder.nest(...(await encode(stage, outer)), ...(await encode(stage, inner)));
}

/** What the holder has gained by a call that repeats itself, here and there, beyond what it is due. */
export async function repeat(stage: Stage, { before, call, claim, due = 0n }: Path): Promise<bigint> {
  await prepare(stage, before?.(stage) ?? []);
  const wealth = async () => (await stage.token.balanceOf(stage.holder)) + (await claim(stage));
  const start = await wealth();
  await nest(stage, call(stage), call(stage));
  return (await wealth()) - start - due;
}

export async function prepare(stage: Stage, steps: readonly Step[]): Promise<void> {
  for (const step of steps) {
    if (typeof step === "number") await time.increase(step + 1);
    else if (typeof step === "string") await stage.holder.setRefuses(step === "refuse");
    else await call(stage, step);
  }
}

/** A stage on a network: the holder and the owner have tokens, and have approved it. */
async function setStage(
  { jobOwner, job: funded }: CoreFixture,
  keep3r: Keep3r,
  token: HookToken__Mock,
): Promise<Stage> {
  const holder = await ethers.deployContract("HookedHolder__Mock", [token]);
  const job = await ethers.deployContract("HookJob__Mock", [keep3r]);
  for (const somebody of [holder, jobOwner]) await token.mint(somebody, 100n * AMOUNT);
  const approval = token.interface.encodeFunctionData("approve", [await keep3r.getAddress(), ethers.MaxUint256]);
  await holder.execute(token, approval);
  await token.connect(jobOwner).approve(keep3r, ethers.MaxUint256);
  return { keep3r, token, holder, job, owner: jobOwner, funded };
}

/** Ours, where the token is priced as a liquidity as well. */
async function deployUnfunded(): Promise<Stage> {
  const fixture = await deployCore();
  const { keep3r, pricing } = fixture;
  const token = await ethers.deployContract("HookToken__Mock");
  await pricing.setPrice(token, WAD);
  await keep3r.approveLiquidity(token);
  await keep3r.setFee(0);
  return setStage(fixture, keep3r, token);
}

async function deployHooked(): Promise<Stage> {
  const stage = await deployUnfunded();
  const { keep3r, owner, funded, token } = stage;
  await keep3r.connect(owner).addTokenCreditsToJob(funded, token, AMOUNT);
  await call(stage, ["addJob", stage.job]);
  return stage;
}

/** Ours, where the holder governs, disputes and slashes, and the owner and its job are in dispute. */
export async function deployGoverned(): Promise<Stage> {
  const stage = await deployUnfunded();
  await fund(stage);
  await govern(stage);
  return stage;
}

/** Ours, over KP3R that tells of transfers. */
async function deployHookedKp3r(): Promise<Stage> {
  const fixture = await deployCore();
  const [token, minter] = await deployKp3r();
  const keep3r = await ethers.deployContract("Keep3r", [fixture.governance, token, minter]);
  const stage = await setStage(fixture, keep3r, token);
  await token.watch(stage.holder);
  await keep3r.connect(stage.owner).bond(token, AMOUNT);
  return stage;
}

async function deployNaiveMinting(): Promise<Stage> {
  const [token] = await deployKp3r();
  const stage = await setStage(await deployCore(), await deployNaive("NaiveMinting__Mock"), token);
  await token.watch(stage.holder);
  await stage.keep3r.connect(stage.owner).bond(token, AMOUNT);
  return stage;
}

async function deployKp3r(): Promise<[HookKP3R__Mock, Addressable]> {
  const kp3r = await ethers.deployContract("HookKP3R__Mock");
  return [kp3r, await ethers.deployContract("HookMinter__Mock", [kp3r])];
}

async function deployNaiveStage(name: string): Promise<Stage> {
  const token = await ethers.deployContract("HookToken__Mock");
  return setStage(await deployCore(), await deployNaive(name), token);
}

async function deployNaiveKeepers(): Promise<Stage> {
  const stage = await deployNaiveStage("NaiveKeepers__Mock");
  await stage.keep3r.connect(stage.owner).bond(stage.token, AMOUNT);
  return stage;
}

async function deployNaiveEscrow(): Promise<Stage> {
  const stage = await deployNaiveStage("NaiveEscrow__Mock");
  await stage.keep3r.connect(stage.owner).addTokenCreditsToJob(stage.funded, stage.token, AMOUNT);
  await call(stage, ["addJob", stage.job]);
  return stage;
}

async function deployNaiveSlasher(): Promise<Stage> {
  const stage = await deployNaiveStage("NaiveSlasher__Mock");
  await stage.keep3r.connect(stage.owner).addJob(stage.funded);
  await fund(stage);
  await govern(stage);
  return stage;
}

/** The owner bonds, and funds its job with all that there is. */
async function fund({ keep3r, owner, funded, token }: Stage): Promise<void> {
  await activateKeeper(keep3r, owner, token, 3n * AMOUNT);
  const owned = keep3r.connect(owner);
  await owned.addTokenCreditsToJob(funded, token, 2n * AMOUNT);
  await owned.addLiquidityToJob(funded, token, 8n * AMOUNT);
  await owned.unbondLiquidityFromJob(funded, token, 2n * AMOUNT);
}

async function govern(stage: Stage): Promise<void> {
  const { keep3r, holder, owner, funded } = stage;
  await keep3r.setGovernance(holder);
  await call(stage, ["acceptGovernance"]);
  await call(stage, ["addDisputer", holder]);
  await call(stage, ["addSlasher", holder]);
  await call(stage, ["dispute", owner]);
  await call(stage, ["dispute", funded]);
}
