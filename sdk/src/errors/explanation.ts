/** What the sources say of an error. */
export interface Explanation {
  /** Without its values: `BondsInsufficient`. */
  name: string;
  /** When a contract reverts with it: "when more is unbonded than is bonded". */
  thrown: string;
  /** What to do about it, in sentences. */
  remedy: string;
}
