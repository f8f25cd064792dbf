import { Interface } from "ethers";
import type { Addresses } from "#simulation/deployment";
import type { Parameters } from "./parameters";

const ABI = new Interface(["function acceptGovernance()", "function acceptJobOwnership(address job)"]);

/** Whom governance governs: a KP3R that was there before has its own. */
export function governed({ token }: Parameters): ("KP3R" | "Keep3r" | "Keep3rOracle" | "Keep3rHelper")[] {
  return [...(token.kind === "new" ? (["KP3R"] as const) : []), "Keep3r", "Keep3rOracle", "Keep3rHelper"];
}

/** What governance has to send, as a batch that Safe's Transaction Builder loads. */
export function acceptance(parameters: Parameters, addresses: Addresses): object {
  const accept = ABI.encodeFunctionData("acceptGovernance");
  const acceptJob = ABI.encodeFunctionData("acceptJobOwnership", [addresses.Keep3rOracle]);
  const calls = [
    ...governed(parameters).map((name) => ({ to: addresses[name], data: accept })),
    { to: addresses.Keep3r, data: acceptJob },
  ];
  return {
    version: "1.0",
    createdAt: 0,
    chainId: parameters.chainId.toString(),
    meta: { name: "Accept the Keep3r network", createdFromSafeAddress: parameters.governance },
    transactions: calls.map(({ to, data }) => ({ to, value: "0", data })),
  };
}
