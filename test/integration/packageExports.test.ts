import { CHAINS, WORK_SOURCE_ID, WORKABLE_ID } from "@keep3r-network/sdk";
import { expect } from "chai";
import { readdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describeProject, filesIn, install, makeFolder, pack, PATIENCE, run } from "#support/projects/project";

const NAME = "@keep3r-network/keep3r";
const KP3R = "0x1cEB5cB57C4D4E2b2433641b95Dd330A33185A44";

/** Uses what is exported, and marks what the compiler has to refuse. */
const PROGRAM = `
import { keep3rAbi, UPKEEP_BRIDGE_ID, WORK_SOURCE_ID, WORKABLE_ID } from "${NAME}/abi";
import addresses from "${NAME}/addresses.json"JSON_ATTRIBUTE;

type Name = Extract<(typeof keep3rAbi)[number], { type: "function" }>["name"];
const name: Name = "bond";
const ids: readonly ["0xcad5ca1d", "0xc6a4fa6c", "0xf19bd66b"] = [WORKABLE_ID, WORK_SOURCE_ID, UPKEEP_BRIDGE_ID];
const token: string = addresses[1].KP3R;
console.log(JSON.stringify({ has: keep3rAbi.some((entry) => "name" in entry && entry.name === name), ids, token }));

// @ts-expect-error Keep3r has no such function
export const wrong: Name = "bond2";
`;
const PRINTED = { has: true, ids: [WORKABLE_ID, WORK_SOURCE_ID, "0xf19bd66b"], token: KP3R };

/** Calls a function through viem, which has to know its arguments and results, and through ethers. */
const LIBRARIES = `
import { keep3rAbi, keep3rWorkableAbi } from "${NAME}/abi";
import { Interface } from "ethers";
import { type ContractFunctionReturnType, encodeFunctionData } from "viem";

export const work: ContractFunctionReturnType<typeof keep3rWorkableAbi, "nonpayable", "workable"> = [true, "0x"];
const calldata: string = encodeFunctionData({ abi: keep3rAbi, functionName: "bond", args: ["${KP3R}", 1n] });
console.log(new Interface(keep3rAbi).encodeFunctionData("bond", ["${KP3R}", 1n]) === calldata);

// @ts-expect-error An amount isn't text
export const wrong = () => encodeFunctionData({ abi: keep3rAbi, functionName: "bond", args: ["${KP3R}", "1"] });
`;

/** How projects have TypeScript resolve modules, and what is built then that Node can run. */
const RESOLUTIONS = [
  // Where TypeScript knows no attributes of imports yet, without which Node imports no JSON
  { resolution: "node16", module: "node16", sources: ["mts", "cts"], programs: ["cjs"] },
  { resolution: "nodenext", module: "nodenext", sources: ["mts", "cts"], programs: ["mjs", "cjs"] },
  { resolution: "bundler", module: "esnext", sources: ["ts"], programs: [] },
  // As in a new project of Hardhat 2's: it doesn't know `exports`
  { resolution: "node10", module: "commonjs", sources: ["ts"], programs: ["js"] },
];

describeProject("What the package exports", () => {
  let project: string;

  before(async function () {
    this.timeout(2 * PATIENCE);
    project = makeFolder("exports");
    await pack(project);
    const dependencies = { [NAME]: `file:${filesIn(project)[0]}` };
    write("package.json", JSON.stringify({ dependencies }));
    await install(project, ["@types/node", "ethers", "typescript", "viem"]);
  });

  after(() => rmSync(project, { recursive: true }));

  for (const { resolution, module, sources, programs } of RESOLUTIONS) {
    it(`has types, and JavaScript, for TypeScript that resolves modules by "${resolution}"`, async () => {
      const files = sources.map((extension) => `${resolution}.${extension}`);
      for (const file of files) {
        const attribute = file.endsWith(".mts") && resolution === "nodenext" ? ' with { type: "json" }' : "";
        write(file, PROGRAM.replace("JSON_ATTRIBUTE", attribute));
      }
      await compile(resolution, module, files);

      for (const extension of programs) {
        const printed = JSON.parse(await run(`node built/${resolution}.${extension}`, project)) as object;
        expect(printed, extension).to.deep.equal(PRINTED);
      }
    });
  }

  it("is understood by viem and ethers", async () => {
    write("libraries.mts", LIBRARIES);
    await compile("nodenext", "nodenext", ["libraries.mts"]);

    expect(await run("node built/libraries.mjs", project)).to.equal("true\n");
  });

  it("has the ABIs of the SDK, and doesn't need it", async () => {
    const sdk: object = await import("@keep3r-network/sdk");
    const abis = Object.fromEntries(Object.entries(sdk).filter(([name]) => name.endsWith("Abi")));
    const exported = await run(`node -p "JSON.stringify(require('${NAME}/abi'))"`, project);

    expect(JSON.parse(exported)).to.deep.include(abis);
    expect(readdirSync(path.join(project, "node_modules/@keep3r-network"))).to.deep.equal(["keep3r"]);
  });

  it("names the contracts that a network is connected to, on every chain that is known", async () => {
    const addresses = JSON.parse(
      await run(`node -p "JSON.stringify(require('${NAME}/addresses.json'))"`, project),
    ) as Record<string, Record<string, string>>;

    expect(Object.keys(addresses)).to.have.members(CHAINS.map(({ id }) => String(id)));
    for (const { id, weth, uniswapV2Factory } of CHAINS) {
      expect(addresses[id]).to.include({ WETH9: weth, UniswapV2Factory: uniswapV2Factory });
    }
    expect(addresses["1"]).to.include({ KP3R });
  });

  it("leaves every file within reach by its path, and an artifact without its extension", async () => {
    const files = filesIn(path.join(project, "node_modules", NAME));
    const artifacts = files.filter((file) => file.startsWith("artifacts/"));
    write("paths.json", JSON.stringify([...files, ...artifacts.map((file) => file.replace(/\.json$/, ""))]));
    write(
      "resolve.cjs",
      `for (const file of require("./paths.json")) require.resolve(\`${NAME}/\${file}\`);
import("./resolve.mjs");`,
    );
    write(
      "resolve.mjs",
      `import { existsSync } from "node:fs";
import { createRequire } from "node:module";
const paths = createRequire(import.meta.url)("./paths.json");
const missing = paths.filter((file) => !existsSync(new URL(import.meta.resolve(\`${NAME}/\${file}\`))));
console.log(JSON.stringify(missing));`,
    );

    expect(artifacts).not.to.be.empty;
    expect(files).to.include.members(["contracts/jobs/Keep3rJob.sol", "docs/write-a-job.md", "package.json"]);
    expect(JSON.parse(await run("node resolve.cjs", project))).to.deep.equal([]);
  });

  /** Builds modules of the project; the compiler may have nothing to say. */
  async function compile(moduleResolution: string, module: string, files: readonly string[]): Promise<void> {
    const compilerOptions = {
      ...{ target: "es2022", lib: ["es2022", "dom"], types: ["node"], outDir: "built", resolveJsonModule: true },
      ...{ module, moduleResolution, esModuleInterop: true, strict: true, skipLibCheck: true },
    };
    write("tsconfig.json", JSON.stringify({ compilerOptions, files }));
    expect(await run("node node_modules/typescript/bin/tsc", project)).to.equal("");
  }

  function write(file: string, text: string): void {
    writeFileSync(path.join(project, file), text);
  }
});
