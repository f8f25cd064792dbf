import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { keep } from "../committed";
import { complain } from "../entry";
import { ROOT } from "../root";
import { readBuilds } from "./builds";
import { layoutOf } from "./layout";
import { faultsOfSlots } from "./slots";
import { faultsOfWord, wordsOf } from "./words";

const SNAPSHOT = path.join(ROOT, "snapshots", "storage.json");
const SLOTS = path.join(ROOT, "contracts", "libraries", "Keep3rSlots.sol");
const TYPES = path.join(ROOT, "contracts", "types");

/** Where every contract keeps its state; writes the snapshot or, to check it, compares it with what is committed. */
export function keepLayout(check: boolean): void {
  const layout = layoutOf(readBuilds());
  keep(SNAPSHOT, `${JSON.stringify(layout, null, 2)}\n`, "npm run layout", check);
  complain([...faultsOfSlots(readFileSync(SLOTS, "utf8"), layout), ...readWords().flatMap(faultsOfWord)]);
}

/** The sources of the types that are packed by hand, each in a file of its own. */
function readWords(): string[] {
  const words = readdirSync(TYPES)
    .map((file) => readFileSync(path.join(TYPES, file), "utf8"))
    .filter((source) => Object.keys(wordsOf([source])).length > 0);
  if (words.length === 0) throw new Error("No type is packed by hand: there is none to check.");
  return words;
}
