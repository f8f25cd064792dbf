/** What is changed: all that accounts, pays and prices. */
const MUTATED = /^contracts\/(core|governance|helper|libraries|oracle|types)\/|^contracts\/Keep3r(Helper|Oracle)\.sol$/;
/** The network, and what the tests and the simulation deploy beside it. Library jobs stay as they are. */
const COMPILED = /^contracts\/((test|simulation)\/)?[^/]+\.sol$/;

/** Whether a source is changed. */
export function isMutated(file: string): boolean {
  return MUTATED.test(file);
}

/** Whether a source's contracts are compiled when something that they import changes. */
export function isCompiled(file: string): boolean {
  return COMPILED.test(file);
}
