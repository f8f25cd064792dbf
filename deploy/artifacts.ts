import type { ArtifactResolver } from "@nomicfoundation/ignition-core";
import type { Artifacts } from "hardhat/types";

/**
 * What Ignition keeps of the contracts: artifacts, and with them the sources that explorers verify. It would keep all that
 * the compiler puts out too, 25 MB for every contract.
 */
export function artifactsOf(artifacts: Artifacts, withSources: boolean): ArtifactResolver {
  return {
    loadArtifact: (name) => artifacts.readArtifact(name),
    async getBuildInfo(name) {
      const { sourceName, contractName, bytecode } = await artifacts.readArtifact(name);
      const isInterface = bytecode === "0x";
      if (isInterface || !withSources) return undefined;
      const build = await artifacts.getBuildInfo(`${sourceName}:${contractName}`);
      return build && { ...build, output: { sources: {}, contracts: {} } };
    },
  };
}
