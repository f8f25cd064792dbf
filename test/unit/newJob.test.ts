import { newJob } from "#cli/newJob";
import { Failure } from "@keep3r-network/sdk";
import { expect } from "chai";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { keep3r } from "#support/commands/keep3r";
import { filesIn, makeFolder, REPOSITORY } from "#support/projects/project";

const EXAMPLE = path.join(REPOSITORY, "examples/heartbeat");

describe("newJob", () => {
  let parent: string;
  let folder: string;

  beforeEach(() => {
    parent = makeFolder("new-job");
    folder = path.join(parent, "job");
  });

  afterEach(() => rmSync(parent, { recursive: true }));

  it("refuses a name that Solidity doesn't take", () => {
    for (const name of ["", "2nd", "my-job", "Job.sol", "../Job", "Jöb", "a b"]) {
      expect(() => newJob(folder, name), name).to.throw(Failure, `NAME: "${name}" isn't a name in Solidity`);
    }
    for (const name of ["contract", "uint256", "bytes4", "ufixed128x18", "days", "_"]) {
      expect(() => newJob(folder, name), name).to.throw(Failure, `NAME: "${name}" is a word of Solidity's own`);
    }
    expect(() => newJob(folder, "J".repeat(101))).to.throw(Failure, "is longer than 100 characters");
    expect(filesIn(parent)).to.be.empty;
  });

  it("refuses a name that the job's contract uses already, or what is compiled with it", () => {
    for (const name of ["WorkableJob", "TooEarly", "lastBeat", "work", "Keep3rJob"]) {
      expect(() => newJob(folder, name), name).to.throw(Failure, `NAME: "${name}" already means something in a job`);
    }
  });

  it("overwrites nothing: refuses a folder that has something in it, and a file", () => {
    const file = path.join(folder, "notes.txt");
    mkdirSync(folder);
    writeFileSync(file, "mine");

    for (const place of [folder, file]) {
      expect(() => newJob(place, "HarvestJob")).to.throw(Failure, `There is something at ${place} already`);
    }
    expect(filesIn(folder)).to.deep.equal(["notes.txt"]);
    expect(readFileSync(file, "utf8")).to.equal("mine");
  });

  it("writes the example, but for what is about it, into a folder that is empty or isn't there", () => {
    const expected = filesIn(EXAMPLE).filter((file) => file !== "README.md");
    mkdirSync(folder);

    for (const place of [folder, path.join(parent, "deep", "er")]) {
      expect(newJob(place, "Heartbeat").files).to.have.members(expected);
      expect(filesIn(place)).to.deep.equal(expected);
      for (const file of expected) {
        expect(readFileSync(path.join(place, file), "utf8"), file).to.equal(
          readFileSync(path.join(EXAMPLE, file), "utf8"),
        );
      }
    }
  });

  it("gives it the job's name everywhere", () => {
    const { files, nextSteps } = newJob(folder, "HarvestJob");

    expect(files).to.include.members(["contracts/HarvestJob.sol", "test/HarvestJob.test.js", "scripts/deploy.js"]);
    const text = files.map((file) => readFileSync(path.join(folder, file), "utf8")).join("");
    expect(text).not.to.match(/heartbeat/i);
    expect(text).to.include("contract HarvestJob is WorkableJob {").and.include('"name": "harvest-job"');
    expect(nextSteps).to.include(`cd ${folder}`).and.include("npx hardhat test");
  });

  it("takes any name of Solidity's as it is", () => {
    for (const [name, packageName] of [
      ["$$", "job"],
      ["_beat2Job", "beat2-job"],
      ["$1_HTTP", "1-http"],
    ] as const) {
      const place = path.join(parent, packageName);
      newJob(place, name);

      expect(readFileSync(path.join(place, `contracts/${name}.sol`), "utf8")).to.include(`contract ${name} is`);
      expect(readFileSync(path.join(place, "package.json"), "utf8")).to.include(`"name": "${packageName}"`);
    }
  });

  describe("as keep3r job new", () => {
    it("says what was written and what comes next", async () => {
      const { output, error } = await keep3r(`job new HarvestJob --folder ${folder}`);

      expect(error).to.equal("");
      for (const file of filesIn(folder)) expect(output).to.include(`  ${file}\n`);
      expect(output).to.include(`\n  cd ${folder}\n`).and.include("edit contracts/HarvestJob.sol");
    });

    it("answers programs by a document", async () => {
      const { output } = await keep3r(`job new HarvestJob --folder ${folder} --json`);

      const { files, ...document } = JSON.parse(output) as { files: string[]; folder: string };
      expect(files).to.have.members(filesIn(folder));
      expect(document.folder).to.equal(folder);
    });

    it("wants a name, and one only", async () => {
      expect((await keep3r("job new")).error).to.equal("NAME is missing: the contract's name, such as HarvestJob.");
      expect((await keep3r("job new One Two")).error).to.match(/^"Two" isn't an option/);
    });
  });
});
