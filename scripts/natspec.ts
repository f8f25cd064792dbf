import { currentUnits, readBuilds } from "#tools/solidity/builds";
import { faultsOfDocs } from "#tools/solidity/natspec";

/** Whether all that can be called, emitted and thrown is documented. */
function main(): void {
  const faults = faultsOfDocs(currentUnits(readBuilds()));
  if (faults.length === 0) return;
  console.error(`Not documented as CONTRIBUTING.md asks:\n${faults.join("\n")}`);
  process.exitCode = 1;
}

main();
