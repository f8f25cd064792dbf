const LABEL_WIDTH = 26;

/** A heading, underlined. */
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

/** A column of a table, its head on two lines. */
export interface Column {
  width: number;
  head: [string, string];
}

/** The head of a table and the rule below it. */
export function tableHead(columns: readonly Column[]): void {
  for (const line of [0, 1] as const) {
    tableRow(
      columns,
      columns.map(({ head }) => head[line]),
    );
  }
  console.log(columns.map(({ width }) => "-".repeat(width)).join(" "));
}

/** A row of a table, its cells aligned to the right. */
export function tableRow(columns: readonly Column[], cells: readonly string[]): void {
  console.log(columns.map(({ width }, index) => (cells[index] ?? "").padStart(width)).join(" "));
}
