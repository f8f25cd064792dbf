import { Failure, showAmount, type Token } from "@keep3r-network/sdk";
import { erc20Abi } from "viem";
import { callOf } from "./call.js";
import type { Step } from "./command.js";
import type { Session } from "./session.js";

/** Approves exactly what the call takes, if it isn't approved, and makes sure that the sender has it. */
export async function withApproval(session: Session, token: Token, amount: bigint, step: Step): Promise<Step[]> {
  const { sender, client, addresses } = session;
  const erc20 = { address: token.address, abi: erc20Abi } as const;
  const [balance, allowance] = await Promise.all([
    client.readContract({ ...erc20, functionName: "balanceOf", args: [sender] }),
    client.readContract({ ...erc20, functionName: "allowance", args: [sender, addresses.Keep3r] }),
  ]);
  if (balance < amount) {
    throw new Failure(
      `--amount: ${sender} has ${showAmount(balance, token)}, but ${showAmount(amount, token)} are needed. ` +
        "Send it the rest, or give less.",
    );
  }
  if (allowance >= amount) return [step];

  // Some tokens let no allowance change but to and from zero.
  const amounts = allowance === 0n ? [amount] : [0n, amount];
  const approvals = amounts.map((approved, index) => ({
    call: callOf({ ...erc20, name: token.symbol }, "approve", [addresses.Keep3r, approved]),
    afterApproval: index > 0,
  }));
  return [...approvals, { ...step, afterApproval: true }];
}
