import { buildModule } from "@nomicfoundation/hardhat-ignition/modules";
import type { Parameters } from "../parameters";
import type { connectionModule } from "./connection";
import type { Core } from "./core";
import { Sequence } from "./sequence";
import type { Token } from "./token";

/**
 * Offers every contract to governance, which accepts each itself. Where its key is at hand, as on a local chain, it does so
 * right away.
 */
export function handoverModule(
  parameters: Parameters,
  token: Token,
  core: Core,
  connection: ReturnType<typeof connectionModule>,
  acceptNow: boolean,
) {
  const { governance } = parameters;
  return buildModule("Handover", (m) => {
    const { kp3r } = m.useModule(token);
    const { keep3r, oracle, helper, lens } = m.useModule(core);
    const governed = [...(parameters.token.kind === "new" ? [kp3r] : []), keep3r, oracle, helper];

    const sequence = new Sequence(m, connection);
    for (const contract of governed) sequence.call(contract, "setGovernance", [governance]);
    if (!acceptNow) return { lens };

    for (const contract of governed) sequence.call(contract, "acceptGovernance", [], { from: governance });
    sequence.call(keep3r, "acceptJobOwnership", [oracle], { from: governance });
    return { lens };
  });
}
