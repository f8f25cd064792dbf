import { Interface } from "ethers";
import type { PublicDeployment } from "#simulation/deployment";
import type { Parameters } from "./parameters";
import { acceptances } from "./recipe";
import { resolve } from "./recipe/resolve";
import { ABIS, type Call, type ContractName } from "./recipe/steps";

/** What governance has to send, as a batch that Safe's Transaction Builder loads. */
export function acceptance(parameters: Parameters, deployment: PublicDeployment): object {
  const { chainId, governance } = parameters;
  return {
    version: "1.0",
    createdAt: 0,
    chainId: chainId.toString(),
    meta: { name: "Accept the Keep3r network", createdFromSafeAddress: governance },
    transactions: acceptances(parameters).map((call) => transactionOf(call, deployment)),
  };
}

function transactionOf({ on, function: name, args }: Call, { addresses, deployer }: PublicDeployment): object {
  const contract = (contractName: ContractName): string => {
    const address = addresses[contractName];
    if (address === undefined) throw new Error(`The deployment has no ${contractName}.`);
    return address;
  };
  const data = new Interface(ABIS[on]).encodeFunctionData(name, resolve(args, { contract, deployer }));
  return { to: contract(on), value: "0", data };
}
