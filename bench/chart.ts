import { count } from "@keep3r-network/sdk";

export interface Bar {
  label: string;
  gas: number;
  /** What the bar belongs to: each owner has a colour. */
  owner: keyof typeof COLOURS;
}

/** Bright enough for a dark page and dark enough for a bright one; so is the text. */
const COLOURS = {
  "this project": "#3b82f6",
  "Keep3r V1 and V2": "#d97706",
  "Chainlink Automation": "#8b5cf6",
} as const;
const TEXT = "#757d87";

const WIDTH = 860;
const LEFT = 300;
const RIGHT = 70;
const TOP = 64;
const BAR = 20;
const STEP = 30;
const BOTTOM = 48;
const TICK = 50_000;

/** A chart of horizontal bars, labelled in gas. */
export function drawChart(title: string, unit: string, bars: readonly Bar[]): string {
  const largest = Math.ceil(Math.max(...bars.map(({ gas }) => gas)) / TICK) * TICK;
  const foot = TOP + bars.length * STEP;
  const x = (gas: number) => Math.round(LEFT + (gas / largest) * (WIDTH - LEFT - RIGHT));
  const ticks = Array.from({ length: largest / TICK + 1 }, (_, index) => index * TICK);

  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${foot + BOTTOM}" role="img" aria-label="${title}">`,
    `<g font-family="system-ui, sans-serif" font-size="13" fill="${TEXT}">`,
    text(WIDTH / 2, 22, title, `text-anchor="middle" font-size="16" font-weight="600"`),
    ...legend(),
    ...ticks.flatMap((gas) => [
      `<line x1="${x(gas)}" y1="${TOP - 4}" x2="${x(gas)}" y2="${foot}" stroke="${TEXT}" stroke-opacity="0.3"/>`,
      text(x(gas), foot + 17, count(gas), `text-anchor="middle" font-size="12"`),
    ]),
    text(x(largest / 2), foot + 37, unit, `text-anchor="middle" font-size="12"`),
    ...bars.flatMap(({ label, gas, owner }, index) => {
      const y = TOP + index * STEP;
      return [
        text(LEFT - 10, y + 15, label, `text-anchor="end"`),
        `<rect x="${LEFT}" y="${y}" width="${x(gas) - LEFT}" height="${BAR}" rx="2" fill="${COLOURS[owner]}"/>`,
        text(x(gas) + 6, y + 15, count(gas), `font-weight="600"`),
      ];
    }),
    "</g>",
    "</svg>",
    "",
  ].join("\n");
}

function legend(): string[] {
  const width = 190;
  const start = (WIDTH - width * Object.keys(COLOURS).length) / 2;
  return Object.entries(COLOURS).flatMap(([owner, colour], index) => [
    `<rect x="${start + index * width}" y="37" width="12" height="12" rx="2" fill="${colour}"/>`,
    text(start + index * width + 18, 48, owner, `font-size="12"`),
  ]);
}

function text(x: number, y: number, content: string, attributes: string): string {
  return `<text x="${x}" y="${y}" ${attributes}>${content}</text>`;
}
