// Written by `npm run abis` from the compiled contracts.
/** The ABI of `IKeep3rWorkSource`. */
export const keep3rWorkSourceAbi = [
  {"inputs":[{"internalType":"bytes4","name":"interfaceId","type":"bytes4"}],"name":"supportsInterface","outputs":[{"internalType":"bool","name":"","type":"bool"}],"stateMutability":"view","type":"function"},
  {"inputs":[],"name":"workSource","outputs":[{"internalType":"string","name":"","type":"string"}],"stateMutability":"view","type":"function"},
] as const;
