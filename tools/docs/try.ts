import { Failure } from "@keep3r-network/sdk";
import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import path from "node:path";
import { NODE_PORT } from "#simulation/place";
import { nearby } from "../nearby";
import { obstacleAt } from "../port";
import { newcomersEnvironment } from "./environment";
import { isLeftOut, LEFT_OUT } from "./leftOut";
import { readPage } from "./pages";
import type { Scene } from "./scene";
import { SCENES } from "./scenes";
import { Shell } from "./shell";
import { printLeftOut, printSummary, printTrial } from "./table";
import { type Trial, tryPage } from "./trial";
import { inWorkplace, remove } from "./workplace";

/** The folder that the pages have the repository in. */
const CLONE = "keep3r";

/**
 * Tries the commands of pages as a newcomer would: in a clone of what is committed, page after page, each with the clone
 * and nothing beside it. Prints how each went, and in the end those that are left out.
 * @param names Of pages; all unless any is given
 * @returns Whether all did what their pages say
 * @throws {@link Failure} for a page that has no scene, and if the local node's port is taken
 */
export async function tryPages(root: string, names: readonly string[]): Promise<boolean> {
  const scenes = scenesOf(names);
  await demandMeans();

  return inWorkplace((folder) => tryIn(folder, root, scenes));
}

async function tryIn(folder: string, root: string, scenes: readonly Scene[]): Promise<boolean> {
  const env = newcomersEnvironment(process.env);
  const clone = path.join(folder, CLONE);
  await install(root, folder, env);

  const trials: Trial[] = [];
  for (const scene of scenes) {
    console.log(`\n${scene.page}`);
    const begins = scene.begins === undefined ? clone : folder;
    const page = readPage(scene.page, clone);
    const isOut = (command: string): boolean => isLeftOut(scene.page, command);
    for await (const trial of tryPage({ page, scene, folder: begins, env, isLeftOut: isOut })) {
      printTrial(trial);
      trials.push(trial);
    }
    for (const name of readdirSync(folder)) if (name !== CLONE) remove(path.join(folder, name));
  }

  const pages = scenes.map(({ page }) => page);
  const leftOut = LEFT_OUT.filter(({ page }) => pages.includes(page));
  printLeftOut(leftOut);
  return printSummary(trials, leftOut.length);
}

/** What every page begins with: a clone in which everything is installed. */
async function install(root: string, folder: string, env: NodeJS.ProcessEnv): Promise<void> {
  const shell = Shell.open(folder, env);
  try {
    for (const command of [`git clone --quiet "${root}" ${CLONE}`, `cd ${CLONE} && npm ci`]) {
      const ended = await shell.run(command);
      if (ended.code !== 0) throw new Failure(`${command} failed:\n${ended.output}`);
      printTrial({ command, typed: command, ended, fault: undefined });
    }
  } finally {
    shell.close();
  }
}

function scenesOf(names: readonly string[]): readonly Scene[] {
  const pages = SCENES.map(({ page }) => page);
  for (const name of names) {
    if (pages.includes(path.posix.normalize(name))) continue;
    throw new Failure(`${name} is no page with commands that are tried. ${nearby(name, pages)}`);
  }
  const chosen = names.map((name) => path.posix.normalize(name));
  return names.length === 0 ? SCENES : SCENES.filter(({ page }) => chosen.includes(page));
}

/** What would only be found out after minutes. */
async function demandMeans(): Promise<void> {
  if (spawnSync("bash", ["-c", ":"]).error !== undefined) {
    throw new Failure("The pages' commands are tried in bash, which isn't here.");
  }
  if ((await obstacleAt(NODE_PORT.usual)) === "taken") {
    throw new Failure(
      `Port ${NODE_PORT.usual} is taken, perhaps by another local chain. The pages have a node of their own there: stop what listens.`,
    );
  }
}
