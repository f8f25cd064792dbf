const { readFileSync, writeFileSync } = require("node:fs");
const path = require("node:path");

const NETWORK = path.join(__dirname, "..", "..", "keep3r", "deployments", "node", "deployment.json");
const JOB = path.join(__dirname, "..", "job.json");

const read = (file) => JSON.parse(readFileSync(file, "utf8"));

module.exports = {
  /** What `npm run node` wrote: the addresses of the network's contracts, and who plays which role on its chain. */
  ...read(NETWORK),

  /** The job's address, from one script to the next. */
  readJob: () => read(JOB).address,
  writeJob: (address) => writeFileSync(JOB, `${JSON.stringify({ address })}\n`),
};
