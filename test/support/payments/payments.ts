import { decodePayments, type Payment } from "@keep3r-network/sdk";
import { addressOf } from "#simulation/network";
import type { Keep3r } from "#typechain";
import { receiptOf, type Sent } from "../tools/events";

/** The payments of a transaction, in order. */
export async function paymentsOf(keep3r: Keep3r, sent: Sent): Promise<Payment[]> {
  return decodePayments(await receiptOf(sent), await addressOf(keep3r));
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
