import { expect } from "chai";
import { pagesIn, proseOf, readPage } from "#tools/docs/pages";

/** What still fits a screen without scrolling sideways for long. */
const WIDEST = 400;

function wideRowsIn(text: string): string[] {
  return proseOf(text).filter((line) => line.startsWith("|") && line.length > WIDEST);
}

describe("Tables of the pages", () => {
  for (const page of pagesIn()) {
    it(`are at most ${WIDEST} characters wide: ${page}`, () => {
      expect(wideRowsIn(readPage(page).text).map((row) => row.slice(0, 60))).to.deep.equal([]);
    });
  }

  it("are found too wide", () => {
    expect(wideRowsIn(`| ${"a".repeat(WIDEST)} |\n| a |`)).to.have.length(1);
  });
});
