import { expect } from "chai";
import { blocksOf, pagesIn, readPage } from "#tools/docs/pages";
import { compileSolidity } from "#support/docs/code";

/** A page whose code begins at its third line. */
const page = (...code: string[]) => ({
  file: "docs/page.md",
  text: ["# Page", "```solidity", ...code, "```"].join("\n"),
});

describe("The Solidity of the documentation", () => {
  it("compiles, without a warning", async () => {
    const pages = pagesIn()
      .map((file) => readPage(file))
      .filter((found) => blocksOf(found, "solidity").length > 0);

    expect(pages.map(({ file }) => file)).to.include.members([
      "README.md",
      "docs/write-a-job.md",
      "docs/jobs/mixins.md",
    ]);
    expect(await compileSolidity(pages)).to.deep.equal([]);
  });

  it("would be found wrong, by its page and line", async () => {
    const [message, ...others] = await compileSolidity([
      page("interface IJob {", "  function done(Strange work) external;", "}"),
    ]);

    expect(message).to.match(/Error: .*\n +--> docs\/page\.md:4:17:/);
    expect(others).to.be.empty;
  });

  it("has imported what it names, unless it is a whole file", async () => {
    const job = "interface IJob is IKeep3rWorkable {}";

    expect(await compileSolidity([page(job)])).to.be.empty;
    const [message] = await compileSolidity([page("// SPDX-License-Identifier: MIT", "pragma solidity ^0.8.28;", job)]);
    expect(message).to.include("Identifier not found").and.include("docs/page.md, from line 3:5");
  });
});
