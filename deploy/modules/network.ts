import { buildModule } from "@nomicfoundation/hardhat-ignition/modules";
import type { IgnitionModule } from "@nomicfoundation/ignition-core";
import { type Part, recipe } from "../recipe";
import type { Terms } from "../recipe/terms";
import { type Contract, Sequence } from "./sequence";

/** Gives the contracts of all parts so far, by their names. */
type PartModule = IgnitionModule<string, string, Record<string, Contract>>;

/** The whole network as the recipe has it: a module for each part, which uses the one before. */
export function networkModule(terms: Terms, acceptNow: boolean): PartModule {
  const [first, ...rest] = recipe(terms, acceptNow);
  return rest.reduce<PartModule>((before, part) => partModule(part, before), partModule(first));
}

function partModule({ name, steps }: Part, before?: PartModule): PartModule {
  return buildModule(name, (m) => {
    const sequence = before === undefined ? new Sequence(m, {}, []) : new Sequence(m, m.useModule(before), [before]);
    for (const step of steps) sequence.add(step);
    return sequence.contracts;
  });
}
