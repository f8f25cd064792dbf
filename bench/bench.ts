import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { network } from "hardhat";
import { format, resolveConfig } from "prettier";
import { batch } from "../tools/gas/rows";
import { setStage } from "../tools/gas/stage";
import { measureChainlink } from "./chainlink";
import { chartOf, type Figures, reportOf } from "./report";
import { measureScaling } from "./scaling";

const DOCS = path.join(__dirname, "..", "docs");
const REPORT = path.join(DOCS, "benchmarks.md");
const CHART = path.join(DOCS, "benchmarks.svg");

/** Measures us and our peers; writes the page and its chart or, with --check, compares them with what is committed. */
async function main(): Promise<void> {
  const { values } = parseArgs({ options: { check: { type: "boolean", default: false } } });
  const figures = await measure();
  const markdown = await format(reportOf(figures), { ...(await resolveConfig(REPORT)), filepath: REPORT });

  const changed = Object.entries({ [REPORT]: markdown, [CHART]: chartOf(figures) }).filter(([file, text]) =>
    values.check ? differs(file, text) : save(file, text),
  );
  if (changed.length > 0) {
    console.error("The benchmark differs. If that is meant, run `npm run bench` and commit docs/.");
    process.exitCode = 1;
  }
}

async function measure(): Promise<Figures> {
  const say = (step: string) => process.stderr.write(`${step}\n`);
  const chainlink = await measureChainlink(say);
  say("measuring ten works in one transaction");
  await network.provider.send("hardhat_reset", []);
  const ten = await batch(await setStage());
  return { chainlink, batch: ten, scaling: await measureScaling(say) };
}

/** Says which lines differ. */
function differs(file: string, text: string): boolean {
  const committed = existsSync(file) ? readFileSync(file, "utf8").split("\n") : [];
  const measured = text.split("\n");
  const lines = Array.from({ length: Math.max(committed.length, measured.length) }, (_, index) => index);
  const different = lines.filter((index) => committed[index] !== measured[index]);
  for (const index of different) {
    console.error(`${path.basename(file)}:${index + 1}`);
    console.error(`  committed ${committed[index] ?? "nothing"}`);
    console.error(`  measured  ${measured[index] ?? "nothing"}`);
  }
  return different.length > 0;
}

function save(file: string, text: string): false {
  writeFileSync(file, text);
  console.log(`wrote ${path.relative(process.cwd(), file)}`);
  return false;
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
