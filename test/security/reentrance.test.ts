import { WAD } from "@keep3r-network/sdk";
import { time } from "@nomicfoundation/hardhat-network-helpers";
import { expect } from "chai";
import { ethers } from "hardhat";
import { type Call, call, encode, nest, prepare } from "#support/actors/hookedHolder";
import { PATHS, repeat, WORLDS } from "#support/actors/reentrance";
import { BOND_TIME, UNBOND_TIME } from "#support/defaults";
import { loadFixture } from "#support/fixture";
import { expectGuarded } from "#support/tokens/reentrant";
import { AMOUNT, deployGovernedWorld, type HookedWorld } from "#support/worlds/hooked";
import type { HookToken__Mock, Keep3rLens, PlainJob__Mock } from "#typechain";

interface Ready extends HookedWorld {
  lens: Keep3rLens;
  /** Where the holder's job may migrate to, and one that isn't registered. */
  otherJob: PlainJob__Mock;
  newJob: PlainJob__Mock;
  /** A token of which the network has a surplus. */
  dust: HookToken__Mock;
}

/** Every guarded function, as the holder can call it when all is ready. */
const GUARDED: Readonly<Record<string, (world: Ready) => Call>> = {
  acceptJobMigration: ({ job, otherJob }) => ["acceptJobMigration", job, otherJob],
  activate: ({ token }) => ["activate", token],
  activateFor: ({ holder, token }) => ["activateFor", holder, token],
  addJob: ({ newJob }) => ["addJob", newJob],
  addLiquidityToJob: ({ job, token }) => ["addLiquidityToJob", job, token, AMOUNT],
  addTokenCreditsToJob: ({ job, token }) => ["addTokenCreditsToJob", job, token, AMOUNT],
  bond: ({ token }) => ["bond", token, AMOUNT],
  bondFor: ({ holder, token }) => ["bondFor", holder, token, AMOUNT],
  directTokenPayment: ({ holder, token }) => ["directTokenPayment", token, holder, WAD],
  revoke: ({ owner }) => ["revoke", owner],
  sendDust: ({ dust, holder }) => ["sendDust", dust, WAD, holder],
  slash: ({ owner, token }) => ["slash", owner, token, WAD, 0n],
  slashLiquidityFromJob: ({ funded, token }) => ["slashLiquidityFromJob", funded, token, 3n * AMOUNT],
  slashTokenFromJob: ({ funded, token }) => ["slashTokenFromJob", funded, token, WAD],
  slashUnbondingLiquidityFromJob: ({ funded, token, owner }) => [
    "slashUnbondingLiquidityFromJob",
    funded,
    token,
    owner,
    WAD,
  ],
  withdraw: ({ token }) => ["withdraw", token],
  withdrawFor: ({ holder, token }) => ["withdrawFor", holder, token],
  withdrawLiquidityFromJob: ({ job, token, holder }) => ["withdrawLiquidityFromJob", job, token, holder],
  withdrawSlashHeld: ({ token, holder }) => ["withdrawSlashHeld", token, holder],
  withdrawTokenCreditsFromJob: ({ job, token, holder }) => ["withdrawTokenCreditsFromJob", job, token, WAD, holder],
};

/** Those of them that move tokens of the holder's or to it. KP3R, which activate and revoke burn, has a path of its own. */
const MOVING = Object.keys(GUARDED).filter(
  (name) => !["acceptJobMigration", "activate", "activateFor", "addJob", "revoke"].includes(name),
);

/** Every function that changes state without a guard, since it moves no tokens: a token may call it in a transfer. */
const UNGUARDED = [
  ...["acceptGovernance", "acceptJobOwnership", "acceptKeeperOwnership", "addDisputer", "addSlasher"],
  ...["approveLiquidity", "bondedPayment", "changeJobOwnership", "changeKeeperOwnership", "dispute"],
  ...["forceLiquidityCreditsToJob", "isBondedKeeper", "isKeeper", "migrateJob", "reinstate", "removeDisputer"],
  ...["removeSlasher", "resolve", "revokeLiquidity", "setBondTime", "setFee", "setGovernance", "setInflationPeriod"],
  ...["setKeep3rHelper", "setKeep3rV1Proxy", "setLiquidityMinimum", "setMaxGasPerWork", "setRewardPeriodTime"],
  ...["setUnbondTime", "settle", "unbond", "unbondFor", "unbondLiquidityFromJob", "worked", "workedFor"],
];

/** Those of them that write to the books which a transfer is in the middle of. */
const BOOKING: Readonly<Record<string, (world: Ready) => Call>> = {
  "settle of its job": ({ job }) => ["settle", job],
  "settle of another's job": ({ funded }) => ["settle", funded],
  unbond: ({ token }) => ["unbond", token, WAD],
  unbondLiquidityFromJob: ({ job, token }) => ["unbondLiquidityFromJob", job, token, WAD],
  bondedPayment: ({ holder }) => ["bondedPayment", holder, WAD],
  forceLiquidityCreditsToJob: ({ job }) => ["forceLiquidityCreditsToJob", job, WAD],
  revokeLiquidity: ({ token }) => ["revokeLiquidity", token],
};

/** Ours, where the holder governs, has bonded and funded a job, and everything that takes its time is ready. */
async function deployReadyWorld(): Promise<Ready> {
  const world = await deployGovernedWorld();
  const { keep3r, token, holder, job, owner } = world;
  const lens = await ethers.deployContract("Keep3rLens", [keep3r]);
  const otherJob = await ethers.deployContract("PlainJob__Mock", [keep3r]);
  const newJob = await ethers.deployContract("PlainJob__Mock", [keep3r]);
  const dust = await ethers.deployContract("HookToken__Mock");
  await holder.execute(dust, dust.interface.encodeFunctionData("hook"));
  await dust.mint(keep3r, AMOUNT);

  await prepare(world, [
    ["bond", token, AMOUNT],
    BOND_TIME,
    ["activate", token],
    ["unbond", token, AMOUNT / 2n],
    ["addJob", job],
    ["addJob", otherJob],
    ["forceLiquidityCreditsToJob", job, AMOUNT],
    ["addTokenCreditsToJob", job, token, AMOUNT],
    ["addLiquidityToJob", job, token, 2n * AMOUNT],
    ["unbondLiquidityFromJob", job, token, AMOUNT],
    UNBOND_TIME,
    ["bond", token, AMOUNT],
    BOND_TIME,
    "refuse",
    ["slash", owner, token, AMOUNT, 0n],
    "accept",
    ["setFee", 30],
    ["migrateJob", job, otherJob],
    60,
  ]);
  return { ...world, lens, otherJob, newJob, dust };
}

/** All books on the holder, the owner and their jobs, and all balances. */
async function readBooks({ keep3r, lens, token, dust, holder, owner, job, funded }: Ready) {
  const kp3r = await keep3r.keep3rV1();
  const ofPeople = [holder, owner].flatMap((person) => [
    keep3r.bonds(person, token),
    keep3r.bonds(person, kp3r),
    keep3r.pendingBonds(person, token),
    keep3r.pendingUnbonds(person, token),
    keep3r.canWithdrawAfter(person, token),
    keep3r.workCompleted(person),
    token.balanceOf(person),
  ]);
  const ofJobs = [job, funded].flatMap((each) => [
    keep3r.jobTokenCredits(each, token),
    keep3r.liquidityAmount(each, token),
    keep3r.pendingUnbonds(each, token),
    keep3r.canWithdrawAfter(each, token),
    keep3r.jobLiquidityCredits(each),
    keep3r.jobPeriodCredits(each),
  ]);
  const ofTokens = [token.balanceOf(keep3r), lens.owed(token), lens.slashHeld(token), dust.balanceOf(holder)];
  return Promise.all([...ofPeople, ...ofJobs, ...ofTokens]);
}

/** Until both calls are made, in a row or nested: credits are mined by the second. */
const SECONDS = 10;

describe("Tokens that tell their holders of a transfer", () => {
  for (const [name, path] of Object.entries(PATHS)) {
    const { deployNaive, deployOurs } = WORLDS[path.on];

    it(`ERC-777 re-entrance: a naive ${name} counts or pays twice`, async () => {
      const world = await loadFixture(deployNaive);
      expect(await repeat(world, path)).to.be.at.least(AMOUNT);
      expect(await world.holder.answered()).to.equal(true);
    });

    it(`ERC-777 re-entrance: SOL-1, ACC-2: ${name} refuses the second call, and the first one counts once`, async () => {
      const world = await loadFixture(deployOurs);
      expect(await repeat(world, path)).to.equal(0);
      await expectGuarded(world.holder);
    });
  }

  for (const [name, made] of Object.entries(GUARDED)) {
    it(`ERC-777 re-entrance: SOL-1: ${name} is refused in the middle of another's transfer, and by nothing but the guard`, async () => {
      const world = await loadFixture(deployReadyWorld);
      const { keep3r, holder, owner, funded, token } = world;
      await holder.arm(...(await encode(world, made(world))));
      // The holder governs, so it is told of the fee's transfer
      await keep3r.connect(owner).addTokenCreditsToJob(funded, token, AMOUNT);
      await expectGuarded(world.holder);

      await call(world, made(world));
    });
  }

  it("ERC-777 re-entrance: every function that changes state is guarded, or moves no tokens", async () => {
    const { keep3r } = await loadFixture(deployReadyWorld);
    const names: string[] = [];
    keep3r.interface.forEachFunction(({ name, constant }) => constant || names.push(name));
    expect([...Object.keys(GUARDED), ...UNGUARDED].sort()).to.deep.equal(names.sort());
  });

  for (const [innerName, inner] of Object.entries(BOOKING)) {
    it(`ERC-777 re-entrance: SOL-1: ${innerName} in the middle of any transfer has the same outcome as after it`, async () => {
      for (const outer of MOVING) {
        const after = await loadFixture(deployReadyWorld);
        const made = GUARDED[outer]?.(after) ?? [outer];
        await time.setNextBlockTimestamp((await time.latest()) + SECONDS);
        await after.holder.executeBoth(...(await encode(after, made)), ...(await encode(after, inner(after))));
        const expected = await readBooks(after);

        const within = await loadFixture(deployReadyWorld);
        await time.setNextBlockTimestamp((await time.latest()) + SECONDS);
        await nest(within, made, inner(within));
        expect(await within.holder.answered(), outer).to.equal(true);
        expect(await readBooks(within), outer).to.deep.equal(expected);
      }
    });
  }
});
