/** What a transfer of a `HostileToken__Mock` does. */
export enum HostileMode {
  Honest,
  Reverts,
  ReturnsFalse,
  BurnsAllGas,
  ReturnBomb,
  FalseButSends,
  TrueButKeeps,
}
