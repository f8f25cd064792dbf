import { Failure } from "@keep3r-network/sdk";
import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { EXAMPLE } from "./example.js";

/** A project that was made. */
export interface NewJob {
  /** What was written, by its path in the folder. */
  files: string[];
  /** What its author does next: a line each. */
  nextSteps: string[];
}

/** Keywords of Solidity, those that it reserves, and its units; types of a size are a pattern. */
const WORDS = new Set(
  (
    "abstract address after alias anonymous apply as assembly auto bool break byte bytes calldata case catch constant " +
    "constructor continue contract copyof days default define delete do else emit enum ether event external fallback " +
    "false final fixed for from function gwei hex hours if immutable implements import in indexed inline int interface " +
    "internal is layout let library macro mapping match memory minutes modifier mutable new null of override partial " +
    "payable pragma private promise public pure receive reference relocatable return returns seconds sealed sizeof " +
    "static storage string struct super supports switch this throw transient true try type typedef typeof ufixed uint " +
    "unchecked unicode using var view virtual weeks wei while years _"
  ).split(" "),
);
const SIZED = /^(?:u?int|bytes|u?fixed)\d+(?:x\d+)?$/;
const IDENTIFIER = /^[A-Za-z_$][\w$]*$/;
/** Contracts of the package that are compiled with a job: Hardhat tells no two of one name apart. */
const OURS = /^I?Keep3r|^I?ERC165$/;
/** A longer name would be too long for a file's. */
const LONGEST = 100;
const CONTRACT = "contracts/Heartbeat.sol";

/**
 * Makes a project of a new job: its contract, a test of it, and scripts that deploy, fund and work it. They are those of the
 * example with another name.
 * @param folder Where to write: a folder that is empty or isn't there
 * @param name The contract's name, an identifier of Solidity that the example doesn't use for something else
 * @throws {@link Failure} when the name can't be a contract's, or there is something in the folder: nothing is overwritten
 */
export function newJob(folder: string, name: string): NewJob {
  refuseName(name);
  if (existsSync(folder) && !isEmptyFolder(folder)) {
    throw new Failure(
      `There is something at ${folder} already, and nothing is overwritten: name a folder that is new.`,
    );
  }

  const files = Object.entries(EXAMPLE).map(([file, lines]) => ({
    file: rename(file, name),
    text: rename(`${lines.join("\n")}\n`, name),
  }));
  for (const { file, text } of files) {
    const target = path.join(folder, file);
    mkdirSync(path.dirname(target), { recursive: true });
    // Also if somebody has put it there meanwhile, it isn't overwritten
    writeFileSync(target, text, { flag: "wx" });
  }
  return { files: files.map(({ file }) => file), nextSteps: nextSteps(folder, name) };
}

function refuseName(name: string): void {
  const refuse = (why: string): never => {
    throw new Failure(`NAME: "${name}" ${why}. Name the job like a contract, such as HarvestJob.`);
  };
  if (!IDENTIFIER.test(name)) refuse("isn't a name in Solidity: letters, digits, _ and $, and no digit first");
  if (name.length > LONGEST) refuse(`is longer than ${LONGEST} characters`);
  if (WORDS.has(name) || SIZED.test(name)) refuse("is a word of Solidity's own");
  if (namesInContract().has(name) || OURS.test(name)) refuse("already means something in a job");
}

/** What the example's contract declares, imports or uses: a contract of that name would hide it. */
function namesInContract(): Set<string> {
  const code = (EXAMPLE[CONTRACT] ?? []).filter((line) => !/^\s*\/\//.test(line)).join("\n");
  const names = new Set(code.match(/[A-Za-z_$][\w$]*/g));
  names.delete("Heartbeat");
  return names;
}

function isEmptyFolder(folder: string): boolean {
  try {
    return readdirSync(folder).length === 0;
  } catch {
    return false;
  }
}

/** In place of the example's name: the job's, and for the package one that npm takes. */
function rename(text: string, name: string): string {
  return text.replaceAll("Heartbeat", () => name).replaceAll('"heartbeat"', () => `"${packageName(name)}"`);
}

/** HarvestJob is harvest-job. */
function packageName(name: string): string {
  const words = name.replace(/([a-z\d])(?=[A-Z])/g, "$1-").toLowerCase();
  return words.replace(/[^a-z\d]+/g, "-").replace(/^-+|-+$/g, "") || "job";
}

function nextSteps(folder: string, name: string): string[] {
  return [
    `cd ${folder}`,
    "npm install  # takes the package from ../keep3r, where `npm pack` makes it",
    "npx hardhat test",
    `edit ${rename(CONTRACT, name)}: what is due, and what is done`,
    "docs/write-a-job.md says how to deploy, fund and work it on a local node",
  ];
}
