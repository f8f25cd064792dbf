const { network } = require("hardhat");

/** An hour on a development chain. */
async function main() {
  await network.provider.send("evm_increaseTime", [3600]);
  await network.provider.send("evm_mine");
}

main().catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
