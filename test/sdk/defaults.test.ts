import { DEFAULTS, FAST_GAS_MAX_AGE, type Parameter, type Tunable } from "@keep3r-network/sdk";
import { anyValue } from "@nomicfoundation/hardhat-chai-matchers/withArgs";
import { expect } from "chai";
import { type BaseContract, ZeroAddress } from "ethers";
import { ethers } from "hardhat";
import { loadFixture } from "#support/fixture";
import { deployFeedWorld } from "#support/worlds/helper";
import { deployKeep3r, deployKp3r } from "#support/worlds/parts";

/** Whose other bound is another parameter. */
const RELATED = new Set(["minBoost", "maxBoost", "rewardPeriodTime", "inflationPeriod"]);

/** The contracts as they are deployed, without a setter called. */
async function deployUntouched(): Promise<Record<Tunable, BaseContract>> {
  const { governance, oracle, weth, bonds } = await deployFeedWorld();
  return {
    Keep3r: await deployKeep3r(governance, await deployKp3r(governance)),
    Keep3rOracle: oracle,
    Keep3rHelper: await ethers.deployContract("Keep3rHelper", [governance, bonds, oracle, weth]),
  };
}

function parametersOf(contract: Tunable): [getter: string, parameter: Parameter][] {
  const own = Object.entries(DEFAULTS[contract]);
  return contract === "Keep3rHelper" ? [...own, ["fastGasMaxAge", FAST_GAS_MAX_AGE]] : own;
}

describe("Defaults", () => {
  for (const contract of Object.keys(DEFAULTS) as Tunable[]) {
    for (const [getter, { value, min, max }] of parametersOf(contract)) {
      describe(`${contract}.${getter}`, () => {
        const outOfBounds = contract === "Keep3rOracle" ? "MinKp3rReserveOutOfBounds" : "ParameterOutOfBounds";
        const [setter, argsFor] =
          getter === "fastGasMaxAge"
            ? ["setFastGasFeed", (age: bigint) => [ZeroAddress, age]]
            : [`set${getter.charAt(0).toUpperCase()}${getter.slice(1)}`, (one: bigint) => [one]];

        it(`is ${value} when the contract is new`, async () => {
          const contracts = await loadFixture(deployUntouched);
          expect(await contracts[contract].getFunction(getter)()).to.equal(value);
        });

        it(`can't be set above ${max}`, async () => {
          const { [contract]: tunable } = await loadFixture(deployUntouched);
          await expect(tunable.getFunction(setter)(...argsFor(max + 1n)))
            .to.be.revertedWithCustomError(tunable, outOfBounds)
            .withArgs(max + 1n, RELATED.has(getter) ? anyValue : min, RELATED.has(getter) ? anyValue : max);
        });

        if (min === 0n) return;
        it(`can't be set below ${min}`, async () => {
          const { [contract]: tunable } = await loadFixture(deployUntouched);
          const refused = expect(tunable.getFunction(setter)(...argsFor(min - 1n))).to.be;
          if (getter === "rewardPeriodTime") await refused.revertedWithCustomError(tunable, "MinRewardPeriod");
          else
            await refused
              .revertedWithCustomError(tunable, outOfBounds)
              .withArgs(min - 1n, RELATED.has(getter) ? anyValue : min, RELATED.has(getter) ? anyValue : max);
        });
      });
    }
  }
});
