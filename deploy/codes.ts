import { dataLength, getBytes } from "ethers";
import type { Artifacts } from "hardhat/types";

/** The bytes that a constructor fills in. */
interface Immutable {
  start: number;
  length: number;
}

interface Compiled {
  immutableReferences?: Record<string, Immutable[]>;
}

/** By contract, since each is found in 25 MB of the compiler's output. */
const known = new WeakMap<Artifacts, Map<string, Immutable[]>>();

/**
 * Compares a contract's code with the one that was compiled here, but for its immutables, which the constructor fills in.
 * @returns What differs, or undefined
 */
export async function differenceOfCode(artifacts: Artifacts, name: string, code: string): Promise<string | undefined> {
  const { deployedBytecode } = await artifacts.readArtifact(name);
  if (dataLength(code) !== dataLength(deployedBytecode)) {
    return `${dataLength(code)} bytes, not ${dataLength(deployedBytecode)}`;
  }

  const [found, expected] = [getBytes(code), getBytes(deployedBytecode)];
  for (const { start, length } of await immutablesOf(artifacts, name)) found.fill(0, start, start + length);
  const at = found.findIndex((byte, index) => byte !== expected[index]);
  return at === -1 ? undefined : `another byte at ${at}`;
}

async function immutablesOf(artifacts: Artifacts, name: string): Promise<Immutable[]> {
  const contracts = known.get(artifacts) ?? new Map<string, Immutable[]>();
  known.set(artifacts, contracts);
  const found = contracts.get(name) ?? (await findImmutables(artifacts, name));
  contracts.set(name, found);
  return found;
}

async function findImmutables(artifacts: Artifacts, name: string): Promise<Immutable[]> {
  const { sourceName, contractName } = await artifacts.readArtifact(name);
  const build = await artifacts.getBuildInfo(`${sourceName}:${contractName}`);
  const compiled = build?.output.contracts[sourceName]?.[contractName]?.evm.deployedBytecode as Compiled | undefined;
  if (compiled === undefined) throw new Error(`There is no build of ${name}: run \`npx hardhat compile --force\`.`);
  return Object.values(compiled.immutableReferences ?? {}).flat();
}
