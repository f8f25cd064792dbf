export { deploymentFileOf, FILE_NAME, readDeployment, readJson, writeDeployment, writeJson } from "./deploymentFile.js";
export { refuseLostDryRun } from "./dryRun.js";
export { nonEmpty, readKey } from "./key.js";
export { type Column, fact, say, tableHead, tableRow, title } from "./print.js";
