export { decodeRevert, isOfKeep3r, type Refusal } from "./decode.js";
export { type Advice, explain, explanationOf, messageOf, type Mishap } from "./explain.js";
export type { Explanation } from "./explanation.js";
export { REMEDIES } from "./remedies.js";
export { refusalOf, revertDataOf } from "./revertData.js";
