import { count } from "@keep3r-network/sdk";
import hre, { network } from "hardhat";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { complain } from "../entry";
import { ROOT } from "../root";
import { demandArtifacts } from "../solidity/builds";
import { JOB_ROWS } from "./jobs";
import { ROWS } from "./rows";
import { setStage } from "./stage";

const FOLDER = path.join(ROOT, "snapshots");
const SIZE_KEY = "Keep3r deployed bytes";
const PRODUCTION = [
  ...["KP3R", "Keep3r", "Keep3rHelper", "Keep3rLens", "Keep3rOracle"],
  ...["HegicSimpleUnlockJob", "HegicUnlockJob", "StrategyHarvestJob", "LiquidationJob", "RebalanceJob", "RelayJob"],
  ...["AutomationJob", "ResolverJob"],
];

type Figures = Record<string, number>;

/** Measures gas and sizes; writes the snapshots or, to check them, compares them with what is committed. */
export async function keepSnapshots(check: boolean): Promise<void> {
  demandArtifacts("tests");
  const sizes = await measureSizes();
  const gas: Figures = { ...(await measureGas()), [SIZE_KEY]: sizes.Keep3r ?? 0 };

  report(gas);
  const current = { "gas.json": gas, "sizes.json": sizes };
  if (!check) return Object.entries(current).forEach(([file, figures]) => save(file, figures));

  const differences = Object.entries(current).flatMap(([file, figures]) => compare(file, figures));
  complain(differences, "The snapshots differ. If that is meant, run `npm run gas` and commit snapshots/.");
}

async function measureGas(): Promise<Figures> {
  const figures: Figures = {};
  for (const [row, measure] of Object.entries({ ...ROWS, ...JOB_ROWS })) {
    process.stderr.write(`measuring ${row}\n`);
    await network.provider.send("hardhat_reset", []);
    figures[row] = await measure(await setStage());
  }
  return figures;
}

async function measureSizes(): Promise<Figures> {
  const figures: Figures = {};
  for (const name of PRODUCTION) {
    const { deployedBytecode } = await hre.artifacts.readArtifact(name);
    figures[name] = (deployedBytecode.length - 2) / 2;
  }
  return figures;
}

/** Prints each figure beside its budget. */
function report(gas: Figures): void {
  const { budgets } = JSON.parse(readFileSync(path.join(FOLDER, "budgets.json"), "utf8")) as { budgets: Figures };
  const width = Math.max(...Object.keys(gas).map((row) => row.length));
  console.log(`${"".padEnd(width)}  ${"measured".padStart(9)}  ${"budget".padStart(9)}`);
  for (const [row, figure] of Object.entries(gas)) {
    const budget = row in JOB_ROWS ? Infinity : budgets[row];
    if (budget === undefined) throw new Error(`budgets.json has no row "${row}".`);
    const verdict = figure <= budget ? "" : `  missed by ${count(figure - budget)}`;
    console.log(
      `${row.padEnd(width)}  ${count(figure).padStart(9)}  ${(budget === Infinity ? "-" : count(budget)).padStart(9)}${verdict}`,
    );
  }
  const unmeasured = Object.keys(budgets).filter((row) => !(row in gas));
  if (unmeasured.length > 0) throw new Error(`Nothing measures "${unmeasured.join('", "')}" of budgets.json.`);
}

function compare(file: string, figures: Figures): string[] {
  const committed = existsSync(path.join(FOLDER, file))
    ? (JSON.parse(readFileSync(path.join(FOLDER, file), "utf8")) as Figures)
    : {};
  return [...new Set([...Object.keys(figures), ...Object.keys(committed)])]
    .filter((row) => figures[row] !== committed[row])
    .map((row) => `${file}: ${row}: committed ${committed[row] ?? "nothing"}, measured ${figures[row] ?? "nothing"}`);
}

function save(file: string, figures: Figures): void {
  writeFileSync(path.join(FOLDER, file), `${JSON.stringify(figures, null, 2)}\n`);
}
