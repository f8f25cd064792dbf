import { BPS, DAY, GWEI, WAD } from "@keep3r-network/sdk";
import type { HardhatEthersSigner } from "@nomicfoundation/hardhat-ethers/signers";
import { time } from "@nomicfoundation/hardhat-network-helpers";
import type { AddressLike } from "ethers";
import { ethers } from "hardhat";
import type { ERC20__Mock, Job__Mock, Keep3r, Keep3rLens, KP3R, PlainJob__Mock, Pricing__Mock } from "#typechain";

export const BOND_TIME = 3 * DAY;
export const UNBOND_TIME = 14 * DAY;
export const REWARD_PERIOD = 5 * DAY;
export const INFLATION_PERIOD = 34 * DAY;

/** KP3R per gas, in the scale of a payment rate: 10 gwei, no boost, 10 KP3R per ETH. */
export const RATE = 10n * GWEI * BPS * 10n * WAD;
export const RATE_SCALE = BPS * WAD;
export const FIRST_WORK_GAS = 34_000n;
export const LATER_WORK_GAS = 9_000n;

export interface CoreWorld {
  governance: HardhatEthersSigner;
  jobOwner: HardhatEthersSigner;
  keeper: HardhatEthersSigner;
  disputer: HardhatEthersSigner;
  slasher: HardhatEthersSigner;
  stranger: HardhatEthersSigner;
  other: HardhatEthersSigner;
  kp3r: KP3R;
  keep3r: Keep3r;
  lens: Keep3rLens;
  /** A helper whose prices are set by hand. */
  pricing: Pricing__Mock;
  /** An LP token, priced at 1 KP3R. */
  liquidity: ERC20__Mock;
  token: ERC20__Mock;
  /** Registered by jobOwner, without funds. */
  job: PlainJob__Mock;
}

/** Keep3r with the real KP3R, prices set by hand, and a job; everyone holds 1000 of each token and approves Keep3r. */
export async function deployCoreWorld(): Promise<CoreWorld> {
  const signers = (await ethers.getSigners()) as [
    HardhatEthersSigner,
    HardhatEthersSigner,
    HardhatEthersSigner,
    HardhatEthersSigner,
    HardhatEthersSigner,
    HardhatEthersSigner,
    HardhatEthersSigner,
  ];
  const [governance, jobOwner, keeper, disputer, slasher, stranger, other] = signers;
  const kp3r = await ethers.deployContract("KP3R", [governance]);
  const keep3r = await ethers.deployContract("Keep3r", [governance, kp3r, kp3r]);
  const lens = await ethers.deployContract("Keep3rLens", [keep3r]);
  const pricing = await ethers.deployContract("Pricing__Mock");
  const liquidity = await ethers.deployContract("ERC20__Mock", ["LP", "LP", 18]);
  const token = await ethers.deployContract("ERC20__Mock", ["Token", "TKN", 18]);
  const job = await ethers.deployContract("PlainJob__Mock", [keep3r]);

  await kp3r.addMinter(governance);
  await kp3r.addMinter(keep3r);
  await kp3r.mint(1_000n * WAD * 7n);
  for (const signer of signers.slice(0, 7)) {
    if (signer !== governance) await kp3r.transfer(signer, 1_000n * WAD);
    await liquidity.mint(signer, 1_000n * WAD);
    await token.mint(signer, 1_000n * WAD);
    for (const held of [kp3r, liquidity, token]) {
      await (held.connect(signer) as ERC20__Mock).approve(keep3r, ethers.MaxUint256);
    }
  }

  await pricing.setRate(RATE, FIRST_WORK_GAS, LATER_WORK_GAS);
  await pricing.setPrice(liquidity, WAD);
  await keep3r.setKeep3rHelper(pricing);
  await keep3r.approveLiquidity(liquidity);
  await keep3r.addDisputer(disputer);
  await keep3r.addSlasher(slasher);
  await keep3r.connect(jobOwner).addJob(job);

  return {
    governance,
    jobOwner,
    keeper,
    disputer,
    slasher,
    stranger,
    other,
    kp3r,
    keep3r,
    lens,
    pricing,
    liquidity,
    token,
    job,
  };
}

/** The same with an active keeper that has bonded 100 KP3R, and 50 KP3R of forced credits for the job. */
export async function deployActiveWorld(): Promise<CoreWorld> {
  const world = await deployCoreWorld();
  const { keep3r, kp3r, keeper, job } = world;
  await activateKeeper(keep3r, keeper, kp3r, 100n * WAD);
  await keep3r.forceLiquidityCreditsToJob(job, 50n * WAD);
  return world;
}

/** Bonds and, after the bond time, activates. */
export async function activateKeeper(
  keep3r: Keep3r,
  keeper: HardhatEthersSigner,
  token: AddressLike,
  amount: bigint,
): Promise<void> {
  await keep3r.connect(keeper).bond(token, amount);
  await time.increase(BOND_TIME + 1);
  await keep3r.connect(keeper).activate(token);
}

/** Moves to the beginning of the next reward period, so that a test has all of it before prices are taken anew. */
export async function toPeriodStart(period = REWARD_PERIOD): Promise<number> {
  const now = await time.latest();
  const start = now - (now % period) + period;
  await time.increaseTo(start);
  return start;
}

/** A job on Keep3rJob that registered itself for an owner who has taken it over. */
export async function deployJob(keep3r: Keep3r, owner: HardhatEthersSigner): Promise<Job__Mock> {
  const job = await ethers.deployContract("Job__Mock", [keep3r, owner]);
  await keep3r.connect(owner).acceptJobOwnership(job);
  return job;
}
