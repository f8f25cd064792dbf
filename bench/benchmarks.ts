import { network } from "hardhat";
import path from "node:path";
import { format, resolveConfig } from "prettier";
import { keep } from "../tools/committed";
import { batch } from "../tools/gas/rows";
import { setStage } from "../tools/gas/stage";
import { measureChainlink } from "./chainlink";
import { chartOf, type Figures, reportOf } from "./report";
import { measureScaling } from "./scaling";

const DOCS = path.join(__dirname, "..", "docs");
const REPORT = path.join(DOCS, "benchmarks.md");
const CHART = path.join(DOCS, "benchmarks.svg");

/** Measures us and our peers; writes the page and its chart or, to check them, compares them with what is committed. */
export async function keepBenchmarks(check: boolean): Promise<void> {
  const figures = await measure();
  const markdown = await format(reportOf(figures), { ...(await resolveConfig(REPORT)), filepath: REPORT });
  keep(REPORT, markdown, "npm run bench", check);
  keep(CHART, chartOf(figures), "npm run bench", check);
}

async function measure(): Promise<Figures> {
  const say = (step: string) => process.stderr.write(`${step}\n`);
  const chainlink = await measureChainlink(say);
  say("measuring ten works in one transaction");
  await network.provider.send("hardhat_reset", []);
  const ten = await batch(await setStage());
  return { chainlink, batch: ten, scaling: await measureScaling(say) };
}
