#!/usr/bin/env node
import { existsSync } from "node:fs";

const built = new URL("../dist/main.js", import.meta.url);

if (existsSync(built)) {
  await import(built.href);
} else {
  console.error("keep3r isn't built yet: run `npm ci` in the repository.");
  process.exitCode = 1;
}
