import { expect } from "chai";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

const ROOT = path.join(__dirname, "..", "..");
const FOLDERS = ["contracts", "bench/contracts"];
const CONFIGURATIONS = [
  ".solhint.json",
  ...["types", "simulation", "test"].map((folder) => `contracts/${folder}/.solhint.json`),
];
/** The file that each section of the page is about, and the rules in its table. */
const SECTIONS = readFileSync(path.join(ROOT, "docs", "lint.md"), "utf8")
  .split("\n## ")
  .slice(1)
  .map((section) => ({
    file: section.slice(0, section.indexOf("\n")),
    rules: [...section.matchAll(/^\| `([\w-]+)` +\| (\S.*\S) +\|$/gm)].map(([, rule]) => rule),
  }));

function rulesOffIn(file: string): string[] {
  const { rules } = JSON.parse(readFileSync(path.join(ROOT, file), "utf8")) as { rules: Record<string, unknown> };
  return Object.keys(rules).filter((rule) => rules[rule] === "off");
}

function filesIn(folder: string): string[] {
  return readdirSync(path.join(ROOT, folder), { recursive: true, encoding: "utf8" }).map((file) =>
    path.posix.join(folder, ...file.split(path.sep)),
  );
}

/** The lines that switch rules off and have no comment above them. */
function unexplainedIn(text: string): string[] {
  const lines = text.split("\n").map((line) => line.trim());
  return lines.filter((line, index) => {
    if (!line.includes("solhint-disable")) return false;
    const above = lines[index - 1] ?? "";
    return !above.startsWith("// ") || above.includes("SPDX") || above.includes("solhint-disable");
  });
}

describe("What Solhint doesn't check", () => {
  it("is set in files that the page knows", () => {
    const found = FOLDERS.flatMap(filesIn).filter((file) => path.basename(file) === ".solhint.json");
    expect([".solhint.json", ...found]).to.have.members(CONFIGURATIONS);
    expect(SECTIONS.map(({ file }) => file)).to.have.members(CONFIGURATIONS);
  });

  for (const file of CONFIGURATIONS) {
    it(`has its reasons on the page: ${file}`, () => {
      const off = rulesOffIn(file);
      expect(off).not.to.be.empty;
      expect(SECTIONS.find((section) => section.file === file)?.rules).to.have.members(off);
    });
  }

  it("has its reason on the line above where it is off for a line", () => {
    const sources = FOLDERS.flatMap(filesIn).filter((file) => file.endsWith(".sol"));
    const texts = sources.map((file) => ({ file, text: readFileSync(path.join(ROOT, file), "utf8") }));
    expect(texts.filter(({ text }) => text.includes("solhint-disable"))).not.to.be.empty;
    expect(texts.filter(({ text }) => unexplainedIn(text).length > 0).map(({ file }) => file)).to.be.empty;
  });

  it("is reported where no reason is given", () => {
    const off = "// solhint-disable-next-line reentrancy";
    expect(unexplainedIn(`x = 1;\n${off}\ny = 2;`)).to.have.length(1);
    expect(unexplainedIn(`// SPDX-License-Identifier: MIT\n${off}`)).to.have.length(1);
    expect(unexplainedIn(`// The fault itself\n${off}`)).to.be.empty;
  });
});
