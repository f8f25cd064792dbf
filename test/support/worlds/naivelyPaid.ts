import { BPS, DAY } from "@keep3r-network/sdk";
import { ethers } from "hardhat";
import { Keep3rOracle__factory } from "#typechain";
import { PERIOD_SIZE } from "../defaults";
import { observe } from "./oracle";
import { deployPaidWorld, type PaidWorld } from "./paid";
import { deployByRecipe } from "./recipe";

/** The world of fair payments, but for the oracle: that prices by the old rule, after a day of the same market. */
export async function deployNaivelyPaidWorld(): Promise<PaidWorld> {
  const world = await deployPaidWorld();
  const { governance, jobOwner, keep3r, kp3r, weth, pair } = world;
  const factory = await world.oracle.factory();
  const naive = await ethers.deployContract("NaiveOracle__Mock", [keep3r, factory, kp3r]);
  await keep3r.connect(jobOwner).addJob(naive);
  const oracle = Keep3rOracle__factory.connect(await naive.getAddress(), governance);
  await oracle.addPair(pair);
  await observe(oracle, pair, DAY / PERIOD_SIZE);

  const known = { Keep3r: keep3r, KP3R: kp3r, Keep3rOracle: oracle, WETH9: weth };
  const { Keep3rHelper: helper } = await deployByRecipe(["Keep3rHelper"], known);
  await helper.setMinBoost(BPS);
  await keep3r.setKeep3rHelper(helper);
  await helper.workRate(0);
  return { ...world, oracle, helper };
}
