import { DAY, GWEI, WAD } from "@keep3r-network/sdk";
import { time } from "@nomicfoundation/hardhat-network-helpers";
import { expect } from "chai";
import {
  type Choice,
  chooseFromChain,
  chooseOptions,
  EXACT_LIMIT,
  readUnlockable,
  satisfiesRule,
  type UnlockableOption,
  type UnlockTerms,
  weigh,
} from "#simulation/jobs/hegicOptions";
import { loadFixture } from "#support/fixture";
import { Random } from "#support/tools/random";
import { buy, buyAndWait, COST, deployHegicWorld, encodeIds, valueOf } from "#support/worlds/hegic";

const SEED = 5;
const ROUNDS = 400;
const BRUTE_FORCE_LIMIT = 10;

const TERMS: UnlockTerms = { usage: 80n, multiplier: 10n, costPerOption: 10n, maxOptions: 50n };

const option = (id: number, value: number, gas = 1): UnlockableOption => ({
  id: BigInt(id),
  value: BigInt(value),
  gas: BigInt(gas),
});

describe("hegicOptions", () => {
  describe("chooseOptions", () => {
    it("refuses an option that is there twice, frees less than nothing, or takes no gas", () => {
      expect(() => chooseOptions([option(1, 5), option(1, 6)], TERMS)).to.throw(
        RangeError,
        "An option is there twice.",
      );
      for (const wrong of [option(7, -1), option(7, 5, 0), option(7, 5, -1)]) {
        expect(() => chooseOptions([wrong], TERMS)).to.throw(RangeError, "Option 7");
      }
    });

    it("finds nothing where there is nothing, or nothing worth its cost, or not as much as is wanted", () => {
      expect(chooseOptions([], TERMS)).to.be.undefined;
      expect(chooseOptions([option(1, 99)], TERMS)).to.be.undefined;
      expect(chooseOptions([option(1, 100)], { ...TERMS, usage: 0n })).to.be.undefined;
      expect(chooseOptions([option(1, 100)], { ...TERMS, maxOptions: 0n })).to.be.undefined;
      expect(chooseOptions([option(1, 100)], TERMS, 101n)).to.be.undefined;
    });

    it("frees the most that the rule lets through: large options carry small ones", () => {
      const options = [option(4, 10), option(3, 150), option(9, 200), option(1, 20)];
      expect(chooseOptions(options, TERMS)).to.deep.equal({ ids: [1n, 3n, 9n], value: 370n, gas: 3n });
    });

    it("takes the least gas for what is wanted, where the most valuable would take more", () => {
      const options = [option(1, 300, 90), option(2, 160, 30), option(3, 150, 30), option(4, 140, 29)];
      expect(chooseOptions(options, TERMS, 300n)).to.deep.equal({ ids: [2n, 4n], value: 300n, gas: 59n });
      expect(chooseOptions(options, TERMS, 301n)).to.deep.equal({ ids: [2n, 3n], value: 310n, gas: 60n });
    });

    it("leaves out what frees nothing", () => {
      expect(chooseOptions([option(1, 500), option(2, 0)], TERMS)?.ids).to.deep.equal([1n]);
    });

    it("keeps to the longest list that is allowed", () => {
      const options = [option(1, 200, 9), option(2, 200, 1), option(3, 300, 5)];
      expect(chooseOptions(options, { ...TERMS, maxOptions: 2n })?.ids).to.deep.equal([2n, 3n]);
      expect(chooseOptions(options, { ...TERMS, maxOptions: 1n }, 400n)).to.be.undefined;
    });

    it(`is as good as trying all lists, on ${ROUNDS} random sets (seed ${SEED})`, () => {
      const random = new Random(SEED);
      let chosen = 0;
      for (let round = 0; round < ROUNDS; round++) {
        const options = randomOptions(random, random.between(1, BRUTE_FORCE_LIMIT));
        const terms = randomTerms(random);
        const leastValue = random.between(0, 2) === 0 ? undefined : random.betweenBig(0n, 2_000n);

        const choice = chooseOptions(options, terms, leastValue);

        const best = tryAll(options, terms, leastValue);
        expect(choice?.gas, `round ${round}`).to.equal(best?.gas);
        if (choice === undefined) continue;
        expectSound(choice, options, terms, leastValue ?? best?.value ?? 0n);
        chosen++;
      }
      expect(chosen).to.be.within(ROUNDS / 4, (ROUNDS * 3) / 4);
    });

    it(`ends soon with ${EXACT_LIMIT} options that are hard to tell apart`, function () {
      this.timeout(20_000);
      const options = Array.from({ length: EXACT_LIMIT }, (_, id) => option(id, 1_000 + 2 * id, 1_000 + id));
      const choice = chooseOptions(options, TERMS, 10_105n);
      if (choice === undefined) throw new Error("There is a list of ten.");
      expectSound(choice, options, TERMS, 10_105n);
    });

    it(`beyond ${EXACT_LIMIT} takes the fewest options, and at most the ratio of gas more than any list`, () => {
      const random = new Random(SEED);
      for (let round = 0; round < 40; round++) {
        const options = randomOptions(random, BRUTE_FORCE_LIMIT);
        // Options that free nothing make the set a large one, and no list a better one
        const idle = Array.from({ length: EXACT_LIMIT }, (_, index) => option(1_000 + index, 0, random.between(1, 9)));
        const all = [...options, ...idle];
        const terms = randomTerms(random);
        const goal = random.betweenBig(0n, 1_000n);

        const choice = chooseOptions(all, terms, goal);
        const best = tryAll(options, terms, goal);

        expect(choice === undefined, `round ${round}`).to.equal(best === undefined);
        if (choice === undefined || best === undefined) continue;
        expectSound(choice, all, terms, goal);
        const gas = all.map((each) => each.gas).sort((a, b) => Number(a - b));
        expect(choice.ids.length).to.be.at.most(best.ids.length);
        expect(choice.gas * (gas[0] ?? 0n)).to.be.at.most(best.gas * (gas.at(-1) ?? 0n));
      }
    });

    it(`beyond ${EXACT_LIMIT} is exact when all options take the same gas`, () => {
      const random = new Random(SEED);
      const options = Array.from({ length: 200 }, (_, id) => option(id, random.between(0, 400), 7));
      const choice = chooseOptions(options, TERMS);
      if (choice === undefined) throw new Error("There is a list.");
      const values = options.map(({ value }) => value).sort((a, b) => Number(b - a));
      expect(choice.value).to.equal(values.slice(0, 50).reduce((sum, value) => sum + value, 0n));
      expect(choice.gas).to.equal(350n);
    });
  });

  describe("over a job", () => {
    it(`the rule is the contract's, to the wei (seed ${SEED})`, async () => {
      const world = await loadFixture(deployHegicWorld);
      const { unlockJob, options, keeper, helper, jobOwner } = world;
      const random = new Random(SEED);
      const amounts = Array.from({ length: 12 }, () => random.betweenBig(WAD / 1000n, WAD));
      const ids = await buyAndWait(world, options, amounts);
      let passed = 0;
      for (let round = 0; round < 60; round++) {
        const list = ids.filter(() => random.between(0, 2) === 0);
        if (list.length === 0) continue;
        await helper.setGasPrice(random.betweenBig(GWEI, 150n * GWEI));
        await unlockJob.connect(jobOwner).setUnlockValueMultiplier(random.between(1, 99));
        const { usage, multiplier, costPerOption, maxOptions } = await unlockJob.terms(keeper);
        const terms = { usage, multiplier, costPerOption, maxOptions };
        const value = await valueOf(options, list);

        expect(weigh(value, terms)).to.equal(await unlockJob.weightedUnlockValue(list));
        const verdict = satisfiesRule(BigInt(list.length), value, terms);
        expect(await unlockJob.connect(keeper).unlockable(list)).to.equal(verdict);
        if (verdict) passed++;
      }
      expect(passed).to.be.within(10, 50);
    });

    it("reads what is Active and over, of the range that it is told", async () => {
      const world = await loadFixture(deployHegicWorld);
      const { unlockJob, options, keeper } = world;
      const long = await buy(world, options, WAD, { period: 5 * DAY });
      const ids = await buyAndWait(world, options, [WAD, 2n * WAD, 3n * WAD]);
      const [first = 0n, second = 0n, third = 0n] = ids;
      await options.unlock(second);
      const read = async (request = {}) => readUnlockable(unlockJob, { keeper, ...request });

      expect(await read()).to.deep.equal([
        { id: first, value: await valueOf(options, [first]), gas: 1n },
        { id: third, value: await valueOf(options, [third]), gas: 1n },
      ]);
      expect(await read({ from: third, count: 1n, gasOf: (id: bigint) => 1000n + id })).to.deep.equal([
        { id: third, value: await valueOf(options, [third]), gas: 1000n + third },
      ]);
      expect(await read({ count: third })).to.have.length(1);
      await time.increase(4 * DAY);
      expect((await read()).map(({ id }) => id)).to.deep.equal([long, first, third]);
    });

    it("chooses a list that the job takes, and leaves what isn't wanted", async () => {
      const world = await loadFixture(deployHegicWorld);
      const { unlockJob, options, keeper } = world;
      const [small = 0n, large = 0n, medium = 0n] = await buyAndWait(world, options, [WAD / 9n, 4n * WAD, 2n * WAD]);
      expect(COST * 80n).to.be.greaterThan(WAD / 9n);

      const most = await chooseFromChain(unlockJob, { keeper });
      expect(most?.ids).to.deep.equal([small, large, medium]);
      const enough = await chooseFromChain(unlockJob, { keeper, leastValue: 2n * WAD, gasOf: (id) => 10n - id });
      expect(enough?.ids).to.deep.equal([medium]);

      await unlockJob.connect(keeper).work(encodeIds(enough?.ids ?? []));
      await unlockJob.connect(keeper).work(encodeIds([small, large]));
      expect(await chooseFromChain(unlockJob, { keeper })).to.be.undefined;
    });
  });
});

function randomOptions(random: Random, count: number): UnlockableOption[] {
  return Array.from({ length: count }, (_, id) => option(id, random.between(0, 400), random.between(1, 60)));
}

function randomTerms(random: Random): UnlockTerms {
  return {
    usage: BigInt(random.between(0, 100)),
    multiplier: BigInt(random.between(1, 99)),
    costPerOption: BigInt(random.between(1, 60)),
    maxOptions: BigInt(random.between(1, 12)),
  };
}

/** The best of all possible lists: it takes the least gas to free the wanted capital, or else the most that can be freed. */
function tryAll(options: readonly UnlockableOption[], terms: UnlockTerms, leastValue?: bigint): Choice | undefined {
  let best: Choice | undefined;
  for (let subset = 1; subset < 2 ** options.length; subset++) {
    const list = options.filter((_, index) => subset & (1 << index));
    const value = list.reduce((sum, each) => sum + each.value, 0n);
    const gas = list.reduce((sum, each) => sum + each.gas, 0n);
    if (!satisfiesRule(BigInt(list.length), value, terms)) continue;
    if (leastValue !== undefined && value < leastValue) continue;
    const freesMore = leastValue === undefined && value > (best?.value ?? -1n);
    const asGood = leastValue !== undefined || value === best?.value;
    if (best === undefined || freesMore || (asGood && gas < best.gas)) {
      best = { ids: list.map(({ id }) => id), value, gas };
    }
  }
  return best;
}

/** Expects a choice to be of the given options, ascending, added up correctly, within the rule, and to free the wanted capital. */
function expectSound(choice: Choice, options: readonly UnlockableOption[], terms: UnlockTerms, goal: bigint): void {
  const list = options.filter(({ id }) => choice.ids.includes(id));
  expect(list).to.have.length(choice.ids.length);
  expect(choice.ids).to.deep.equal([...choice.ids].sort((a, b) => Number(a - b)));
  expect(choice.value).to.equal(list.reduce((sum, each) => sum + each.value, 0n));
  expect(choice.gas).to.equal(list.reduce((sum, each) => sum + each.gas, 0n));
  expect(satisfiesRule(BigInt(list.length), choice.value, terms)).to.be.true;
  expect(choice.value).to.be.at.least(goal);
}
