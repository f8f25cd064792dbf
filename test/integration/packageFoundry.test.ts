import { expect } from "chai";
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import path from "node:path";
import {
  describeProject,
  install,
  makeFolder,
  MODULES,
  pack,
  PATIENCE,
  REPOSITORY,
  run,
} from "#support/projects/project";
import { blocksOf, readPage } from "#tools/docs/pages";
import { forgePath } from "#tools/foundry/forge";

const EXAMPLES = path.join(REPOSITORY, "examples");
/** Only there in the package for Chainlink's tests; authors get it by `forge install`. */
const FORGE_STD = path.join(MODULES, "@chainlink/contracts/src/v0.8/vendor/forge-std/src");
const SOLC = { FOUNDRY_SOLC: path.join(REPOSITORY, "tools/solidity/solc.js") };

/** What docs/jobs/foundry.md has an author do, with this repository's forge-std and compiler instead of downloaded ones. */
describeProject("The package in a project of Foundry's", () => {
  let folder: string;
  let project: string;

  before(async function () {
    this.timeout(2 * PATIENCE);
    folder = makeFolder("foundry");
    project = path.join(folder, "heartbeat");
    await pack(path.join(folder, "keep3r"));
    cpSync(path.join(EXAMPLES, "foundry"), project, { recursive: true });
    cpSync(path.join(EXAMPLES, "heartbeat/contracts"), path.join(project, "src"), { recursive: true });
    mkdirSync(path.join(project, "lib/forge-std"), { recursive: true });
    symlinkSync(FORGE_STD, path.join(project, "lib/forge-std/src"));
    await install(project);
  });

  after(() => rmSync(folder, { recursive: true }));

  it("has the remappings that the page gives", () => {
    const [remappings] = blocksOf(readPage("docs/jobs/foundry.md"), "toml");

    expect(remappings?.code).to.include("@keep3r-network/keep3r/");
    expect(readFileSync(path.join(project, "foundry.toml"), "utf8")).to.include(remappings?.code);
  });

  it("is compiled by forge build", async () => {
    await run(`"${forgePath()}" build`, project, SOLC);

    expect(existsSync(path.join(project, "out/Heartbeat.sol/Heartbeat.json"))).to.be.true;
  });

  it("is tested by forge test, on the contracts of its artifacts", async () => {
    expect(await run(`"${forgePath()}" test`, project, SOLC)).to.include("3 tests passed, 0 failed, 0 skipped");
  });
});
