import { Interface } from "ethers";
import type { PublicDeployment } from "#simulation/deployment";
import type { Parameters } from "./parameters";
import { acceptances } from "./recipe";
import { Placed } from "./recipe/placed";
import { ABIS, type Call } from "./recipe/steps";

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
  const placed = new Placed<string>(addresses);
  const data = new Interface(ABIS[on]).encodeFunctionData(name, placed.resolve(args, deployer));
  return { to: placed.at(on), value: "0", data };
}
