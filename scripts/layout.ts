import { readFileSync } from "node:fs";
import path from "node:path";
import { keep, readCheck } from "./committed";
import { readBuilds } from "./solidity/builds";
import { layoutOf } from "./solidity/layout";
import { faultsOfSlots } from "./solidity/slots";
import { faultsOfWord } from "./solidity/words";

const ROOT = path.join(__dirname, "..");
const SNAPSHOT = path.join(ROOT, "snapshots", "storage.json");
const SLOTS = path.join(ROOT, "contracts", "libraries", "Keep3rSlots.sol");
/** The types that are packed by hand, each in a file of its own. */
const WORDS = ["Job", "Keeper", "Position", "TokenCredit", "WorkConfig"];

/** Where every contract keeps its state; writes the snapshot or, with --check, compares it with what is committed. */
function main(): void {
  const check = readCheck(process.argv.slice(2));
  const layout = layoutOf(readBuilds());
  keep(SNAPSHOT, `${JSON.stringify(layout, null, 2)}\n`, "npm run layout", check);

  const words = WORDS.map((word) => readFileSync(path.join(ROOT, "contracts", "types", `${word}.sol`), "utf8"));
  const faults = [...faultsOfSlots(readFileSync(SLOTS, "utf8"), layout), ...words.flatMap(faultsOfWord)];
  if (faults.length === 0) return;
  console.error(faults.join("\n"));
  process.exitCode = 1;
}

main();
