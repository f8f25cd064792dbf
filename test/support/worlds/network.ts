import { BPS, DEFAULTS, HOUR, WAD } from "@keep3r-network/sdk";
import { ethers } from "hardhat";
import { nameAccounts } from "#simulation/accounts";
import { Chain } from "#simulation/chain";
import { Market } from "#simulation/market";
import { deployNetwork, type Network } from "#simulation/network";
import { Random } from "#simulation/random";
import type { Job__Mock, PlainJob__Mock, UnpaidJob__Mock } from "#typechain";
import { BOND_TIME } from "../defaults";

const SEED = 1;
const CREDITS = 1_000_000n * WAD;

export interface NetworkWorld extends Network {
  market: Market;
  /** On Keep3rJob. */
  job: Job__Mock;
  /** As jobs for V2 are written. */
  plainJob: PlainJob__Mock;
  /** The same work without payment. */
  unpaidJob: UnpaidJob__Mock;
}

/**
 * The whole network over real Uniswap contracts with more than a day of prices behind it, an active keeper with
 * no bond, and two jobs with plenty of credits. A work is paid at cost: boost 1.0.
 */
export async function deployNetworkWorld(): Promise<NetworkWorld> {
  const chain = await Chain.open(ethers.provider);
  const accounts = nameAccounts(await ethers.getSigners());
  const network = await deployNetwork(chain, accounts);
  const { keep3r, kp3r, helper } = network;
  const { governance, jobOwner, keeper } = accounts;

  await chain.land(() => helper.setMinBoost(BPS));
  await chain.land(() => helper.setMaxBoost(BPS));
  await chain.land(() => kp3r.connect(keeper).approve(keep3r, ethers.MaxUint256));
  await chain.land(() => keep3r.connect(keeper).bond(kp3r, 0));

  const market = new Market(network, new Random(SEED));
  await market.tradeAndObserveUntil(chain.nextBlockAt + BOND_TIME + HOUR);
  await chain.land(() => keep3r.connect(keeper).activate(kp3r));

  const job = await chain.deploy(() => ethers.deployContract("Job__Mock", [keep3r, ethers.ZeroAddress], governance));
  const plainJob = await chain.deploy(() => ethers.deployContract("PlainJob__Mock", [keep3r], governance));
  const unpaidJob = await chain.deploy(() => ethers.deployContract("UnpaidJob__Mock", governance));
  for (const each of [job, plainJob]) {
    await chain.land(() => keep3r.connect(jobOwner).addJob(each));
    await chain.land(() => keep3r.forceLiquidityCreditsToJob(each, CREDITS));
  }

  return { ...network, market, job, plainJob, unpaidJob };
}

/** Sets the highest boost that every keeper can have, 1.2: it earns a fifth on what it is paid for. */
export async function boostKeepers({ chain, helper }: Pick<Network, "chain" | "helper">): Promise<void> {
  const { value: max } = DEFAULTS.Keep3rHelper.maxBoost;
  await chain.land(() => helper.setMaxBoost(max));
  await chain.land(() => helper.setMinBoost(max));
}
