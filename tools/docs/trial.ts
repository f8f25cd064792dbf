import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { Page } from "./pages";
import { type Ended, faultOf } from "./promise";
import { type Act, actsOf, type Scene } from "./scene";
import { Server, serves } from "./server";
import { Shell } from "./shell";

/** A command of a page that was tried. */
export interface Trial {
  command: string;
  /** What was typed, with what stands for words that the page leaves to its reader. */
  typed: string;
  ended: Ended;
  /** What it did otherwise than its page says. */
  fault: string | undefined;
}

/** A page as it is tried. */
interface Stage {
  page: Page;
  scene: Scene;
  /** Where its reader begins. */
  folder: string;
  env: NodeJS.ProcessEnv;
  isLeftOut: (command: string) => boolean;
}

/**
 * Tries a page's commands in their order, also after one has failed. Whatever serves is ended with the page.
 * @returns Each command when it has ended; what its scene does beside them only if that fails
 * @throws Failure if the page doesn't say what its scene goes by
 */
export async function* tryPage({ page, scene, folder, env, isLeftOut }: Stage): AsyncGenerator<Trial> {
  const shell = Shell.open(folder, env);
  const servers: Server[] = [];

  const run = async (command: string): Promise<Ended> => {
    if (!serves(command)) return shell.run(command);
    const server = await Server.start(command, shell.folder, env);
    servers.push(server);
    return server.started;
  };

  try {
    for (const act of actsOf(page, scene)) {
      if ("writes" in act) {
        write(shell.folder, act);
      } else if ("does" in act) {
        const ended = await run(act.does);
        if (ended.code !== 0) yield trialOf(act.does, act.does, ended, []);
      } else if (!isLeftOut(act.tries)) {
        yield trialOf(act.tries, act.runs, await run(act.runs), act.promises);
      }
    }
  } finally {
    await Promise.all(servers.map((server) => server.stop()));
    shell.close();
  }
}

function write(folder: string, { writes, content }: Extract<Act, { writes: string }>): void {
  const file = path.join(folder, writes);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, content);
}

function trialOf(command: string, typed: string, ended: Ended, promises: readonly string[]): Trial {
  return { command, typed, ended, fault: faultOf(promises, ended) };
}
