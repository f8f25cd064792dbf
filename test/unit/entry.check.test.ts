import { Failure } from "@keep3r-network/sdk";
import { expect } from "chai";
import { spawnSync } from "node:child_process";
import path from "node:path";
import { readOptions } from "#tools/entry";

const ROOT = path.join(__dirname, "..", "..");

/** Runs the body of a program, which has `complain`, `Failure` and its `args`, in a process of its own. */
function end(body: string): { status: number | null; stdout: string; stderr: string } {
  const code = `
    const { complain, run } = require("./tools/entry");
    const { Failure } = require("@keep3r-network/sdk");
    const { parseArgs } = require("node:util");
    run(async (args) => { ${body} });`;
  const options = ["--no-warnings", "--require", "ts-node/register/transpile-only", "--eval", code];
  // The first word stands for the program
  const args = [...options, "--", "program", "--some", "words"];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: ROOT, encoding: "utf8" });
  return { status, stdout, stderr };
}

describe("A program", () => {
  it("gets the arguments that it was started with, and ends well", () => {
    expect(end("console.log(args.join());")).to.deep.equal({ status: 0, stdout: "--some,words\n", stderr: "" });
  });

  it("tells a user's mistake without a stack", () => {
    const told = { status: 1, stdout: "" };
    expect(end('throw new Failure("No such door.");')).to.deep.equal({ ...told, stderr: "\nError: No such door.\n" });
    const { status, stderr } = end("parseArgs({ args, options: {} });");
    expect(status).to.equal(1);
    expect(stderr).to.match(/^\nError: Unknown option '--some'.*\n$/);
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
});

describe("The options of a program", () => {
  it("are those that it knows", () => {
    expect([...readOptions(["--check"], "--check", "--deep")]).to.deep.equal(["--check"]);
    expect(readOptions([])).to.be.empty;
  });

  it("are refused if it doesn't", () => {
    expect(() => readOptions(["--chek"], "--check")).to.throw(Failure, "There is no option --chek; there is --check.");
    expect(() => readOptions(["door", "key"])).to.throw(Failure, "There is no option door key; there is none at all.");
  });
});
