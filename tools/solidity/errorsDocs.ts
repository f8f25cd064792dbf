import path from "node:path";
import { format, resolveConfig } from "prettier";
import { keep } from "../committed";
import { complain } from "../entry";
import { ROOT } from "../root";
import { readBuilds } from "./builds";
import { errorsOf, faultsOfErrors } from "./errors";
import { pageOf, remediesModule } from "./errorsPage";

const PAGE = path.join(ROOT, "docs", "errors.md");
const REMEDIES = path.join(ROOT, "sdk", "src", "errors", "remedies.ts");

/**
 * Every error and what to do about it, from the sources' NatSpec: a page for people, and a module for programs.
 * Writes them or, to check them, compares them with what is committed.
 */
export async function keepErrorsDocs(check: boolean): Promise<void> {
  const errors = errorsOf(readBuilds());
  for (const [file, text] of [
    [PAGE, pageOf(errors)],
    [REMEDIES, remediesModule(errors)],
  ] as const) {
    const formatted = await format(text, { ...(await resolveConfig(file)), filepath: file });
    keep(file, formatted, "npm run docs", check);
  }
  complain(faultsOfErrors(errors));
}
