import hre from "hardhat";
import { mkdirSync, readdirSync } from "node:fs";
import path from "node:path";
import { keep, readCheck } from "#tools/committed";
import { abiModules } from "#tools/solidity/abis";

const FOLDER = path.join(__dirname, "..", "sdk", "src", "abis");

/** Writes the SDK's ABIs from the build or, with --check, compares them with what is committed. */
async function main(): Promise<void> {
  const check = readCheck(process.argv.slice(2));
  mkdirSync(FOLDER, { recursive: true });
  const modules = await abiModules(hre.artifacts);
  for (const [file, text] of modules) keep(path.join(FOLDER, file), text, "npm run abis", check);

  const strange = readdirSync(FOLDER).filter((file) => !modules.has(file));
  if (strange.length === 0) return;
  console.error(`${strange.join(", ")} in sdk/src/abis: no contract has that name any more. Delete it.`);
  process.exitCode = 1;
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
