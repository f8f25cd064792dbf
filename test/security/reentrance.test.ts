import type { HardhatEthersSigner } from "@nomicfoundation/hardhat-ethers/signers";
import { time } from "@nomicfoundation/hardhat-network-helpers";
import type { Addressable, Interface } from "ethers";
import { expect } from "chai";
import { ethers } from "hardhat";
import type { HookedHolder__Mock, HookJob__Mock, HookToken__Mock, Keep3r, PlainJob__Mock } from "../../typechain-types";
import { deployNaive } from "../support/attacks";
import { activateKeeper, BOND_TIME, type CoreFixture, deployCore, UNBOND_TIME, WAD } from "../support/core";
import { loadFixture } from "../support/fixture";

const AMOUNT = 100n * WAD;

interface Stage {
  keep3r: Keep3r;
  token: HookToken__Mock;
  /** Holds 200 tokens, and repeats a call in the middle of the transfer that the call makes. */
  holder: HookedHolder__Mock;
  /** The holder's. */
  job: HookJob__Mock;
}

interface Governed extends Stage {
  owner: HardhatEthersSigner;
  funded: PlainJob__Mock;
}

/** A call of the holder to the network, or a time that passes. */
type Step = [name: string, ...args: unknown[]] | number;

interface Path {
  naive: "NaiveEscrow__Mock" | "NaiveKeepers__Mock";
  before: (stage: Stage) => Step[];
  call: (stage: Stage) => [name: string, ...args: unknown[]];
  /** What the network says that the holder has there. */
  claim: (stage: Stage) => Promise<bigint>;
}

const PATHS: Record<string, Path> = {
  bond: {
    naive: "NaiveKeepers__Mock",
    before: () => [],
    call: ({ token }) => ["bond", token, AMOUNT],
    claim: ({ keep3r, holder, token }) => keep3r.pendingBonds(holder, token),
  },
  withdraw: {
    naive: "NaiveKeepers__Mock",
    before: ({ token }) => [
      ["bond", token, AMOUNT],
      BOND_TIME,
      ["activate", token],
      ["unbond", token, AMOUNT],
      UNBOND_TIME,
    ],
    call: ({ token }) => ["withdraw", token],
    claim: ({ keep3r, holder, token }) => keep3r.pendingUnbonds(holder, token),
  },
  addTokenCreditsToJob: {
    naive: "NaiveEscrow__Mock",
    before: () => [],
    call: ({ job, token }) => ["addTokenCreditsToJob", job, token, AMOUNT],
    claim: ({ keep3r, job, token }) => keep3r.jobTokenCredits(job, token),
  },
  withdrawTokenCreditsFromJob: {
    naive: "NaiveEscrow__Mock",
    before: ({ job, token }) => [["addTokenCreditsToJob", job, token, AMOUNT], 60],
    call: ({ job, token, holder }) => ["withdrawTokenCreditsFromJob", job, token, AMOUNT, holder],
    claim: ({ keep3r, job, token }) => keep3r.jobTokenCredits(job, token),
  },
  directTokenPayment: {
    naive: "NaiveEscrow__Mock",
    before: ({ job, token }) => [["addTokenCreditsToJob", job, token, AMOUNT]],
    call: ({ token, holder }) => ["payInToken", token, holder, AMOUNT],
    claim: ({ keep3r, job, token }) => keep3r.jobTokenCredits(job, token),
  },
  addLiquidityToJob: {
    naive: "NaiveEscrow__Mock",
    before: () => [],
    call: ({ job, token }) => ["addLiquidityToJob", job, token, AMOUNT],
    claim: ({ keep3r, job, token }) => keep3r.liquidityAmount(job, token),
  },
  withdrawLiquidityFromJob: {
    naive: "NaiveEscrow__Mock",
    before: ({ job, token }) => [
      ["addLiquidityToJob", job, token, AMOUNT],
      ["unbondLiquidityFromJob", job, token, AMOUNT],
      UNBOND_TIME,
    ],
    call: ({ job, token, holder }) => ["withdrawLiquidityFromJob", job, token, holder],
    claim: ({ keep3r, job, token }) => keep3r.pendingUnbonds(job, token),
  },
};

/** Half of what can be slashed, so that there is something left to slash again. */
const SLASHES: Record<string, (stage: Governed) => [name: string, ...args: unknown[]]> = {
  slash: ({ owner, token }) => ["slash", owner, token, AMOUNT / 2n, 0n],
  slashTokenFromJob: ({ funded, token }) => ["slashTokenFromJob", funded, token, AMOUNT / 2n],
  slashLiquidityFromJob: ({ funded, token }) => ["slashLiquidityFromJob", funded, token, AMOUNT / 2n],
};

/** Tokens of the holder and of another, who has put as many into the network. */
async function setStage({ jobOwner }: CoreFixture, keep3r: Keep3r): Promise<Stage> {
  const token = await ethers.deployContract("HookToken__Mock");
  const holder = await ethers.deployContract("HookedHolder__Mock", [token]);
  const job = await ethers.deployContract("HookJob__Mock", [keep3r]);
  await token.mint(holder, 2n * AMOUNT);
  await token.mint(jobOwner, AMOUNT);
  await holder.execute(token, token.interface.encodeFunctionData("approve", [await keep3r.getAddress(), 2n * AMOUNT]));
  await token.connect(jobOwner).approve(keep3r, AMOUNT);
  return { keep3r, token, holder, job };
}

async function deployOurs(): Promise<Stage> {
  const fixture = await deployCore();
  const { keep3r, pricing, jobOwner, job } = fixture;
  const stage = await setStage(fixture, keep3r);
  await pricing.setPrice(stage.token, WAD);
  await keep3r.approveLiquidity(stage.token);
  await keep3r.setFee(0);
  await keep3r.connect(jobOwner).addTokenCreditsToJob(job, stage.token, AMOUNT);
  await run(stage, ["addJob", stage.job]);
  return stage;
}

async function deployNaiveEscrow(): Promise<Stage> {
  const fixture = await deployCore();
  const keep3r = await deployNaive("NaiveEscrow__Mock");
  const stage = await setStage(fixture, keep3r);
  await keep3r.connect(fixture.jobOwner).addTokenCreditsToJob(fixture.job, stage.token, AMOUNT);
  await run(stage, ["addJob", stage.job]);
  return stage;
}

async function deployNaiveKeepers(): Promise<Stage> {
  const fixture = await deployCore();
  const keep3r = await deployNaive("NaiveKeepers__Mock");
  const stage = await setStage(fixture, keep3r);
  await keep3r.connect(fixture.jobOwner).bond(stage.token, AMOUNT);
  return stage;
}

/** Ours, where the holder governs, disputes and slashes, and another has bonded and funded a job, both in dispute. */
async function deployGoverned(): Promise<Governed> {
  const fixture = await deployCore();
  const { keep3r, pricing, jobOwner: owner, job } = fixture;
  const stage = await setStage(fixture, keep3r);
  const { token, holder } = stage;
  await pricing.setPrice(token, WAD);
  await keep3r.approveLiquidity(token);
  await keep3r.setFee(0);
  await token.mint(owner, 2n * AMOUNT);
  await token.connect(owner).approve(keep3r, 3n * AMOUNT);
  await activateKeeper(keep3r, owner, token, AMOUNT);
  await keep3r.connect(owner).addTokenCreditsToJob(job, token, AMOUNT);
  await keep3r.connect(owner).addLiquidityToJob(job, token, AMOUNT);

  await keep3r.setGovernance(holder);
  await run(stage, ["acceptGovernance"]);
  await run(stage, ["addDisputer", holder]);
  await run(stage, ["addSlasher", holder]);
  await run(stage, ["dispute", owner]);
  await run(stage, ["dispute", job]);
  return { ...stage, owner, funded: job };
}

const DEPLOY_NAIVE = { NaiveEscrow__Mock: deployNaiveEscrow, NaiveKeepers__Mock: deployNaiveKeepers };

async function encode({ keep3r, job }: Stage, [name, ...args]: [string, ...unknown[]]): Promise<[Addressable, string]> {
  const target = name === "payInToken" ? job : keep3r;
  const { interface: abi }: { interface: Interface } = target;
  const values = await Promise.all(args.map((arg) => (ethers.isAddressable(arg) ? arg.getAddress() : arg)));
  return [target, abi.encodeFunctionData(name, values)];
}

async function run(stage: Stage, step: Step): Promise<void> {
  if (typeof step === "number") await time.increase(step + 1);
  else await stage.holder.execute(...(await encode(stage, step)));
}

/** What the holder has gained, here and there, when its call repeats itself. */
async function reenter(stage: Stage, { before, call, claim }: Path): Promise<bigint> {
  for (const step of before(stage)) await run(stage, step);
  const wealth = async () => (await stage.token.balanceOf(stage.holder)) + (await claim(stage));
  const start = await wealth();
  await stage.holder.attack(...(await encode(stage, call(stage))));
  return (await wealth()) - start;
}

async function expectRefused({ keep3r, holder }: Stage): Promise<void> {
  expect(await holder.repeated()).to.equal(false);
  expect(await holder.answer()).to.equal(keep3r.interface.getError("ReentrancyGuardReentrantCall")?.selector);
}

describe("Tokens that tell their holders of a transfer", () => {
  for (const [name, path] of Object.entries(PATHS)) {
    it(`ERC-777 re-entrance: a naive ${name} counts or pays twice`, async () => {
      const stage = await loadFixture(DEPLOY_NAIVE[path.naive]);
      expect(await reenter(stage, path)).to.equal(AMOUNT);
      expect(await stage.holder.repeated()).to.equal(true);
    });

    it(`ERC-777 re-entrance: SOL-1: ${name} refuses the second call, and the first one counts once`, async () => {
      const stage = await loadFixture(deployOurs);
      expect(await reenter(stage, path)).to.equal(0);
      await expectRefused(stage);
    });
  }

  for (const [name, call] of Object.entries(SLASHES)) {
    it(`ERC-777 re-entrance: ACC-2: ${name} takes once, though governance is told in the middle of it`, async () => {
      const stage = await loadFixture(deployGoverned);
      const { token, holder } = stage;
      await expect(holder.attack(...(await encode(stage, call(stage))))).to.changeTokenBalance(
        token,
        holder,
        AMOUNT / 2n,
      );
      await expectRefused(stage);
    });
  }
});
