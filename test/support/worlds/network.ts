import { DAY, GWEI, WAD } from "@keep3r-network/sdk";
import type { BaseContract, BytesLike, ContractTransactionReceipt, ContractTransactionResponse } from "ethers";
import { ethers } from "hardhat";
import { nameAccounts } from "#simulation/accounts";
import { Chain } from "#simulation/chain";
import { Market } from "#simulation/market";
import { deployNetwork, type Network } from "#simulation/network";
import { Random } from "#simulation/random";
import type { Job__Mock, PlainJob__Mock, UnpaidJob__Mock } from "#typechain";

const SEED = 1;
const CREDITS = 1_000_000n * WAD;
/** Named, as a sender has to own what it could cost: where code is instrumented the default is beyond all means. */
export const GAS_LIMIT = 16_000_000n;

export interface NetworkWorld extends Network {
  market: Market;
  /** On Keep3rJob. */
  job: Job__Mock;
  /** As authors of V2 wrote it. */
  plainJob: PlainJob__Mock;
  /** The same work without payment. */
  unpaidJob: UnpaidJob__Mock;
}

/**
 * The whole network over real Uniswap contracts with more than a day of prices behind it, an active keeper that has
 * bonded nothing, and two jobs with credits in plenty. A work is paid at cost: boost 1.0.
 */
export async function deployNetworkWorld(): Promise<NetworkWorld> {
  const chain = await Chain.open(ethers.provider);
  const accounts = nameAccounts(await ethers.getSigners());
  const network = await deployNetwork(chain, accounts);
  const { keep3r, kp3r, helper } = network;
  const { governance, jobOwner, keeper } = accounts;

  await chain.land(() => helper.setMinBoost(10_000));
  await chain.land(() => helper.setMaxBoost(10_000));
  await chain.land(() => kp3r.connect(keeper).approve(keep3r, ethers.MaxUint256));
  await chain.land(() => keep3r.connect(keeper).bond(kp3r, 0));

  const market = new Market(network, new Random(SEED));
  await market.tradeAndObserveUntil(chain.nextBlockAt + 3 * DAY + 3600);
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

export interface Fees {
  baseFee?: bigint;
  priorityFee?: bigint;
}

/** What a sender offers for a transaction, and the most gas that it may use. */
interface Offer {
  maxFeePerGas: bigint;
  maxPriorityFeePerGas: bigint;
  gasLimit: bigint;
}

/** Lands a transaction in a block of the given base fee. */
export function landAt(
  chain: Chain,
  { baseFee = 20n * GWEI, priorityFee = GWEI }: Fees,
  send: (offer: Offer) => Promise<ContractTransactionResponse>,
): Promise<ContractTransactionReceipt> {
  const offer = { maxFeePerGas: baseFee + priorityFee, maxPriorityFeePerGas: priorityFee, gasLimit: GAS_LIMIT };
  return chain.landAt(baseFee, () => send(offer));
}

/** What the payments of a transaction are worth, in BPS of what it cost. */
export async function paidToCost(
  { keep3r, helper }: Pick<Network, "keep3r" | "helper">,
  receipt: ContractTransactionReceipt,
): Promise<bigint> {
  const { kp3rPerEth } = await helper.cachedQuote();
  return (totalPaid(keep3r, receipt) * WAD * 10_000n) / (kp3rPerEth * receipt.fee);
}

/** The payments of a transaction, in order. */
export function paymentsOf(keep3r: Network["keep3r"], receipt: ContractTransactionReceipt): bigint[] {
  return receipt.logs.flatMap((log) => {
    const event = keep3r.interface.parseLog(log);
    return event?.name === "KeeperWork" ? [event.args.payment as bigint] : [];
  });
}

/** The payments of a transaction together, KP3R. */
export function totalPaid(keep3r: Network["keep3r"], receipt: ContractTransactionReceipt): bigint {
  return paymentsOf(keep3r, receipt).reduce((sum, payment) => sum + payment, 0n);
}

/** What a keeper is left with of a transaction's payments, in gas at the transaction's price. */
export async function profitInGas(
  { keep3r, helper }: Pick<Network, "keep3r" | "helper">,
  receipt: ContractTransactionReceipt,
): Promise<bigint> {
  const { kp3rPerEth } = await helper.cachedQuote();
  return ((totalPaid(keep3r, receipt) * WAD) / kp3rPerEth - receipt.fee) / receipt.gasPrice;
}

/** Has keepers earn as much on what they are paid for as they ever can: a fifth of it, at boost 1.2. */
export async function boostKeepers({ chain, helper }: Pick<Network, "chain" | "helper">): Promise<void> {
  await chain.land(() => helper.setMaxBoost(12_000));
  await chain.land(() => helper.setMinBoost(12_000));
}

/** The dearest bytes of calldata. */
export function paddingOf(length: number): string {
  return `0x${"ff".repeat(length)}`;
}

/** Has the keeper call a contract with bytes behind the call, which no function reads. */
export function landPadded(
  { chain, accounts }: Pick<Network, "chain" | "accounts">,
  contract: BaseContract,
  call: BytesLike,
  length: number,
): Promise<ContractTransactionReceipt> {
  const data = ethers.concat([call, paddingOf(length)]);
  return landAt(chain, {}, async (offered) => {
    const to = await contract.getAddress();
    // What the receipt's events mean is left to whoever reads it
    return (await accounts.keeper.sendTransaction({ to, data, ...offered })) as ContractTransactionResponse;
  });
}
