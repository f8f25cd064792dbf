import { count, ether, gwei, withoutSecrets } from "@keep3r-network/sdk";
import { fact, say, title } from "@keep3r-network/sdk/node";
import type { Fact, Mined, Plan, Step } from "../command.js";
import { nameOf, printDocument } from "../json.js";
import type { Values } from "../options.js";
import type { Session } from "../session.js";
import { describe, type Estimate, priceOf } from "./estimate.js";

/** Tells somebody of a plan while it is rehearsed or carried out. */
export interface Teller {
  /** @param steps How many there are, with those that are expected to follow the plan's */
  begin(session: Session, name: string, plan: Plan, steps: number): Promise<void>;
  /** The rest of the plan, as it follows from what was mined or as it is expected. */
  goOn(facts: readonly Fact[], how: { expected: boolean }): void;
  /** What would be sent; without an estimate where steps before it have to be mined first. */
  planned(step: Step, estimate?: Estimate): void;
  sending(step: Step, estimate: Estimate): void;
  mined(mined: Mined): void;
  end(dryRun: boolean): void;
}

/** Text for people, or a document for programs (`--json`). */
export function tellerOf(values: Values): Teller {
  return values.has("json") ? new DocumentTeller() : new TextTeller();
}

class TextTeller implements Teller {
  #told = 0;
  #steps = 0;

  async begin({ place, client, sender }: Session, name: string, { facts }: Plan, steps: number): Promise<void> {
    this.#steps = steps;
    title(name);
    fact("chain", `${place.chainId}, at ${withoutSecrets(place.rpc)}`);
    fact("Keep3r", place.addresses.Keep3r);
    fact("sender", sender);
    fact("balance", `${ether(await client.getBalance({ address: sender }))} ETH`);
    for (const [label, text] of facts) fact(label, text);
  }

  goOn(facts: readonly Fact[], { expected }: { expected: boolean }): void {
    say(expected ? "\n  What follows depends on the result. As expected now:" : "");
    for (const [label, text] of facts) fact(label, text);
  }

  planned(step: Step, estimate?: Estimate): void {
    this.#head(step);
    fact("data", step.call.data);
    if (step.call.value !== undefined) fact("value", `${ether(step.call.value)} ETH`);
    if (estimate === undefined) return fact("gas", "can't be estimated before the steps before it are mined");
    const { gas, cost, fees } = estimate;
    fact("gas", `${count(gas)}, estimated`);
    fact("cost", `at most ${ether(cost)} ETH, at ${gwei(priceOf(fees), 4)} gwei`);
  }

  sending(step: Step, { gas, cost }: Estimate): void {
    this.#head(step);
    if (step.call.value !== undefined) fact("value", `${ether(step.call.value)} ETH`);
    fact("cost", `at most ${ether(cost)} ETH for ${count(gas)} gas`);
  }

  mined({ transactionHash, blockNumber, gasUsed, cost }: Mined): void {
    fact("transaction", transactionHash);
    fact("mined", `in block ${blockNumber}: ${count(gasUsed)} gas, ${ether(cost)} ETH`);
  }

  end(dryRun: boolean): void {
    say(dryRun ? "\nA dry run: nothing was sent." : "\nDone.");
  }

  #head({ call }: Step): void {
    this.#told += 1;
    say(`\n  ${this.#told} of ${this.#steps}: ${call.target}.${describe(call)}`);
    fact("to", call.to);
  }
}

/** A program gets all at once, at the end: half a document is none. */
class DocumentTeller implements Teller {
  #head: object = {};
  #facts: object = {};
  #expected = false;
  readonly #transactions: object[] = [];

  async begin({ place, client, sender }: Session, name: string, { facts }: Plan): Promise<void> {
    this.#head = {
      command: name,
      chainId: place.chainId,
      keep3r: place.addresses.Keep3r,
      sender,
      balance: { amount: await client.getBalance({ address: sender }), decimals: 18, symbol: "ETH" },
    };
    this.#facts = documentOf(facts);
  }

  goOn(facts: readonly Fact[], { expected }: { expected: boolean }): void {
    this.#facts = { ...this.#facts, ...documentOf(facts) };
    this.#expected = expected;
  }

  planned({ call }: Step, estimate?: Estimate): void {
    const { target, to, data, value } = call;
    const costs = estimate === undefined ? {} : costsOf(estimate);
    this.#transactions.push({
      ...{ target, call: describe(call), to, data },
      ...(value === undefined ? {} : { value: ethOf(value) }),
      ...(this.#expected ? { expected: true } : {}),
      ...costs,
    });
  }

  sending(step: Step, estimate: Estimate): void {
    this.planned(step, estimate);
  }

  mined({ transactionHash, blockNumber, gasUsed, cost }: Mined): void {
    const planned = this.#transactions.pop();
    const mined = { transactionHash, blockNumber: Number(blockNumber), gasUsed, cost: ethOf(cost) };
    this.#transactions.push({ ...planned, ...mined });
  }

  end(dryRun: boolean): void {
    printDocument({ ...this.#head, facts: this.#facts, dryRun, transactions: this.#transactions });
  }
}

function documentOf(facts: readonly Fact[]): object {
  return Object.fromEntries(facts.map(([label, text, value]) => [nameOf(label), value ?? text]));
}

function costsOf({ gas, cost, fees }: Estimate): object {
  return { gas, maxCost: ethOf(cost), gasPrice: priceOf(fees) };
}

function ethOf(amount: bigint): object {
  return { amount, decimals: 18, symbol: "ETH" };
}
