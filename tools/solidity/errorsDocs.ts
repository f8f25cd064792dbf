import path from "node:path";
import { format, resolveConfig } from "prettier";
import { keep } from "../committed";
import { complain } from "../entry";
import { ROOT } from "../root";
import { readBuilds } from "./builds";
import { errorsOf, faultsOfErrors } from "./errors";
import { explanationsOf, pageOf } from "./errorsPage";

const PAGE = path.join(ROOT, "docs", "errors.md");
const EXPLANATIONS = path.join(ROOT, "cli", "src", "explanations.json");

/**
 * Every error and what to do about it, from the sources' NatSpec: a page for people, and what the command line says.
 * Writes them or, to check them, compares them with what is committed.
 */
export async function keepErrorsDocs(check: boolean): Promise<void> {
  const errors = errorsOf(readBuilds());
  for (const [file, text] of [
    [PAGE, pageOf(errors)],
    [EXPLANATIONS, JSON.stringify(explanationsOf(errors))],
  ] as const) {
    const formatted = await format(text, { ...(await resolveConfig(file)), filepath: file });
    keep(file, formatted, "npm run docs", check);
  }
  complain(faultsOfErrors(errors));
}
