// Written by `npm run abis` from the compiled contracts.
/** The ABI of `IKeep3rV1Proxy`. */
export const keep3rV1ProxyAbi = [
  {"inputs":[{"internalType":"uint256","name":"amount","type":"uint256"}],"name":"mint","outputs":[],"stateMutability":"nonpayable","type":"function"},
] as const;
