import { expect } from "chai";
import { ESLint } from "eslint";
import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

const ROOT = path.join(__dirname, "..", "..");
/** What says how modules are found. */
const MANIFESTS = ["package.json", "tsconfig.json", "sdk/package.json", "cli/package.json"];
/** A file of each room, and of packages that rules know. */
const MODULES = [
  ...["sdk/src/units.ts", "sdk/node/print.ts", "sdk/dist/index.d.ts", "sdk/dist/node/index.d.ts"],
  ...[
    "cli/src/run.ts",
    "cli/dist/index.d.ts",
    "cli/dist/run.js",
    "deploy/recipe.ts",
    "deploy/recipe/steps.ts",
    "deploy/run.ts",
  ],
  ...["simulation/chain.ts", "tools/entry.ts", "scripts/demo.ts", "bench/bench.ts", "test/support/node.ts"],
  ...["typechain-types/index.ts", "snapshots/gas.json"],
  ...["viem", "ethers", "hardhat", "@nomicfoundation/ignition-core"].map((name) => `node_modules/${name}/index.js`),
];

/** What files of each room may import, and what not. */
const ROOMS: readonly { file: string; right: readonly string[]; wrong: readonly string[] }[] = [
  {
    file: "sdk/src/one.ts",
    right: ["./units.js", "viem"],
    wrong: ["fs", "fs/promises", "../node/print.js", "@keep3r-network/sdk", "@keep3r-network/sdk/node"],
  },
  {
    file: "sdk/src/other.ts",
    right: [],
    wrong: ["ethers", "hardhat", "@nomicfoundation/ignition-core", "../../deploy/recipe", "../../typechain-types"],
  },
  {
    file: "sdk/node/one.ts",
    right: ["@keep3r-network/sdk", "./print.js", "fs", "viem"],
    wrong: ["../src/units.js", "@keep3r-network/sdk/node", "@keep3r-network/cli", "ethers", "hardhat"],
  },
  {
    file: "cli/src/one.ts",
    right: ["./run.js", "@keep3r-network/sdk", "@keep3r-network/sdk/node", "fs", "viem"],
    wrong: ["../../sdk/src/units.js", "../../deploy/recipe", "../../simulation/chain", "../../tools/entry"],
  },
  {
    file: "deploy/one.ts",
    right: ["./run", "./recipe", "@keep3r-network/sdk", "#typechain", "hardhat", "ethers", "fs"],
    wrong: [
      "#simulation/chain",
      "#tools/entry",
      "#support/node",
      "@keep3r-network/cli",
      "#cli/run",
      "../sdk/src/units",
    ],
  },
  {
    file: "deploy/recipe/one.ts",
    right: ["./steps", "../recipe", "@keep3r-network/sdk"],
    wrong: ["../run", "#typechain", "ethers", "fs"],
  },
  {
    file: "simulation/one.ts",
    right: ["./chain", "#deploy/recipe", "#deploy/recipe/steps", "@keep3r-network/sdk", "#typechain", "hardhat"],
    wrong: ["#deploy/run", "#tools/entry", "#support/node", "../scripts/demo", "../deploy/recipe"],
  },
  {
    file: "tools/gas/one.ts",
    right: ["../entry", "#simulation/chain", "#deploy/run", "#typechain", "@keep3r-network/sdk", "hardhat"],
    wrong: ["#support/node", "#root/scripts/demo.ts", "#root/bench/bench.ts", "@keep3r-network/cli"],
  },
  {
    file: "bench/one.ts",
    right: ["./bench", "../simulation/chain", "../deploy/run", "../tools/entry", "../snapshots/gas.json"],
    wrong: ["../test/support/node", "../scripts/demo", "../cli/src/run"],
  },
  {
    file: "scripts/one.ts",
    right: ["#simulation/chain", "#deploy/run", "#tools/entry", "@keep3r-network/sdk"],
    wrong: ["#support/node", "../bench/bench", "../simulation/chain"],
  },
  {
    file: "test/unit/one.ts",
    right: [
      "#support/node",
      "#tools/entry",
      "#simulation/chain",
      "#deploy/run",
      "#typechain",
      "@keep3r-network/cli",
      "#cli/run",
    ],
    wrong: ["#root/scripts/demo.ts", "#root/bench/bench.ts", "#root/sdk/src/units.ts", "../../tools/entry"],
  },
  {
    file: "hardhat.config.ts",
    right: ["#deploy/run", "#tools/entry", "@keep3r-network/sdk", "hardhat"],
    wrong: ["#simulation/chain", "#support/node", "./scripts/demo"],
  },
  { file: "examples/door/one.js", right: ["hardhat", "gone"], wrong: ["../../deploy/run"] },
  { file: "eslint.config.mjs", right: ["viem"], wrong: ["./tools/entry.ts"] },
  { file: "attic/one.ts", right: [], wrong: ["viem", "@keep3r-network/sdk"] },
];

/** Other ways of importing, that a rule could miss. */
const FORMS: Readonly<Record<string, (target: string) => string>> = {
  "an imported type": (target) =>
    `import type { Door } from "${target}"; export const door: Door | undefined = undefined;`,
  "an inline type": (target) => `export let door: import("${target}").Door | undefined;`,
  "a re-export": (target) => `export * from "${target}";`,
  "a late import": (target) => `export const door = import("${target}");`,
  "a late require": (target) => `export const door = require("${target}") as object;`,
};

describe("The rules of the rooms", () => {
  let folder: string;
  let faults: readonly Fault[];

  before(async function () {
    this.timeout(60_000);
    folder = mkdtempSync(path.join(realpathSync(tmpdir()), "keep3r-rooms-"));
    for (const file of MANIFESTS) cpSync(path.join(ROOT, file), path.join(folder, file), { recursive: true });
    for (const file of MODULES) write(file, file.endsWith(".json") ? "{}" : "export {};");
    for (const workspace of ["sdk", "cli"]) {
      const link = path.join(folder, "node_modules", "@keep3r-network", workspace);
      mkdirSync(path.dirname(link), { recursive: true });
      symlinkSync(path.join(folder, workspace), link);
    }

    for (const { file, right, wrong } of ROOMS) {
      write(file, [...right, ...wrong].map((target) => `import "${target}";`).join("\n"));
    }
    Object.values(FORMS).forEach((form, index) => write(`deploy/form${index}.ts`, form("#tools/entry")));
    write("tools/circle/one.ts", 'import "./other";');
    write("tools/circle/other.ts", 'import type { Door } from "./one"; export type Other = Door;');
    write("tools/lost.ts", 'import "./gone"; import "gone";');
    write("cellar/one.ts", "export {};");
    faults = await faultsIn(folder);
  });

  after(() => rmSync(folder, { recursive: true, force: true }));

  for (const { file, right, wrong } of ROOMS) {
    for (const target of right) it(`let ${file} import ${target}`, () => expect(rulesOf(file, target)).to.be.empty);
    for (const target of wrong) it(`refuse ${target} to ${file}`, () => expect(rulesOf(file, target)).not.to.be.empty);
  }

  for (const [index, form] of Object.keys(FORMS).entries()) {
    it(`refuse ${form} of a wrong room`, () => {
      expect(rulesOf(`deploy/form${index}.ts`, "#tools/entry")).to.deep.equal(["deploy imports"]);
    });
  }

  it("refuse a circle, also one that is closed by a type", () => {
    expect(rulesOf("tools/circle/one.ts", "./other")).to.deep.equal(["no circles"]);
    expect(rulesOf("tools/circle/other.ts", "./one")).to.deep.equal(["no circles"]);
  });

  it("refuse what isn't there", () => {
    for (const target of ["./gone", "gone"]) {
      expect(rulesOf("tools/lost.ts", target), target).to.deep.equal(["unresolved"]);
    }
  });

  it("refuse a folder that they don't name, even if it imports nothing", () => {
    expect(faults.filter(({ file }) => file === "cellar/one.ts").map(({ rule }) => rule)).to.deep.equal([
      "unknown room without imports",
    ]);
  });

  function write(file: string, text: string): void {
    mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    writeFileSync(path.join(folder, file), `${text}\n`);
  }

  function rulesOf(file: string, target: string): string[] {
    return faults.filter((fault) => fault.file === file && fault.target === target).map(({ rule }) => rule);
  }
});

describe("The rule of imports that climb", () => {
  const eslint = new ESLint({
    cwd: ROOT,
    ruleFilter: ({ ruleId }) => ruleId.startsWith("no-restricted-"),
    // These rules do without types, which take long
    overrideConfig: { languageOptions: { parserOptions: { projectService: false } } },
  });
  const [TYPESCRIPT, JAVASCRIPT] = ["tools/entry.ts", "tools/solidity/solc.js"];

  async function faultsOf(code: string, file = TYPESCRIPT): Promise<number> {
    const [result] = await eslint.lintText(code, { filePath: path.join(ROOT, file) });
    expect(result?.fatalErrorCount).to.equal(0);
    return result?.errorCount ?? 0;
  }

  for (const [what, form] of Object.entries({ "an import": (target: string) => `import "${target}";`, ...FORMS })) {
    it(`lets ${what} climb one level and no more`, async () => {
      for (const target of ["../door", "./door", "../door..", "#door/one", "@a/door"]) {
        expect(await faultsOf(form(target)), target).to.equal(0);
      }
      for (const target of ["../../door", "../../../door", "./../../door", "../door/../../key", "../.."]) {
        expect(await faultsOf(form(target)), target).to.equal(1);
      }
    });
  }

  it("holds JavaScript too", async () => {
    expect(await faultsOf('require("../door");', JAVASCRIPT)).to.equal(0);
    for (const code of ['require("../../door");', 'require.resolve("../../door");']) {
      expect(await faultsOf(code, JAVASCRIPT), code).to.equal(1);
    }
  });
});

/** A rule that a file breaks, by importing something if a target is given. */
interface Fault {
  file: string;
  target?: string;
  rule: string;
}

/** Applies the project's rules to a folder. */
async function faultsIn(folder: string): Promise<Fault[]> {
  const { cruise } = await import("dependency-cruiser");
  const { default: optionsIn } = await import("dependency-cruiser/config-utl/extract-depcruise-options");
  const { default: tsConfigIn } = await import("dependency-cruiser/config-utl/extract-ts-config");
  const options = await optionsIn(path.join(ROOT, ".dependency-cruiser.cjs"));
  const tsConfig = tsConfigIn(path.join(folder, "tsconfig.json"));
  const { output } = await cruise(["."], { ...options, baseDir: folder }, {}, { tsConfig });
  if (typeof output === "string") throw new Error(output);

  return output.modules.flatMap(({ source: file, rules = [], dependencies }) => [
    ...rules.map(({ name: rule }) => ({ file, rule })),
    ...dependencies.flatMap(({ module: target, rules: broken = [] }) =>
      broken.map(({ name: rule }) => ({ file, target, rule })),
    ),
  ]);
}
