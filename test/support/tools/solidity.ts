import type { Build } from "#tools/solidity/builds";

interface Compiler {
  compile(input: string): string;
}

/** Compiles sources on their own, with the outputs that the scripts read. */
export async function compileSources(sources: Record<string, string>): Promise<Build> {
  const input = {
    language: "Solidity",
    sources: Object.fromEntries(
      Object.entries(sources).map(([name, content]) => [
        name,
        { content: `// SPDX-License-Identifier: MIT\npragma solidity ^0.8.24;\n${content}` },
      ]),
    ),
    settings: {
      evmVersion: "cancun",
      outputSelection: { "*": { "": ["ast"], "*": ["storageLayout", "transientStorageLayout"] } },
    },
  };
  const { default: solc } = (await import("solc")) as unknown as { default: Compiler };
  const output = JSON.parse(solc.compile(JSON.stringify(input))) as Build["output"];
  const failure = output.errors?.find(({ severity }) => severity === "error");
  if (failure !== undefined) throw new Error(failure.formattedMessage);
  return { input, output, current: new Set(Object.keys(sources)) };
}
