import { readBuilds } from "#tools/solidity/builds";
import { warningsOf } from "#tools/solidity/warnings";

/** Whether the compiler has nothing to say about our sources. */
function main(): void {
  const warnings = warningsOf(readBuilds());
  if (warnings.length === 0) return;
  console.error(warnings.join("\n"));
  process.exitCode = 1;
}

main();
