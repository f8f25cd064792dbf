import type { NetworkDeployment } from "@keep3r-network/sdk";
import { Interface } from "ethers";
import type { Parameters } from "./parameters";
import { acceptances } from "./recipe";
import { Placed } from "./recipe/placed";
import { ABIS, type Call } from "./recipe/steps";

type Deployed = Pick<NetworkDeployment, "addresses" | "deployer">;

/** What governance has to send, as a batch that Safe's Transaction Builder loads. */
export function acceptance(parameters: Parameters, deployment: Deployed): object {
  const { chainId, governance } = parameters;
  return {
    version: "1.0",
    createdAt: 0,
    chainId: chainId.toString(),
    meta: { name: "Accept the Keep3r network", createdFromSafeAddress: governance },
    transactions: acceptances(parameters).map((call) => transactionOf(call, deployment)),
  };
}

function transactionOf({ on, function: name, args }: Call, { addresses, deployer }: Deployed): object {
  const placed = new Placed<string>(addresses);
  const data = new Interface(ABIS[on]).encodeFunctionData(name, placed.resolve(args, deployer));
  return { to: placed.at(on), value: "0", data };
}
