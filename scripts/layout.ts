import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { keep, readCheck } from "#tools/committed";
import { readBuilds } from "#tools/solidity/builds";
import { layoutOf } from "#tools/solidity/layout";
import { faultsOfSlots } from "#tools/solidity/slots";
import { faultsOfWord, wordsOf } from "#tools/solidity/words";

const ROOT = path.join(__dirname, "..");
const SNAPSHOT = path.join(ROOT, "snapshots", "storage.json");
const SLOTS = path.join(ROOT, "contracts", "libraries", "Keep3rSlots.sol");
const TYPES = path.join(ROOT, "contracts", "types");

/** Where every contract keeps its state; writes the snapshot or, with --check, compares it with what is committed. */
function main(): void {
  const check = readCheck(process.argv.slice(2));
  const layout = layoutOf(readBuilds());
  keep(SNAPSHOT, `${JSON.stringify(layout, null, 2)}\n`, "npm run layout", check);

  const faults = [...faultsOfSlots(readFileSync(SLOTS, "utf8"), layout), ...readWords().flatMap(faultsOfWord)];
  if (faults.length === 0) return;
  console.error(faults.join("\n"));
  process.exitCode = 1;
}

/** The sources of the types that are packed by hand, each in a file of its own. */
function readWords(): string[] {
  const words = readdirSync(TYPES)
    .map((file) => readFileSync(path.join(TYPES, file), "utf8"))
    .filter((source) => Object.keys(wordsOf([source])).length > 0);
  if (words.length === 0) throw new Error("No type is packed by hand: there is none to check.");
  return words;
}

main();
