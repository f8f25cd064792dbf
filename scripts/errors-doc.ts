import path from "node:path";
import { format, resolveConfig } from "prettier";
import { keep, readCheck } from "#tools/committed";
import { readBuilds } from "#tools/solidity/builds";
import { errorsOf, faultsOfErrors } from "#tools/solidity/errors";
import { explanationsOf, pageOf } from "#tools/solidity/errorsPage";

const ROOT = path.join(__dirname, "..");
const PAGE = path.join(ROOT, "docs", "errors.md");
const EXPLANATIONS = path.join(ROOT, "scripts", "operate", "explanations.json");

/**
 * Every error and what to do about it, from the sources' NatSpec: a page for people, and what the command line says.
 * Writes them or, with --check, compares them with what is committed.
 */
async function main(): Promise<void> {
  const check = readCheck(process.argv.slice(2));
  const errors = errorsOf(readBuilds());
  for (const [file, text] of [
    [PAGE, pageOf(errors)],
    [EXPLANATIONS, JSON.stringify(explanationsOf(errors))],
  ] as const) {
    const formatted = await format(text, { ...(await resolveConfig(file)), filepath: file });
    keep(file, formatted, "npm run docs", check);
  }

  const faults = faultsOfErrors(errors);
  if (faults.length === 0) return;
  console.error(faults.join("\n"));
  process.exitCode = 1;
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
