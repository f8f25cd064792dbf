import { Failure, showAmount, type Token } from "@keep3r-network/sdk";
import { encodeFunctionData, erc20Abi } from "viem";
import type { Call } from "./call.js";
import type { Options } from "./options.js";
import type { Session } from "./session.js";

/** A transaction that a command sends. */
export interface Step {
  /** Whose function it calls, for people. */
  target: string;
  call: Call;
  /** It can only succeed after the steps before it: a token has to be approved. */
  afterApproval?: boolean;
  /** What is known of the state behind an error, by the error's name; asked for when it occurs. */
  advice?: Record<string, () => Promise<string>>;
}

/** What a command is going to do. */
export interface Plan {
  facts: [label: string, value: string][];
  steps: Step[];
}

interface Description {
  about: string;
  options: Options;
}

/** Sends transactions, or reads. */
export type Command = Description &
  ({ plan: (session: Session) => Plan | Promise<Plan> } | { report: (session: Session) => Promise<void> });

export type Commands = Record<string, Command>;

export const JOB = { value: "ADDRESS", about: "the job", required: true };
export const LIQUIDITY = { value: "ADDRESS", about: "the LP token, such as KP3R_WETH", required: true };
export const TOKEN = { value: "ADDRESS", about: "the token", required: true };
export const AMOUNT = { value: "AMOUNT", about: "in whole tokens, such as 12.5", required: true };
export const AMOUNT_OR_ALL = { ...AMOUNT, about: "in whole tokens, such as 12.5, or `all`" };
export const RECEIVER = { value: "ADDRESS", about: "who receives it; the sender if left out" };

export function optional(option: { value: string; about: string }, about = option.about): Options[string] {
  return { value: option.value, about };
}

/** Either of two options. */
export function oneOf(session: Session, first: string, second: string): string {
  if (session.has(first) === session.has(second)) throw new Failure(`Give either --${first} or --${second}.`);
  return session.has(first) ? first : second;
}

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
    target: token.symbol,
    call: {
      to: token.address,
      data: encodeFunctionData({ abi: erc20Abi, functionName: "approve", args: [addresses.Keep3r, approved] }),
    },
    afterApproval: index > 0,
  }));
  return [...approvals, { ...step, afterApproval: true }];
}
