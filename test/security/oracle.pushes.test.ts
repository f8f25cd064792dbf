import { HOUR, MINUTE } from "@keep3r-network/sdk";
import { expect } from "chai";
import { itReplays } from "#support/behaviours/replays";
import { PERIOD_SIZE } from "#support/defaults";
import { loadFixture } from "#support/fixture";
import { Q112 } from "#support/worlds/oracle";
import {
  type Action,
  BLOCK,
  deployNaiveObservedMarket,
  deployObservedMarket,
  every,
  type Market,
  observations,
  push,
  type Replay,
  replay,
} from "#support/worlds/market";

const END = 14 * HOUR;
/** The middle of the first span. */
const MIDDLE = PERIOD_SIZE / 2;
/** What any push here moves the price by; how far doesn't matter, since ours is bounded before. */
const UP = 1_000;
const DOWN = 1 / UP;

/** The pool is observed every period and paid by every ten minutes, while somebody moves its price. */
function during(actions: readonly Action[]): Replay {
  return { actions: [...actions, ...observations(PERIOD_SIZE, END)], paidAt: every(10 * MINUTE, 10 * MINUTE, END) };
}

/** A push for the block before each of so many observations. */
function beforeEach(count: number, factor: number): Action[] {
  return every(PERIOD_SIZE, PERIOD_SIZE, count * PERIOD_SIZE).flatMap((at) => push(at - BLOCK, factor));
}

describe("ORC-3: the price is pushed for some blocks", function () {
  itReplays("One block at x1000", during(push(MIDDLE, UP)), {
    naive: { least: 0.545, most: 1 },
    ours: { least: 0.987, most: 1 },
  });

  itReplays("Four blocks in a row at x1000", during(push(MIDDLE, UP, 4 * BLOCK)), {
    naive: { least: 0.23, most: 1 },
    ours: { least: 0.987, most: 1 },
  });

  itReplays("Eight blocks in a row at x1000", during(push(MIDDLE, UP, 8 * BLOCK)), {
    naive: { least: 0.13, most: 1 },
    ours: { least: 0.987, most: 1 },
  });

  itReplays(
    "Eight blocks in a row at x1000, an observation amid them",
    during(push(PERIOD_SIZE - 4 * BLOCK, UP, 8 * BLOCK)),
    {
      naive: { least: 0.13, most: 1 },
      ours: { least: 0.962, most: 1 },
    },
  );

  itReplays("A block at x1000 before each of four observations", during(beforeEach(4, UP)), {
    naive: { least: 0.23, most: 1 },
    ours: { least: 0.878, most: 1 },
  });

  itReplays("A block at x1000 before each of eight observations", during(beforeEach(8, UP)), {
    naive: { least: 0.13, most: 1 },
    ours: { least: 0.619, most: 1 },
  });

  // Unconfirmed rises add up, to what the plain mean is and no further
  itReplays("Known: a block at x1000 before each of 28 observations", during(beforeEach(28, UP)), {
    naive: { least: 0.13, most: 1 },
    ours: { least: 0.13, most: 1 },
  });

  // This is the direction in which the arithmetic mean hardly moves
  itReplays("One block at a thousandth", during(push(MIDDLE, DOWN)), {
    naive: { least: 1, most: 1.001 },
    ours: { least: 1, most: 1.001 },
  });

  itReplays("Four blocks in a row at a thousandth", during(push(MIDDLE, DOWN, 4 * BLOCK)), {
    naive: { least: 1, most: 1.004 },
    ours: { least: 1, most: 1.004 },
  });

  itReplays("Eight blocks in a row at a thousandth", during(push(MIDDLE, DOWN, 8 * BLOCK)), {
    naive: { least: 1, most: 1.007 },
    ours: { least: 1, most: 1.007 },
  });

  itReplays("A block at a thousandth before each of four observations", during(beforeEach(4, DOWN)), {
    naive: { least: 1, most: 1.004 },
    ours: { least: 1, most: 1.004 },
  });

  itReplays("A block at a thousandth before each of eight observations", during(beforeEach(8, DOWN)), {
    naive: { least: 1, most: 1.007 },
    ours: { least: 1, most: 1.007 },
  });
});

describe("ORC-3: the price of the paired token, in whose direction a block at a thousandth is a push upwards", function () {
  const WINDOW = 4 * HOUR;

  /** What WETH is read at after a block at a thousandth, as a multiple of what is fair. */
  async function readWeth(market: Market): Promise<number> {
    const { oracle, pair, weth } = market;
    await replay(market, { actions: [...push(MIDDLE, DOWN), ...observations(PERIOD_SIZE, PERIOD_SIZE)], paidAt: [] });
    const { averageX112 } = await oracle.averagePrice(pair, weth, WINDOW, 2 * WINDOW);
    return Number(averageX112) / Number(Q112) / 10;
  }

  it("One block at a thousandth: the old rule reads 1.83 times what is fair", async function () {
    expect(await readWeth(await loadFixture(deployNaiveObservedMarket))).to.be.closeTo(1.83, 0.005);
  });

  it("One block at a thousandth: ours reads 1.0125 times what is fair", async function () {
    expect(await readWeth(await loadFixture(deployObservedMarket))).to.be.closeTo(1.0125, 0.0001);
  });
});

describe("ORC-3: the price is held", function () {
  /** So long after an observation a price that is held for so long moves the most spans. */
  const OUT_OF_STEP = { anHour: 20 * MINUTE, fourHours: 5 * MINUTE };

  itReplays("An hour at x1000", during(push(PERIOD_SIZE, UP, HOUR)), {
    naive: { least: 0.00398, most: 1 },
    ours: { least: 0.78, most: 1 },
  });

  itReplays("An hour at a thousandth", during(push(PERIOD_SIZE, DOWN, HOUR)), {
    naive: { least: 1, most: 1.34 },
    ours: { least: 1, most: 1.19 },
  });

  // Both spans that it covers only in part move as well
  itReplays("An hour at a thousandth, out of step", during(push(PERIOD_SIZE + OUT_OF_STEP.anHour, DOWN, HOUR)), {
    naive: { least: 1, most: 1.34 },
    ours: { least: 1, most: 1.41 },
  });

  itReplays("Four hours at x1000", during(push(PERIOD_SIZE, UP, 4 * HOUR)), {
    naive: { least: 0.000999, most: 1 },
    ours: { least: 0.0777, most: 1 },
  });

  itReplays("Four hours at x1000, out of step", during(push(PERIOD_SIZE + OUT_OF_STEP.fourHours, UP, 4 * HOUR)), {
    naive: { least: 0.00102, most: 1 },
    ours: { least: 0.0617, most: 1 },
  });

  itReplays("Known: four hours at a thousandth", during(push(PERIOD_SIZE, DOWN, 4 * HOUR)), {
    naive: { least: 1, most: 1000 },
    ours: { least: 1, most: 10.1 },
  });

  itReplays(
    "Known: four hours at a thousandth, out of step",
    during(push(PERIOD_SIZE + OUT_OF_STEP.fourHours, DOWN, 4 * HOUR)),
    {
      naive: { least: 1, most: 45.9 },
      ours: { least: 1, most: 12.1 },
    },
  );

  it("Known: four hours at a thousandth: ours pays the most about two hours after they end", async function () {
    const from = PERIOD_SIZE + OUT_OF_STEP.fourHours;
    const quoted = await replay(await loadFixture(deployObservedMarket), during(push(from, DOWN, 4 * HOUR)));
    const most = quoted.reduce((dearest, quote) => (quote.ratio > dearest.ratio ? quote : dearest));
    expect(most.at - (from + 4 * HOUR)).to.be.within(1.75 * HOUR, 2 * HOUR);
  });
});
