import type { Addresses } from "@keep3r-network/sdk";
import { Contract } from "ethers";
import { ethers } from "hardhat";
import { Placed } from "#deploy/recipe/placed";
import {
  ABIS,
  type Argument,
  type Call,
  type Callable,
  DEPLOYER,
  type Deployment,
  type Lookup,
  type Step,
} from "#deploy/recipe/steps";
import type { Account } from "./accounts";
import type { Chain } from "./chain";

/** Sends the transactions: a chain in blocks at times of its choice, or anything that sends them at once. */
export type Sender = Pick<Chain, "deploy" | "land">;

/**
 * Carries out steps of a recipe on a live chain, in order.
 *
 * @param known The addresses of what is there already, beside what the steps themselves name
 * @returns The addresses of that and of all that the steps put there
 */
export async function interpret(
  steps: readonly Step[],
  chain: Sender,
  deployer: Account,
  known: Readonly<Addresses> = {},
): Promise<Placed<string>> {
  const interpreter = new Interpreter(chain, deployer, known);
  for (const step of steps) await interpreter.carryOut(step);
  return interpreter.placed;
}

class Interpreter {
  readonly placed: Placed<string>;
  readonly #chain: Sender;
  readonly #deployer: Account;

  constructor(chain: Sender, deployer: Account, known: Readonly<Addresses>) {
    this.placed = new Placed(known);
    this.#chain = chain;
    this.#deployer = deployer;
  }

  async carryOut(step: Step): Promise<void> {
    switch (step.kind) {
      case "deploy":
        return this.placed.put(step.contract, await this.#deploy(step));
      case "existing":
        return this.placed.put(step.contract, step.address);
      case "lookup":
        return this.placed.put(step.contract, await this.#lookUp(step));
      case "call":
        return this.#call(step);
    }
  }

  async #deploy({ contract, args }: Deployment): Promise<string> {
    const name: string = contract;
    const created = await this.#chain.deploy(() => ethers.deployContract(name, this.#resolve(args), this.#deployer));
    return created.getAddress();
  }

  async #lookUp({ on, function: name, args }: Lookup): Promise<string> {
    const address: unknown = await this.#contract(on, this.#deployer).getFunction(name)(...this.#resolve(args));
    return String(address);
  }

  async #call({ on, function: name, args, from, value = 0n }: Call): Promise<void> {
    const sender = from === DEPLOYER ? this.#deployer : await ethers.getSigner(from);
    const contract = this.#contract(on, sender);
    await this.#chain.land(() => contract.getFunction(name).send(...this.#resolve(args), { value }));
  }

  #contract(name: Callable, runner: Account): Contract {
    return new Contract(this.placed.at(name), ABIS[name], runner);
  }

  #resolve(args: readonly Argument[]): (string | bigint | number)[] {
    return this.placed.resolve(args, this.#deployer.address);
  }
}
