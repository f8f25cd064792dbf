export * from "./abis/index.js";
export { Failure } from "./failure.js";
export { amount, count, duration, ether, gwei, moment, percent, showAmount } from "./format.js";
export { BPS, DAY, GWEI, HOUR, MINUTE, portion, ratio, WAD } from "./units.js";
export { ALL, parseAddress, parseAmount, type Token } from "./values.js";
