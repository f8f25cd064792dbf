import { CHAINS, WORK_SOURCE_ID, WORKABLE_ID } from "@keep3r-network/sdk";
import { expect } from "chai";
import { readdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { filesIn, install, makeFolder, pack, run } from "#support/projects/project";

const NAME = "@keep3r-network/keep3r";
const KP3R = "0x1cEB5cB57C4D4E2b2433641b95Dd330A33185A44";

/** Uses what the package exports, by viem and ethers, and marks what the compiler has to refuse. */
const PROGRAM = `
import { keep3rAbi, keep3rWorkableAbi, UPKEEP_BRIDGE_ID, WORK_SOURCE_ID, WORKABLE_ID } from "${NAME}/abi";
import { Interface } from "ethers";
import { type ContractFunctionReturnType, encodeFunctionData } from "viem";

const calldata: string = encodeFunctionData({ abi: keep3rAbi, functionName: "bond", args: ["${KP3R}", 1n] });
const ids: readonly ["0xcad5ca1d", "0xc6a4fa6c", "0xf19bd66b"] = [WORKABLE_ID, WORK_SOURCE_ID, UPKEEP_BRIDGE_ID];
const work: ContractFunctionReturnType<typeof keep3rWorkableAbi, "nonpayable", "workable"> = [true, "0x"];
const same: boolean = new Interface(keep3rAbi).encodeFunctionData("bond", ["${KP3R}", 1n]) === calldata;
console.log(JSON.stringify({ same, ids, work }));

// @ts-expect-error Keep3r has no such function
export const wrong = () => encodeFunctionData({ abi: keep3rAbi, functionName: "bond2", args: ["${KP3R}", 1n] });
`;

/** How projects have TypeScript resolve modules, and what is built then that Node can run. */
const RESOLUTIONS = [
  { resolution: "node16", module: "node16", sources: ["mts", "cts"], programs: ["mjs", "cjs"] },
  { resolution: "nodenext", module: "nodenext", sources: ["mts", "cts"], programs: ["mjs", "cjs"] },
  { resolution: "bundler", module: "esnext", sources: ["ts"], programs: [] },
  // As in a new project of Hardhat 2's: it doesn't know `exports`
  { resolution: "node10", module: "commonjs", sources: ["ts"], programs: ["js"] },
];

describe("What the package exports", () => {
  let project: string;

  before(async () => {
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
      for (const file of files) write(file, PROGRAM);
      const compilerOptions = {
        ...{ target: "es2022", lib: ["es2022", "dom"], types: ["node"], outDir: "built" },
        ...{ module, moduleResolution: resolution, strict: true, skipLibCheck: true },
      };
      write(`tsconfig.${resolution}.json`, JSON.stringify({ compilerOptions, files }));

      expect(await run(`node node_modules/typescript/bin/tsc -p tsconfig.${resolution}.json`, project)).to.equal("");

      for (const extension of programs) {
        const printed = JSON.parse(await run(`node built/${resolution}.${extension}`, project)) as object;
        const ids = [WORKABLE_ID, WORK_SOURCE_ID, "0xf19bd66b"];
        expect(printed, extension).to.deep.equal({ same: true, ids, work: [true, "0x"] });
      }
    });
  }

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

  function write(file: string, text: string): void {
    writeFileSync(path.join(project, file), text);
  }
});
