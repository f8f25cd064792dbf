import { Failure } from "@keep3r-network/sdk";
import { expect } from "chai";
import { existsSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout } from "node:timers/promises";
import { outcomeOf } from "#support/commands/keep3r";
import { interruptProgram } from "#support/commands/program";
import { commandsIn } from "#tools/docs/commands";
import { newcomersEnvironment } from "#tools/docs/environment";
import { LEFT_OUT } from "#tools/docs/leftOut";
import { blocksOf, type Page, pagesIn, readPage } from "#tools/docs/pages";
import { faultOf, isKept } from "#tools/docs/promise";
import { actsOf, type Scene } from "#tools/docs/scene";
import { SCENES } from "#tools/docs/scenes";
import { printSummary, printTrial } from "#tools/docs/table";
import { type Trial, tryPage } from "#tools/docs/trial";

const FILE = "docs/page.md";

function page(...lines: string[]): Page {
  return { file: FILE, text: lines.join("\n") };
}

/** A page with one block. */
function pageOf(...commands: string[]): Page {
  return page("# Page", "```sh", ...commands, "```");
}

describe("The commands of a page", () => {
  it("are those of its sh blocks, by their lines, without what comments say", () => {
    const text = ["# Page", "```sh", "# first", "", "npm ci # it's prose", "npm start", "```", "```text", "no", "```"];

    expect(commandsIn(page(...text))).to.deep.equal([
      { line: 5, text: "npm ci" },
      { line: 6, text: "npm start" },
    ]);
  });

  it("promise what stands behind an arrow", () => {
    expect(commandsIn(pageOf("npm test   # → 4 passing"))).to.deep.equal([
      { line: 3, text: "npm test", promise: "4 passing" },
    ]);
  });

  it("keep a # that begins no comment", () => {
    const commands = ['echo "a # b"', "echo 'a # b'", "echo a#b $#"];
    expect(commandsIn(pageOf(...commands)).map(({ text }) => text)).to.deep.equal(commands);
  });

  it("go on in the next line behind a backslash", () => {
    expect(commandsIn(pageOf("npm ci", "echo one \\", "  two  # → one two", "npm start"))).to.deep.equal([
      { line: 3, text: "npm ci" },
      { line: 4, text: "echo one \\\ntwo", promise: "one two" },
      { line: 6, text: "npm start" },
    ]);
  });

  it("stand also in a list", () => {
    expect(commandsIn(page("1. So:", "", "   ```sh", "   npm ci", "   ```"))).to.deep.equal([
      { line: 4, text: "npm ci" },
    ]);
  });

  it("are refused with a quote that isn't closed", () => {
    expect(() => commandsIn(pageOf("npm ci", 'echo "a'))).to.throw(
      Failure,
      "docs/page.md:4: a quote isn't closed on its line.",
    );
  });
});

describe("A promise", () => {
  it("is kept by an output that has it, with any space and colour", () => {
    expect(isKept("4 passing", "\n  \u001b[32m4\n passing\u001b[0m (2s)\n")).to.be.true;
    expect(isKept("paid (1 KP3R)", "0x59F2: paid (1 KP3R)")).to.be.true;
  });

  it("leaves open what dots stand for, also across lines", () => {
    expect(isKept("0x59F2...: paid 0.0... KP3R", "0x59F2aa: one\ntwo: paid 0.05 KP3R")).to.be.true;
    expect(isKept("0x59F2...: paid 0.0... KP3R", "0x59F2aa: one\ntwo: paid 1.05 KP3R")).to.be.false;
    expect(isKept("Error: ... Locked() ... until", "Error: a refusal\n  Locked()\n  until noon")).to.be.true;
  });

  it("is broken by another word, and by a longer one", () => {
    expect(isKept("4 passing", "3 passing")).to.be.false;
    expect(isKept("4 passing", "14 passing")).to.be.false;
    expect(isKept("4 pass", "4 passing")).to.be.false;
    expect(isKept("1.5", "125")).to.be.false;
  });

  it("lets a command end with 0, or with 1 if it is an error", () => {
    const ended = { output: "Error: no such door", seconds: 0 };

    expect(faultOf([], { ...ended, code: 0 })).to.equal(undefined);
    expect(faultOf([], { ...ended, code: 1 })).to.equal("It ended with exit code 1, not 0.");
    expect(faultOf(["no such door"], { ...ended, code: undefined })).to.equal("It ended without an exit code, not 0.");
    expect(faultOf(["Error: ... door"], { ...ended, code: 1 })).to.equal(undefined);
    expect(faultOf(["Error: ... door"], { ...ended, code: 0 })).to.equal("It ended with exit code 0, not 1.");
    expect(faultOf(["Error: ... door"], { ...ended, code: 2 })).to.equal("It ended with exit code 2, not 1.");
  });

  it("is told if it is broken, the first of several", () => {
    const ended = { code: 0, output: "one two", seconds: 0 };

    expect(faultOf(["one", "two"], ended)).to.equal(undefined);
    expect(faultOf(["one", "  three\n  four", "five"], ended)).to.equal("It didn't print: three four");
  });
});

describe("A page that is tried", () => {
  let folder: string;

  beforeEach(() => (folder = mkdtempSync(path.join(realpathSync(tmpdir()), "keep3r-docs-try-"))));
  afterEach(() => rmSync(folder, { recursive: true }));

  async function trialsOf(tried: Page, scene: Omit<Scene, "page"> = {}, leftOut?: string): Promise<Trial[]> {
    const trials: Trial[] = [];
    const isLeftOut = (command: string): boolean => command === leftOut;
    const stage = { page: tried, scene: { page: FILE, ...scene }, folder, env: process.env, isLeftOut };
    for await (const trial of tryPage(stage)) trials.push(trial);
    return trials;
  }

  async function faultsOf(...commands: string[]): Promise<(string | undefined)[]> {
    return (await trialsOf(pageOf(...commands))).map(({ fault }) => fault);
  }

  it("has one shell for all its commands, which read nothing", async () => {
    expect(
      await faultsOf(
        "mkdir a && cd a",
        "export DOOR=open",
        'cat && echo "$DOOR in $PWD" # → open in /...a',
        "echo one \\",
        "  two >&2 # → one two",
      ),
    ).to.deep.equal([undefined, undefined, undefined, undefined]);
  });

  it("reports a command that fails or doesn't print what is promised, and goes on", async () => {
    expect(await faultsOf("false", "echo 14 passing # → 4 passing", "echo fine # → fine")).to.deep.equal([
      "It ended with exit code 1, not 0.",
      "It didn't print: 4 passing",
      undefined,
    ]);
  });

  it("has no commands any more when one has ended the shell", async () => {
    expect(await faultsOf("exit 3", "echo fine")).to.deep.equal([
      "It ended without an exit code, not 0.",
      "It ended without an exit code, not 0.",
    ]);
  });

  it("has what its prose says done where it says so", async () => {
    const text = [
      "Make `a`:",
      "",
      "`one.txt`:",
      "",
      "```json",
      "{}",
      "```",
      "```sh",
      "cat one.txt NAME # → {} 1",
      "```",
    ];
    const tried = page(...text, "Again, `cat one.txt`, it is `{}`.");
    const [first, second, ...others] = await trialsOf(tried, {
      prose: [
        { types: "cat one.txt", prints: "{}" },
        { at: "Make `a`", does: "mkdir a && cd a" },
        { writes: "one.txt" },
        { at: "cat one.txt NAME", does: "echo 1 > two.txt" },
      ],
      words: { NAME: "$(echo two.txt)" },
    });

    expect(first).to.deep.include({
      command: "cat one.txt NAME",
      typed: "cat one.txt $(echo two.txt)",
      fault: undefined,
    });
    expect(second).to.deep.include({ command: "cat one.txt", typed: "cat one.txt", fault: undefined });
    expect(others).to.be.empty;
    expect(readFileSync(path.join(folder, "a", "one.txt"), "utf8")).to.equal("{}\n");
  });

  it("fails if what its prose says fails", async () => {
    const [failed, ...others] = await trialsOf(page("Make `a`", "```sh", "echo one", "```"), {
      prose: [{ at: "Make `a`", does: "mkdir a/b" }],
    });

    expect(failed).to.deep.include({ command: "mkdir a/b", fault: "It ended with exit code 1, not 0." });
    expect(others.map(({ fault }) => fault)).to.deep.equal([undefined]);
  });

  it("isn't tried if it doesn't say what its scene goes by", async () => {
    expect(await messageOf(trialsOf(page("Make `a`"), { prose: [{ at: "Make `b`", does: ":" }] }))).to.equal(
      'docs/page.md doesn\'t say "Make `b`" any more, which its scene in tools/docs goes by.',
    );
    expect(await messageOf(trialsOf(page("`a.txt`"), { prose: [{ writes: "a.txt" }] }))).to.equal(
      "docs/page.md has no block for `a.txt`, which its scene writes.",
    );
  });

  it("shows what a command prints in a text block, too", async () => {
    const tried = page(...["```sh", "echo one two", "```", "```text", "one", "   three...", "```"]);
    const [shown] = await trialsOf(tried, { shows: { "echo one two": ["text", 1] } });

    expect(shown?.fault).to.equal("It didn't print: one three...");
    expect(await messageOf(trialsOf(tried, { shows: { "echo one two": ["text", 2] } }))).to.equal(
      "docs/page.md has no `text` block 2, which its scene shows.",
    );
  });

  it("leaves out what is left out", async () => {
    const trials = await trialsOf(pageOf("echo one", "echo two"), {}, "echo one");
    expect(trials.map(({ command }) => command)).to.deep.equal(["echo two"]);
  });

  it("has another shell for what serves, until the page ends", async () => {
    const serve = 'trap "echo > ended; exit" INT; echo Ctrl-C stops it; while :; do sleep 0.1; done';
    writeFileSync(path.join(folder, "package.json"), JSON.stringify({ scripts: { node: serve, mainnet: "exit 0" } }));
    const [node, other, mainnet] = await trialsOf(
      pageOf("npm run node # → Ctrl-C", "test ! -e ended", "npm run mainnet"),
    );

    expect([node?.fault, other?.fault]).to.deep.equal([undefined, undefined]);
    expect(mainnet?.fault, "it served nothing").to.equal("It ended without an exit code, not 0.");
    expect(existsSync(path.join(folder, "ended"))).to.be.true;
  });

  it("leaves nothing behind on Ctrl-C, neither a process nor a folder", async () => {
    const beat = path.join(folder, "beat");
    const { status, stdout, stderr } = await interruptProgram(
      `const { inWorkplace } = require("./tools/docs/workplace");
       const { Shell } = require("./tools/docs/shell");
       inWorkplace(async (folder) => {
         const shell = Shell.open(folder, process.env);
         await shell.run("echo first > ${beat}");
         console.log(folder);
         await shell.run("while sleep 0.02; do date +%N > ${beat}; done");
       });`,
      "\n",
    );

    expect({ status, stderr }).to.deep.equal({ status: 130, stderr: "" });
    expect(stdout).to.match(/\n\nInterrupted: .*its folder is removed\.\n$/);
    expect(existsSync(stdout.split("\n")[0] ?? "")).to.be.false;
    const last = readFileSync(beat, "utf8");
    await setTimeout(200);
    expect(readFileSync(beat, "utf8")).to.equal(last);
  });

  it("is tried without what npm and the reader's shell would add", () => {
    const bin = path.join("/keep3r", "node_modules", ".bin");
    const env = { PATH: [bin, "/bin"].join(path.delimiter), HOME: "/home", npm_config_cache: "/cache" };
    const others = { npm_lifecycle_event: "docs:try", INIT_CWD: "/", KEEP3R_PRIVATE_KEY: "0x1", MAINNET_RPC_URL: "x" };

    expect(newcomersEnvironment({ ...env, ...others })).to.deep.equal({
      ...env,
      PATH: "/bin",
      npm_config_prefer_offline: "true",
      npm_config_audit: "false",
      npm_config_fund: "false",
    });
  });
});

describe("What is printed of pages that are tried", () => {
  const passed: Trial = {
    command: "npm ci",
    typed: "npm ci",
    ended: { code: 0, output: "a\n", seconds: 61.27 },
    fault: undefined,
  };
  const failed: Trial = { ...passed, typed: "npm ci --quiet", fault: "It didn't print: b" };

  it("is a line for each command, and all of one that has failed", async () => {
    const { output } = await outcomeOf(() => Promise.resolve([passed, failed].forEach(printTrial)));

    expect(output.split("\n")).to.deep.equal([
      "  passed   61.3 s  npm ci",
      "  FAILED   61.3 s  npm ci",
      "    Typed: npm ci --quiet",
      "    It didn't print: b",
      "    It printed:",
      "    a",
      "",
    ]);
  });

  it("ends with how many there were", async () => {
    let isGood = [true, false];
    const { output } = await outcomeOf(() => {
      isGood = [printSummary([passed, failed], 1), printSummary([passed], 0)];
      return Promise.resolve();
    });

    expect(isGood).to.deep.equal([false, true]);
    expect(output).to.equal("\n2 commands, 1 failed, 1 left out\n\n1 commands, 0 failed, 0 left out");
  });
});

describe("The pages that are tried", () => {
  it("are all that have commands", () => {
    const withCommands = pagesIn().filter((file) => blocksOf(readPage(file), "sh").length > 0);
    expect(SCENES.map((scene) => scene.page)).to.have.members(withCommands);
  });

  it("have no commands that are marked as another shell's", () => {
    const others = pagesIn().filter((file) => /^ *```(?:bash|shell|console|zsh)$/m.test(readPage(file).text));
    expect(others, "their blocks are `sh`").to.deep.equal([]);
  });

  for (const scene of SCENES) {
    it(`still say what their scenes go by: ${scene.page}`, () => {
      const acts = actsOf(readPage(scene.page), scene);
      const typed = acts.flatMap((act) => ("tries" in act ? [act.tries] : []));

      expect(typed).to.include.members(Object.keys(scene.shows ?? {}));
      for (const word of Object.keys(scene.words ?? {})) {
        expect(typed.join("\n"), scene.page).to.match(new RegExp(`\\b${word}\\b`));
      }
    });
  }

  it("still have the commands that are left out", () => {
    for (const { page: file, command } of LEFT_OUT) {
      expect(commandsIn(readPage(file)).map(({ text }) => text)).to.include(command);
    }
  });
});

async function messageOf(promise: Promise<unknown>): Promise<string> {
  return promise.then(
    () => "nothing",
    (error: Error) => error.message,
  );
}
