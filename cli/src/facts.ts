import { showAmount, type Token } from "@keep3r-network/sdk";
import type { Fact } from "./command.js";
import { amountOf } from "./json.js";

/** An amount of a token, whose address tells it from others of its name. */
export function tokenFact(label: string, amount: bigint, token: Token): Fact {
  return [label, `${showAmount(amount, token)} (${token.address})`, amountOf(amount, token)];
}
