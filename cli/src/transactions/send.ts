import { ether, Failure, latestBlock } from "@keep3r-network/sdk";
import { setTimeout } from "node:timers/promises";
import { type Hex, keccak256, type TransactionReceipt } from "viem";
import type { Mined, Step } from "../command.js";
import { messageOf } from "../errors.js";
import type { Session } from "../session.js";
import { type Estimate, type Fees, priceOf, withMargin } from "./estimate.js";

/** How long a transaction may take to be mined, and how often it is looked for, in milliseconds. */
const PATIENCE = 600_000;
const POLLING_INTERVAL = 500;

/** Signs a step, sends it, and waits until it is mined. */
export async function send(session: Session, step: Step, { gas, fees }: Estimate): Promise<Mined> {
  const { account, sender, client, place } = session;
  if (account?.address !== sender) throw new Failure("There is no key of the sender.");

  const nonce = await client.getTransactionCount({ address: sender, blockTag: "pending" });
  const signed = await account.signTransaction({
    to: step.call.to,
    data: step.call.data,
    value: step.call.value ?? 0n,
    ...fees,
    chainId: place.chainId,
    nonce,
    gas: withMargin(gas),
  });
  // Known before it is sent: an answer can get lost on a transaction that is mined all the same.
  const hash = keccak256(signed);
  await client.sendRawTransaction({ serializedTransaction: signed }).catch((error: unknown) => {
    throw new Failure(`${messageOf(error)}\n  Look ${hash} up before you send anything again: it may have been sent.`);
  });
  const receipt = await minedReceipt(session, hash);
  if (receipt === undefined) {
    throw new Failure(`${hash} was sent, but isn't known to be mined. Look it up before you send anything again.`);
  }
  const cost = costOf(receipt, fees);
  if (receipt.status !== "success") {
    throw new Failure(
      `${hash} was mined and reverted, for ${ether(cost)} ETH. The state has changed since it was ` +
        "simulated: run the command with --dry-run to see the reason.",
    );
  }
  const { transactionHash, blockNumber, gasUsed, logs } = receipt;
  return { transactionHash, blockNumber, gasUsed, cost, logs };
}

/** The next step is simulated on what this one has changed, whatever backend answers. */
export async function catchUp({ client }: Session, { blockNumber, transactionHash }: Mined): Promise<void> {
  await latestBlock(client, { atLeast: blockNumber }).catch((error: unknown) => {
    throw new Failure(`${messageOf(error)}\n  ${transactionHash} is mined; what comes after it wasn't sent.`);
  });
}

/** Asked again while the node fails: the transaction is under way. */
async function minedReceipt({ client }: Session, hash: Hex): Promise<TransactionReceipt | undefined> {
  for (const end = Date.now() + PATIENCE; Date.now() < end; await setTimeout(POLLING_INTERVAL)) {
    const receipt = await client.getTransactionReceipt({ hash }).catch(() => undefined);
    if (receipt !== undefined) return receipt;
  }
  return undefined;
}

/** Some nodes leave the price out, against viem's type: then it is what was offered at the most. */
function costOf({ gasUsed, effectiveGasPrice }: TransactionReceipt, fees: Fees): bigint {
  return gasUsed * ((effectiveGasPrice as bigint | null) ?? priceOf(fees));
}
