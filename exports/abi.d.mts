// Written by `npm run abis` from the compiled contracts.
export * from "./abi.js";
