import { BPS, WAD } from "@keep3r-network/sdk";
import { expect } from "chai";
import fc from "fast-check";
import { type Amounts, boughtFor, etherToSwap, lessPart, mintedFor, takenOf } from "#cli/market/formulas";

const SEED = { seed: 20_260_101, numRuns: 2_000 };
/** Uniswap counts 997 of 1000 of what is swapped. */
const [COUNTED, WHOLE] = [997n, 1_000n];
/** Roundings, each of at most a wei of the one or of the other. */
const ROUNDINGS = 5n;

const reserve = fc.bigInt(10n ** 6n, 2n ** 112n - 1n);
const pools = fc.record({ kp3r: reserve, eth: reserve });

/** A pool, and ether that isn't more than it has. */
const entries = pools.chain((pool) => fc.tuple(fc.constant(pool), fc.bigInt(1n, pool.eth)));

describe("keep3r: liquidity out of ether", () => {
  /** What is swapped, bought, and left after both went into the pool. */
  function enter(pool: Amounts, ether: bigint): { spent: bigint; bought: bigint; left: Amounts; after: Amounts } {
    return enterWith(pool, ether, etherToSwap(ether, pool.eth));
  }

  function enterWith(pool: Amounts, ether: bigint, spent: bigint): ReturnType<typeof enter> {
    const bought = boughtFor(spent, pool);
    const after = { kp3r: pool.kp3r - bought, eth: pool.eth + spent };
    const given = { kp3r: bought, eth: ether - spent };
    const taken = takenOf(given, after);
    return { spent, bought, after, left: { kp3r: given.kp3r - taken.kp3r, eth: given.eth - taken.eth } };
  }

  it("spends never more than is given, and leaves no more than dust of it", () => {
    fc.assert(
      fc.property(entries, ([pool, ether]) => {
        const { spent, left, after } = enter(pool, ether);
        expect(spent >= 0n && spent <= ether).to.be.true;
        expect(left.kp3r).to.equal(0n);
        expect(left.eth >= 0n && left.eth <= ROUNDINGS * (after.eth / after.kp3r + 1n)).to.be.true;
      }),
      SEED,
    );
  });

  it("leaves more if more or less is swapped", () => {
    const pool = { kp3r: 10_000n * WAD, eth: 1_000n * WAD };
    for (const ether of [WAD, 50n * WAD, 1_000n * WAD]) {
      const { spent, left } = enter(pool, ether);
      expect(enterWith(pool, ether, (spent * 101n) / 100n).left.kp3r > left.kp3r).to.be.true;
      expect(enterWith(pool, ether, (spent * 99n) / 100n).left.eth > left.eth).to.be.true;
    }
  });

  it("buys what Uniswap's invariant allows, to the wei", () => {
    const allowed = (pool: Amounts, eth: bigint, kp3r: bigint): boolean =>
      (pool.eth * WHOLE + eth * COUNTED) * (pool.kp3r - kp3r) >= pool.eth * WHOLE * pool.kp3r;
    fc.assert(
      fc.property(entries, ([pool, eth]) => {
        const bought = boughtFor(eth, pool);
        expect(allowed(pool, eth, bought)).to.be.true;
        expect(allowed(pool, eth, bought + 1n)).to.be.false;
      }),
      SEED,
    );
  });

  it("adds both in the pool's proportion, never more than is given, and all of one", () => {
    fc.assert(
      fc.property(pools, pools, (given, pool) => {
        const taken = takenOf(given, pool);
        expect(taken.kp3r <= given.kp3r && taken.eth <= given.eth).to.be.true;
        expect(taken.kp3r === given.kp3r || taken.eth === given.eth).to.be.true;
        // A wei more of the rounded one would be more than its part
        if (taken.kp3r === given.kp3r) {
          expect(taken.eth * pool.kp3r <= taken.kp3r * pool.eth).to.be.true;
          expect((taken.eth + 1n) * pool.kp3r > taken.kp3r * pool.eth).to.be.true;
        } else {
          expect(taken.kp3r * pool.eth <= taken.eth * pool.kp3r).to.be.true;
          expect((taken.kp3r + 1n) * pool.eth > taken.eth * pool.kp3r).to.be.true;
        }
      }),
      SEED,
    );
  });

  it("expects the LP tokens that the smaller of both parts mints", () => {
    const pool = { kp3r: 1_000n, eth: 100n };
    expect(mintedFor({ kp3r: 50n, eth: 5n }, pool, 300n)).to.equal(15n);
    expect(mintedFor({ kp3r: 49n, eth: 5n }, pool, 300n)).to.equal(14n);
    expect(mintedFor({ kp3r: 50n, eth: 4n }, pool, 300n)).to.equal(12n);
  });

  it("takes no less than the bound, which is rounded up", () => {
    expect(lessPart(10_000n, 100n)).to.equal(9_900n);
    expect(lessPart(99n, 100n)).to.equal(99n);
    fc.assert(
      fc.property(reserve, fc.bigInt(0n, BPS), (amount, part) => {
        const least = lessPart(amount, part);
        expect(least * BPS >= amount * (BPS - part)).to.be.true;
        expect((least - 1n) * BPS < amount * (BPS - part)).to.be.true;
      }),
      SEED,
    );
  });
});
