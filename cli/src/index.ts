export { errorText, messageOf } from "./errors.js";
export { run } from "./run.js";
