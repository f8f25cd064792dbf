/** The first guess, and the limit of many providers. */
export const FIRST_SPAN = 10_000n;
/** A node without limits scans this in seconds. */
const MAX_SPAN = 100_000n;
/** So many full requests in a row are answered before a limit that was met is put to the test again. */
const PATIENCE = 8;
/** A gap between what is given and what is refused is left alone once it is smaller than this part. */
const WORTHWHILE = 16n;

/**
 * How many blocks a node gives the logs of at once, as it is learnt: halved, or set to what the node suggests, when it
 * refuses; brought close to the limit by bisection, and doubled where there is none; and after a run of successes put to
 * the test again, because a limit by results moves with the chain's activity. Each test that fails doubles the run that
 * the next one waits for.
 */
export class Span {
  #size = FIRST_SPAN;
  /** The largest that was given, since anything as small was refused. */
  #given: bigint | undefined;
  /** The smallest that was refused, while that counts. */
  #refused: bigint | undefined;
  /** What was refused, while that is put to the test. */
  #tested: bigint | undefined;
  #run = 0;
  #patience = PATIENCE;

  /** Blocks to ask for next. */
  get size(): bigint {
    return this.#size;
  }

  /** So many blocks were given. Fewer than the size teach nothing. */
  given(blocks: bigint): void {
    if (blocks < this.#size) return;
    this.#given = blocks;
    if (this.#tested !== undefined) [this.#tested, this.#patience] = [undefined, PATIENCE];
    this.#size = this.#larger(blocks);
  }

  /**
   * So many blocks, more than one, were refused.
   * @param suggested Blocks that the node says it would give: at least one, and fewer than it refused
   * @returns Blocks to ask for instead: fewer than were refused
   */
  refused(blocks: bigint, suggested: bigint | undefined): bigint {
    this.#run = 0;
    if (this.#given !== undefined && this.#given >= blocks) this.#given = undefined;
    if (this.#tested !== undefined && this.#given !== undefined) {
      [this.#refused, this.#tested] = [this.#tested, undefined];
      this.#patience *= 2;
    } else if (suggested !== undefined) {
      [this.#refused, this.#given] = [suggested + 1n, suggested];
    } else {
      this.#refused = blocks;
    }
    this.#tested = undefined;
    this.#size = this.#given ?? blocks / 2n;
    return this.#size;
  }

  #larger(given: bigint): bigint {
    const double = given * 2n < MAX_SPAN ? given * 2n : MAX_SPAN;
    if (this.#refused === undefined) return double;
    const gap = this.#refused - given;
    if (gap > 1n && gap * WORTHWHILE > given) return given + gap / 2n;
    this.#run++;
    if (this.#run < this.#patience) return given;
    [this.#run, this.#tested, this.#refused] = [0, this.#refused, undefined];
    return double;
  }
}
