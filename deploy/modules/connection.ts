import { buildModule } from "@nomicfoundation/hardhat-ignition/modules";
import type { Parameters } from "../parameters";
import { setterOf } from "../settings";
import type { Core } from "./core";
import { Sequence } from "./sequence";
import type { Token } from "./token";

/** Makes the contracts known to each other, sets what the parameters change, and appoints. */
export function connectionModule(parameters: Parameters, token: Token, core: Core) {
  const { fastGasFeed, changes, disputers, slashers } = parameters;
  return buildModule("Connection", (m) => {
    const { kp3r, pair } = m.useModule(token);
    const { keep3r, oracle, helper, lens } = m.useModule(core);
    const tunable = { Keep3r: keep3r, Keep3rOracle: oracle, Keep3rHelper: helper };

    const sequence = new Sequence(m, token, core);
    if (parameters.token.kind === "new") sequence.call(kp3r, "addMinter", [keep3r]);
    sequence.call(keep3r, "setKeep3rHelper", [helper]);
    if (fastGasFeed !== undefined) {
      const feed = m.contractAt("AggregatorV3Interface", fastGasFeed.address, { id: "FastGasFeed" });
      sequence.call(helper, "setFastGasFeed", [feed, fastGasFeed.maxAge]);
    }
    for (const { contract, getter, value } of changes) sequence.call(tunable[contract], setterOf(getter), [value]);
    sequence.call(oracle, "addPair", [pair]);
    sequence.call(keep3r, "approveLiquidity", [pair]);
    for (const disputer of disputers) {
      sequence.call(keep3r, "addDisputer", [disputer], { id: `addDisputer_${disputer}` });
    }
    for (const slasher of slashers) sequence.call(keep3r, "addSlasher", [slasher], { id: `addSlasher_${slasher}` });
    return { lens };
  });
}
