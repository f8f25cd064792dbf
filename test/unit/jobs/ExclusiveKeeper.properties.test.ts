import { DAY, HOUR, WAD } from "@keep3r-network/sdk";
import type { HardhatEthersSigner } from "@nomicfoundation/hardhat-ethers/signers";
import { time } from "@nomicfoundation/hardhat-network-helpers";
import { expect } from "chai";
import { SeatModel, Standing } from "#model/seat";
import { loadFixture } from "#support/fixture";
import { amountsPaid } from "#support/payments/payments";
import { Random } from "#support/tools/random";
import { at } from "#support/tools/time";
import { deployVacantWorld, TERMS } from "#support/worlds/seat";

const STEPS = 150;
const SHORT = 30;
/** The terms among which a walk switches; the last are without a seat. */
const CHOICES = [
  TERMS,
  TERMS,
  { termTime: DAY, slaTime: HOUR, barTime: 6 * HOUR, restTime: 4 * HOUR, bonusInterval: 0 },
  { termTime: 2 * HOUR, slaTime: 3 * HOUR, barTime: 0, restTime: DAY, bonusInterval: DAY },
  { termTime: 0, slaTime: 0, barTime: 0, restTime: 0, bonusInterval: 0 },
] as const;

type VacantWorld = Awaited<ReturnType<typeof deployVacantWorld>>;

/** A walk over a job and its model, which are compared for every keeper after each step. */
class Walk {
  readonly #world: VacantWorld;
  readonly #random: Random;
  readonly #model = new SeatModel(TERMS);
  readonly #arrivals: number[] = [];
  readonly seen = new Map<Standing, number>();
  #lastBarAt = 0;

  constructor(world: VacantWorld, seed: number) {
    this.#world = world;
    this.#random = new Random(seed);
  }

  get #due(): number | undefined {
    return this.#arrivals[0];
  }

  async begin(): Promise<void> {
    const { job, jobOwner } = this.#world;
    this.#model.bonus = WAD / 10n;
    this.#model.premium = [1_001n, 77_777n];
    await job.connect(jobOwner).setSeatRewards(this.#model.bonus, ...this.#model.premium);
    await job.connect(jobOwner).setSeatTerms(TERMS);
    this.#model.setTerms(TERMS, await time.latest());
  }

  async step(): Promise<void> {
    const now = (await time.latest()) + this.#pause();
    const dice = this.#random.between(0, 99);
    if (dice < 3) await this.#setTerms(now);
    else if (dice < 30 || this.#due === undefined) await this.#submit(now);
    else await this.#work(this.#random.pick(this.#world.keepers), now);

    await this.#compare(await time.latest());
  }

  /** Short waits, long ones, and those that end within seconds of a time that matters. */
  #pause(): number {
    const { slaTime, restTime, barTime, termTime } = this.#model.terms;
    const awaited = this.#random.pick([slaTime, slaTime, slaTime, restTime, barTime, termTime, 0, 0, 0, 0, 0]);
    return Math.max(1, awaited + this.#random.between(-SHORT, SHORT));
  }

  async #setTerms(now: number): Promise<void> {
    const { job, jobOwner } = this.#world;
    const terms = this.#random.pick(CHOICES);
    await at(now, () => job.connect(jobOwner).setSeatTerms(terms));
    this.#model.setTerms(terms, now);
  }

  async #submit(now: number): Promise<void> {
    const tasks = this.#random.between(1, 3);
    await at(now, () => this.#world.job.submit(tasks));
    for (let i = 0; i < tasks; i++) this.#arrivals.push(now);
  }

  async #work(keeper: HardhatEthersSigner, now: number): Promise<void> {
    const { job, keep3r } = this.#world;
    const standing = this.#model.standing(keeper.address, now, this.#due);
    await time.setNextBlockTimestamp(now);
    const work = job.connect(keeper).workForAmount(1);
    this.seen.set(standing, (this.seen.get(standing) ?? 0) + 1);
    if (standing >= Standing.Excluded) {
      const errors = {
        [Standing.Excluded]: "SeatTaken",
        [Standing.Resting]: "SeatResting",
        [Standing.Barred]: "SeatBarred",
      };
      await expect(work).to.be.revertedWithCustomError(job, errors[standing as keyof typeof errors]);
      return;
    }

    const { reward } = this.#model.work(keeper.address, now, this.#due);
    this.#arrivals.shift();
    if (standing === Standing.Successor) this.#lastBarAt = now;
    expect(await amountsPaid(keep3r, work)).to.deep.equal(reward === 0n ? [1n] : [1n, reward]);
  }

  async #compare(now: number): Promise<void> {
    const { job, keepers } = this.#world;
    const model = this.#model;
    const mayWork: boolean[] = [];
    for (const keeper of keepers) {
      const standing = model.standing(keeper.address, now, this.#due);
      expect(await job.standing(keeper)).to.equal(standing);
      expect(await job.seatReward(keeper)).to.equal(model.reward(keeper.address, now, this.#due));
      const [canWork] = await job.connect(keeper).workable();
      expect(canWork).to.equal(standing < Standing.Excluded && this.#due !== undefined);
      mayWork.push(standing < Standing.Excluded);
    }
    if (model.terms.termTime === 0) return;

    if (!model.isOverdue(now, this.#due)) {
      // SEAT-1
      if (model.inTerm(now)) expect(mayWork.filter(Boolean)).to.have.length(1);
      return;
    }
    // SEAT-2
    expect(mayWork).to.deep.equal(keepers.map((keeper) => !model.isBarred(keeper.address, now)));
    // SEAT-3; the bar of the walk's terms that is longest
    if (now >= this.#lastBarAt + TERMS.barTime) expect(mayWork).not.to.include(false);
  }
}

describe("ExclusiveKeeper over random histories", () => {
  for (const seed of [1, 2, 3, 4]) {
    it(`SEAT-1, SEAT-2, SEAT-3: is worked by the keepers that its rules name (seed ${seed})`, async () => {
      const walk = new Walk(await loadFixture(deployVacantWorld), seed);
      await walk.begin();
      for (let i = 0; i < STEPS; i++) await walk.step();

      // A walk that doesn't see every standing says little
      expect(walk.seen.size).to.be.at.least(6);
    });
  }
});
