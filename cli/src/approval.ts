import { Failure, showAmount, type Token } from "@keep3r-network/sdk";
import { type Address, erc20Abi } from "viem";
import { callOf } from "./call.js";
import type { Step } from "./command.js";
import type { Session } from "./session.js";

/** Approves exactly what the call of Keep3r takes, if it isn't approved, and makes sure that the sender has it. */
export async function withApproval(session: Session, token: Token, amount: bigint, step: Step): Promise<Step[]> {
  await checkBalance(session, "amount", token, amount);
  const approvals = await approvalsOf(session, token, session.addresses.Keep3r, amount);
  return approvals.length === 0 ? [step] : [...approvals, { ...step, dependent: true }];
}

/**
 * Makes sure that the sender has an amount.
 * @param option What gives the amount, as the message names it
 * @throws {@link Failure} when that is less than is needed
 */
export async function checkBalance(session: Session, option: string, token: Token, amount: bigint): Promise<void> {
  const balance = await balanceOf(session, token);
  if (balance >= amount) return;
  throw new Failure(
    `--${option}: ${session.sender} has ${showAmount(balance, token)}, but ${showAmount(amount, token)} are needed. ` +
      "Send it the rest, or give less.",
  );
}

/** What the sender has of a token. */
export function balanceOf({ client, sender }: Session, { address }: Token): Promise<bigint> {
  return client.readContract({ address, abi: erc20Abi, functionName: "balanceOf", args: [sender] });
}

/** What approves exactly an amount: nothing if that much is approved already. */
export async function approvalsOf(
  { client, sender }: Session,
  token: Token,
  spender: Address,
  amount: bigint,
): Promise<Step[]> {
  const erc20 = { address: token.address, abi: erc20Abi } as const;
  const allowance = await client.readContract({ ...erc20, functionName: "allowance", args: [sender, spender] });
  if (allowance >= amount) return [];

  // Some tokens let no allowance change but to and from zero.
  const amounts = allowance === 0n ? [amount] : [0n, amount];
  return amounts.map((approved, index) => ({
    call: callOf({ ...erc20, name: token.symbol }, "approve", [spender, approved]),
    dependent: index > 0,
  }));
}
