import hre from "hardhat";
import path from "node:path";
import { keep } from "../committed";
import { ROOT } from "../root";
import { abiExport } from "./abiExport";
import { addressesExport } from "./addresses";

const FOLDER = path.join(ROOT, "exports");

/** Writes what the package for job authors exports to JavaScript or, to check it, compares it with what is committed. */
export async function keepExports(check: boolean): Promise<void> {
  const files = new Map([...(await abiExport(hre.artifacts)), ["addresses.json", addressesExport()]]);
  for (const [file, text] of files) keep(path.join(FOLDER, file), text, "npm run abis", check);
}
