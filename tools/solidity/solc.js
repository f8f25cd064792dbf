#!/usr/bin/env node
// The compiler of the npm package as a program, as forge calls one: `--version`, or standard JSON from stdin to stdout.
const { readFileSync } = require("node:fs");
const solc = require("solc");

/** What was not sent along with the sources. */
function readImport(file) {
  try {
    return { contents: readFileSync(file, "utf8") };
  } catch {
    return { error: `${file} can't be read` };
  }
}

if (process.argv.includes("--version")) {
  console.log(`solc, the solidity compiler commandline interface\nVersion: ${solc.version()}`);
} else {
  process.stdout.write(solc.compile(readFileSync(0, "utf8"), { import: readImport }));
}
