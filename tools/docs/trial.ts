import { Failure } from "@keep3r-network/sdk";
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
 * @returns Each command when it has ended
 * @throws {@link Failure} if what its scene does beside them fails
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
      if ("writes" in act) write(shell.folder, act);
      else if ("does" in act) demand(page, act.does, await run(act.does));
      else if (!isLeftOut(act.tries)) {
        const ended = await run(act.runs);
        yield { command: act.tries, typed: act.runs, ended, fault: faultOf(act.promises, ended) };
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

function demand({ file }: Page, does: string, { code, output }: Ended): void {
  if (code === 0) return;
  throw new Failure(`${file} can't be tried: ${does}\nended with exit code ${code ?? "none"}, and printed:\n${output}`);
}
