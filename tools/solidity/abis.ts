import hre from "hardhat";
import type { Artifacts } from "hardhat/types";
import { mkdirSync, readdirSync } from "node:fs";
import path from "node:path";
import { keep } from "../committed";
import { complain } from "../entry";
import { ROOT } from "../root";

const FOLDER = path.join(ROOT, "sdk", "src", "abis");

/** Contracts that people and programs talk to: what they deploy is named by the contract, what they only call by its interface. */
export const ABIS: readonly string[] = [
  ...["Keep3r", "KP3R", "Keep3rHelper", "Keep3rOracle", "Keep3rLens"],
  ...["IKeep3rWorkable", "IKeep3rWorkSource"],
  ...["HegicSimpleUnlockJob", "HegicUnlockJob", "StrategyHarvestJob", "LiquidationJob", "RebalanceJob", "RelayJob"],
  ...["AutomationJob", "ResolverJob"],
  ...["IERC20Errors", "IUniswapV2Factory", "IUniswapV2Pair", "IKeep3rV1Proxy"],
];

/** Writes the SDK's ABIs from the build or, to check them, compares them with what is committed. */
export async function keepAbis(check: boolean): Promise<void> {
  mkdirSync(FOLDER, { recursive: true });
  const modules = await abiModules(hre.artifacts);
  for (const [file, text] of modules) keep(path.join(FOLDER, file), text, "npm run abis", check);

  const strange = readdirSync(FOLDER).filter((file) => !modules.has(file));
  complain(strange.map((file) => `sdk/src/abis/${file}: no contract has that name any more. Delete it.`));
}

/** By its file's name: `IKeep3rWorkable` is `keep3rWorkable`, `KP3R` is `kp3r`. */
export function fileOf(contract: string): string {
  const bare = contract.replace(/^I(?=[A-Z])/, "");
  return bare.replace(/^[A-Z0-9]+?(?=[A-Z][a-z]|\d?[a-z]|$)/, (capitals) => capitals.toLowerCase());
}

/** A module of the SDK for each ABI, typed as a constant, and one that has them all; by file name. */
export async function abiModules(artifacts: Artifacts): Promise<Map<string, string>> {
  const modules = new Map<string, string>();
  for (const contract of ABIS) {
    const { abi } = await artifacts.readArtifact(contract);
    const entries = (abi as unknown[]).map((entry) => `  ${JSON.stringify(entry)},\n`).join("");
    modules.set(
      `${fileOf(contract)}.ts`,
      `${HEAD}/** The ABI of \`${contract}\`. */\nexport const ${fileOf(contract)}Abi = [\n${entries}] as const;\n`,
    );
  }
  const lines = [...modules.keys()].map((file) => {
    const name = file.replace(/\.ts$/, "");
    return `export { ${name}Abi } from "./${name}.js";\n`;
  });
  return modules.set("index.ts", HEAD + lines.sort().join(""));
}

const HEAD = "// Written by `npm run abis` from the compiled contracts.\n";
