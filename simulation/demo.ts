import { say } from "@keep3r-network/sdk/node";
import { ethers } from "hardhat";
import { interruptible } from "./interrupt";
import { tellStory } from "./story";

/** Tells the story on the chain of this process until it ends, or Ctrl-C does; whether all that has to hold of it does. */
export async function playDemo(): Promise<boolean> {
  const done = interruptible(() => say("\nInterrupted. The chain was in this process only: nothing is left of it."));
  const holds = await tellStory(ethers.provider, await ethers.getSigners());
  done();
  return holds;
}
