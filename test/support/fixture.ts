import { type SnapshotRestorer, takeSnapshot } from "@nomicfoundation/hardhat-network-helpers";

type Fixture<T> = () => Promise<T>;

/** State that a fixture keeps outside the chain and that is set back with it: a clock, a seeded generator, a model. */
interface Rewindable {
  /** Remembers the current state, and returns a function that restores it. */
  mark(): () => void;
}

let untouched: SnapshotRestorer | undefined;
let loaded: { fixture: Fixture<unknown>; value: unknown; restore: () => Promise<void> } | undefined;

/**
 * Hardhat's loadFixture, but every fixture is built on the chain as it was at first: accounts, addresses and times are the
 * same whatever tests ran before. Clocks, generators and models that a fixture returns are set back with the chain.
 */
export async function loadFixture<T>(fixture: Fixture<T>): Promise<T> {
  if (loaded?.fixture === fixture) {
    await loaded.restore();
    return loaded.value as T;
  }

  loaded = undefined;
  if (untouched === undefined) untouched = await takeSnapshot();
  else await untouched.restore();

  const value = await fixture();
  const snapshot = await takeSnapshot();
  const rewinds = rewindablesOf(value).map((each) => each.mark());
  const restore = async () => {
    await snapshot.restore();
    for (const rewind of rewinds) rewind();
  };
  loaded = { fixture, value, restore };
  return value;
}

/** The value itself, or those among its members. Only plain objects are searched, so no contracts or accounts. */
function rewindablesOf(value: unknown): Rewindable[] {
  if (isRewindable(value)) return [value];
  return isPlain(value) ? Object.values(value).flatMap(rewindablesOf) : [];
}

function isRewindable(value: unknown): value is Rewindable {
  return typeof value === "object" && value !== null && "mark" in value && typeof value.mark === "function";
}

function isPlain(value: unknown): value is object {
  return typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}
