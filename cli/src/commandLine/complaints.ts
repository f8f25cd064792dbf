import { Failure } from "@keep3r-network/sdk";
import type { Command as Program, CommanderError } from "commander";
import type { Command } from "../command.js";
import { type Options, usageOf } from "../options.js";

/** What to say of a command line that the parser refuses. */
export type Complaint = (error: CommanderError, program: Program) => Failure;

/** Where commands are chosen: the options stand after them. */
export function complaintOfGroup(names: readonly string[], elsewhere: ReadonlyMap<string, string>): Complaint {
  return (error) => {
    const word = quotedIn(error);
    if (error.code === "commander.unknownOption") {
      return new Failure(`${word} stands before the command. Options come after it: COMMAND ${word} ...`);
    }
    const meant = elsewhere.get(word);
    const cure = meant === undefined ? `There are: ${names.join(", ")}.` : `Do you mean \`${meant}\`?`;
    return new Failure(`There is no command "${word}". ${cure}`);
  };
}

/** Where the options of a command are read. */
export function complaintOfCommand(options: Options, word?: Command["word"]): Complaint {
  return (error, program) => {
    switch (error.code) {
      case "commander.unknownOption":
        return new Failure(unknownOption(quotedIn(error), options));
      case "commander.optionMissingArgument": {
        const [, name = ""] = /--([\w-]+)/.exec(error.message) ?? [];
        return new Failure(missingValue(name, options));
      }
      case "commander.missingArgument":
        return new Failure(`${word?.value} is missing: ${word?.about}.`);
      default:
        return new Failure(
          `"${program.args[word === undefined ? 0 : 1]}" isn't an option. Options look like --name value.`,
        );
    }
  };
}

export function missingValue(name: string, options: Options): string {
  return `--${name} needs a value: ${usageOf(name, options[name])}`;
}

function unknownOption(word: string, options: Options): string {
  const [, name, attached] = /^--([^=]+)(?:=(.*))?$/s.exec(word) ?? [];
  if (name === undefined) return `"${word}" isn't an option. Options look like --name value.`;
  if (attached !== undefined && Object.hasOwn(options, name))
    return `--${name} takes no value: leave "=${attached}" out.`;
  const names = Object.keys(options).map((option) => `--${option}`);
  return `There is no option --${name} here. There are: ${names.join(", ")}.`;
}

/** The parser quotes what it doesn't know, and nothing else. */
function quotedIn({ message }: CommanderError): string {
  return /'(.*)'/s.exec(message)?.[1] ?? "";
}
