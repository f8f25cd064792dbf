import { type Address, type Argument, DEPLOYER, type Name } from "./steps";

type Contracts<Contract> = Partial<Record<Name, Contract>>;

/** The contracts that are there at some point of a recipe, as whoever carries it out has them: futures or addresses. */
export class Placed<Contract> {
  readonly #contracts: Contracts<Contract>;

  constructor(contracts: Readonly<Contracts<Contract>> = {}) {
    this.#contracts = { ...contracts };
  }

  /** By their names. */
  get all(): Readonly<Contracts<Contract>> {
    return this.#contracts;
  }

  put(name: Name, contract: Contract): void {
    this.#contracts[name] = contract;
  }

  at(name: Name): Contract {
    const contract = this.#contracts[name];
    if (contract === undefined) throw new Error(`A step of the recipe needs ${name} before it is there.`);
    return contract;
  }

  /** The arguments of a step, with contracts and the deployer in the place of their names. */
  resolve<Deployer>(
    args: readonly Argument[],
    deployer: Deployer,
  ): (Contract | Deployer | Address | bigint | number)[] {
    return args.map((argument) => {
      if (argument === DEPLOYER) return deployer;
      return isName(argument) ? this.at(argument) : argument;
    });
  }
}

export function isName(argument: Argument): argument is Name {
  return typeof argument === "string" && argument !== DEPLOYER && !argument.startsWith("0x");
}
