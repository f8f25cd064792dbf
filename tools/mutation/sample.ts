import { createHash } from "node:crypto";
import { Random } from "#simulation/random";
import type { Mutant } from "./operators";

/**
 * Mutants in the order in which a sample takes them: file by file in turn, and within a file operator by operator. So a
 * sample of any size has its share of each file and kind of change. The seed shuffles each file and operator apart: a change
 * of one source leaves the sample of the others as it was.
 */
export function inSampleOrder(mutants: readonly Mutant[], seed: number): Mutant[] {
  const byFile = [...groupBy(mutants, ({ file }) => file)].map(([file, ofFile]) => {
    const byOperator = [...groupBy(ofFile, ({ operator }) => operator)];
    return inProportion(
      byOperator.map(([operator, ofOperator]) => shuffle(ofOperator, randomOf(`${seed} ${file} ${operator}`))),
    );
  });
  return inProportion(byFile);
}

function randomOf(name: string): Random {
  return new Random(createHash("sha256").update(name).digest().readUInt32BE());
}

/** Merges lists so that every prefix has each list's share, rounded up. */
function inProportion<T>(lists: readonly T[][]): T[] {
  return lists
    .flatMap((list, listIndex) => list.map((item, index) => ({ item, listIndex, at: index / list.length })))
    .sort((one, other) => one.at - other.at || one.listIndex - other.listIndex)
    .map(({ item }) => item);
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group) group.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return groups;
}

/** Fisher and Yates. */
function shuffle<T>(items: readonly T[], random: Random): T[] {
  const shuffled = [...items];
  for (let i = shuffled.length - 1; i > 0; i--) {
    const j = Math.floor(random.between(0, i + 1));
    [shuffled[i], shuffled[j]] = [shuffled[j] as T, shuffled[i] as T];
  }
  return shuffled;
}
