import { DAY, HOUR, MINUTE } from "@keep3r-network/sdk";
import { expect } from "chai";
import { itReplays } from "#support/behaviours/replays";
import { PERIOD_SIZE } from "#support/defaults";
import { loadFixture } from "#support/fixture";
import {
  BLOCK,
  delisting,
  deployNaiveObservedMarket,
  deployObservedMarket,
  every,
  move,
  observations,
  push,
  relisting,
  type Replay,
  replay,
} from "#support/worlds/market";

const UP = 1e6;
const DOWN = 1 / UP;

/** Nobody observes for a while, in the middle of which the price is pushed; then everybody does as always. */
function silence(seconds: number, factor: number, blocks = 1): Replay {
  return {
    actions: [...push(seconds / 2, factor, blocks * BLOCK), ...observations(seconds, seconds + 14 * HOUR)],
    paidAt: every(10 * MINUTE, seconds, seconds + 14 * HOUR),
  };
}

describe("ORC-3: the price is pushed while nobody observes", function () {
  itReplays("A block at x10^6 in a silence of four hours", silence(4 * HOUR, UP), {
    naive: { least: 0.00119, most: 1 },
    ours: { least: 0.909, most: 1 },
  });

  itReplays("A block at x10^6 in a silence of 29 hours", silence(29 * HOUR, UP), {
    naive: { least: 1, most: 1, stops: [29, 33] },
    ours: { least: 0.909, most: 1 },
  });

  itReplays("A block at x10^6 in a silence of ten days", silence(10 * DAY, UP), {
    naive: { least: 1, most: 1, stops: [240, 244] },
    ours: { least: 0.909, most: 1 },
  });

  itReplays("Eight blocks at x10^6 in a silence of four hours", silence(4 * HOUR, UP, 8), {
    naive: { least: 0.000149, most: 1 },
    ours: { least: 0.909, most: 1 },
  });

  itReplays("Eight blocks at x10^6 in a silence of 29 hours", silence(29 * HOUR, UP, 8), {
    naive: { least: 1, most: 1, stops: [29, 33] },
    ours: { least: 0.909, most: 1 },
  });

  itReplays("Eight blocks at a millionth in a silence of four hours", silence(4 * HOUR, DOWN, 8), {
    naive: { least: 1, most: 1.007 },
    ours: { least: 1, most: 1.007 },
  });

  itReplays("Eight blocks at a millionth in a silence of 29 hours", silence(29 * HOUR, DOWN, 8), {
    naive: { least: 1, most: 1, stops: [29, 33] },
    ours: { least: 1, most: 1.001 },
  });
});

describe("ORC-3: the pair is delisted, pushed and listed again", function () {
  /** Payments come every ten minutes; the last quote serves for a day. */
  function delistedUntil(relisted: number, pushed: number): Replay {
    return {
      actions: [
        ...observations(PERIOD_SIZE, HOUR),
        delisting(HOUR + MINUTE),
        ...push(pushed, UP),
        relisting(relisted),
        ...observations(relisted + PERIOD_SIZE, relisted + 10 * HOUR),
      ],
      paidAt: every(10 * MINUTE, 10 * MINUTE, relisted + 10 * HOUR),
    };
  }

  itReplays("A block at x10^6 in six hours off the list", delistedUntil(7 * HOUR, 3 * HOUR), {
    naive: { least: 0.00179, most: 1 },
    ours: { least: 0.909, most: 1 },
  });

  itReplays("A block at x10^6 in two days off the list", delistedUntil(49 * HOUR, 3 * HOUR), {
    naive: { least: 1, most: 1, stops: [25.1, 53] },
    ours: { least: 0.909, most: 1, stops: [25.1, 49] },
  });

  itReplays("A block at x10^6 right before the pair is listed again", delistedUntil(49 * HOUR, 49 * HOUR - BLOCK), {
    naive: { least: 1, most: 1, stops: [25.1, 53] },
    ours: { least: 0.909, most: 1, stops: [25.1, 49] },
  });
});

describe("Known: who withholds updates gains a period", function () {
  const HALF = 0.5;
  const [FALLS, END] = [MINUTE, 12 * HOUR];

  /** The price halves; the next observation comes at a time of somebody's choice. */
  function fall(observedFrom: number): Replay {
    return {
      actions: [move(FALLS, HALF), ...observations(observedFrom, END)],
      paidAt: [PERIOD_SIZE - 1, PERIOD_SIZE, 2 * PERIOD_SIZE, 2 * PERIOD_SIZE + 1, 4 * HOUR],
      fair: (at) => (at >= FALLS ? HALF : 1),
    };
  }

  it("a read follows a fall of half at once by the old rule, and from the next observation on by ours", async function () {
    const naive = await replay(await loadFixture(deployNaiveObservedMarket), fall(PERIOD_SIZE));
    const ours = await replay(await loadFixture(deployObservedMarket), fall(PERIOD_SIZE));
    expect(naive[0]?.ratio).to.be.closeTo(0.528, 0.001);
    expect(ours[0]?.ratio).to.be.closeTo(HALF, 1e-6);
    expect(ours[1]?.ratio).to.be.closeTo(0.521, 0.001);
  });

  it("a read of ours follows two periods after the last observation at the latest, whoever withholds the next", async function () {
    const ours = await replay(await loadFixture(deployObservedMarket), fall(4 * HOUR));
    expect(ours[2]?.ratio).to.be.closeTo(HALF, 1e-6);
    expect(ours[3]?.ratio).to.be.closeTo(0.57, 0.001);
  });

  it("an open span of two periods is read as the old rule reads it", async function () {
    const naive = await replay(await loadFixture(deployNaiveObservedMarket), fall(4 * HOUR));
    const ours = await replay(await loadFixture(deployObservedMarket), fall(4 * HOUR));
    expect(ours[3]?.ratio).to.be.closeTo(Number(naive[3]?.ratio), 1e-6);
  });
});
