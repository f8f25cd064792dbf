import { HOUR } from "@keep3r-network/sdk";
import { expect } from "chai";
import { loadFixture } from "../fixture";
import { itAtLength } from "../tools/coverage";
import { deployNaiveObservedMarket, deployObservedMarket, type Quoted, type Replay, replay } from "../worlds/market";

/** What payments come to in a replay, as parts of what is fair: bounds that are nearly reached. */
export interface Outcome {
  least: number;
  most: number;
  /** From which hour on, and until which, the helper refuses to quote; none when it always quotes. */
  stops?: readonly [from: number, until: number];
}

/** How near the bounds are to what is quoted. */
const SLACK = 1.01;

/** A fair quote may differ from 1 by what swaps and scales round. */
const ROUNDING = 1 + 1e-9;

/** Replays an attack on a market that is priced by the old rule, and on one that is priced by ours. */
export function itReplays(
  incident: string,
  attack: Replay,
  { naive, ours }: { naive: Outcome; ours: Outcome },
  [deployNaive, deployOurs] = [deployNaiveObservedMarket, deployObservedMarket],
): void {
  itAtLength(`${incident}: the old rule pays ${inWords(naive)}`, async function () {
    expectOutcome(await replay(await loadFixture(deployNaive), attack), naive);
  });

  itAtLength(`${incident}: ours pays ${inWords(ours)}`, async function () {
    expectOutcome(await replay(await loadFixture(deployOurs), attack), ours);
  });
}

function inWords({ least, most, stops }: Outcome): string {
  const range = least === most ? `${least}` : `${least} to ${most}`;
  const paid = `${range} of what is fair`;
  if (stops === undefined) return paid;
  const [from, until] = stops;
  return `${paid}, and nothing from hour ${from} on${until === Infinity ? "" : ` until hour ${until}`}`;
}

function expectOutcome(quoted: readonly Quoted[], { least, most, stops: [from, until] = [0, 0] }: Outcome): void {
  const refused = quoted.filter(({ ratio }) => ratio === "StaleQuote").map(({ at }) => at);
  expect(refused, "refused").to.deep.equal(
    quoted.map(({ at }) => at).filter((at) => at >= from * HOUR && at < until * HOUR),
  );

  const ratios = quoted.flatMap(({ ratio }) => (ratio === "StaleQuote" ? [] : [ratio]));
  expect(Math.min(...ratios), "least").to.be.within(least / ROUNDING, least * SLACK);
  expect(Math.max(...ratios), "most").to.be.within(most / SLACK, most * ROUNDING);
}
