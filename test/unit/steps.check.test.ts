import { expect } from "chai";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { inParts } from "#tools/tests/suites";
import { type End, interruptProgram, runProgram } from "#support/commands/program";

const ROOT = path.join(__dirname, "..", "..");

/** A step by the text of its program. */
function step(name: string, code: string): object {
  return { name, command: process.execPath, args: ["--eval", code] };
}

/** Waits for a file that another step writes: both have to run at the same time. */
function waitFor(file: string): string {
  return `const wait = () => require("fs").existsSync(${JSON.stringify(file)}) || setTimeout(wait, 10); wait();`;
}

function write(file: string): string {
  return `require("fs").writeFileSync(${JSON.stringify(file)}, "");`;
}

function programOf(steps: readonly object[], lanes: number): string {
  return `
    const { runInLanes } = require("./tools/steps/lanes");
    runInLanes(${JSON.stringify(steps)}, ${lanes}).then((outcomes) => {
      console.log(outcomes.map(({ name, code }) => name + " " + code).join(", "));
    });`;
}

describe("Steps in lanes", () => {
  let folder: string;
  let file: string;

  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), "keep3r-steps-"));
    file = path.join(folder, "file");
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it("run at the same time, and show the output of each in one piece", () => {
    const steps = [
      step("one", `console.log("line 1"); ${waitFor(file)} process.on("exit", () => console.log("line 2"));`),
      step("two", `console.error("line 1"); ${write(file)}`),
      step("three", ""),
    ];
    const { stdout } = runProgram(programOf(steps, 2));

    expect(stdout).to.include("] one begins\n").and.include("] three begins\n");
    expect(stdout).to.match(/\n=== one: passed after \d:\d\d ===\nline 1\nline 2\n/);
    expect(stdout).to.match(/\n=== two: passed after \d:\d\d ===\nline 1\n/);
    expect(stdout.trimEnd().split("\n").at(-1)?.split(", ")).to.have.members(["one 0", "two 0", "three 0"]);
  });

  it("run one after the other in a single lane", () => {
    const { stdout } = runProgram(programOf([step("one", ""), step("two", "")], 1));

    expect(stdout.indexOf("=== one")).to.be.within(0, stdout.indexOf("two begins"));
  });

  it("go on after one has failed, or isn't there", () => {
    const missing = { name: "missing", command: "keep3r-has-no-such-command", args: [] };
    const steps = [step("bad", "console.log('why'); process.exitCode = 3;"), missing, step("good", "")];
    const { stdout } = runProgram(programOf(steps, 1));

    expect(stdout).to.match(/\n=== bad: FAILED with exit code 3 after \d:\d\d ===\nwhy\n/);
    expect(stdout).to.match(/\n=== missing: FAILED with no exit code after \d:\d\d ===\nspawn .* ENOENT\n/);
    expect(stdout.trimEnd().split("\n").at(-1)).to.equal("bad 3, missing undefined, good 0");
  });

  it("say on Ctrl-C what is done and what was broken off", async () => {
    const steps = [step("good", ""), step("long", waitFor(file)), step("never", "")];
    const { status, stdout, stderr } = await interruptProgram(programOf(steps, 1), "long begins");

    expect({ status, stderr }).to.deep.equal({ status: 130, stderr: "" });
    expect(stdout).to.match(/\] Interrupted\. Done: good\. Broken off: long\.\n$/);
    expect(stdout).not.to.include("never begins");
  });
});

describe(".ci/run", () => {
  let folder: string;

  beforeEach(() => (folder = mkdtempSync(path.join(tmpdir(), "keep3r-ci-"))));
  afterEach(() => rmSync(folder, { recursive: true }));

  /** Runs it with an npm that only says what it was asked, and writes what the tests would. */
  function runCi(cit: string): { status: number | null; stdout: string } {
    const npm = `#!/bin/sh\necho "npm $1 $2 $3, CI=$CI"\nif [ "$1" = cit ]; then ${cit}; fi\necho "$*"\nexit 4\n`;
    writeFileSync(path.join(folder, "npm"), npm, { mode: 0o755 });
    const env = { ...process.env, PATH: `${folder}${path.delimiter}${process.env.PATH}` };
    return spawnSync(path.join(ROOT, ".ci", "run"), { cwd: folder, env, encoding: "utf8" });
  }

  for (const code of [0, 7]) {
    it(`installs and tests, and then ends as the checks do, if the tests end with ${code}`, () => {
      const { status, stdout } = runCi(`echo {} > "$TEST_COUNTS"; exit ${code}`);

      expect(status).to.equal(4);
      expect(stdout).to.match(/^npm cit {2}, CI=true\nnpm run --silent ci, CI=true\n/);
      expect(stdout).to.match(new RegExp(`-- --counts \\S+ --status ${code} --seconds \\d+\\n$`));
    });
  }

  it("ends if the tests come to no result", () => {
    expect(runCi("exit 1")).to.deep.include({ status: 1, stdout: "npm cit  , CI=true\n\nFailed: npm cit\n" });
  });
});

describe("What a change has to pass", () => {
  const BUILT = step("built", 'if (process.env.BUILT !== "true") process.exitCode = 1;');
  const BAD = step("bad", "process.exitCode = 1;");

  /** @param checks Beside tests of which so many passed and failed */
  function check(passed: number, failed: number, checks: readonly object[]): End & { lines: string[] } {
    const tested = { code: failed, seconds: 85, counts: { passed, failed, skipped: 0, failures: [] } };
    const end = runProgram(`
      const { runChecks } = require("./tools/ci");
      runChecks(${JSON.stringify(tested)}, ${JSON.stringify(checks)}, 2).then((passed) => { process.exitCode = passed ? 0 : 1; });`);
    return { ...end, lines: end.stdout.trimEnd().split("\n") };
  }

  it("is told with how long each step took and, last, the result of the tests", () => {
    const { status, stdout, lines } = check(5, 0, [BUILT, step("slow", "")]);

    expect(status).to.equal(0);
    expect(lines.at(-1)).to.equal("5 passed, 0 failed");
    expect(stdout).to.match(/\nstep +seconds\nnpm cit +85\n(built|slow) +\d+\n(built|slow) +\d+\ntogether +[89]\d\n/);
  });

  it("fails with the names of all steps that fail, after all have run", () => {
    const { status, stdout, lines } = check(5, 0, [BAD, BUILT, { ...BAD, name: "worse" }]);

    expect(status).to.equal(1);
    expect(stdout).to.match(/\nbad +\d+ +FAILED\n/);
    expect(stdout).to.match(/\nbuilt +\d+\n/);
    expect(stdout).to.match(/\nFailed: (bad, worse|worse, bad)\n/);
    expect(lines.at(-1)).to.equal("5 passed, 0 failed");
  });

  it("goes on after a test has failed", () => {
    const { status, stdout, lines } = check(5, 1, [BUILT]);

    expect(status).to.equal(1);
    expect(stdout)
      .to.include("\nFailed: npm cit\n")
      .and.match(/\nbuilt +\d+\n/);
    expect(lines.at(-1)).to.equal("5 passed, 1 failed");
  });

  it("ends when no test has passed: nothing was built, or nothing is tested", () => {
    for (const failed of [0, 1]) {
      const { status, stdout, lines } = check(0, failed, [BUILT]);

      expect(status).to.equal(1);
      expect(stdout).to.include("\nNot run: built\n");
      expect(lines.at(-1)).to.equal(`0 passed, ${failed} failed`);
    }
  });
});

describe("The parts of the tests", () => {
  const FILES = Array.from({ length: 100 }, (_, index) => index);

  it("have each file once, in order", () => {
    for (const lanes of [1, 2, 3]) expect([...inParts(FILES, lanes)].flat()).to.deep.equal(FILES);
    expect([...inParts([], 2)]).to.deep.equal([]);
  });

  it("become smaller, so that lanes end at about the same time", () => {
    const sizes = [...inParts(FILES, 2)].map(({ length }) => length);

    expect(sizes.slice(0, 4)).to.deep.equal([25, 19, 14, 11]);
    expect(sizes.slice(0, -1).every((size) => size >= 4)).to.be.true;
    expect(sizes.at(-1)).to.be.at.most(4);
  });

  it("are one for a single lane", () => {
    expect([...inParts(FILES, 1)].length).to.equal(1);
  });
});
