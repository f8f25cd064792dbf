import { DAY, GWEI, HOUR, MINUTE, WAD } from "./units";

const LABEL_WIDTH = 26;

/** An amount of WAD with so many decimals, rounded half up: 1,234.57 */
export function amount(wad: bigint, decimals = 2): string {
  return decimal(wad, WAD, decimals);
}

/** Wei per gas in gwei. */
export function gwei(wei: bigint, decimals = 2): string {
  return decimal(wei, GWEI, decimals);
}

/** A part of a whole: 120.5 % */
export function percent(part: bigint, whole: bigint, decimals = 1): string {
  return `${decimal(part * 100n, whole, decimals)} %`;
}

/** An integer, its thousands set apart. */
export function count(value: bigint | number): string {
  return value.toString().replace(/\B(?=(\d{3})+$)/g, ",");
}

/** 2026-01-09 13:30 UTC, without the zone. */
export function moment(timestamp: number): string {
  return new Date(timestamp * 1000).toISOString().slice(0, 16).replace("T", " ");
}

export function duration(seconds: number): string {
  const [size, unit] = seconds >= 2 * DAY ? [DAY, "days"] : seconds >= 2 * HOUR ? [HOUR, "hours"] : [MINUTE, "minutes"];
  return `${Number((seconds / size).toFixed(1))} ${unit}`;
}

export function title(text: string): void {
  console.log(`\n${text}\n${"-".repeat(text.length)}`);
}

export function say(text: string): void {
  console.log(text);
}

/** A label and a value, values aligned. */
export function fact(label: string, value: string): void {
  console.log(`  ${label.padEnd(LABEL_WIDTH)}${value}`);
}

export interface Column {
  width: number;
  head: [string, string];
}

/** The two lines above a table. */
export function tableHead(columns: readonly Column[]): void {
  for (const line of [0, 1] as const)
    tableRow(
      columns,
      columns.map(({ head }) => head[line]),
    );
  console.log(columns.map(({ width }) => "-".repeat(width)).join(" "));
}

export function tableRow(columns: readonly Column[], cells: readonly string[]): void {
  console.log(columns.map(({ width }, index) => (cells[index] ?? "").padStart(width)).join(" "));
}

function decimal(value: bigint, scale: bigint, decimals: number): string {
  const unit = 10n ** BigInt(decimals);
  const sign = value < 0n ? "-" : "";
  const rounded = ((value < 0n ? -value : value) * unit * 2n + scale) / (scale * 2n);
  const fraction = decimals === 0 ? "" : `.${(rounded % unit).toString().padStart(decimals, "0")}`;
  return `${sign}${count(rounded / unit)}${fraction}`;
}
