const { ethers } = require("hardhat");
const { addresses, roles } = require("./deployment");

/** What a keeper's bot does: asks every job of the network for work, as itself, and does it. */
async function main() {
  const keeper = await ethers.getSigner(roles.keeper.address);
  const keep3r = await ethers.getContractAt("IKeep3r", addresses.Keep3r, keeper);

  for (const address of await keep3r.jobs()) {
    const outcome = await work(keep3r, address, keeper).catch((error) => error.message);
    console.log(`${address}: ${outcome}`);
  }
}

async function work(keep3r, address, keeper) {
  const job = await ethers.getContractAt("IKeep3rWorkable", address, keeper);
  const { gasPrice } = await ethers.provider.getFeeData();
  const [canWork, data] = await job.workable.staticCall({ gasPrice });
  if (!canWork) return "nothing to do";

  const { blockNumber, fee } = await (await job.work(data, { gasPrice })).wait();
  const [{ args }] = await keep3r.queryFilter(keep3r.filters.KeeperWork(null, address, keeper), blockNumber);
  return `paid ${ethers.formatEther(args.payment)} KP3R for ${ethers.formatEther(fee)} ETH of gas`;
}

main().catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
