const { ethers } = require("hardhat");
const { addresses, roles, writeJob } = require("./deployment");

async function main() {
  const owner = await ethers.getSigner(roles.jobOwner.address);
  const keep3r = await ethers.getContractAt("IKeep3r", addresses.Keep3r, owner);

  // It registers itself, and offers itself to its owner
  const job = await ethers.deployContract("Heartbeat", [addresses.Keep3r, owner], owner);
  await job.waitForDeployment();
  await (await keep3r.acceptJobOwnership(job)).wait();

  writeJob(job.target);
  console.log(`Heartbeat ${job.target} is a job, and its owner is ${await keep3r.jobOwner(job)}`);
}

main().catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
