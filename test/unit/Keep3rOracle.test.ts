import { WAD } from "@keep3r-network/sdk";
import { anyValue } from "@nomicfoundation/hardhat-chai-matchers/withArgs";
import { time } from "@nomicfoundation/hardhat-network-helpers";
import { expect } from "chai";
import { ethers } from "hardhat";
import { itIsForGovernanceOnly } from "#support/behaviours/guards";
import { MAX_AGE, MAX_SPAN, PARAMETERS, PERIOD_SIZE } from "#support/defaults";
import { loadFixture } from "#support/fixture";
import {
  deployListedOracleWorld,
  deployOracleWorld,
  KP3R_RESERVE,
  observe,
  Q112,
  WETH_RESERVE,
} from "#support/worlds/oracle";
import { createPair, deployTokenBeside, inOneBlock, sell } from "#support/worlds/uniswap";
import vectors from "../vectors.json";

const PRICE_0 = (WETH_RESERVE * Q112) / KP3R_RESERVE;
const PRICE_1 = (KP3R_RESERVE * Q112) / WETH_RESERVE;

const oracleVectors = vectors["oracle: observations at t=0 (cumulative 0), 1801 at price 20, 5401 at price 25"];

/** The state of the vectors: price 20 at the first two observations, 25 until the third; read in the third's second. */
async function deployVectorsWorld() {
  const world = await deployOracleWorld();
  const { oracle, kp3r } = world;
  const token = await deployTokenBeside(kp3r, "above");
  const pair = await createPair(world.factory, kp3r, 100n * WAD, token, 2000n * WAD);
  await oracle.addPair(pair);
  const start = await time.latest();
  await inOneBlock(async () => {
    await oracle.update(pair, { gasLimit: 1_000_000 });
    await token.mint(pair, 500n * WAD, { gasLimit: 1_000_000 });
    await pair.sync({ gasLimit: 1_000_000 });
  }, start + 1801);
  await time.setNextBlockTimestamp(start + 5401);
  await oracle.update(pair);
  return { ...world, token, pair };
}

describe("Keep3rOracle", () => {
  describe("constructor", () => {
    it("refuses the zero address", async () => {
      const { oracle, network, governance, factory, kp3r, jobOwner } = await loadFixture(deployOracleWorld);
      const { ZeroAddress } = ethers;
      await expect(
        ethers.deployContract("Keep3rOracle", [network, governance, ZeroAddress, kp3r, jobOwner]),
      ).to.be.revertedWithCustomError(oracle, "OracleZeroAddress");
      await expect(
        ethers.deployContract("Keep3rOracle", [network, governance, factory, ZeroAddress, jobOwner]),
      ).to.be.revertedWithCustomError(oracle, "OracleZeroAddress");
      await expect(
        ethers.deployContract("Keep3rOracle", [network, ZeroAddress, factory, kp3r, jobOwner]),
      ).to.be.revertedWithCustomError(oracle, "NoGovernanceZeroAddress");
      await expect(
        ethers.deployContract("Keep3rOracle", [ZeroAddress, governance, factory, kp3r, jobOwner]),
      ).to.be.revertedWithCustomError(oracle, "Keep3rZeroAddress");
    });

    it("stores its arguments, and registers itself as its owner's job", async () => {
      const { oracle, network, governance, factory, kp3r, jobOwner } = await loadFixture(deployOracleWorld);
      expect(await oracle.keep3r()).to.equal(network);
      expect(await oracle.governance()).to.equal(governance);
      expect(await oracle.factory()).to.equal(factory);
      expect(await oracle.kp3r()).to.equal(kp3r);
      expect(await oracle.minKp3rReserve()).to.equal(PARAMETERS.Keep3rOracle.minKp3rReserve.value);
      const built = await ethers.deployContract("Keep3rOracle", [network, governance, factory, kp3r, jobOwner]);
      await expect(built.deploymentTransaction())
        .to.emit(network, "OwnershipProposal")
        .withArgs(built, jobOwner.address);
    });

    it("has the limits that its documentation states", async () => {
      const { oracle } = await loadFixture(deployOracleWorld);
      expect(await oracle.periodSize()).to.equal(PERIOD_SIZE);
      expect(await oracle.MAX_SPAN()).to.equal(MAX_SPAN);
      expect(await oracle.MAX_AGE()).to.equal(MAX_AGE);
      expect(await oracle.MAX_PAIRS()).to.equal(16);
      expect((await oracle.SUPPLY_LIMIT()) * Q112 * MAX_SPAN).to.equal(2n ** 224n);
    });

    it("can be found by keepers through ERC-165", async () => {
      const { oracle } = await loadFixture(deployOracleWorld);
      const selectors = [oracle.getFunction("workable"), oracle.getFunction("work(bytes)")];
      const interfaceId = selectors.reduce((id, { fragment }) => id ^ BigInt(fragment.selector), 0n);
      expect(await oracle.supportsInterface(ethers.toBeHex(interfaceId, 4))).to.equal(true);
      expect(await oracle.supportsInterface("0x01ffc9a7")).to.equal(true);
      expect(await oracle.supportsInterface("0xffffffff")).to.equal(false);
    });
  });

  describe("addPair", () => {
    itIsForGovernanceOnly(deployOracleWorld, ({ oracle, stranger, pair }) => oracle.connect(stranger).addPair(pair));

    it("refuses a listed pair", async () => {
      const { oracle, pair } = await loadFixture(deployListedOracleWorld);
      await expect(oracle.addPair(pair))
        .to.be.revertedWithCustomError(oracle, "PairAlreadyListed")
        .withArgs(await pair.getAddress());
    });

    it("refuses more pairs than it can look after", async () => {
      const { oracle, factory, kp3r, pair } = await loadFixture(deployOracleWorld);
      for (let i = 0; i < 16; i++) {
        const token = await deployTokenBeside(kp3r, i % 2 === 0 ? "above" : "below");
        await oracle.addPair(await createPair(factory, kp3r, KP3R_RESERVE, token, WETH_RESERVE));
      }
      await expect(oracle.addPair(pair)).to.be.revertedWithCustomError(oracle, "TooManyPairs").withArgs(16);
      expect((await oracle.pairs()).length).to.equal(16);
    });

    it("refuses an address that isn't a pair of the factory, contract or not", async () => {
      const { oracle, stranger, kp3r, weth } = await loadFixture(deployOracleWorld);
      const impostor = await ethers.deployContract("UniswapV2Pair__Mock", [kp3r, weth]);
      const sha256Precompile = "0x0000000000000000000000000000000000000002";
      for (const address of [
        ethers.ZeroAddress,
        sha256Precompile,
        stranger.address,
        await kp3r.getAddress(),
        await impostor.getAddress(),
      ]) {
        await expect(oracle.addPair(address))
          .to.be.revertedWithCustomError(oracle, "NotAFactoryPair")
          .withArgs(address);
      }
    });

    it("refuses a pair without KP3R", async () => {
      const { oracle, factory, kp3r, weth } = await loadFixture(deployOracleWorld);
      const token = await deployTokenBeside(kp3r, "above");
      const pair = await createPair(factory, weth, WETH_RESERVE, token, WETH_RESERVE);
      await expect(oracle.addPair(pair))
        .to.be.revertedWithCustomError(oracle, "PairWithoutKp3r")
        .withArgs(await pair.getAddress());
    });

    for (const side of ["above", "below"] as const) {
      it(`refuses a pair with too little KP3R (the other token's address ${side})`, async () => {
        const { oracle, factory, kp3r } = await loadFixture(deployOracleWorld);
        const token = await deployTokenBeside(kp3r, side);
        const pair = await createPair(factory, kp3r, 100n * WAD - 1n, token, WETH_RESERVE * 10n);
        await expect(oracle.addPair(pair))
          .to.be.revertedWithCustomError(oracle, "Kp3rReserveTooLow")
          .withArgs(await pair.getAddress(), 100n * WAD - 1n, 100n * WAD);
      });
    }

    it("refuses a pair whose price may not fit the packed range", async () => {
      const { oracle, stranger, pair, kp3r, weth } = await loadFixture(deployOracleWorld);
      const limit = 2n ** 94n;
      await weth.mint(stranger, limit - (await weth.totalSupply()));
      await expect(oracle.addPair(pair))
        .to.be.revertedWithCustomError(oracle, "SupplyOutOfRange")
        .withArgs(await weth.getAddress(), limit, limit);
      await kp3r.mint(stranger, limit);
      await expect(oracle.addPair(pair))
        .to.be.revertedWithCustomError(oracle, "SupplyOutOfRange")
        .withArgs(await kp3r.getAddress(), await kp3r.totalSupply(), limit);
    });

    it("lists the pair and observes it at once", async () => {
      const { oracle, pair, kp3r, weth } = await loadFixture(deployOracleWorld);
      const since = BigInt((await pair.getReserves())[2]);
      const transaction = await oracle.addPair(pair);
      const age = BigInt(await time.latest()) - since;

      await expect(transaction).to.emit(oracle, "PairAddition").withArgs(pair, weth);
      await expect(transaction)
        .to.emit(oracle, "PairUpdate")
        .withArgs(pair, PRICE_0 * age, PRICE_1 * age);
      expect(await oracle.isListed(pair)).to.equal(true);
      expect(await oracle.pairs()).to.deep.equal([await pair.getAddress()]);
      expect(await oracle.pairFor(kp3r, weth)).to.equal(pair);
      expect(await oracle.pairFor(weth, kp3r)).to.equal(pair);
      expect(await oracle.observationCount(pair)).to.equal(1);
    });

    it("uses the observations of an earlier listing, without another before the period is over", async () => {
      const { oracle, pair, kp3r, weth } = await loadFixture(deployListedOracleWorld);
      await observe(oracle, pair, 2);
      await oracle.removePair(pair);
      await expect(oracle.addPair(pair)).not.to.emit(oracle, "PairUpdate");
      expect(await oracle.observationCount(pair)).to.equal(3);
      expect(await oracle.current(kp3r, WAD, weth)).to.equal((WAD * PRICE_0) / Q112);

      await oracle.removePair(pair);
      await time.increase(PERIOD_SIZE);
      await expect(oracle.addPair(pair)).to.emit(oracle, "PairUpdate").withArgs(pair, anyValue, anyValue);
      expect(await oracle.observationCount(pair)).to.equal(4);
    });
  });

  describe("removePair", () => {
    itIsForGovernanceOnly(deployListedOracleWorld, ({ oracle, stranger, pair }) =>
      oracle.connect(stranger).removePair(pair),
    );

    it("refuses a pair that isn't listed", async () => {
      const { oracle, pair } = await loadFixture(deployOracleWorld);
      await expect(oracle.removePair(pair))
        .to.be.revertedWithCustomError(oracle, "PairNotListed")
        .withArgs(await pair.getAddress());
    });

    it("ends pricing and work, and keeps the observations", async () => {
      const { oracle, pair, kp3r, weth } = await loadFixture(deployListedOracleWorld);
      await observe(oracle, pair, 3);
      await time.increase(PERIOD_SIZE);
      await expect(oracle.removePair(pair)).to.emit(oracle, "PairRemoval").withArgs(pair);

      expect(await oracle.isListed(pair)).to.equal(false);
      expect(await oracle.pairs()).to.deep.equal([]);
      expect(await oracle.workable()).to.deep.equal([false, "0x"]);
      expect(await oracle.observationCount(pair)).to.equal(4);
      await expect(oracle.averagePrice(pair, kp3r, 0, MAX_AGE))
        .to.be.revertedWithCustomError(oracle, "PairNotListed")
        .withArgs(await pair.getAddress());
      await expect(oracle.current(kp3r, WAD, weth))
        .to.be.revertedWithCustomError(oracle, "NoListedPair")
        .withArgs(await kp3r.getAddress(), await weth.getAddress());
    });
  });

  describe("setMinKp3rReserve", () => {
    const { min: lowest, max: highest } = PARAMETERS.Keep3rOracle.minKp3rReserve;

    itIsForGovernanceOnly(deployOracleWorld, ({ oracle, stranger }) => oracle.connect(stranger).setMinKp3rReserve(WAD));

    it("refuses values out of bounds", async () => {
      const { oracle } = await loadFixture(deployOracleWorld);
      for (const value of [lowest - 1n, highest + 1n]) {
        await expect(oracle.setMinKp3rReserve(value))
          .to.be.revertedWithCustomError(oracle, "MinKp3rReserveOutOfBounds")
          .withArgs(value, lowest, highest);
      }
    });

    it("rules the next listing", async () => {
      const { oracle, pair } = await loadFixture(deployOracleWorld);
      for (const value of [lowest, highest]) {
        await expect(oracle.setMinKp3rReserve(value)).to.emit(oracle, "MinKp3rReserveChange").withArgs(value);
        expect(await oracle.minKp3rReserve()).to.equal(value);
      }
      await expect(oracle.addPair(pair))
        .to.be.revertedWithCustomError(oracle, "Kp3rReserveTooLow")
        .withArgs(await pair.getAddress(), KP3R_RESERVE, highest);
    });
  });

  describe("update", () => {
    it("refuses a pair that isn't listed", async () => {
      const { oracle, pair } = await loadFixture(deployOracleWorld);
      await expect(oracle.update(pair))
        .to.be.revertedWithCustomError(oracle, "PairNotListed")
        .withArgs(await pair.getAddress());
    });

    it("does nothing before the period is over", async () => {
      const { oracle, pair } = await loadFixture(deployListedOracleWorld);
      await time.setNextBlockTimestamp((await time.latest()) + PERIOD_SIZE - 1);
      await expect(oracle.update(pair)).not.to.emit(oracle, "PairUpdate");
      expect(await oracle.observationCount(pair)).to.equal(1);
    });

    it("observes once the period is over, whoever calls", async () => {
      const { oracle, stranger, pair } = await loadFixture(deployListedOracleWorld);
      await time.setNextBlockTimestamp((await time.latest()) + PERIOD_SIZE);
      const age = BigInt(await time.latest()) + BigInt(PERIOD_SIZE) - (await pair.getReserves())[2];
      await expect(oracle.connect(stranger).update(pair))
        .to.emit(oracle, "PairUpdate")
        .withArgs(pair, PRICE_0 * age, PRICE_1 * age);
      expect(await oracle.update.staticCall(pair)).to.equal(false);
      expect(await oracle.observationAt(pair, 0)).to.deep.equal([
        BigInt(await time.latest()),
        PRICE_0 * age,
        PRICE_1 * age,
      ]);
    });

    it("records the values that the pair's own accumulators will have", async () => {
      const { oracle, pair, kp3r } = await loadFixture(deployListedOracleWorld);
      await sell(pair, kp3r, 7n * WAD);
      await time.increase(PERIOD_SIZE);
      await inOneBlock(async () => {
        await oracle.update(pair, { gasLimit: 1_000_000 });
        await pair.sync({ gasLimit: 1_000_000 });
      });
      expect(await oracle.observationAt(pair, 0)).to.deep.equal([
        BigInt(await time.latest()),
        await pair.price0CumulativeLast(),
        await pair.price1CumulativeLast(),
      ]);
    });
  });

  describe("vectors", () => {
    it("samples each span's price, oldest first", async () => {
      const { oracle, kp3r, token } = await loadFixture(deployVectorsWorld);
      const expected = oracleVectors["sample(points 2, window 1)"].map((amount) => BigInt(Number(amount)));
      expect(await oracle.sample(kp3r, WAD, token, 2, 1)).to.deep.equal(expected);
    });

    it("weights by time over both", async () => {
      const { oracle, kp3r, token } = await loadFixture(deployVectorsWorld);
      const amountOut = await oracle.quote(kp3r, WAD, token, 2);
      expect(amountOut).to.equal((WAD * ((Q112 * (20n * 1801n + 25n * 3600n)) / 5401n)) / Q112);
      const tenThousandths = BigInt(Number(oracleVectors["time-weighted over both"])) / 10n ** 14n;
      expect(amountOut / 10n ** 14n).to.equal(tenThousandths);
    });

    it("rounds the reverse direction down", async () => {
      const { oracle, kp3r, token } = await loadFixture(deployVectorsWorld);
      expect(await oracle.sample(token, WAD, kp3r, 2, 1)).to.deep.equal(
        oracleVectors["reverse direction"].map((amount) => BigInt(amount)),
      );
    });

    it("has their standard deviation", async () => {
      const { oracle } = await loadFixture(deployVectorsWorld);
      expect(await oracle.standardDeviation([20, 21, 19, 22, 20].map((amount) => BigInt(amount) * WAD))).to.equal(
        oracleVectors["standard deviation of 20,21,19,22,20 e18"],
      );
    });
  });
});
