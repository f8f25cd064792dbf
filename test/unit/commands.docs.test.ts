import { expect } from "chai";
import { keep3r } from "#support/commands/keep3r";
import { GROUPS } from "#cli/commands/groups";
import { commandsIn } from "#tools/docs/commands";
import { type Page, pagesIn, proseOf, readPage } from "#tools/docs/pages";
import { scripts } from "#root/package.json";

/** A row of a table that has the commands of a group: their names, and their options with those that may be left out. */
interface Row {
  names: string[];
  options: string[];
  optional: string[];
}

/** All commands that a page names: in blocks, and in code spans of its prose. */
function namedIn(page: Page): string[] {
  const spans = [
    ...proseOf(page.text)
      .join("\n")
      .matchAll(/`([^`]+)`/g),
  ].map(([, span = ""]) => span);
  return [...commandsIn(page).map(({ text }) => text), ...spans].flatMap(alternativesOf);
}

/** `npm run test:<unit, or security>` stands for several. */
function alternativesOf(text: string): string[] {
  const command = text.replace(/\s+/g, " ");
  const [all, names] = /<([^>]+)>/.exec(command) ?? [];
  if (all === undefined || names === undefined) return [command];
  return names.split(/, (?:or )?/).map((name) => command.replace(all, name));
}

/** What is wrong with a command: a script, group, command or option that doesn't exist. */
async function faultOf(command: string): Promise<string | undefined> {
  const script = /^npm run (?:--silent )?(\S+)/.exec(command)?.[1];
  if (script !== undefined) return script in scripts ? undefined : `${command}: no script ${script}`;

  const words = /^(?:npx --no )?keep3r (.+)$/.exec(command)?.[1];
  if (words === undefined) return undefined;
  const [group = "", name = ""] = words.split(" ");
  if (group === "help" || (group in GROUPS && name === "--help")) return undefined;
  if (GROUPS[group]?.commands[name] === undefined) return `${command}: no command ${group} ${name}`;

  const known = new Set(optionsIn((await keep3r(`${group} ${name} --help`)).output));
  const unknown = optionsIn(words).filter((option) => !known.has(option));
  return unknown.length === 0 ? undefined : `${command}: no option ${unknown.join(", ")}`;
}

function optionsIn(text: string): string[] {
  return text.match(/(?<![\w-])--[a-z][\w-]*/g) ?? [];
}

async function faultsIn(page: Page): Promise<string[]> {
  const faults = await Promise.all([...new Set(namedIn(page))].map(faultOf));
  return faults.filter((fault) => fault !== undefined);
}

/** The rows of the table below a heading. One without a name belongs to the row before it. */
function rowsBelow(heading: string, { text }: Page): Row[] {
  const section = text.split(`\n${heading}\n`)[1]?.split(/\n#{2,3} /)[0] ?? "";
  const rows: Row[] = [];
  for (const line of section.split("\n").filter((candidate) => /^\|(?! command | -)/.test(candidate))) {
    const [first = "", second = ""] = line.split("|").slice(1);
    const options = { options: optionsIn(second), optional: optionsIn((second.match(/\[[^\]]*\]/g) ?? []).join(" ")) };
    const before = rows.at(-1);
    if (first.trim() === "" && before !== undefined) {
      before.options.push(...options.options);
      before.optional.push(...options.optional);
    } else {
      rows.push({ names: [...first.matchAll(/`([^`]+)`/g)].map(([, name = ""]) => name), ...options });
    }
  }
  return rows;
}

describe("Commands that pages name", () => {
  for (const file of pagesIn()) {
    it(`exist, with their options: ${file}`, async () => {
      expect(await faultsIn(readPage(file))).to.deep.equal([]);
    });
  }

  it("would be found wrong, in prose and in blocks", async () => {
    const text = [
      "Run `npm run dors`, `keep3r job dispute` or `npx --no keep3r",
      "keeper bond --amount 1 --job a --network node`. `npm run test:<unit, units, or security>` is for all.",
      ...["```sh", "npx --no keep3r report --keeper a", "npx --no keep3r job --help", "```"],
    ].join("\n");

    expect(await faultsIn({ file: "docs/page.md", text })).to.deep.equal([
      "npx --no keep3r report --keeper a: no command report --keeper",
      "npm run dors: no script dors",
      "keep3r job dispute: no command job dispute",
      "npx --no keep3r keeper bond --amount 1 --job a --network node: no option --job",
      "npm run test:units: no script test:units",
    ]);
  });
});

describe("The tables of the command line", () => {
  const page = readPage("docs/operate.md");

  for (const [group, { commands }] of Object.entries(GROUPS)) {
    const rows = rowsBelow(`### keep3r ${group}`, page);

    it(`have all commands: ${group}`, () => {
      expect(rows.flatMap(({ names }) => names)).to.have.members(Object.keys(commands));
    });

    it(`have their options, and which may be left out: ${group}`, () => {
      for (const { names, options, optional } of rows) {
        for (const name of names) {
          const known = Object.entries(commands[name]?.options ?? {});
          expect([...new Set(options)], name).to.have.members(known.map(([option]) => `--${option}`));
          const required = known.filter(([, option]) => option.required).map(([option]) => `--${option}`);
          expect(
            required.filter((option) => optional.includes(option)),
            name,
          ).to.deep.equal([]);
        }
      }
    });
  }
});
