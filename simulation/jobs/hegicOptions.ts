import type { AddressLike, Overrides } from "ethers";
import type { HegicUnlockJob } from "#typechain";

/** An option that could be unlocked now. */
export interface UnlockableOption {
  readonly id: bigint;
  /** What unlocking it frees, locked amount and premium, in the pool's own unit. */
  readonly value: bigint;
  /** What unlocking it really takes; not what the rule reckons with. */
  readonly gas: bigint;
}

/** What the job's rule reckons with, as its `terms` says. */
export interface UnlockTerms {
  /** Percent of the pool that is locked. */
  readonly usage: bigint;
  /** Percent of what is freed that may be spent. */
  readonly multiplier: bigint;
  /** In the pool's own unit. */
  readonly costPerOption: bigint;
  /** The longest list. */
  readonly maxOptions: bigint;
}

/** A list that satisfies the rule. */
export interface Choice {
  /** In ascending order, as the job wants them. */
  readonly ids: readonly bigint[];
  /** What it frees. */
  readonly value: bigint;
  /** What its options take. */
  readonly gas: bigint;
}

/** Up to so many options a choice takes the least gas of all there are, beyond it the fewest options. */
export const EXACT_LIMIT = 20;

const FULL_USAGE = 80n;
const PERCENT = 100n;

/** What freeing capital may cost, rounded as the job does. */
export function weigh(value: bigint, { usage, multiplier }: UnlockTerms): bigint {
  const unlockValue = (value * multiplier) / PERCENT;
  return ((usage < FULL_USAGE ? usage : FULL_USAGE) * unlockValue) / FULL_USAGE;
}

/** Whether the job's rule lets a list through. */
export function satisfiesRule(count: bigint, value: bigint, terms: UnlockTerms): boolean {
  return count > 0n && count <= terms.maxOptions && count * terms.costPerOption <= weigh(value, terms);
}

/**
 * Chooses the options to unlock together: of the lists that satisfy the rule and free `leastValue` one that takes the least
 * gas. Without a `leastValue` it frees the most that the rule lets through.
 *
 * Up to EXACT_LIMIT options that is exact. Beyond it the list has the fewest options, those that free most; it takes at
 * most g / h times the least gas, where g is the gas of the dearest option and h that of the cheapest, so it is exact
 * when they are all alike.
 *
 * @returns undefined when there is no such list
 */
export function chooseOptions(
  options: readonly UnlockableOption[],
  terms: UnlockTerms,
  leastValue?: bigint,
): Choice | undefined {
  checkOptions(options);
  const byValue = [...options].sort(
    (a, b) => compare(b.value, a.value) || compare(a.gas, b.gas) || compare(a.id, b.id),
  );
  const goal = leastValue ?? mostValue(byValue, terms);
  if (goal === undefined) return undefined;

  const fewest = chooseFewest(byValue, terms, goal);
  if (fewest === undefined || options.length > EXACT_LIMIT) return fewest && toChoice(fewest);

  return toChoice(new CheapestList(options, terms, goal).find(fewest));
}

/** What the longest list frees that satisfies the rule: nothing frees more, for it has the most valuable options. */
function mostValue(byValue: readonly UnlockableOption[], terms: UnlockTerms): bigint | undefined {
  let most: bigint | undefined;
  let value = 0n;
  for (const [index, option] of byValue.entries()) {
    value += option.value;
    if (satisfiesRule(BigInt(index + 1), value, terms)) most = value;
  }
  return most;
}

/** If so many options can do it at all, then the most valuable ones do. */
function chooseFewest(
  byValue: readonly UnlockableOption[],
  terms: UnlockTerms,
  goal: bigint,
): readonly UnlockableOption[] | undefined {
  let value = 0n;
  for (const [index, option] of byValue.entries()) {
    value += option.value;
    if (value >= goal && satisfiesRule(BigInt(index + 1), value, terms)) return byValue.slice(0, index + 1);
  }
  return undefined;
}

/**
 * Branch and bound: takes or leaves one option after the other, those first that free most for their gas, and turns back
 * where what is left can't free enough, can't pay for the list, or takes more gas than the best list so far.
 */
class CheapestList {
  readonly #options: readonly UnlockableOption[];
  readonly #terms: UnlockTerms;
  readonly #goal: bigint;
  /** What all options from an index on free, and by how much they exceed their cost where they do, in SCALE. */
  readonly #valueFrom: bigint[];
  readonly #surplusFrom: bigint[];
  readonly #taken: UnlockableOption[] = [];
  #best: readonly UnlockableOption[] = [];
  #bestGas = 0n;

  constructor(options: readonly UnlockableOption[], terms: UnlockTerms, goal: bigint) {
    this.#options = [...options].sort((a, b) => compare(b.value * a.gas, a.value * b.gas) || compare(a.id, b.id));
    this.#terms = terms;
    this.#goal = goal;
    this.#valueFrom = this.#sumsFrom((option) => option.value);
    this.#surplusFrom = this.#sumsFrom((option) => {
      const surplus = this.#surplus(option);
      return surplus > 0n ? surplus : 0n;
    });
  }

  /** Starts from a list that is good enough. */
  find(known: readonly UnlockableOption[]): readonly UnlockableOption[] {
    this.#best = known;
    this.#bestGas = sum(known, "gas");
    this.#search(0, 0n, 0n, 0n);
    return this.#best;
  }

  #search(index: number, value: bigint, gas: bigint, surplus: bigint): void {
    if (gas >= this.#bestGas) return;
    if (value >= this.#goal && satisfiesRule(BigInt(this.#taken.length), value, this.#terms)) {
      this.#best = [...this.#taken];
      this.#bestGas = gas;
      return;
    }
    const option = this.#options[index];
    if (option === undefined || BigInt(this.#taken.length) >= this.#terms.maxOptions) return;

    const missing = this.#goal - value;
    if (missing > (this.#valueFrom[index] ?? 0n) || surplus + (this.#surplusFrom[index] ?? 0n) < 0n) return;
    // None of those left frees more for its gas than this one
    if (missing > 0n && missing * option.gas >= (this.#bestGas - gas) * option.value) return;

    this.#taken.push(option);
    this.#search(index + 1, value + option.value, gas + option.gas, surplus + this.#surplus(option));
    this.#taken.pop();
    this.#search(index + 1, value, gas, surplus);
  }

  /** The rule without its rounding, which only makes it stricter: a list whose surpluses add up to less than zero fails. */
  #surplus({ value }: UnlockableOption): bigint {
    const { usage, multiplier, costPerOption } = this.#terms;
    return value * multiplier * (usage < FULL_USAGE ? usage : FULL_USAGE) - costPerOption * PERCENT * FULL_USAGE;
  }

  #sumsFrom(of: (option: UnlockableOption) => bigint): bigint[] {
    const sums = [0n];
    for (const option of [...this.#options].reverse()) sums.unshift((sums[0] ?? 0n) + of(option));
    return sums;
  }
}

/** What to choose from, and how. */
export interface ChainChoice {
  /** Whose boost is part of the cost. */
  readonly keeper: AddressLike;
  /** What the list has to free at least, in the pool's own unit; by default as much as the rule lets through. */
  readonly leastValue?: bigint;
  /** The ids to look at; by default the window of the job's `workable`. */
  readonly from?: bigint;
  readonly count?: bigint;
  /** What unlocking an option takes; by default they are all alike. */
  readonly gasOf?: (id: bigint) => bigint | Promise<bigint>;
  /**
   * How to call: the block, and the fees of the transaction to come. A node may take the base fee for zero in a call
   * without fees, and the cost with it.
   */
  readonly overrides?: Overrides;
}

/** Reads what the job could unlock and what its rule reckons with, and chooses. */
export async function chooseFromChain(job: HegicUnlockJob, request: ChainChoice): Promise<Choice | undefined> {
  const { usage, multiplier, costPerOption, maxOptions } = await job.terms(request.keeper, request.overrides ?? {});
  const terms = { usage, multiplier, costPerOption, maxOptions };
  return chooseOptions(await readUnlockable(job, request), terms, request.leastValue);
}

/** The options of a range of ids that can be unlocked as of the block that is called. */
export async function readUnlockable(job: HegicUnlockJob, request: ChainChoice): Promise<UnlockableOption[]> {
  const { gasOf = () => 1n, overrides = {} } = request;
  const from = request.from ?? (await job.scanFrom(overrides));
  const count = request.count ?? (await job.SCAN_WINDOW(overrides));
  const [ids, freed] = await job.findUnlockable(from, count, overrides);
  return Promise.all(ids.map(async (id, index) => ({ id, value: freed[index] ?? 0n, gas: await gasOf(id) })));
}

function checkOptions(options: readonly UnlockableOption[]): void {
  if (new Set(options.map(({ id }) => id)).size !== options.length) throw new RangeError("An option is there twice.");
  for (const { id, value, gas } of options) {
    if (value < 0n || gas <= 0n) throw new RangeError(`Option ${id} frees less than nothing, or takes no gas.`);
  }
}

function toChoice(list: readonly UnlockableOption[]): Choice {
  return { ids: list.map(({ id }) => id).sort(compare), value: sum(list, "value"), gas: sum(list, "gas") };
}

function sum(list: readonly UnlockableOption[], of: "value" | "gas"): bigint {
  return list.reduce((total, option) => total + option[of], 0n);
}

function compare(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
