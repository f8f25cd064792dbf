import { anyValue } from "@nomicfoundation/hardhat-chai-matchers/withArgs";
import { time } from "@nomicfoundation/hardhat-network-helpers";
import { expect } from "chai";
import { ethers } from "hardhat";
import { PERIOD_SIZE } from "#support/defaults";
import { loadFixture } from "#support/fixture";
import { paddingOf } from "#support/payments/padding";
import { deployTwoPairsWorld, observe, type OracleWorld } from "#support/worlds/oracle";

/** Of an `address[]` of two pairs: its offset, its length, and a word for each. */
const MAX_WORK_DATA = 32 * 4;

const encode = (pairs: string[]): string => ethers.AbiCoder.defaultAbiCoder().encode(["address[]"], [pairs]);

describe("Keep3rOracle: work", () => {
  describe("workable", () => {
    it("says no while nothing is due", async () => {
      const { oracle } = await loadFixture(deployTwoPairsWorld);
      expect(await oracle.workable()).to.deep.equal([false, "0x"]);
    });

    it("names the pairs that are due", async () => {
      const { oracle, pair, otherPair } = await loadFixture(deployTwoPairsWorld);
      await observe(oracle, pair, 1);
      expect(await oracle.workable()).to.deep.equal([true, encode([await otherPair.getAddress()])]);
      await time.increase(PERIOD_SIZE);
      const both = [await pair.getAddress(), await otherPair.getAddress()];
      expect(await oracle.workable()).to.deep.equal([true, encode(both)]);
    });
  });

  for (const signature of ["work()", "work(bytes)"] as const) {
    describe(signature, () => {
      const call = async ({ oracle, keeper }: OracleWorld, pairs: string[]) =>
        signature === "work()"
          ? oracle.connect(keeper)["work()"]()
          : oracle.connect(keeper)["work(bytes)"](encode(pairs));

      it("is for keepers only", async () => {
        const world = await loadFixture(deployTwoPairsWorld);
        const { oracle, stranger, pair } = world;
        await time.increase(PERIOD_SIZE);
        const pairs = [await pair.getAddress()];
        await expect(call({ ...world, keeper: stranger }, pairs)).to.be.revertedWithCustomError(
          oracle,
          "KeeperNotValid",
        );
      });

      it("refuses when nothing is due", async () => {
        const world = await loadFixture(deployTwoPairsWorld);
        const pairs = [await world.pair.getAddress()];
        await expect(call(world, pairs)).to.be.revertedWithCustomError(world.oracle, "NothingToUpdate");
      });

      it("observes the pairs that are due, and pays the keeper once", async () => {
        const world = await loadFixture(deployTwoPairsWorld);
        const { oracle, network, keeper, pair, otherPair } = world;
        await time.increase(PERIOD_SIZE);
        const transaction = await call(world, [await pair.getAddress(), await otherPair.getAddress()]);
        for (const updated of [pair, otherPair]) {
          await expect(transaction).to.emit(oracle, "PairUpdate").withArgs(updated, anyValue, anyValue);
          expect(await oracle.observationCount(updated)).to.equal(2);
        }
        await expect(transaction).to.emit(network, "Payment").withArgs(oracle, keeper.address, anyValue);
      });
    });
  }

  describe("work(bytes): its data", () => {
    it("refuses data that is longer than the list of all pairs", async () => {
      const { oracle, keeper, pair } = await loadFixture(deployTwoPairsWorld);
      await time.increase(PERIOD_SIZE);
      const data = encode(Array<string>(3).fill(await pair.getAddress()));
      await expect(oracle.connect(keeper)["work(bytes)"](data))
        .to.be.revertedWithCustomError(oracle, "WorkDataTooLong")
        .withArgs(MAX_WORK_DATA + 32, MAX_WORK_DATA);
    });

    for (const what of ["named again", "not listed", "not due"] as const) {
      it(`passes over a pair that is ${what}`, async () => {
        const { oracle, keeper, pair, otherPair, stranger } = await loadFixture(deployTwoPairsWorld);
        await observe(oracle, otherPair, 1);
        const idle = { "named again": pair, "not listed": stranger, "not due": otherPair }[what];
        const named = [await pair.getAddress(), await idle.getAddress()];
        const transaction = await oracle.connect(keeper)["work(bytes)"](encode(named));
        const receipt = await transaction.wait();
        const updates = receipt?.logs.filter(
          ({ topics }) => topics[0] === oracle.getEvent("PairUpdate").fragment.topicHash,
        );
        expect(updates?.length).to.equal(1);
        expect(await oracle.observationCount(pair)).to.equal(2);
      });
    }

    it("takes the data that workable answers", async () => {
      const { oracle, keeper, pair } = await loadFixture(deployTwoPairsWorld);
      await time.increase(PERIOD_SIZE);
      const [, data] = await oracle.workable();
      await oracle.connect(keeper)["work(bytes)"](data);
      expect(await oracle.observationCount(pair)).to.equal(2);
      expect(await oracle.workable()).to.deep.equal([false, "0x"]);
    });

    it("PAY-1: pays for the calldata of a full list, or of none, and no more (regression)", async () => {
      const { oracle, network, keeper, pair, otherPair } = await loadFixture(deployTwoPairsWorld);
      const full = encode([await pair.getAddress(), await otherPair.getAddress()]);
      for (const data of [
        oracle.interface.encodeFunctionData("work(bytes)", [full]),
        oracle.interface.encodeFunctionData("work()"),
      ]) {
        await time.increase(PERIOD_SIZE);
        const gas = ethers.getBytes(data).reduce((sum, byte) => sum + (byte === 0 ? 4 : 16), 0);
        await expect(keeper.sendTransaction({ to: oracle, data: ethers.concat([data, paddingOf(64)]) }))
          .to.emit(network, "Payment")
          .withArgs(oracle, keeper.address, gas);
      }
    });
  });
});
