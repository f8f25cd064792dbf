import { GWEI } from "@keep3r-network/sdk";
import { type AddressLike, type ContractTransactionReceipt, resolveAddress } from "ethers";
import type { Network } from "#simulation/network";
import { IKeep3rWorkable__factory } from "#typechain";
import { GAS_LIMIT, landAt } from "../payments/landing";

/** What bots pay for gas, wei. */
const BASE_FEE = 20n * GWEI;

/** Works any job as a bot does: asks as the keeper and at a gas price whether there is work, and does it if there is. */
export async function workAsBot(
  { chain, accounts }: Network,
  job: AddressLike,
): Promise<ContractTransactionReceipt | undefined> {
  const workable = IKeep3rWorkable__factory.connect(await resolveAddress(job), accounts.keeper);
  const asked = { ...(await chain.asOfNextBlock()), gasPrice: BASE_FEE, gasLimit: GAS_LIMIT };
  const { canWork, data } = await workable.workable.staticCall(asked);
  if (!canWork) return undefined;
  return landAt(chain, { baseFee: BASE_FEE }, (offer) => workable.work(data, offer));
}
