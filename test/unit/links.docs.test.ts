import { expect } from "chai";
import { existsSync } from "node:fs";
import path from "node:path";
import { pagesIn, proseOf, readPage } from "#tools/docs/pages";
import { ROOT } from "#tools/root";

/** The targets of a page's links and images that lead to a place in this repository. */
function linksIn(text: string): string[] {
  const prose = proseOf(text)
    .join("\n")
    .replace(/`[^`]*`/g, "");
  const targets = [...prose.matchAll(/\]\(\s*([^)\s]+)[^)]*\)/g)].map(([, target = ""]) => target);
  return targets.filter((target) => !/^[a-z]+:/.test(target));
}

/** The anchors that a page's headings have on GitHub. */
function anchorsIn(text: string): Set<string> {
  const anchors = new Set<string>();
  for (const line of proseOf(text)) {
    const [, heading] = /^#{1,6} (.+)$/.exec(line) ?? [];
    if (heading === undefined) continue;
    const anchor = heading
      .replace(/\[([^\]]*)\]\([^)]*\)/g, "$1")
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\-_ ]/gu, "")
      .replace(/ /g, "-");
    let count = 0;
    while (anchors.has(count === 0 ? anchor : `${anchor}-${count}`)) count++;
    anchors.add(count === 0 ? anchor : `${anchor}-${count}`);
  }
  return anchors;
}

/** The links of a page that lead nowhere. */
function brokenIn(page: string, text: string): string[] {
  return linksIn(text).filter((link) => {
    const [target = "", anchor] = link.split("#");
    const file = target === "" ? page : path.posix.join(path.posix.dirname(page), target);
    if (!existsSync(path.join(ROOT, file))) return true;
    if (anchor === undefined) return false;
    return !anchorsIn(file === page ? text : readPage(file).text).has(anchor);
  });
}

describe("Links between pages", () => {
  for (const page of pagesIn()) {
    it(`lead somewhere: ${page}`, () => {
      expect(brokenIn(page, readPage(page).text)).to.deep.equal([]);
    });
  }

  it("are all reached from the index of the documentation, or from the README", () => {
    const linked = ["README.md", "docs/README.md"].flatMap((page) =>
      linksIn(readPage(page).text).map((link) => path.posix.join(path.posix.dirname(page), link.split("#")[0] ?? "")),
    );
    const pages = pagesIn().filter((page) => /^docs\/[^/]+\.md$/.test(page) || !page.includes("/"));
    expect([...linked, "README.md", "docs/README.md"]).to.include.members(pages);
  });

  it("are found broken: no such file, no such heading", () => {
    const text = "# A page\n\n## Two `words`, here\n\n[a](none.md) [b](#none) [c](#two-words-here) [d](README.md)\n";
    expect(brokenIn("docs/lint.md", text)).to.deep.equal(["none.md", "#none"]);
  });

  it("aren't looked for in code", () => {
    expect(linksIn("`[a](b)`\n\n```md\n[c](d)\n```\n\n[e](f.md)")).to.deep.equal(["f.md"]);
  });

  it("lead to the second of two headings of a name by a number", () => {
    expect([...anchorsIn("# Name\n\n## Name\n")]).to.deep.equal(["name", "name-1"]);
  });
});
