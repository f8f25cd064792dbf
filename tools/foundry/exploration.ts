import { Interface, type InterfaceAbi } from "ethers";
import { existsSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { ROOT } from "../root";

const REPORT = path.join(ROOT, "cache", "foundry", "reached.tsv");

/** Whose errors a refusal may be. */
const CONTRACTS = ["Keep3r", "Keep3rHelper", "Keep3rOracle"];
const DONE = "0x00000000";
const OTHER_REFUSALS: Readonly<Record<string, string>> = {
  "0x08c379a0": "a token's message",
  "0x4e487b71": "a token's panic",
  "0xffffffff": "out of gas",
};
const STATE = "state: ";

/** Keep3r's errors that nobody can run into there. test/unit has them all. */
const OUT_OF_REACH: Readonly<Record<string, string>> = {
  JobLiquidityLimit: "there are two kinds of liquidity",
  JobTokenLimit: "there are seven tokens to pay with",
  LiquidityNotReceived: "liquidity is Uniswap's own",
  NoGovernanceZeroAddress: "nobody names the zero address",
  QuoteOutOfGas: "calls have plenty of gas",
  SlashOutOfGas: "calls have plenty of gas",
  WithoutCode: "jobs and tokens are contracts",
  ZeroAddress: "nobody names the zero address",
};

/** Errors of the helper and the oracle that are to be met, too: a pair that is thin or isn't listed, for longer than a quote serves. */
const BEYOND_THE_NETWORK = ["Kp3rReserveTooLow", "NoListedPair", "PairAlreadyListed", "PairNotListed", "StaleQuote"];

/** An action of the handlers or a state of the network, and how often it was done or reached, and refused by which error. */
export interface Exploration {
  name: string;
  isState: boolean;
  /** Whether it must be done at least once: what strangers try is always refused. */
  isGoal: boolean;
  done: number;
  refusals: Map<string, number>;
}

/** Deletes the report: runs of forge add to it, and earlier ones mustn't count. */
export function forgetExploration(): void {
  rmSync(REPORT, { force: true });
}

/** The sum of what all runs did and reached, in the order of names. */
export function readExploration(): Exploration[] {
  if (!existsSync(REPORT)) throw new Error(`No run has written ${REPORT}: no invariant was run to its end.`);
  const names = new Map(CONTRACTS.flatMap((contract) => [...errorsOf(contract)]));
  const explorations = new Map<string, Exploration>();

  for (const line of readFileSync(REPORT, "utf8").split("\n").filter(Boolean)) {
    const [action = "", selector = "", count = ""] = line.split("\t");
    const known = explorations.get(action);
    const exploration = known ?? {
      name: action.replace(STATE, ""),
      isState: action.startsWith(STATE),
      isGoal: false,
      done: 0,
      refusals: new Map<string, number>(),
    };
    explorations.set(action, exploration);

    if (selector === DONE) {
      exploration.isGoal = true;
      exploration.done += Number(count);
    } else {
      const name = names.get(selector) ?? OTHER_REFUSALS[selector] ?? selector;
      exploration.refusals.set(name, (exploration.refusals.get(name) ?? 0) + Number(count));
    }
  }
  return [...explorations.values()].sort((a, b) => a.name.localeCompare(b.name));
}

/** Actions never done, states never reached, errors never met: then the runs prove less than they seem to. */
export function missed(explorations: readonly Exploration[]): string[] {
  const undone = explorations.filter(({ isGoal, done }) => isGoal && done === 0).map(({ name }) => name);
  const met = new Set(explorations.flatMap(({ refusals }) => [...refusals.keys()]));
  const errors = [...errorsOf("Keep3r").values(), ...BEYOND_THE_NETWORK];
  const unmet = errors.filter((error) => !met.has(error) && !(error in OUT_OF_REACH));
  return [...undone, ...unmet];
}

export function printExploration(explorations: readonly Exploration[]): void {
  const width = Math.max(...explorations.map(({ name }) => name.length));
  const print = (name: string, count: number | string, rest = "") =>
    console.log(`${name.padEnd(width)}  ${String(count).padStart(7)}  ${rest}`.trimEnd());

  print("action", "done", "refused, as the model foresaw");
  for (const { name, done, refusals } of explorations.filter(({ isState }) => !isState)) {
    const sorted = [...refusals].sort(([, a], [, b]) => b - a);
    print(name, done, sorted.map(([error, count]) => `${error} ${count}`).join(", "));
  }
  console.log();
  print("state", "reached");
  for (const { name, done } of explorations.filter(({ isState }) => isState)) print(name, done);
}

/** A contract's errors by their selectors. */
function errorsOf(contract: string): Map<string, string> {
  const names = new Map<string, string>();
  const file = path.join(ROOT, "artifacts", "contracts", `${contract}.sol`, `${contract}.json`);
  const { abi } = JSON.parse(readFileSync(file, "utf8")) as { abi: InterfaceAbi };
  Interface.from(abi).forEachError((error) => names.set(error.selector, error.name));
  return names;
}
