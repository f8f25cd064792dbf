/** What a keeper may do at a time, as the contract numbers it. */
export enum Standing {
  Free,
  Holder,
  Late,
  Successor,
  Excluded,
  Resting,
  Barred,
}

/** Times in seconds. */
export interface SeatTerms {
  termTime: number;
  slaTime: number;
  barTime: number;
  restTime: number;
  bonusInterval: number;
}

/** What a work does to the seat. */
export interface Outcome {
  standing: Standing;
  /** KP3R, on top of the payment. */
  reward: bigint;
}

/** The rules of the seat as its documentation has them: one job, its keepers by name, times in seconds. */
export class SeatModel {
  terms: SeatTerms;
  bonus = 0n;
  premium: readonly [start: bigint, end: bigint] = [0n, 0n];
  readonly barred = new Map<string, number>();
  #seat: { holder: string; from: number; until: number } | undefined;
  #countedFrom = 0;
  #bonusAt = 0;

  constructor(terms: SeatTerms) {
    this.terms = terms;
  }

  get holder(): string | undefined {
    return this.#seat?.holder;
  }

  setTerms(terms: SeatTerms, now: number): void {
    this.terms = terms;
    this.#countedFrom = now;
    if (terms.termTime === 0) this.#seat = undefined;
  }

  inTerm(now: number): boolean {
    return this.#seat !== undefined && now < this.#seat.until;
  }

  /** @param due Since when there is work; undefined without any. */
  isOverdue(now: number, due: number | undefined): boolean {
    if (due === undefined) return false;
    const starts = [due, this.#countedFrom];
    if (this.#seat !== undefined && !this.inTerm(now)) starts.push(this.#seat.until);
    return now > Math.max(...starts) + this.terms.slaTime;
  }

  isBarred(keeper: string, now: number): boolean {
    return now < (this.barred.get(keeper) ?? 0);
  }

  standing(keeper: string, now: number, due: number | undefined): Standing {
    if (this.terms.termTime === 0) return Standing.Free;
    if (this.isBarred(keeper, now)) return Standing.Barred;

    const overdue = this.isOverdue(now, due);
    const holds = this.#seat?.holder === keeper;
    if (this.inTerm(now)) {
      if (holds) return overdue ? Standing.Late : Standing.Holder;
      return overdue ? Standing.Successor : Standing.Excluded;
    }
    const rests = holds && now < (this.#seat?.until ?? 0) + this.terms.restTime;
    return rests && !overdue ? Standing.Resting : Standing.Free;
  }

  reward(keeper: string, now: number, due: number | undefined): bigint {
    const standing = this.standing(keeper, now, due);
    if (standing === Standing.Successor) return now >= this.#bonusAt + this.terms.bonusInterval ? this.bonus : 0n;
    if (standing !== Standing.Holder || this.#seat === undefined) return 0n;

    const { from, until } = this.#seat;
    const [start, end] = this.premium;
    return (start * BigInt(until - now) + end * BigInt(now - from)) / BigInt(until - from);
  }

  /** A work of a keeper that may work. */
  work(keeper: string, now: number, due: number | undefined): Outcome {
    const outcome = { standing: this.standing(keeper, now, due), reward: this.reward(keeper, now, due) };
    if (this.terms.termTime === 0) return outcome;

    this.#countedFrom = now;
    if (outcome.standing === Standing.Free || outcome.standing === Standing.Successor) {
      if (outcome.standing === Standing.Successor && this.#seat !== undefined) {
        this.barred.set(this.#seat.holder, now + this.terms.barTime);
        if (outcome.reward > 0n) this.#bonusAt = now;
      }
      this.#seat = { holder: keeper, from: now, until: now + this.terms.termTime };
    }
    return outcome;
  }
}
