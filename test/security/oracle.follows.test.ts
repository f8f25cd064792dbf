import { DAY, HOUR, MINUTE, WAD } from "@keep3r-network/sdk";
import { expect } from "chai";
import { itReplays } from "#support/behaviours/replays";
import { PERIOD_SIZE } from "#support/defaults";
import { loadFixture } from "#support/fixture";
import {
  type Action,
  BLOCK,
  deployListedMarket,
  deployNaiveListedMarket,
  deployNaiveObservedMarket,
  deployObservedMarket,
  every,
  type Market,
  move,
  observations,
  push,
  type Replay,
  replay,
} from "#support/worlds/market";

/** The price goes to a multiple in ten minutes, by a swap a minute, and stays there. */
function drift(from: number, factor: number): Required<Pick<Replay, "actions" | "fair">> {
  const steps = 10;
  const after = (step: number) => factor ** (step / steps);
  return {
    actions: every(1, 1, steps).map((step) => move(from + step * MINUTE, after(step))),
    fair: (at) => after(Math.min(Math.max(Math.floor((at - from) / MINUTE), 0), steps)),
  };
}

/** Hours from when the price begins to move until payments are within 20 % of what is fair for good. */
async function hoursToFollow(market: Market, from: number, factor: number): Promise<number> {
  const { actions, fair } = drift(from, factor);
  const end = from + 7 * HOUR;
  const quoted = await replay(market, {
    actions: [...actions, ...observations(PERIOD_SIZE, end)],
    paidAt: every(2 * MINUTE, from + 1, end),
    fair,
  });
  const isFair = (ratio: number | "StaleQuote") => ratio !== "StaleQuote" && Math.abs(ratio - 1) <= 0.2;
  const since = quoted.map(({ ratio }) => isFair(ratio)).lastIndexOf(false) + 1;
  return ((quoted[since]?.at ?? Infinity) - from) / HOUR;
}

describe("ORC-3: payments follow the market to within 20 % of what is fair", function () {
  const CRASH = 1 / 5;
  const RALLY = 5;

  /** How long after an observation the price begins to move; the last of either is the worst. */
  const CASES = [
    { name: "A fall of 80 % right after an observation", factor: CRASH, phase: 30, naive: 4.1, ours: 4.6 },
    { name: "A fall of 80 % right before an observation", factor: CRASH, phase: 29 * MINUTE, naive: 4.1, ours: 4.6 },
    { name: "A fall of 80 % in the middle of a span", factor: CRASH, phase: 15 * MINUTE, naive: 4.3, ours: 4.8 },
    { name: "A fivefold rise right after an observation", factor: RALLY, phase: 30, naive: 3.6, ours: 4.6 },
    { name: "A fivefold rise right before an observation", factor: RALLY, phase: 29 * MINUTE, naive: 3.6, ours: 4.6 },
    { name: "A fivefold rise late in a span", factor: RALLY, phase: 20 * MINUTE + 30, naive: 3.7, ours: 4.7 },
  ];

  for (const { name, factor, phase, naive, ours } of CASES) {
    const from = PERIOD_SIZE + phase;

    it(`${name}: the old rule takes ${naive} hours at the most`, async function () {
      const hours = await hoursToFollow(await loadFixture(deployNaiveObservedMarket), from, factor);
      expect(hours).to.be.within(naive - 0.15, naive);
    });

    it(`${name}: ours takes ${ours} hours at the most`, async function () {
      const hours = await hoursToFollow(await loadFixture(deployObservedMarket), from, factor);
      expect(hours).to.be.within(ours - 0.15, ours);
    });
  }
});

describe("Known: a fall can be held back by a push in every period", function () {
  const FALLEN = 1 / 5;
  const END = 24 * HOUR;

  /** The price falls by 80 %; for the block before each observation somebody pushes it to a multiple of what it was. */
  function heldBack(factor: number): Replay {
    const pushes = every(PERIOD_SIZE, PERIOD_SIZE, END).flatMap((at): Action[] => [
      move(at - BLOCK, factor),
      move(at, FALLEN),
    ]);
    return {
      actions: [move(MINUTE, FALLEN), ...pushes, ...observations(PERIOD_SIZE, END)],
      paidAt: every(HOUR, HOUR, END),
      fair: (at) => (at >= MINUTE ? FALLEN : 1),
    };
  }

  // So that a block of it in a period makes up for what the price has fallen by: 12 s * 120.2 + 1,788 s / 5 = 1,800 s
  itReplays("A fall of 80 %, pushed to x121 of the price before", heldBack(121), {
    naive: { least: 0.198, most: 0.2 },
    ours: { least: 0.198, most: 0.2 },
  });

  itReplays("A fall of 80 %, pushed to x60 of the price before", heldBack(60), {
    naive: { least: 0.221, most: 0.336 },
    ours: { least: 0.22, most: 0.336 },
  });
});

describe("Known: the first span after a listing is free", function () {
  const UP = 1_000;
  const DOWN = 1 / UP;
  const PAID_LATER = every(10 * MINUTE, DAY, DAY + 6 * HOUR);

  /** The price of KP3R after the first span, as a multiple of what is fair. */
  async function readAfter(market: Market, actions: readonly Action[]): Promise<number> {
    const { oracle, kp3r, weth } = market;
    await replay(market, { actions: [...actions, ...observations(PERIOD_SIZE, PERIOD_SIZE)], paidAt: [] });
    return Number(await oracle.current(kp3r, WAD, weth)) / Number(WAD / 10n);
  }

  for (const [rule, deploy] of [
    ["the old rule", deployNaiveListedMarket],
    ["ours", deployListedMarket],
  ] as const) {
    it(`A block at x1000 in the first span: ${rule} reads 7.66 times what is fair`, async function () {
      expect(await readAfter(await loadFixture(deploy), push(PERIOD_SIZE / 2, UP))).to.be.closeTo(7.66, 0.005);
    });

    it(`A first span at a thousandth: ${rule} reads a thirtieth of what is fair`, async function () {
      const market = await loadFixture(deploy);
      expect(await readAfter(market, push(MINUTE, DOWN, PERIOD_SIZE))).to.be.closeTo(1 / 30, 0.005);
    });
  }

  // Until the oracle has seen a day governance's quote serves, and by then the price is back
  itReplays(
    "Payments after the bootstrap, a block at x1000 in the first span",
    { actions: [...push(PERIOD_SIZE / 2, UP), ...observations(PERIOD_SIZE, DAY + 6 * HOUR)], paidAt: PAID_LATER },
    { naive: { least: 1, most: 1 }, ours: { least: 1, most: 1 } },
    [deployNaiveListedMarket, deployListedMarket],
  );

  itReplays(
    "Payments after the bootstrap, a first span at a thousandth",
    { actions: [...push(MINUTE, DOWN, PERIOD_SIZE), ...observations(PERIOD_SIZE, DAY + 6 * HOUR)], paidAt: PAID_LATER },
    { naive: { least: 1, most: 1 }, ours: { least: 1, most: 1 } },
    [deployNaiveListedMarket, deployListedMarket],
  );
});
