import { Failure } from "@keep3r-network/sdk";
import { say } from "@keep3r-network/sdk/node";
import { Command as Program, CommanderError, Option as Flag } from "commander";
import type { Command, Group, Groups } from "../command.js";
import type { Options, Values } from "../options.js";
import { type Complaint, complaintOfCommand, complaintOfGroup, missingValue } from "./complaints.js";
import { epilogueOf, groupEpilogueOf, optionTerm, overviewEpilogueOf, RUN } from "./usage.js";

/** Columns of the help where the terminal doesn't say. */
const HELP_WIDTH = 120;

/** Runs a command whose options were read. */
export type Runner = (path: string, command: Command, options: Options, values: Values) => Promise<void>;

/** All options of a command, those that every command has included. */
export type OptionsOf = (command: Command) => Options;

/** Reads a command line and runs its command, or prints the help that is asked for. */
export async function runProgram(
  words: readonly string[],
  groups: Groups,
  optionsOf: OptionsOf,
  runner: Runner,
): Promise<void> {
  try {
    await programOf(groups, optionsOf, runner).parseAsync(words, { from: "user" });
  } catch (error) {
    if (!(error instanceof CommanderError && isHelp(error))) throw error;
  }
}

function programOf(groups: Groups, optionsOf: OptionsOf, runner: Runner): Program {
  const program = new Program(RUN);
  configure(program, complaintOfGroup(Object.keys(groups), pathsOf(groups)));
  program.usage("GROUP COMMAND [OPTIONS]").addHelpText("after", overviewEpilogueOf(groups));

  for (const [name, group] of Object.entries(groups)) {
    const names = Object.keys(group.commands);
    const parent = program
      .command(name)
      .description(group.about)
      .summary(`${group.about}: ${names.join(", ")}`);
    configure(parent, complaintOfGroup(names, new Map()));
    parent.usage("COMMAND [OPTIONS]").addHelpText("after", groupEpilogueOf(name, group));
    addCommands(parent, name, group, optionsOf, runner);
  }
  return program;
}

function addCommands(
  parent: Program,
  groupName: string,
  { commands }: Group,
  optionsOf: OptionsOf,
  runner: Runner,
): void {
  for (const [name, command] of Object.entries(commands)) {
    const [path, options, values] = [`${groupName} ${name}`, optionsOf(command), new Map<string, string>()];
    const child = parent.command(name).description(command.about);
    configure(child, complaintOfCommand(options, command.word));
    child
      .usage([command.word?.value ?? [], "[OPTIONS]"].flat().join(" "))
      .addHelpText("after", epilogueOf(path, command));
    for (const option of Object.keys(options)) child.addOption(flagOf(option, options, values));
    const { word } = command;
    if (word !== undefined) child.argument(`<${word.value}>`, word.about, takeWord(word.value, values));
    child.action(() => runner(path, command, options, values));
  }
}

/** What the parser would print and exit with becomes the house's own, or is thrown. */
function configure(program: Program, complain: Complaint): void {
  program
    .helpOption("-h, --help", "shows this")
    .helpCommand("help", "shows this, or the help of what is named after it")
    .configureHelp({ optionTerm, subcommandTerm: (command) => command.name(), showGlobalOptions: false })
    .configureOutput({
      writeOut: (text) => say(text.trimEnd()),
      writeErr: (text) => say(text.trimEnd()),
      outputError: () => undefined,
      getOutHelpWidth: helpWidth,
      getErrHelpWidth: helpWidth,
    })
    .showSuggestionAfterError(false)
    .exitOverride((error) => {
      throw isHelp(error) ? error : complain(error, program);
    });
}

/** Each option at most once. */
function flagOf(name: string, options: Options, values: Map<string, string>): Flag {
  const { value, about, required = false } = options[name]!;
  const flag = new Flag(
    value === undefined ? `--${name}` : `--${name} <${value}>`,
    required ? `${about} (required)` : about,
  );
  // A flag without a value isn't parsed unless it has one preset.
  if (value === undefined) flag.preset("");
  return flag.argParser((text: string) => {
    if (values.has(name)) throw new Failure(`--${name} is given twice. Give it once.`);
    if (value !== undefined && (text === "" || text.startsWith("--"))) throw new Failure(missingValue(name, options));
    values.set(name, text);
  });
}

function takeWord(name: string, values: Map<string, string>): (text: string) => void {
  return (text) => void values.set(name, text);
}

/** Where a command is that was named without its group. */
function pathsOf(groups: Groups): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(groups).flatMap(([group, { commands }]) =>
      Object.keys(commands).map((name) => [name, `${group} ${name}`] as const),
    ),
  );
}

function isHelp({ code }: CommanderError): boolean {
  return code === "commander.helpDisplayed" || code === "commander.help";
}

function helpWidth(): number {
  return process.stdout.isTTY ? process.stdout.columns : HELP_WIDTH;
}
