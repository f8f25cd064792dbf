import { ethers } from "hardhat";
import { tellStory } from "#simulation/story";
import { run } from "#tools/entry";
import { demandArtifacts } from "#tools/solidity/builds";

run(async () => {
  demandArtifacts("simulation");
  const holds = await tellStory(ethers.provider, await ethers.getSigners());
  if (!holds) process.exitCode = 1;
});
