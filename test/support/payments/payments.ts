import type { Keep3r } from "#typechain";
import { receiptOf, type Sent } from "../tools/events";

/** What the network says of a payment. */
export interface Payment {
  /** The token that was paid in. */
  credit: string;
  job: string;
  keeper: string;
  /** The amount, in units of that token. */
  payment: bigint;
}

/** The payments of a transaction, in order. */
export async function paymentsOf(keep3r: Keep3r, sent: Sent): Promise<Payment[]> {
  const [{ logs }, address] = [await receiptOf(sent), await keep3r.getAddress()];
  return logs.flatMap((log) => {
    const event = log.address === address ? keep3r.interface.parseLog(log) : null;
    if (event?.name !== "KeeperWork") return [];
    const { credit, job, keeper, payment } = event.args as unknown as Payment;
    return [{ credit, job, keeper, payment }];
  });
}

/** The payment of a transaction that makes exactly one. */
export async function paymentOf(keep3r: Keep3r, sent: Sent): Promise<Payment> {
  const payments = await paymentsOf(keep3r, sent);
  const [only] = payments;
  if (only === undefined || payments.length > 1) {
    throw new Error(`A transaction that should make one payment made ${payments.length}.`);
  }
  return only;
}

/** The amounts that a transaction paid, in order. */
export async function amountsPaid(keep3r: Keep3r, sent: Sent): Promise<bigint[]> {
  return (await paymentsOf(keep3r, sent)).map(({ payment }) => payment);
}

/** The sum of what a transaction paid. */
export async function totalPaid(keep3r: Keep3r, sent: Sent): Promise<bigint> {
  return (await amountsPaid(keep3r, sent)).reduce((sum, amount) => sum + amount, 0n);
}
