import { WAD } from "@keep3r-network/sdk";
import { time } from "@nomicfoundation/hardhat-network-helpers";
import { expect } from "chai";
import { ethers } from "hardhat";
import { itIsForGovernanceOnly } from "#support/behaviours/guards";
import { PARAMETERS, PERIOD_SIZE } from "#support/defaults";
import { loadFixture } from "#support/fixture";
import {
  deployListedOracleWorld,
  deployOracleWorld,
  KP3R_RESERVE,
  observe,
  Q112,
  WETH_RESERVE,
} from "#support/worlds/oracle";
import {
  deployDoubleWorld,
  deployListedDoubleWorld,
  EVEN_RESERVE,
  MEAN_0,
  MEAN_1,
  setReserves,
} from "#support/worlds/steady";
import { createPair, deployTokenBeside, inOneBlock } from "#support/worlds/uniswap";
import vectors from "../vectors.json";

const oracleVectors = vectors["oracle: observations at t=0 (cumulative 0), 1801 at price 20, 5401 at price 25"];

const deployEvenWorld = () => deployDoubleWorld();
const deployKp3rSecondWorld = () => deployDoubleWorld([EVEN_RESERVE, EVEN_RESERVE], true);
const deployListedEvenWorld = () => deployListedDoubleWorld();
const deployListedKp3rSecondWorld = () => deployListedDoubleWorld([EVEN_RESERVE, EVEN_RESERVE], true);

/** Whether an answer is a price as a scale of 41 bits leaves it: below by less than one part in 10^12. */
const isJustBelow = (actual: bigint, exact: bigint): boolean =>
  actual <= exact && (exact - actual) * 10n ** 12n < exact;

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
      for (const [args, error] of [
        [[network, governance, ZeroAddress, kp3r, jobOwner], "OracleZeroAddress"],
        [[network, governance, factory, ZeroAddress, jobOwner], "OracleZeroAddress"],
        [[network, ZeroAddress, factory, kp3r, jobOwner], "NoGovernanceZeroAddress"],
        [[ZeroAddress, governance, factory, kp3r, jobOwner], "Keep3rZeroAddress"],
      ] as const) {
        await expect(ethers.deployContract("Keep3rOracle", [...args]))
          .to.be.revertedWithCustomError(oracle, error)
          .withArgs();
      }
    });

    it("stores its arguments, and registers itself as its owner's job", async () => {
      const { oracle, network, governance, factory, kp3r, jobOwner } = await loadFixture(deployOracleWorld);
      expect(await oracle.keep3r()).to.equal(network);
      expect(await oracle.governance()).to.equal(governance);
      expect(await oracle.factory()).to.equal(factory);
      expect(await oracle.kp3r()).to.equal(kp3r);
      const built = await ethers.deployContract("Keep3rOracle", [network, governance, factory, kp3r, jobOwner]);
      await expect(built.deploymentTransaction())
        .to.emit(network, "OwnershipProposal")
        .withArgs(built, jobOwner.address);
    });

    it("has the limits that its documentation states", async () => {
      const { oracle } = await loadFixture(deployOracleWorld);
      expect(await oracle.periodSize()).to.equal(PERIOD_SIZE);
      expect(await oracle.MAX_PAIRS()).to.equal(16);
      expect(await oracle.SUPPLY_LIMIT()).to.equal(2n ** 94n);
    });

    it("has the parameters that its documentation states", async () => {
      const { oracle } = await loadFixture(deployOracleWorld);
      const { minKp3rReserve, maxChange } = PARAMETERS.Keep3rOracle;
      expect(await oracle.minKp3rReserve()).to.equal(minKp3rReserve.value);
      expect(await oracle.maxChange()).to.equal(maxChange.value);
      expect(maxChange).to.include({ value: 5_000n, min: 2_000n, max: 10_000n });
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

    it("refuses a pair of a token with too large a supply", async () => {
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

    for (const [title, deploy, reserves] of [
      ["an empty reserve, KP3R the other", deployEvenWorld, [EVEN_RESERVE, 0n]],
      ["an empty reserve, KP3R the other and token1", deployKp3rSecondWorld, [0n, EVEN_RESERVE]],
      ["a price of token0 below 2^56", deployEvenWorld, [EVEN_RESERVE, 2n ** 14n - 1n]],
      ["a price of token0 of 2^169", deployKp3rSecondWorld, [2n ** 13n, EVEN_RESERVE]],
    ] as const) {
      it(`refuses a pair that there is no scale for: ${title}`, async () => {
        const { oracle, double, pair } = await loadFixture(deploy);
        await setReserves(double, reserves);
        await expect(oracle.addPair(double)).to.be.revertedWithCustomError(oracle, "PriceOutOfRange").withArgs(pair);
      });
    }

    for (const [title, deploy, reserves, scale] of [
      ["a price of token0 of 2^56", deployEvenWorld, [EVEN_RESERVE, 2n ** 14n], [16n, 128n]],
      ["a price of one", deployEvenWorld, [EVEN_RESERVE, EVEN_RESERVE], [72n, 72n]],
      ["a price of token0 just below 2^169", deployKp3rSecondWorld, [2n ** 14n, 2n ** 71n - 1n], [128n, 16n]],
    ] as const) {
      it(`scales by the pool's price: ${title}`, async () => {
        const { oracle, double } = await loadFixture(deploy);
        await setReserves(double, reserves);
        expect(await oracle.scaleOf(double)).to.deep.equal([0n, 0n]);
        await oracle.addPair(double);
        expect(await oracle.scaleOf(double)).to.deep.equal(scale);
      });
    }

    it("lists the pair and observes it at once, though without a price", async () => {
      const { oracle, pair, kp3r, weth } = await loadFixture(deployOracleWorld);
      const transaction = await oracle.addPair(pair);

      await expect(transaction).to.emit(oracle, "PairAddition").withArgs(pair, weth);
      await expect(transaction).to.emit(oracle, "PairUpdate").withArgs(pair, 0, 0, false);
      expect(await oracle.isListed(pair)).to.equal(true);
      expect(await oracle.isThin(pair)).to.equal(false);
      expect(await oracle.pairs()).to.deep.equal([await pair.getAddress()]);
      expect(await oracle.pairFor(kp3r, weth)).to.equal(pair);
      expect(await oracle.pairFor(weth, kp3r)).to.equal(pair);
      expect(await oracle.observationCount(pair)).to.equal(1);
      expect(await oracle.observationAt(pair, 0)).to.deep.equal([await time.latest(), 0n, 0n]);
      expect(await oracle.scaleOf(pair)).to.deep.equal([68n, 76n]);
    });
  });

  describe("addPair: again", () => {
    it("uses the observations of an earlier listing, without another before the period is over", async () => {
      const { oracle, pair, kp3r, weth } = await loadFixture(deployListedOracleWorld);
      await observe(oracle, pair, 2);
      await oracle.removePair(pair);
      await expect(oracle.addPair(pair)).not.to.emit(oracle, "PairUpdate");
      expect(await oracle.observationCount(pair)).to.equal(3);
      expect(await oracle.current(kp3r, WAD, weth)).to.equal((WAD * MEAN_0) / Q112);

      await oracle.removePair(pair);
      await time.increase(PERIOD_SIZE);
      await expect(oracle.addPair(pair)).to.emit(oracle, "PairUpdate").withArgs(pair, MEAN_0, MEAN_1, false);
      expect(await oracle.observationCount(pair)).to.equal(4);
    });

    it("keeps the scale, whatever the pool's price has become", async () => {
      const { oracle, double } = await loadFixture(deployListedEvenWorld);
      await oracle.removePair(double);
      expect(await oracle.scaleOf(double)).to.deep.equal([72n, 72n]);
      for (const reserve1 of [1n, EVEN_RESERVE * 1_000n]) {
        await setReserves(double, [EVEN_RESERVE, reserve1]);
        await oracle.addPair(double);
        expect(await oracle.scaleOf(double)).to.deep.equal([72n, 72n]);
        await oracle.removePair(double);
      }
    });

    for (const [title, deploy, reserves] of [
      ["KP3R the other", deployListedEvenWorld, [EVEN_RESERVE, 0n]],
      ["KP3R the other and token1", deployListedKp3rSecondWorld, [0n, EVEN_RESERVE]],
    ] as const) {
      it(`refuses an empty reserve again: ${title}`, async () => {
        const { oracle, double, pair } = await loadFixture(deploy);
        await oracle.removePair(double);
        await setReserves(double, reserves);
        await expect(oracle.addPair(double)).to.be.revertedWithCustomError(oracle, "PriceOutOfRange").withArgs(pair);
      });
    }
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
      await expect(oracle.averagePrice(pair, kp3r, 0, ethers.MaxUint256))
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
      // Its neighbour in the slot stays
      expect(await oracle.maxChange()).to.equal(PARAMETERS.Keep3rOracle.maxChange.value);
      await expect(oracle.addPair(pair))
        .to.be.revertedWithCustomError(oracle, "Kp3rReserveTooLow")
        .withArgs(await pair.getAddress(), KP3R_RESERVE, highest);
    });
  });

  describe("setMaxChange", () => {
    const { min: lowest, max: highest } = PARAMETERS.Keep3rOracle.maxChange;

    itIsForGovernanceOnly(deployOracleWorld, ({ oracle, stranger }) => oracle.connect(stranger).setMaxChange(5_000));

    it("refuses values out of bounds", async () => {
      const { oracle } = await loadFixture(deployOracleWorld);
      for (const value of [lowest - 1n, highest + 1n, ethers.MaxUint256]) {
        await expect(oracle.setMaxChange(value))
          .to.be.revertedWithCustomError(oracle, "MaxChangeOutOfBounds")
          .withArgs(value, lowest, highest);
      }
    });

    it("sets a value within bounds", async () => {
      const { oracle } = await loadFixture(deployOracleWorld);
      for (const value of [lowest, highest]) {
        await expect(oracle.setMaxChange(value)).to.emit(oracle, "MaxChangeChange").withArgs(value);
        expect(await oracle.maxChange()).to.equal(value);
      }
      // Its neighbour in the slot stays
      expect(await oracle.minKp3rReserve()).to.equal(PARAMETERS.Keep3rOracle.minKp3rReserve.value);
    });
  });

  describe("vectors", () => {
    it("samples each span's price, oldest first, rounded down as the scale has it", async () => {
      const { oracle, kp3r, token } = await loadFixture(deployVectorsWorld);
      const samples = await oracle.sample(kp3r, WAD, token, 2, 1);
      const exact = oracleVectors["sample(points 2, window 1)"].map((amount) => BigInt(Number(amount)));
      expect(samples.map((sample, i) => isJustBelow(sample, exact[i] ?? 0n))).to.deep.equal([true, true]);
    });

    it("weights by time over both", async () => {
      const { oracle, kp3r, token } = await loadFixture(deployVectorsWorld);
      const amountOut = await oracle.quote(kp3r, WAD, token, 2);
      expect(isJustBelow(amountOut, (WAD * (20n * 1801n + 25n * 3600n)) / 5401n)).to.equal(true);
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
