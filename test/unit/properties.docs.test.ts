import { expect } from "chai";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

const ROOT = path.join(__dirname, "..", "..");
const PAGE = readFileSync(path.join(ROOT, "docs", "properties.md"), "utf8");
/** Each property's id, and what stands below it up to the next. */
const SECTIONS = PAGE.split("\n## ")
  .slice(1)
  .map((section) => ({ id: section.slice(0, section.indexOf("\n")), section }));

/** The tests of the repository that carry an id in a title, by their paths from its root. */
function testsOf(id: string): string[] {
  return readdirSync(path.join(ROOT, "test"), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".test.ts") || file.endsWith(".t.sol"))
    .map((file) => path.posix.join("test", ...file.split(path.sep)))
    .filter((file) => titlesIn(file).some((title) => title.includes(id)))
    .sort();
}

/** What a test is called: `ID: ...`, `ID, ID: ...` or `Incident: ID: ...` in TypeScript, `invariant_ID_...` or `testFuzz_ID_...` in Solidity. */
function titlesIn(file: string): string[] {
  const text = readFileSync(path.join(ROOT, file), "utf8");
  if (!file.endsWith(".sol")) return text.match(/["'`( ](?:[A-Z]{3}-\d, )*[A-Z]{3}-\d: /g) ?? [];
  const names = text.match(/function (?:invariant|testFuzz)_[A-Z]{3}_\d/g) ?? [];
  return names.map((name) => name.replace(/_(\d)$/, "-$1"));
}

describe("The page of properties", () => {
  it("lists eighteen", () => {
    expect(SECTIONS.map(({ id }) => id)).to.have.length(18);
  });

  for (const { id, section } of SECTIONS) {
    it(`names every file that tests ${id.replace("-", " ")}, and no other`, () => {
      const named = [...section.matchAll(/^- \[(.*?)\]/gm)].map(([, file]) => file);
      expect(named.length).to.be.above(0);
      expect(named).to.deep.equal(testsOf(id));
    });
  }
});
