export {
  deploymentFileOf,
  DEPLOYMENT_FILE,
  networksIn,
  readDeployment,
  readJson,
  writeDeployment,
  writeJson,
} from "./deploymentFile.js";
export { type Environment, nonEmpty, refuseLostDryRun } from "./environment.js";
export { readKey } from "./key.js";
export { type Column, fact, say, tableHead, tableRow, title } from "./print.js";
