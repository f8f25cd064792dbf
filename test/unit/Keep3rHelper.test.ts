import { BPS, DAY, GWEI, HOUR, MINUTE, WAD } from "@keep3r-network/sdk";
import { expect } from "chai";
import { ethers } from "hardhat";
import { itIsForGovernanceOnly } from "#support/behaviours/guards";
import { PARAMETERS, PERIOD_SIZE } from "#support/defaults";
import { loadFixture } from "#support/fixture";
import {
  askFirst,
  BOOTSTRAP_QUOTE,
  deployBootstrappedWorld,
  deployFeedWorld,
  deployHelperWorld,
} from "#support/worlds/helper";
import { deployOracleWorld, observe } from "#support/worlds/oracle";

const { ZeroAddress } = ethers;

type Getter = keyof typeof PARAMETERS.Keep3rHelper;

/** A parameter that is a number: its setter's name, its value in the world, its bounds, and whether it makes the quote due. */
interface Parameter {
  name: string;
  getter: Getter;
  initial: bigint;
  lowest: bigint;
  highest: bigint;
  refreshes: boolean;
}

/** Parameters that the world has changed. */
const CHANGED: Partial<Record<Getter, bigint>> = { bootstrapKp3rPerEth: BOOTSTRAP_QUOTE };
/** Parameters that make the quote due for a refresh. */
const REFRESHING: Getter[] = ["quoteTwapTime", "quoteLifetime", "maxQuoteAge", "bootstrapKp3rPerEth"];

const NUMBERS = (Object.keys(PARAMETERS.Keep3rHelper) as Getter[]).map((getter): Parameter => {
  const { value, min, max } = PARAMETERS.Keep3rHelper[getter];
  const name = getter.charAt(0).toUpperCase() + getter.slice(1);
  const initial = CHANGED[getter] ?? value;
  return { name, getter, initial, lowest: min, highest: max, refreshes: REFRESHING.includes(getter) };
});

describe("Keep3rHelper: parameters", () => {
  describe("constructor", () => {
    it("refuses no governance", async () => {
      const { helper, bonds, oracle, weth } = await loadFixture(deployHelperWorld);
      await expect(ethers.deployContract("Keep3rHelper", [ZeroAddress, bonds, oracle, weth]))
        .to.be.revertedWithCustomError(helper, "NoGovernanceZeroAddress")
        .withArgs();
    });

    it("refuses an oracle of another token", async () => {
      const { helper, governance, oracle, kp3r, weth } = await loadFixture(deployHelperWorld);
      const other = await ethers.deployContract("Keep3rBonds__Mock", [weth]);
      await expect(ethers.deployContract("Keep3rHelper", [governance, other, oracle, weth]))
        .to.be.revertedWithCustomError(helper, "AnotherToken")
        .withArgs(oracle, kp3r, weth);
    });

    it("refuses tokens that there is no pair of", async () => {
      const { helper, governance, bonds, oracle, kp3r, stranger } = await loadFixture(deployHelperWorld);
      await expect(ethers.deployContract("Keep3rHelper", [governance, bonds, oracle, stranger]))
        .to.be.revertedWithCustomError(helper, "NoKp3rWethPair")
        .withArgs(kp3r, stranger.address);
    });

    it("takes its token from the network and the pair from the oracle's factory, listed or not", async () => {
      const { governance, kp3r, weth, oracle, pair } = await loadFixture(deployOracleWorld);
      const bonds = await ethers.deployContract("Keep3rBonds__Mock", [kp3r]);
      const helper = await ethers.deployContract("Keep3rHelper", [governance, bonds, oracle, weth]);
      expect(await helper.governance()).to.equal(governance.address);
      expect(await helper.KP3R()).to.equal(await kp3r.getAddress());
      expect(await helper.keep3rV2()).to.equal(await bonds.getAddress());
      expect(await helper.oracle()).to.equal(await oracle.getAddress());
      expect(await helper.kp3rWethPair()).to.equal(await pair.getAddress());
      expect(await helper.BOOST_BASE()).to.equal(BPS);
      expect(await helper.bootstrapKp3rPerEth()).to.equal(PARAMETERS.Keep3rHelper.bootstrapKp3rPerEth.value);
      expect(await helper.bootstrapped()).to.equal(false);
      expect(await helper.cachedQuote()).to.deep.equal([0n, 0n, 0n, 0n]);
      await expect(helper.deploymentTransaction()).to.emit(helper, "Keep3rV2Change").withArgs(bonds);
    });
  });

  for (const { name, getter, initial, lowest, highest, refreshes } of NUMBERS) {
    describe(`set${name}`, () => {
      const deploy = name.startsWith("Bootstrap") ? deployHelperWorld : deployBootstrappedWorld;

      itIsForGovernanceOnly(deploy, ({ helper, stranger }) =>
        helper.connect(stranger).getFunction(`set${name}`)(initial),
      );

      it("refuses a value out of bounds", async () => {
        const { helper } = await loadFixture(deploy);
        for (const value of [lowest - 1n, highest + 1n]) {
          if (value < 0n) continue;
          await expect(helper.getFunction(`set${name}`)(value))
            .to.be.revertedWithCustomError(helper, "ParameterOutOfBounds")
            .withArgs(value, lowest, highest);
        }
      });

      it("sets a value within bounds", async () => {
        const { helper } = await loadFixture(deploy);
        expect(await helper.getFunction(getter)()).to.equal(initial);
        for (const value of [lowest, highest]) {
          await expect(helper.getFunction(`set${name}`)(value))
            .to.emit(helper, `${name}Change`)
            .withArgs(value);
          expect(await helper.getFunction(getter)()).to.equal(value);
        }
        // No neighbour in its slot has changed
        for (const other of NUMBERS.filter((parameter) => parameter.getter !== getter)) {
          expect(await helper.getFunction(other.getter)()).to.equal(other.initial);
        }
      });

      it(refreshes ? "makes the quote due for a refresh" : "leaves the quote alone", async () => {
        const { helper } = await loadFixture(deploy);
        await helper.workRate(0);
        const cached = await helper.cachedQuote();
        await helper.getFunction(`set${name}`)(highest);
        const refreshAt = refreshes ? 0n : cached.refreshAt;
        expect(await helper.cachedQuote()).to.deep.equal([...cached.slice(0, 3), refreshAt]);
      });
    });
  }

  it("setWorkExtraGas sets the gas that is called firstWorkGas, too", async () => {
    const { helper } = await loadFixture(deployHelperWorld);
    await helper.setWorkExtraGas(12_345);
    expect(await helper.workExtraGas()).to.equal(12_345);
    expect(await helper.firstWorkGas()).to.equal(12_345);
  });

  it("setBootstrapKp3rPerEth is refused once the oracle has taken over", async () => {
    const { helper } = await loadFixture(deployBootstrappedWorld);
    await expect(helper.setBootstrapKp3rPerEth(WAD)).to.be.revertedWithCustomError(helper, "BootstrapOver").withArgs();
  });

  describe("setKeep3rV2", () => {
    itIsForGovernanceOnly(deployHelperWorld, ({ helper, stranger, bonds }) =>
      helper.connect(stranger).setKeep3rV2(bonds),
    );

    it("refuses an address without code", async () => {
      const { helper, stranger } = await loadFixture(deployHelperWorld);
      await expect(helper.setKeep3rV2(stranger))
        .to.be.revertedWithCustomError(helper, "WithoutCode")
        .withArgs(stranger.address);
    });

    it("refuses a network of another token", async () => {
      const { helper, kp3r, weth } = await loadFixture(deployHelperWorld);
      const other = await ethers.deployContract("Keep3rBonds__Mock", [weth]);
      await expect(helper.setKeep3rV2(other))
        .to.be.revertedWithCustomError(helper, "AnotherToken")
        .withArgs(other, weth, kp3r);
    });

    it("changes the network whose bonds are read", async () => {
      const { helper, kp3r, keeper, bonds } = await loadFixture(deployHelperWorld);
      await bonds.setBond(keeper, 5n);
      expect(await helper.bonds(keeper)).to.equal(5);
      const other = await ethers.deployContract("Keep3rBonds__Mock", [kp3r]);
      await expect(helper.setKeep3rV2(other)).to.emit(helper, "Keep3rV2Change").withArgs(other);
      expect(await helper.keep3rV2()).to.equal(await other.getAddress());
      expect(await helper.bonds(keeper)).to.equal(0);
    });
  });

  describe("setFastGasFeed", () => {
    itIsForGovernanceOnly(deployHelperWorld, ({ helper, stranger }) =>
      helper.connect(stranger).setFastGasFeed(ZeroAddress, HOUR),
    );

    it("refuses an address without code", async () => {
      const { helper, stranger } = await loadFixture(deployHelperWorld);
      await expect(helper.setFastGasFeed(stranger, HOUR))
        .to.be.revertedWithCustomError(helper, "WithoutCode")
        .withArgs(stranger.address);
    });

    it("refuses an age out of bounds", async () => {
      const { helper, feed } = await loadFixture(deployFeedWorld);
      for (const age of [10 * MINUTE - 1, DAY + 1]) {
        await expect(helper.setFastGasFeed(feed, age))
          .to.be.revertedWithCustomError(helper, "ParameterOutOfBounds")
          .withArgs(age, 10 * MINUTE, DAY);
      }
    });

    it("sets and unsets the feed, and makes the quote due for a refresh", async () => {
      const world = await loadFixture(deployFeedWorld);
      const { helper, feed } = world;
      expect(await helper.fastGasFeed()).to.equal(await feed.getAddress());
      expect(await helper.fastGasMaxAge()).to.equal(3 * HOUR);
      expect(await askFirst(world, "getFastGas", [], { baseFee: 80n * GWEI })).to.equal(100n * GWEI);
      await expect(helper.setFastGasFeed(ZeroAddress, 10 * MINUTE))
        .to.emit(helper, "FastGasFeedChange")
        .withArgs(ZeroAddress, 10 * MINUTE);
      expect(await helper.fastGasFeed()).to.equal(ZeroAddress);
      expect(await helper.fastGasMaxAge()).to.equal(10 * MINUTE);
      expect((await helper.cachedQuote()).refreshAt).to.equal(0);
      expect(await askFirst(world, "getFastGas", [], { baseFee: 80n * GWEI })).to.equal(81n * GWEI);
      await expect(helper.setFastGasFeed(feed, DAY)).to.emit(helper, "FastGasFeedChange").withArgs(feed, DAY);
    });
  });

  it("acts at once: a change of the window is in the next quote", async () => {
    const { helper, oracle, pair, kp3r, weth } = await loadFixture(deployBootstrappedWorld);
    await weth.mint(pair, 5n * WAD);
    await pair.sync();
    await observe(oracle, pair, 1);
    await helper.workRate(0);
    const { averageX112: long } = await oracle.averagePrice(pair, kp3r, 4 * HOUR, ethers.MaxUint256);
    expect((await helper.cachedQuote()).kp3rPerEth).to.equal((WAD << 112n) / long);
    await helper.setQuoteTwapTime(PERIOD_SIZE);
    await helper.workRate(0);
    const { averageX112: short } = await oracle.averagePrice(pair, kp3r, PERIOD_SIZE, ethers.MaxUint256);
    expect(short).to.be.greaterThan(long);
    expect((await helper.cachedQuote()).kp3rPerEth).to.equal((WAD << 112n) / short);
  });
});
