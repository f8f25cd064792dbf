import { expect } from "chai";
import { execFile } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, realpathSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import { LocalNode } from "#support/nodes/localNode";
import { Keep3r__factory } from "#typechain";

const REPOSITORY = path.join(__dirname, "..", "..");
const MODULES = realpathSync(path.join(REPOSITORY, "node_modules"));
/** How long a command may take, in milliseconds. */
const PATIENCE = 120_000;
/** npm takes what it has downloaded before, and asks nobody else. */
const QUIET = { npm_config_prefer_offline: "true", npm_config_audit: "false", npm_config_fund: "false" };

/** By workspace, what its build is made of: folders of sources, by where they are built. */
const BUILDS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  sdk: { dist: "src", "dist/node": "node" },
  cli: { dist: "src" },
};
/** What every package has beside its build. */
const SHELL = ["LICENSE", "README.md", "package.json"];
const KP3R = "0x1cEB5cB57C4D4E2b2433641b95Dd330A33185A44";

/** Uses the SDK's types well, and marks what the compiler has to refuse. */
const PROGRAM = `
import { type Token, Failure, HOUR, keep3rAbi, parseAmount, WAD } from "@keep3r-network/sdk";
import { fact } from "@keep3r-network/sdk/node";
import { type ContractFunctionReturnType, encodeFunctionData } from "viem";

const token: Token = { address: "${KP3R}", symbol: "KP3R", decimals: 18 };
const amount: bigint = parseAmount("amount", "12.5", token) + WAD;
const calldata: \`0x\${string}\` = encodeFunctionData({ abi: keep3rAbi, functionName: "bond", args: [token.address, amount] });
const bonds: ContractFunctionReturnType<typeof keep3rAbi, "view", "bonds"> = amount;
const seconds: number = HOUR;
const name: "Failure" = new Failure("no").name;
fact(calldata, [bonds, seconds, name].join());

// @ts-expect-error Keep3r has no such function
encodeFunctionData({ abi: keep3rAbi, functionName: "bondage", args: [token.address, amount] });
// @ts-expect-error An amount isn't a number
encodeFunctionData({ abi: keep3rAbi, functionName: "bond", args: [token.address, 12.5] });
// @ts-expect-error A token has an address
export const wrong: Token = { symbol: "KP3R", decimals: 18 };
// @ts-expect-error Only the part for Node prints
import { fact as missing } from "@keep3r-network/sdk";
export { missing };
`;

/** What is packed of the SDK and the command line, installed together in an empty folder. */
describe("The workspaces", () => {
  let project: string;
  let node: LocalNode;

  before(async function () {
    this.timeout(3 * PATIENCE);
    node = await LocalNode.open(this, "workspaces", path.join("deployments", "node", "deployment.json"));
    project = node.folder;
    const packs = ["sdk", "cli"].flatMap((workspace) => ["--workspace", workspace]);
    await run("npm", ["pack", ...packs, "--pack-destination", project], REPOSITORY);
    await run("npm", ["init", "--yes"], project);
    await runAll(blocksOf("cli", "sh")[0], project);
    for (const name of ["typescript", "@types/node"]) {
      mkdirSync(path.dirname(path.join(project, "node_modules", name)), { recursive: true });
      symlinkSync(path.join(MODULES, name), path.join(project, "node_modules", name));
    }
  });

  // Whatever failed or was skipped, nothing may be left behind
  after(() => node?.close());

  for (const [workspace, build] of Object.entries(BUILDS)) {
    it(`pack of ${workspace} what its sources are built to, and what says what it is`, () => {
      const packed = filesIn(installed(workspace));
      const built = Object.entries(build).flatMap(([folder, source]) => outputsOf(workspace, source, folder));
      const known = [...built, ...SHELL, ...(workspace === "cli" ? ["bin/keep3r.js"] : [])];

      const missing = known.filter((file) => !packed.includes(file));
      const strange = packed.filter((file) => !known.includes(file));
      const remedy = `delete ${workspace}/dist and run \`npm run build\``;
      expect({ missing, strange }, remedy).to.deep.equal({ missing: [], strange: [] });
      expect(readFileSync(path.join(installed(workspace), "LICENSE"), "utf8")).to.equal(
        readFileSync(path.join(REPOSITORY, "LICENSE"), "utf8"),
      );
    });
  }

  it("share what they both depend on", () => {
    const lock = readFileSync(path.join(project, "node_modules", ".package-lock.json"), "utf8");
    const { packages } = JSON.parse(lock) as { packages: object };
    for (const name of ["@keep3r-network/sdk", "ox", "viem"]) {
      const places = Object.keys(packages).filter((place) => place.endsWith(`node_modules/${name}`));
      expect(places).to.deep.equal([`node_modules/${name}`]);
    }
  });

  it("let a module of JavaScript do what the SDK's README does", async () => {
    const [example = ""] = blocksOf("sdk", "js");
    write("example.mjs", example);
    const calldata = Keep3r__factory.createInterface().encodeFunctionData("bond", [KP3R, 12n * 10n ** 18n]);

    expect(await run("node", ["example.mjs", KP3R, "12"], project)).to.include(calldata);
    const refusal = await outcome("node", ["example.mjs", KP3R, "12,5"], project);
    expect(refusal).to.deep.include({ code: 1, stdout: "" });
    expect(refusal.stderr).to.match(/^Error: amount: "12,5" isn't an amount\..*\n$/);
  });

  it("let CommonJS require the SDK, without a warning", async () => {
    write("program.cjs", 'const { amount, WAD } = require("@keep3r-network/sdk");\nconsole.log(amount(WAD));\n');

    expect(await outcome("node", ["program.cjs"], project)).to.deep.equal({ code: 0, stdout: "1.00\n", stderr: "" });
  });

  for (const { resolution, module, extensions } of [
    { resolution: "nodenext", module: "nodenext", extensions: ["mts", "cts"] },
    { resolution: "bundler", module: "esnext", extensions: ["ts"] },
  ]) {
    it(`are typed for TypeScript that resolves modules by "${resolution}"`, async () => {
      const files = extensions.map((extension) => `${resolution}.${extension}`);
      for (const file of files) write(file, PROGRAM);
      const compilerOptions = {
        ...{ target: "es2022", lib: ["es2022", "dom"], types: ["node"] },
        ...{ module, moduleResolution: resolution, strict: true, skipLibCheck: true, noEmit: true },
      };
      write(`tsconfig.${resolution}.json`, JSON.stringify({ compilerOptions, files }));

      const tsc = path.join("node_modules", "typescript", "bin", "tsc");
      expect(await outcome("node", [tsc, "-p", `tsconfig.${resolution}.json`], project)).to.deep.equal({
        ...{ code: 0, stdout: "", stderr: "" },
      });
    });
  }

  it("let the commands of the README run", async () => {
    const [help = "", ...others] = await runAll(blocksOf("cli", "sh")[1], project);

    expect(help).to.include("Commands");
    expect(others).not.to.be.empty;
  });

  function installed(workspace: string): string {
    return path.join(project, "node_modules", "@keep3r-network", workspace);
  }

  function write(file: string, text: string): void {
    writeFileSync(path.join(project, file), text);
  }
});

/** What the sources of a folder are built to. */
function outputsOf(workspace: string, source: string, folder: string): string[] {
  return filesIn(path.join(REPOSITORY, workspace, source)).flatMap((file) => {
    const output = path.posix.join(folder, file);
    if (file.endsWith(".ts")) return [output.replace(/\.ts$/, ".js"), output.replace(/\.ts$/, ".d.ts")];
    return file.startsWith("tsconfig") ? [] : [output];
  });
}

/** The code of a workspace's README in one language. */
function blocksOf(workspace: string, language: string): string[] {
  const text = readFileSync(path.join(REPOSITORY, workspace, "README.md"), "utf8");
  return [...text.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\`$`, "gms"))].map(([, block = ""]) => block);
}

interface Outcome {
  code: number;
  stdout: string;
  stderr: string;
}

/** What becomes of a command. */
async function outcome(program: string, args: readonly string[], cwd: string): Promise<Outcome> {
  try {
    const options = { cwd, env: { ...process.env, ...QUIET }, timeout: PATIENCE };
    const { stdout, stderr } = await promisify(execFile)(program, args, options);
    return { code: 0, stdout, stderr };
  } catch (error) {
    const { code, stdout, stderr } = error as Outcome;
    return { code, stdout, stderr };
  }
}

/** What the commands of a README print, each of which has to succeed. */
async function runAll(commands: string | undefined, cwd: string): Promise<string[]> {
  const outputs: string[] = [];
  for (const command of commands?.split("\n").filter((line) => line !== "") ?? []) {
    const [program = "", ...words] = command.split(" ");
    outputs.push(await run(program, words, cwd));
  }
  return outputs;
}

/** What a command prints; fails with it if the command does. */
async function run(program: string, args: readonly string[], cwd: string): Promise<string> {
  const { code, stdout, stderr } = await outcome(program, args, cwd);
  if (code !== 0) throw new Error(`${program} ${args.join(" ")} ended with ${code}:\n${stdout}${stderr}`);
  return stdout;
}

/** The files below a folder, by their paths in it; without the packages that were installed there. */
function filesIn(folder: string): string[] {
  if (!existsSync(folder)) throw new Error(`There is no ${folder}.`);
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => path.relative(folder, path.join(parentPath, name)))
    .filter((file) => !file.startsWith("node_modules"));
}
