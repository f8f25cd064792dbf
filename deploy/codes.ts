import { dataLength, getBytes } from "ethers";
import type { Artifacts } from "hardhat/types";

interface Compiled {
  immutableReferences?: Record<string, { start: number; length: number }[]>;
}

/**
 * Compares a contract's code with the one that was compiled here, but for its immutables, which the constructor fills in.
 * @returns What differs, or undefined
 */
export async function differenceOfCode(artifacts: Artifacts, name: string, code: string): Promise<string | undefined> {
  const { sourceName, contractName, deployedBytecode } = await artifacts.readArtifact(name);
  const build = await artifacts.getBuildInfo(`${sourceName}:${contractName}`);
  const compiled = build?.output.contracts[sourceName]?.[contractName]?.evm.deployedBytecode as Compiled | undefined;
  if (compiled === undefined) throw new Error(`There is no build of ${name}: run \`npx hardhat compile --force\`.`);
  if (dataLength(code) !== dataLength(deployedBytecode)) {
    return `${dataLength(code)} bytes, not ${dataLength(deployedBytecode)}`;
  }

  const [found, expected] = [getBytes(code), getBytes(deployedBytecode)];
  for (const { start, length } of Object.values(compiled.immutableReferences ?? {}).flat()) {
    found.fill(0, start, start + length);
  }
  const at = found.findIndex((byte, index) => byte !== expected[index]);
  return at === -1 ? undefined : `another byte at ${at}`;
}
