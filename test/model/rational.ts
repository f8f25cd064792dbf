/** An exact fraction: nothing is rounded before somebody says in which direction. */
export class Rational {
  readonly #numerator: bigint;
  /** Above zero. */
  readonly #denominator: bigint;

  private constructor(numerator: bigint, denominator: bigint) {
    this.#numerator = numerator;
    this.#denominator = denominator;
  }

  static of(numerator: bigint | number, denominator: bigint | number = 1n): Rational {
    const [above, below] = [BigInt(numerator), BigInt(denominator)];
    if (below === 0n) throw new Error(`${above}/0 is not a number.`);
    return below < 0n ? new Rational(-above, -below) : new Rational(above, below);
  }

  plus(other: Rational): Rational {
    const { above, below } = other.#parts();
    return new Rational(this.#numerator * below + above * this.#denominator, this.#denominator * below);
  }

  minus(other: Rational): Rational {
    const { above, below } = other.#parts();
    return this.plus(Rational.of(-above, below));
  }

  times(other: Rational | bigint | number): Rational {
    const { above, below } = exactly(other).#parts();
    return new Rational(this.#numerator * above, this.#denominator * below);
  }

  over(other: Rational | bigint | number): Rational {
    const { above, below } = exactly(other).#parts();
    return Rational.of(this.#numerator * below, this.#denominator * above);
  }

  isBelow(other: Rational): boolean {
    return this.minus(other).#numerator < 0n;
  }

  /** The highest integer that isn't above it. */
  floor(): bigint {
    const truncated = this.#numerator / this.#denominator;
    return truncated * this.#denominator > this.#numerator ? truncated - 1n : truncated;
  }

  /** The lowest integer that isn't below it. */
  ceil(): bigint {
    return -Rational.of(-this.#numerator, this.#denominator).floor();
  }

  /** The highest integer whose square isn't above it. */
  floorRoot(): bigint {
    return floorRoot(this.floor());
  }

  #parts(): { above: bigint; below: bigint } {
    return { above: this.#numerator, below: this.#denominator };
  }
}

export function lesser(a: Rational, b: Rational): Rational {
  return a.isBelow(b) ? a : b;
}

export function greater(a: Rational, b: Rational): Rational {
  return a.isBelow(b) ? b : a;
}

/** The root of a whole number, rounded down, by bisection: slow, and plainly right. */
export function floorRoot(value: bigint): bigint {
  let [low, high] = [0n, 1n << BigInt((value.toString(2).length >> 1) + 1)];
  while (high - low > 1n) {
    const middle = (low + high) >> 1n;
    if (middle * middle > value) high = middle;
    else low = middle;
  }
  return low;
}

function exactly(value: Rational | bigint | number): Rational {
  return value instanceof Rational ? value : Rational.of(value);
}
