// Written by `npm run abis` from the compiled contracts.
/** The ABI of `IKeep3rWorkable`. */
export const keep3rWorkableAbi = [
  {"inputs":[{"internalType":"bytes4","name":"interfaceId","type":"bytes4"}],"name":"supportsInterface","outputs":[{"internalType":"bool","name":"","type":"bool"}],"stateMutability":"view","type":"function"},
  {"inputs":[{"internalType":"bytes","name":"data","type":"bytes"}],"name":"work","outputs":[],"stateMutability":"nonpayable","type":"function"},
  {"inputs":[],"name":"workable","outputs":[{"internalType":"bool","name":"canWork","type":"bool"},{"internalType":"bytes","name":"data","type":"bytes"}],"stateMutability":"nonpayable","type":"function"},
] as const;
