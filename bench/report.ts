import gas from "../snapshots/gas.json";
import { count } from "@keep3r-network/sdk";
import { BATCH } from "../tools/gas/rows";
import { type Bar, drawChart } from "./chart";
import type { ChainlinkFigures } from "./chainlink";
import peers from "./peers.json";
import type { Scaling, Worked } from "./scaling";

/** What a run has measured. What our paths cost is in the snapshots, which CI compares. */
export interface Figures {
  chainlink: ChainlinkFigures;
  scaling: Scaling;
  /** A transaction with ten works by a contract. */
  batch: { paid: number; unpaid: number };
}

const CACHED = gas["isKeeper+worked, steady state, quote cached: delta"];
const REFRESHED = gas["isKeeper+worked, quote refreshed: delta"];
const FIRST_OF_PERIOD = gas["isKeeper+worked, first work of a reward period, one liquidity: delta"];

/** Our paths beside those of V2 that do the same. */
const V2_WORK: [path: string, ours: number, v2: { delta: number }][] = [
  ["`isKeeper` + `worked`, quote cached", CACHED, peers.keep3rV2.gas["isKeeper+worked, steady state"]],
  ["the same, quote refreshed", REFRESHED, peers.keep3rV2.gas["isKeeper+worked, steady state"]],
  ["the same, V2's price pool busy", REFRESHED, peers.keep3rV2.gas["isKeeper+worked, busy pool"]],
  [
    "first work of a reward period",
    FIRST_OF_PERIOD,
    peers.keep3rV2.gas["isKeeper+worked, first of a new reward period"],
  ],
  [
    "a keeper's first work",
    gas["isKeeper+worked, a keeper's first: delta"],
    peers.keep3rV2.gas["isKeeper+worked, keeper's first"],
  ],
  [
    "`isBondedKeeper` + `worked`",
    gas["isBondedKeeper+worked, steady state, quote cached: delta"],
    peers.keep3rV2.gas["isBondedKeeper+worked"],
  ],
  ["`isKeeper` + `bondedPayment`", gas["isKeeper+bondedPayment: delta"], peers.keep3rV2.gas["isKeeper+bondedPayment"]],
  [
    "`isKeeper` + `directTokenPayment`",
    gas["isKeeper+directTokenPayment: delta"],
    peers.keep3rV2.gas["isKeeper+directTokenPayment"],
  ],
];

const V2_TRANSACTIONS: [path: string, ours: number, v2: { transaction: number }][] = [
  ["`bond`, first", gas["bond KP3R, first"], peers.keep3rV2.gas["bond KP3R, first"]],
  ["`activate`, first", gas["activate KP3R, first"], peers.keep3rV2.gas["activate, first"]],
  ["`unbond`, first", gas["unbond KP3R, first"], peers.keep3rV2.gas["unbond, first"]],
  ["`withdraw`", gas["withdraw KP3R"], peers.keep3rV2.gas["withdraw KP3R"]],
  ["`addJob`", gas.addJob, peers.keep3rV2.gas.addJob],
  ["`addLiquidityToJob`, first", gas["addLiquidityToJob, first"], peers.keep3rV2.gas["addLiquidityToJob, first"]],
  ["`addLiquidityToJob`, second", gas["addLiquidityToJob, second"], peers.keep3rV2.gas["addLiquidityToJob, second"]],
  ["`unbondLiquidityFromJob`", gas.unbondLiquidityFromJob, peers.keep3rV2.gas.unbondLiquidityFromJob],
  ["`withdrawLiquidityFromJob`", gas.withdrawLiquidityFromJob, peers.keep3rV2.gas.withdrawLiquidityFromJob],
  [
    "`addTokenCreditsToJob`, first",
    gas["addTokenCreditsToJob, first"],
    peers.keep3rV2.gas["addTokenCreditsToJob, first"],
  ],
  ["`withdrawTokenCreditsFromJob`", gas.withdrawTokenCreditsFromJob, peers.keep3rV2.gas.withdrawTokenCreditsFromJob],
  [
    "`acceptJobMigration`, 1 liquidity",
    gas["acceptJobMigration, 1 liquidity"],
    peers.keep3rV2.gas["acceptJobMigration, 1 liquidity"],
  ],
  [
    "`acceptJobMigration`, 3 liquidities",
    gas["acceptJobMigration, 3 liquidities"],
    peers.keep3rV2.gas["acceptJobMigration, 3 liquidities"],
  ],
];

/** What one work costs over the same job without payment, here and elsewhere. */
function worksOf({ chainlink }: Figures): Bar[] {
  const { keep3rV1, keep3rV2, keep3rV2Head } = peers;
  return [
    { label: "Keep3r, quote cached", gas: CACHED, owner: "this project" },
    { label: "Keep3r, quote refreshed", gas: REFRESHED, owner: "this project" },
    { label: "Keep3r, first work of a reward period", gas: FIRST_OF_PERIOD, owner: "this project" },
    {
      label: keep3rV1.name,
      gas: keep3rV1.gas["isKeeper+worked, steady state"].delta,
      owner: "Keep3r V1 and V2",
    },
    {
      label: keep3rV2.name,
      gas: keep3rV2.gas["isKeeper+worked, steady state"].delta,
      owner: "Keep3r V1 and V2",
    },
    {
      label: keep3rV2Head.name,
      gas: keep3rV2Head.gas["isKeeper+worked, steady state"].delta,
      owner: "Keep3r V1 and V2",
    },
    {
      label: `${keep3rV2.name}, busy pool`,
      gas: keep3rV2.gas["isKeeper+worked, busy pool"].delta,
      owner: "Keep3r V1 and V2",
    },
    {
      label: `${keep3rV2.name}, first of a period`,
      gas: keep3rV2.gas["isKeeper+worked, first of a new reward period"].delta,
      owner: "Keep3r V1 and V2",
    },
    {
      label: `${peers.chainlink.name}, f = 1`,
      gas: chainlink.oneByTwoSigners - chainlink.direct,
      owner: "Chainlink Automation",
    },
    {
      label: `${peers.chainlink.name}, f = 5`,
      gas: chainlink.oneBySixSigners - chainlink.direct,
      owner: "Chainlink Automation",
    },
  ];
}

export function chartOf(figures: Figures): string {
  return drawChart("What a paid work costs beyond the work", "gas over the same job without payment", worksOf(figures));
}

export function reportOf(figures: Figures): string {
  const { chainlink, scaling, batch } = figures;
  return `# Gas benchmark

Written by \`npm run bench\`. Every figure is gas.

![What a paid work costs beyond the work, by network](benchmarks.svg)

## One work

What a transaction that works one job and pays for it costs over the same job without payment.

${table(
  ["network", "gas", "beside Keep3r, quote cached"],
  worksOf(figures).map((bar) => [bar.label, count(bar.gas), times(bar.gas, CACHED)]),
)}

The quote of KP3R and gas is cached for ten minutes: the first payment after that refreshes it for all jobs. A reward period
is five days: a job's first work in it values the job's liquidity anew.

## Beside Keep3r V2

Payments, over the same job without payment:

${table(
  ["path", "Keep3r", "V2, mainnet", "saved"],
  V2_WORK.map(([path, ours, v2]) => [path, count(ours), count(v2.delta), saved(ours, v2.delta)]),
)}

Everything else, whole transactions:

${table(
  ["path", "Keep3r", "V2, mainnet", "saved"],
  V2_TRANSACTIONS.map(([path, ours, v2]) => [path, count(ours), count(v2.transaction), saved(ours, v2.transaction)]),
)}

Deployed, Keep3r takes ${count(gas["Keep3r deployed bytes"])} bytes, V2 ${count(peers.keep3rV2.deployedBytes)}; the limit is 24,576.

## Beside Chainlink Automation

The registry runs here, from the sources that Chainlink publishes. Its figures are those of a third report in a row, in
transactions as a whole; the upkeep does nothing and costs ${count(chainlink.direct)} when it is called directly.

${table(
  ["report", "transaction", "over the direct call", "recorded earlier", "difference"],
  [
    chainlinkRow("one upkeep, f = 1", chainlink.oneByTwoSigners, "one empty upkeep, f=1", chainlink.direct),
    chainlinkRow("one upkeep, f = 1, even prices", chainlink.oneOnEvenTerms, "one empty upkeep, f=1", chainlink.direct),
    chainlinkRow("one upkeep, f = 5", chainlink.oneBySixSigners, "one empty upkeep, f=5", chainlink.direct),
    chainlinkRow(
      `${BATCH} upkeeps, f = 5, each`,
      Math.round(chainlink.tenBySixSigners / BATCH),
      "batch of 10, per upkeep, f=5",
    ),
  ],
)}

The registry takes a payment out of its reserves rounded up and puts it back for its nodes rounded down. Where nothing is left
over, as with prices of 20 and 3,000 dollars and without premium, the sum is what it was and its slot earns a refund. Markets
don't make such prices; the recorded single reports agree with them.

## Ten works in one transaction

A contract works ten different jobs, with a warm quote; Chainlink's registry reports on ten upkeeps at once.

${table(
  ["", "transaction", "each", "each, over the same jobs without payment"],
  [
    [
      "Keep3r, jobs that count",
      count(batch.paid),
      count(Math.round(batch.paid / BATCH)),
      count(Math.round((batch.paid - batch.unpaid) / BATCH)),
    ],
    [
      `${peers.chainlink.name}, f = 5, empty upkeeps`,
      count(chainlink.tenBySixSigners),
      count(Math.round(chainlink.tenBySixSigners / BATCH)),
      "",
    ],
  ],
)}

## Scaling

\`isKeeper\` and \`worked\` over the same job without payment, in networks of different sizes. The job that is measured has one
liquidity; the others, and the other keepers, are registered and active. The oracle, itself a job, isn't counted.

${scalingTable("jobs and keepers", scaling.crowds)}

No path walks through a list, so the size of the network doesn't show. What does is the price: credits that are below their
cap earn when a job is worked, and that costs a little more than to leave alone what is at the cap, or above it since the
job's liquidity lost worth.

A job has up to eight kinds of liquidity. They are touched when a reward period is new, and only then:

${scalingTable("liquidities", scaling.liquidities)}

The prices in the last column are all taken anew; once another job with the same liquidity has been worked in the period, its
price is there.

## What isn't comparable

- Keep3r and V2 do the same: keepers who bond, jobs that earn credits from liquidity, a payment in KP3R at a price that is
  averaged over time. V2 reads that price from Uniswap V3 at every work, Keep3r from its own oracle every ten minutes; what it
  costs to keep that oracle up to date is a job of its own and not part of the figures.
- V1's feed and oracle are stubs: on mainnet it costs more than its figure.
- Chainlink Automation is another design. Its nodes agree off the chain when to work and sign for it; the registry checks
  f + 1 signatures (each costs about ${count(Math.round((chainlink.oneBySixSigners - chainlink.oneByTwoSigners) / 4))}) and books LINK for the nodes. There is no bond, no open market of keepers
  and no credit mining; prices of gas and LINK come with the report. It is measured without a chain module for a layer 2, with
  feeds that are mocks without the proxies of mainnet, and with f = 1, the least that it takes (four nodes): a lower bound in
  all three.
- Keep3r's batch shares a transaction among jobs for a keeper who is a contract, and one who finds ten jobs workable at once;
  Chainlink's nodes put upkeeps together as they fall due.
- Layer 2s charge for calldata and compress it: a report of Chainlink's has more than ten times the calldata of a work.

## Where the figures are from

${table(
  ["figures", "from"],
  [
    ["Keep3r", "[snapshots/gas.json](../snapshots/gas.json), which CI measures again; batch and scaling by this run"],
    ["Chainlink Automation 2.3", "this run; the registry is compiled by [bench/](../bench) as published"],
    ...[peers.keep3rV2, peers.keep3rV2Head, peers.keep3rV1].map(({ name, source }) => [name, `recorded: ${source}`]),
    ["Chainlink Automation 2.3, recorded", peers.chainlink.source],
  ],
)}

Recorded figures are in [bench/peers.json](../bench/peers.json), measured under these conditions:
${peers.conditions}.
This run is by the rules of prague, whose gas doesn't differ for anything that is measured.

## Run it again

\`\`\`sh
npm run bench             # writes this page and its chart
npm run bench -- --check  # compares instead, and fails on a difference
\`\`\`

That takes two to three minutes on two cores, most of it for the registry's compilation, for the 10,000 jobs and keepers and
for the days that pass between reward periods. The registry needs an old compiler and old libraries, so \`bench/\` is an npm
package of its own; \`npm run bench\` installs it. CI doesn't run it: run it when \`snapshots/gas.json\` changes.
`;
}

function chainlinkRow(
  report: string,
  measured: number,
  recordedAs: keyof typeof peers.chainlink.gas,
  direct?: number,
): string[] {
  const recorded = peers.chainlink.gas[recordedAs].transaction;
  // Per cent to one decimal, without a sign for zero
  const difference = Math.round(((measured - recorded) / recorded) * 1_000) / 10 || 0;
  return [
    report,
    count(measured),
    direct === undefined ? "" : count(measured - direct),
    count(recorded),
    `${difference > 0 ? "+" : ""}${difference.toFixed(1)} %`,
  ];
}

function scalingTable(by: string, figures: Record<number, Worked>): string {
  return table(
    [by, "quote cached", "quote refreshed", "first work of a reward period"],
    Object.entries(figures).map(([size, { cached, refreshed, firstOfPeriod }]) =>
      [Number(size), cached, refreshed, firstOfPeriod].map(count),
    ),
  );
}

/** A Markdown table; all but its first column to the right when they hold figures. */
function table(head: string[], rows: string[][]): string {
  const figures = rows.every((row) => row.slice(1).every((cell) => !/[a-z]{2}/.test(cell)));
  const rule = head.map((_, index) => (figures && index > 0 ? "---:" : "---"));
  return [head, rule, ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

function times(figure: number, unit: number): string {
  return `${(figure / unit).toFixed(1)} ×`;
}

function saved(ours: number, theirs: number): string {
  return `${((1 - ours / theirs) * 100).toFixed(0)} %`;
}
