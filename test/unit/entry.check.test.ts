import { Failure } from "@keep3r-network/sdk";
import { expect } from "chai";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { nearby } from "#tools/nearby";
import { type Program, helpOf, type Options, readOptions, wholeNumber } from "#tools/options";
import { BUILT } from "#tools/solidity/built";
import { type End, runProgram } from "#support/commands/program";

const ROOT = path.join(__dirname, "..", "..");
const WORDS = ["--some", "words"];

/** Runs the body of a program, which has `complain`, `Failure` and its `args`. */
function end(body: string): End {
  const code = `
    const { complain, guard } = require("./tools/entry");
    const { Failure } = require("@keep3r-network/sdk");
    guard(async (args) => { ${body} });`;
  return runProgram(code, WORDS);
}

describe("A program", () => {
  it("gets the arguments that it was started with, and ends well", () => {
    expect(end("console.log(args.join());")).to.deep.equal({ status: 0, stdout: "--some,words\n", stderr: "" });
  });

  it("tells a user's mistake without a stack", () => {
    const told = { status: 1, stdout: "", stderr: "\nError: No such door.\n" };
    expect(end('throw new Failure("No such door.");')).to.deep.equal(told);
  });

  it("tells a bug with its stack", () => {
    const { status, stderr } = end('throw new TypeError("door is undefined");');
    expect(status).to.equal(1);
    expect(stderr).to.match(/^TypeError: door is undefined\n +at /);
  });

  it("ends when it fails, whatever it has open", () => {
    const server = 'require("node:net").createServer().listen(0);';
    expect(end(`${server} throw new Failure("No such door.");`).status).to.equal(1);
  });

  it("goes on after a complaint, and ends with exit code 1", () => {
    const outcome = end('complain([]); complain(["a door", "a key"], "Missing:"); console.log("done");');
    expect(outcome).to.deep.equal({ status: 1, stdout: "done\n", stderr: "Missing:\na door\na key\n" });
    expect(end("complain([]);").status).to.equal(0);
  });

  it("doesn't begin when it is asked for help, or given an option that it doesn't know", () => {
    const program = { command: "npm run door", does: "Opens it.", example: "npm run door" };
    const code = `
      const { run } = require("./tools/entry");
      run(${JSON.stringify(program)}, () => console.log("open"));`;

    const help = `npm run door -- [OPTIONS]\n\nOpens it.\n\n  --help  prints this\n\nExample: npm run door\n`;
    expect(runProgram(code)).to.deep.equal({ status: 0, stdout: "open\n", stderr: "" });
    expect(runProgram(code, ["--help"])).to.deep.equal({ status: 0, stdout: help, stderr: "" });
    expect(runProgram(code, ["--key"])).to.deep.equal({
      ...{ status: 1, stdout: "", stderr: "\nError: There is no option --key; there is --help.\n" },
    });
  });
});

describe("The options of a program", () => {
  const OPTIONS = {
    check: { type: "boolean", says: "only looks" },
    lanes: { type: "string", value: "N", says: "how many", default: "2" },
    seed: { type: "string", value: "N", says: "which" },
    file: { type: "string", value: "SOURCE", says: "of this", multiple: true },
  } as const satisfies Options;
  const PROGRAM = { command: "npm run doors", does: "Counts doors.", options: OPTIONS, example: "npm run doors" };

  function read(...args: string[]) {
    return readOptions(PROGRAM, args)?.given;
  }

  it("are those that were given, and the usual values of others", () => {
    const usual = { check: false, lanes: "2", seed: undefined, file: [] };
    expect(read()).to.deep.equal(usual);
    expect(read("--check", "--file", "a", "--lanes=4", "--file=b")).to.deep.equal({
      ...{ ...usual, check: true, lanes: "4", file: ["a", "b"] },
    });
    expect(read("--seed", "1", "--seed", "2")).to.deep.equal({ ...usual, seed: "2" });
  });

  it("are none if it is asked for help, whatever else it is asked", () => {
    expect(read("--chek", "--help")).to.equal(undefined);
  });

  for (const { what, args, message } of [
    {
      what: "one that it doesn't know",
      args: ["--chek"],
      message: "There is no option --chek; there is --check, --lanes",
    },
    { what: "a name that every object has", args: ["--constructor"], message: "There is no option --constructor" },
    { what: "a short one", args: ["-c"], message: "There is no option -c" },
    { what: "a value that is missing", args: ["--lanes"], message: "--lanes takes a value: --lanes N." },
    { what: "an option in the place of a value", args: ["--lanes", "--check"], message: "--lanes takes a value" },
    { what: "a value too many", args: ["--check=yes"], message: "--check takes no value." },
    {
      what: "words that it has no use for",
      args: ["door"],
      message: 'npm run doors takes no "door", only the options',
    },
  ]) {
    it(`are refused in a sentence: ${what}`, () => {
      expect(() => read(...args)).to.throw(Failure, message);
    });
  }

  it("stand beside words if it takes any", () => {
    const program: Program<Options> = { ...PROGRAM, words: { name: "DOOR ...", says: "which" } };

    expect(readOptions(program, ["one", "--check", "two"])?.words).to.deep.equal(["one", "two"]);
    expect(helpOf(program))
      .to.include("npm run doors -- [OPTIONS] [DOOR ...]\n")
      .and.include("\n  DOOR ...       which\n");
  });

  it("stand in its help with what they do, their values, and the usual ones", () => {
    expect(helpOf({ ...PROGRAM, variables: { DOORS: "where" } }).split("\n")).to.include.members([
      ...["Counts doors.", "  --check        only looks", "  --lanes N      how many; 2 unless given"],
      ...["  --file SOURCE  of this", "  DOORS          where", "Example: npm run doors"],
    ]);
  });

  it("have numbers within bounds", () => {
    expect(wholeNumber("--lanes", "12", 1, 12)).to.equal(12);
    for (const text of ["x", "", "1.5", "-1", "1e1", "0", "13"]) {
      const message = `--lanes takes a whole number from 1 to 12, not "${text}".`;
      expect(() => wholeNumber("--lanes", text, 1, 12), text).to.throw(Failure, message);
    }
    expect(() => wholeNumber("--seed", "0", 1)).to.throw(Failure, '--seed takes a whole number from 1, not "0".');
  });
});

describe("Hardhat", () => {
  /** Runs a task, which has nothing to compile. */
  function hardhat(...args: string[]): End {
    const program = require.resolve("hardhat/internal/cli/bootstrap");
    // Also while coverage is measured
    const env = { ...process.env, ...BUILT, SOLIDITY_COVERAGE: "", BUILD_FOLDER: "" };
    return spawnSync(process.execPath, [program, ...args], { cwd: ROOT, encoding: "utf8", env });
  }

  it("doesn't say that it doesn't fully support our compiler", () => {
    const { status, stderr } = hardhat("compile");

    expect({ status, stderr }).to.deep.equal({ status: 0, stderr: "" });
  });

  it("tells a test file that isn't there, with that of its name", () => {
    const { status, stderr } = hardhat("test", "test/Work.test.ts");

    expect(status).to.equal(1);
    expect(stderr).to.equal("\nError: There is no test/Work.test.ts. There is test/unit/Work.test.ts.\n");
  });
});

describe("Files near one that isn't there", () => {
  const KNOWN = ["test/unit/Work.test.ts", "test/unit/Roles.test.ts", "test/sdk/jobs.test.ts"];

  for (const { file, near } of [
    { file: "test/work.test.ts", near: "There is test/unit/Work.test.ts." },
    { file: "test/sdk/job.test.ts", near: "There is test/sdk/jobs.test.ts." },
    { file: "tests/Job.test.ts", near: "There are files in test/unit, test/sdk." },
  ]) {
    it(`are those of its name, or else of its folder: ${file}`, () => {
      expect(nearby(file, KNOWN)).to.equal(near);
    });
  }
});

describe("The npm scripts of this repository", () => {
  /** By the command that starts it, the file and the arguments of each that is a program of ours. */
  function programs(): Map<string, { file: string; args: string[] }> {
    const { scripts } = JSON.parse(readFileSync(path.join(ROOT, "package.json"), "utf8")) as {
      scripts: Record<string, string>;
    };
    const found = new Map<string, { file: string; args: string[] }>();
    for (const [name, command] of Object.entries(scripts)) {
      const [, file, rest = ""] = /^ts-node --transpile-only (\S+\.ts)(.*)$/.exec(command) ?? [];
      const isShort = name === "start" || name === "test";
      if (file !== undefined) {
        found.set(`npm ${isShort ? "" : "run "}${name}`, { file, args: rest.split(" ").filter(Boolean) });
      }
    }
    return found;
  }

  it("say what they do, with an example, before anything is built or loaded", () => {
    const all = [...programs()];
    const code = `
      for (const { file, args } of ${JSON.stringify(all.map(([, program]) => program))}) {
        process.argv = ["node", file, ...args, "--help"];
        delete require.cache[require.resolve("./" + file)];
        require("./" + file);
      }
      const hardhat = require.resolve("hardhat/package.json").replace("package.json", "internal/lib");
      if (Object.keys(require.cache).some((file) => file.startsWith(hardhat))) console.log("Hardhat was loaded.");`;
    const { status, stdout, stderr } = runProgram(code);

    expect({ status, stderr }).to.deep.equal({ status: 0, stderr: "" });
    expect(stdout).not.to.include("Hardhat was loaded.");
    const helps = stdout.split(/^(?=npm .* -- \[OPTIONS\])/m);
    expect(helps.map((help) => help.slice(0, help.indexOf(" -- ")))).to.have.members(all.map(([command]) => command));
    for (const [command] of all) {
      expect(stdout, command).to.match(new RegExp(`^Example: .*${command}\\b`, "m"));
    }
  });
});
