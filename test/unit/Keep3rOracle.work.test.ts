import { anyValue } from "@nomicfoundation/hardhat-chai-matchers/withArgs";
import { takeSnapshot, time } from "@nomicfoundation/hardhat-network-helpers";
import { expect } from "chai";
import { ethers } from "hardhat";
import { itIsForKeepersOnly } from "#support/behaviours/guards";
import { PERIOD_SIZE } from "#support/defaults";
import { loadFixture } from "#support/fixture";
import { paddingOf } from "#support/payments/padding";
import { itMeasured } from "#support/tools/coverage";
import { receiptOf, type Sent } from "#support/tools/events";
import { deployListedOracleWorld, deployTwoPairsWorld } from "#support/worlds/oracle";
import { MEAN_0, MEAN_1 } from "#support/worlds/steady";

const NOT_PAIRS = [ethers.ZeroAddress, ethers.getAddress(`0x${"11".repeat(20)}`)];
/** What a cold slot alone takes, and twice that. */
const LOOKUP_GAS = { least: 2_100n, most: 4_200n };
/** A word of memory costs more by a gas for every 256 in use. A lookup takes eight; each name has one, and takes eight. */
const dearerMemory = (named: number): bigint => BigInt(Math.ceil((8 * (9 * named)) / 256)) + 1n;

const encode = (pairs: readonly string[]): string => ethers.AbiCoder.defaultAbiCoder().encode(["address[]"], [pairs]);

const calldataGas = (data: string): bigint =>
  ethers.getBytes(data).reduce((sum, byte) => sum + (byte === 0 ? 4n : 16n), 0n);

/** Both pairs are due. Beside the keeper there is one that is a contract: nothing but lookups comes to its payment. */
async function deployDueWorld() {
  const world = await deployTwoPairsWorld();
  const contractKeeper = await ethers.deployContract("SequenceKeeper__Mock");
  await world.network.setKeeper(contractKeeper, true);
  await time.increase(PERIOD_SIZE);
  const [first, second] = [await world.pair.getAddress(), await world.otherPair.getAddress()];
  return { ...world, contractKeeper, first, second };
}

type DueWorld = Awaited<ReturnType<typeof deployDueWorld>>;

/** The second pair has just been observed. */
async function deployHalfDueWorld(): Promise<DueWorld> {
  const world = await deployDueWorld();
  await world.oracle.update(world.otherPair);
  return world;
}

/** The extra gas of each payment in a transaction. */
async function extraGasIn({ network }: DueWorld, sent: Sent): Promise<bigint[]> {
  const { logs } = await receiptOf(sent);
  return logs
    .filter(({ topics }) => topics[0] === network.getEvent("Payment").fragment.topicHash)
    .map((log) => network.interface.parseLog(log)?.args.extraGas as bigint);
}

/** How many pairs were observed in a transaction. */
async function updatesIn({ oracle }: DueWorld, sent: Sent): Promise<number> {
  const { logs } = await receiptOf(sent);
  return logs.filter(({ topics }) => topics[0] === oracle.getEvent("PairUpdate").fragment.topicHash).length;
}

const workCall = ({ oracle }: DueWorld, pairs: readonly string[]): string =>
  oracle.interface.encodeFunctionData("work(bytes)", [encode(pairs)]);

/** Has a keeper that is a contract work these pairs, puts everything back, and tells the gas that it is paid for lookups. */
async function lookupGasOf(world: DueWorld, pairs: readonly string[]): Promise<bigint> {
  const snapshot = await takeSnapshot();
  const sent = world.contractKeeper.execute(world.oracle, workCall(world, pairs));
  const [extraGas = 0n] = await extraGasIn(world, sent);
  await snapshot.restore();
  return extraGas;
}

/** The same for a keeper without code, whose calldata is paid, too. */
async function extraGasOf(world: DueWorld, pairs: readonly string[]): Promise<bigint> {
  const snapshot = await takeSnapshot();
  const sent = world.keeper.sendTransaction({ to: world.oracle, data: workCall(world, pairs) });
  const [extraGas = 0n] = await extraGasIn(world, sent);
  await snapshot.restore();
  return extraGas;
}

describe("Keep3rOracle: work", () => {
  describe("workable", () => {
    it("says no while nothing is due", async () => {
      const { oracle } = await loadFixture(deployTwoPairsWorld);
      expect(await oracle.workable()).to.deep.equal([false, "0x"]);
    });

    it("names the pairs that are due", async () => {
      const { oracle, first, second } = await loadFixture(deployDueWorld);
      expect(await oracle.workable()).to.deep.equal([true, encode([first, second])]);
      await oracle.update(first);
      expect(await oracle.workable()).to.deep.equal([true, encode([second])]);
      await oracle.removePair(second);
      expect(await oracle.workable()).to.deep.equal([false, "0x"]);
      await time.increase(PERIOD_SIZE);
      expect(await oracle.workable()).to.deep.equal([true, encode([first])]);
    });

    it("names a pair from the second on in which it is due", async () => {
      const { oracle, pair } = await loadFixture(deployListedOracleWorld);
      await time.increase(PERIOD_SIZE - 1);
      expect(await oracle.workable()).to.deep.equal([false, "0x"]);
      await time.increase(1);
      expect(await oracle.workable()).to.deep.equal([true, encode([await pair.getAddress()])]);
    });
  });

  for (const signature of ["work()", "work(bytes)"] as const) {
    describe(signature, () => {
      const call = ({ oracle, keeper, first, second }: DueWorld) =>
        signature === "work()"
          ? oracle.connect(keeper)["work()"]()
          : oracle.connect(keeper)["work(bytes)"](encode([first, second]));

      itIsForKeepersOnly(deployDueWorld, (world) => call({ ...world, keeper: world.stranger }));

      it("refuses when nothing is due", async () => {
        const world = await loadFixture(deployDueWorld);
        await world.oracle.updateAll();
        await expect(call(world)).to.be.revertedWithCustomError(world.oracle, "NothingToUpdate").withArgs();
      });

      it("observes the pairs that are due, and pays the keeper once", async () => {
        const world = await loadFixture(deployDueWorld);
        const { oracle, network, keeper, pair, otherPair } = world;
        const transaction = await call(world);
        await expect(transaction).to.emit(oracle, "PairUpdate").withArgs(pair, MEAN_0, MEAN_1, false);
        await expect(transaction).to.emit(network, "Payment").withArgs(oracle, keeper.address, anyValue);
        expect(await updatesIn(world, transaction)).to.equal(2);
        expect((await extraGasIn(world, transaction)).length).to.equal(1);
        for (const updated of [pair, otherPair]) expect(await oracle.observationCount(updated)).to.equal(2);
      });

      it("observes one that is due beside one that isn't", async () => {
        const world = await loadFixture(deployHalfDueWorld);
        expect(await updatesIn(world, call(world))).to.equal(1);
        expect(await world.oracle.observationCount(world.first)).to.equal(2);
        expect(await world.oracle.observationCount(world.second)).to.equal(2);
      });
    });
  }

  describe("work(bytes): its data", () => {
    it("refuses data that names nothing, or nothing that is left to do", async () => {
      const { oracle, keeper, second } = await loadFixture(deployHalfDueWorld);
      for (const pairs of [[], [second], NOT_PAIRS, [second, ...NOT_PAIRS, second]]) {
        await expect(oracle.connect(keeper)["work(bytes)"](encode(pairs)))
          .to.be.revertedWithCustomError(oracle, "NothingToUpdate")
          .withArgs();
      }
    });

    it("refuses data that is no list", async () => {
      const { oracle, keeper } = await loadFixture(deployDueWorld);
      await expect(oracle.connect(keeper)["work(bytes)"]("0x1234")).to.be.revertedWithoutReason();
    });

    it("passes over a pair that was delisted a moment ago", async () => {
      const world = await loadFixture(deployDueWorld);
      const { oracle, keeper, first, second } = world;
      await oracle.removePair(first);
      await expect(oracle.connect(keeper)["work(bytes)"](encode([first])))
        .to.be.revertedWithCustomError(oracle, "NothingToUpdate")
        .withArgs();
      expect(await updatesIn(world, oracle.connect(keeper)["work(bytes)"](encode([first, second])))).to.equal(1);
      expect(await oracle.observationCount(first)).to.equal(1);
      expect(await oracle.observationCount(second)).to.equal(2);
    });

    it("passes over what is named again, wherever it stands", async () => {
      const world = await loadFixture(deployDueWorld);
      const { oracle, keeper, first, second } = world;
      const named = [first, first, second, first, second, second];
      expect(await updatesIn(world, oracle.connect(keeper)["work(bytes)"](encode(named)))).to.equal(2);
    });

    it("takes the data that workable answers", async () => {
      const { oracle, keeper, first, second } = await loadFixture(deployDueWorld);
      const [, data] = await oracle.workable();
      await oracle.connect(keeper)["work(bytes)"](data);
      for (const pair of [first, second]) expect(await oracle.observationCount(pair)).to.equal(2);
      expect(await oracle.workable()).to.deep.equal([false, "0x"]);
    });
  });

  describe("payment", () => {
    itMeasured("PAY-1: counts the lookup of each pair that is observed", async function () {
      const world = await loadFixture(deployDueWorld);
      const [one, other] = [await lookupGasOf(world, [world.first]), await lookupGasOf(world, [world.second])];
      const both = await lookupGasOf(world, [world.first, world.second]);
      expect(one).to.be.within(LOOKUP_GAS.least, LOOKUP_GAS.most);
      expect(other).to.equal(one);
      // The second one is compared with the first
      expect(both).to.be.within(2n * one, 2n * one + 1_000n);
    });

    for (const [title, junk] of [
      ["not listed", () => NOT_PAIRS],
      ["not due", ({ second }: DueWorld) => [second]],
      ["named in vain a thousand times", ({ second }: DueWorld) => Array<string>(1_000).fill(second)],
      [
        "any address at all, hundreds of them",
        () => Array.from({ length: 300 }, (_, i) => ethers.getAddress(ethers.toBeHex(i + 1_000, 20))),
      ],
    ] as const) {
      itMeasured(
        `PAY-1: isn't more for pairs that are ${title}, but for memory that they make dearer`,
        async function () {
          const world = await loadFixture(deployHalfDueWorld);
          const named = junk(world);
          const paid = await lookupGasOf(world, [world.first]);
          expect(paid).to.be.within(LOOKUP_GAS.least, LOOKUP_GAS.most);
          for (const pairs of [
            [world.first, ...named],
            [...named, world.first],
          ]) {
            expect(await lookupGasOf(world, pairs)).to.be.within(paid, paid + dearerMemory(named.length));
          }
        },
      );
    }

    itMeasured("PAY-1: isn't more for the calldata of what is named in vain", async function () {
      const world = await loadFixture(deployHalfDueWorld);
      const { first, second } = world;
      const paid = await extraGasOf(world, [first]);
      // The paid words hold lengths, too: these have as many bytes that aren't zero
      for (const length of [3, 126, 254]) {
        const junk = Array<string>(length - 1).fill(second);
        const extraGas = await extraGasOf(world, [first, ...junk]);
        expect(extraGas, `${length} pairs`).to.be.within(paid, paid + dearerMemory(length));
      }
      // Cheaper words before it are paid as what they are
      const cheaper = paid - calldataGas(first) + calldataGas(ethers.ZeroAddress);
      const extraGas = await extraGasOf(world, [ethers.ZeroAddress, first]);
      expect(extraGas).to.be.within(cheaper, cheaper + dearerMemory(2));
    });

    it("PAY-1: is for the calldata of the pairs that are observed and the lookups, and no more (regression)", async () => {
      const world = await loadFixture(deployDueWorld);
      for (const pairs of [[world.first], [world.first, world.second]]) {
        const data = workCall(world, pairs);
        const padded = ethers.concat([data, paddingOf(64)]);
        const snapshot = await takeSnapshot();
        const lookups = await lookupGasOf(world, pairs);
        await expect(world.keeper.sendTransaction({ to: world.oracle, data: padded }))
          .to.emit(world.network, "Payment")
          .withArgs(world.oracle, world.keeper.address, calldataGas(data) + lookups);
        await snapshot.restore();
      }
    });

    it("PAY-1: is for the selector alone of work(), which has no data", async () => {
      const { oracle, network, keeper } = await loadFixture(deployDueWorld);
      const data = oracle.interface.encodeFunctionData("work()");
      await expect(keeper.sendTransaction({ to: oracle, data: ethers.concat([data, paddingOf(64)]) }))
        .to.emit(network, "Payment")
        .withArgs(oracle, keeper.address, calldataGas(data));
    });

    it("PAY-1: pays no second lookup of a pair that is named again", async () => {
      const world = await loadFixture(deployDueWorld);
      const { first, second } = world;
      const paid = await lookupGasOf(world, [first, second]);
      expect(await lookupGasOf(world, [first, second, first, second])).to.equal(paid);
    });

    it("PAY-3: counts a lookup once, in a transaction that works twice", async () => {
      const world = await loadFixture(deployDueWorld);
      const { oracle, contractKeeper, first } = world;
      const lookup = await lookupGasOf(world, [first]);
      const calls = [workCall(world, [first]), oracle.interface.encodeFunctionData("work()")];
      const sent = contractKeeper.executeEach(oracle, calls);
      expect(await extraGasIn(world, sent)).to.deep.equal([lookup, 0n]);
      expect(await updatesIn(world, sent)).to.equal(2);
    });

    itMeasured("PAY-3: counts of the second work's lookups its own alone", async function () {
      const world = await loadFixture(deployDueWorld);
      const { oracle, contractKeeper, first, second } = world;
      const lookup = await lookupGasOf(world, [first]);
      const calls = [workCall(world, [first]), workCall(world, [first, second])];
      const [one, other] = await extraGasIn(world, contractKeeper.executeEach(oracle, calls));
      expect(one).to.equal(lookup);
      expect(other).to.be.within(lookup, lookup + dearerMemory(2));
    });
  });
});
