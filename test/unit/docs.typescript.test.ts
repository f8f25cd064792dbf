import { expect } from "chai";
import { checkTypes, type Setting } from "#support/docs/typescript";
import { blocksOf, pagesIn, readPage } from "#tools/docs/pages";

/** What the pages say in words. */
const SETTINGS: Readonly<Record<string, Setting>> = {
  // Its text names the file that signs and encodes
  "docs/jobs/relay.md ts": {
    before:
      'import { encodeRequests, signRequest } from "#simulation/jobs/relayRequests"; ' +
      'import type { RelayJob } from "#typechain"; ' +
      "declare const [forwarder, user, { to, data, gas, deadline }]: Parameters<typeof signRequest>; " +
      "declare const job: RelayJob; declare const keeper: Parameters<typeof signRequest>[1];",
  },
  // A project such as the example
  "docs/write-a-job.md js": { folder: "examples/heartbeat" },
};

/** A page whose code begins at its third line. */
const page = (language: string, ...code: string[]) => ({
  file: "docs/page.md",
  text: ["# Page", `\`\`\`${language}`, ...code, "```"].join("\n"),
});

describe("The TypeScript and JavaScript of the documentation", () => {
  it("has the types that it should have", () => {
    const pages = pagesIn()
      .map((file) => readPage(file))
      .filter((found) => ["ts", "js"].some((language) => blocksOf(found, language).length > 0));

    expect(pages.map(({ file }) => file)).to.include.members(["docs/write-a-job.md", "sdk/README.md"]);
    expect(checkTypes(pages, SETTINGS)).to.deep.equal([]);
  });

  it("would be found wrong, by its page and line", () => {
    expect(checkTypes([page("ts", "const one = 1;", "export const two: string = one;")])).to.deep.equal([
      "docs/page.md:4: Type 'number' is not assignable to type 'string'.",
    ]);
    const [unknown, ...others] = checkTypes([
      page("js", 'import { nothing } from "@keep3r-network/sdk";', "nothing();"),
    ]);
    expect(unknown).to.match(/^docs\/page\.md:3: Module '"@keep3r-network\/sdk"' has no exported member 'nothing'/);
    expect(others).to.be.empty;
  });

  it("may stand in another folder, and take declarations for granted", () => {
    const code = page("ts", "export const double = 2 * given;");

    expect(checkTypes([code])).to.deep.equal(["docs/page.md:3: Cannot find name 'given'."]);
    expect(checkTypes([code], { "docs/page.md ts": { before: "declare const given: number;" } })).to.be.empty;
  });
});
