import { BOND_TIME, UNBOND_TIME } from "../defaults";
import {
  AMOUNT,
  deployGovernedWorld,
  deployHookedKp3rWorld,
  deployHookedWorld,
  deployNaiveEscrowWorld,
  deployNaiveKeepersWorld,
  deployNaiveMintingWorld,
  deployNaiveSlasherWorld,
  type HookedWorld,
} from "../worlds/hooked";
import { type Call, nest, prepare, type Step } from "./hookedHolder";

/** A way for tokens into the network or out of it, which a holder may try to take twice at once. */
interface Path {
  on: keyof typeof WORLDS;
  before?: (world: HookedWorld) => Step[];
  call: (world: HookedWorld) => Call;
  /** What the network says it owes of the tokens in question. */
  claim: (world: HookedWorld) => Promise<bigint>;
  /** What a single call gains the holder, where it doesn't just turn a claim into tokens or back. */
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

/** Where a path is tried: on our network, and on the naive one against which taking it twice succeeds. */
export const WORLDS = {
  bonds: { deployOurs: deployHookedWorld, deployNaive: deployNaiveKeepersWorld },
  KP3R: { deployOurs: deployHookedKp3rWorld, deployNaive: deployNaiveMintingWorld },
  jobs: { deployOurs: deployHookedWorld, deployNaive: deployNaiveEscrowWorld },
  slashing: { deployOurs: deployGovernedWorld, deployNaive: deployNaiveSlasherWorld },
} as const;

/** What the holder gains, in tokens and claims, by a call that repeats itself, beyond what one call is due. */
export async function repeat(world: HookedWorld, { before, call, claim, due = 0n }: Path): Promise<bigint> {
  await prepare(world, before?.(world) ?? []);
  const wealth = async () => (await world.token.balanceOf(world.holder)) + (await claim(world));
  const start = await wealth();
  await nest(world, call(world), call(world));
  return (await wealth()) - start - due;
}
