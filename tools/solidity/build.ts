import { inOrder } from "../steps/inOrder";
import { hardhat } from "../steps/step";
import { IS_BUILT } from "./built";
import type { Scope } from "./sources";

/** Compiles contracts, in a process of its own: what is loaded after it are the types of today's. */
export function build(scope: Scope): void {
  if (!IS_BUILT) inOrder([hardhat(["build", "--for", scope])]);
}
