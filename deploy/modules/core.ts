import { buildModule } from "@nomicfoundation/hardhat-ignition/modules";
import { Sequence } from "./sequence";
import type { Token } from "./token";
import type { Parameters } from "../parameters";

export type Core = ReturnType<typeof coreModule>;

/** The network's contracts. The deployer governs them until they are handed over. */
export function coreModule({ governance }: Parameters, token: Token) {
  return buildModule("Core", (m) => {
    const deployer = m.getAccount(0);
    const { kp3r, minter, factory, weth } = m.useModule(token);

    const sequence = new Sequence(m, token);
    const keep3r = sequence.contract("Keep3r", [deployer, kp3r, minter]);
    // It registers itself as a job, and offers itself to governance.
    const oracle = sequence.contract("Keep3rOracle", [keep3r, deployer, factory, kp3r, governance]);
    const helper = sequence.contract("Keep3rHelper", [deployer, keep3r, oracle, weth]);
    const lens = sequence.contract("Keep3rLens", [keep3r]);
    return { keep3r, oracle, helper, lens };
  });
}
