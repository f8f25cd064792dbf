import { type Address, type Argument, type ContractName, DEPLOYER } from "./steps";

/** What names stand for where a recipe is carried out, such as futures, contracts or addresses. */
export interface Referents<Contract, Deployer> {
  /** Throws if the contract isn't there yet. */
  contract: (name: ContractName) => Contract;
  deployer: Deployer;
}

/** Puts contracts and the deployer in the place of their names. */
export function resolve<Contract, Deployer>(
  args: readonly Argument[],
  { contract, deployer }: Referents<Contract, Deployer>,
): (Contract | Deployer | Address | bigint | number)[] {
  return args.map((argument) => {
    if (argument === DEPLOYER) return deployer;
    return isName(argument) ? contract(argument) : argument;
  });
}

/** The contracts that a step refers to, other than the one that it puts there. */
export function namesIn(args: readonly Argument[]): ContractName[] {
  return args.filter(isName);
}

function isName(argument: Argument): argument is ContractName {
  return typeof argument === "string" && argument !== DEPLOYER && !argument.startsWith("0x");
}
