import { execFile } from "node:child_process";
import path from "node:path";
import { promisify } from "node:util";
import hre from "hardhat";
import {
  TASK_COMPILE_SOLIDITY_GET_DEPENDENCY_GRAPH,
  TASK_COMPILE_SOLIDITY_GET_SOURCE_NAMES,
  TASK_COMPILE_SOLIDITY_GET_SOURCE_PATHS,
} from "hardhat/builtin-tasks/task-names";
import type { DependencyGraph, ResolvedFile, SolcUserConfig } from "hardhat/types";
import { ROOT } from "../root";
import type { AstNode } from "./ast";

const run = promisify(execFile);
const SOLC = path.join(ROOT, "tools", "solidity", "solc.js");
const OUTPUT = ["evm.bytecode.object", "evm.deployedBytecode.object"];

export interface Bytecodes {
  bytecode: string;
  deployedBytecode: string;
}

/** By the path of an artifact below artifacts/. */
export type Compiled = Map<string, Bytecodes>;

interface Output {
  errors?: { severity: string; formattedMessage: string }[];
  sources?: Record<string, { ast: AstNode }>;
  contracts?: Record<string, Record<string, { evm: Record<"bytecode" | "deployedBytecode", { object: string }> }>>;
}

/**
 * How contracts are compiled: as they are deployed, or quickly, as for coverage, which makes larger code that uses other
 * amounts of gas.
 */
export type Manner = "deployed" | "quick";

const QUICK = { evmVersion: "cancun", viaIR: false, optimizer: { enabled: true, runs: 200 } };

/**
 * Compiles some of the project's contracts, without the metadata's hash: with it, a changed comment would change the
 * bytecode.
 */
export class Compiler {
  readonly #graph: DependencyGraph;
  readonly #contracts: readonly ResolvedFile[];

  private constructor(graph: DependencyGraph, contracts: readonly ResolvedFile[]) {
    this.#graph = graph;
    this.#contracts = contracts;
  }

  /** @param isCompiled Which source files' contracts are compiled when something that they import changes */
  static async open(isCompiled: (file: string) => boolean): Promise<Compiler> {
    // The tests' contracts count too, and lanes take their artifacts
    await hre.run("build", { for: "tests" });
    const sourcePaths = (await hre.run(TASK_COMPILE_SOLIDITY_GET_SOURCE_PATHS)) as string[];
    const sourceNames = (await hre.run(TASK_COMPILE_SOLIDITY_GET_SOURCE_NAMES, { sourcePaths })) as string[];
    const graph = (await hre.run(TASK_COMPILE_SOLIDITY_GET_DEPENDENCY_GRAPH, { sourceNames })) as DependencyGraph;
    const contracts = graph.getResolvedFiles().filter(({ sourceName }) => isCompiled(sourceName));
    return new Compiler(graph, contracts);
  }

  /** The project's source files by name. */
  sources(): Map<string, string> {
    return new Map(this.#graph.getResolvedFiles().map(({ sourceName, content }) => [sourceName, content.rawContent]));
  }

  /** The syntax trees of all source files, with types. */
  async trees(): Promise<Map<string, AstNode>> {
    const sources = contentsOf(this.#graph.getResolvedFiles());
    const output = await solc({ sources, settings: { outputSelection: { "*": { "": ["ast"] } } } });
    return new Map(Object.entries(output.sources ?? {}).map(([file, { ast }]) => [file, ast]));
  }

  /** All contracts as they are. */
  async compileAll(manner: Manner): Promise<Compiled> {
    const compiled: Compiled = new Map();
    for (const contract of this.#contracts) {
      const output = await this.#compile(contract, {}, manner);
      const error = output.errors?.find(({ severity }) => severity === "error");
      // Else its mutants would all seem not to compile
      if (error)
        throw new Error(`${contract.sourceName} doesn't compile in the manner "${manner}": ${error.formattedMessage}`);
      addTo(compiled, output);
    }
    return compiled;
  }

  /** All contracts that a source file is in, with another content of that file; undefined if it isn't Solidity. */
  async compileWith(file: string, content: string, manner: Manner): Promise<Compiled | undefined> {
    const compiled: Compiled = new Map();
    for (const contract of this.#contracts) {
      if (!this.#closureOf(contract).some(({ sourceName }) => sourceName === file)) continue;

      const output = await this.#compile(contract, { [file]: { content } }, manner);
      if (output.errors?.some(({ severity }) => severity === "error")) return undefined;
      addTo(compiled, output);
    }
    return compiled;
  }

  /** Each by itself: what the optimizer makes of a contract can depend on what it is compiled together with. */
  #compile(contract: ResolvedFile, replaced: Record<string, { content: string }>, manner: Manner): Promise<Output> {
    return solc({
      sources: { ...contentsOf(this.#closureOf(contract)), ...replaced },
      settings: {
        ...(manner === "quick" ? QUICK : settingsOf(contract)),
        metadata: { appendCBOR: false },
        outputSelection: { [contract.sourceName]: { "*": OUTPUT } },
      },
    });
  }

  /** A file and all that it imports. */
  #closureOf(file: ResolvedFile): ResolvedFile[] {
    return [file, ...this.#graph.getTransitiveDependencies(file).map(({ dependency }) => dependency)];
  }
}

function contentsOf(files: readonly ResolvedFile[]): Record<string, { content: string }> {
  return Object.fromEntries(files.map(({ sourceName, content }) => [sourceName, { content: content.rawContent }]));
}

function settingsOf({ sourceName }: ResolvedFile): object {
  const { compilers, overrides } = hre.config.solidity;
  const compiler: SolcUserConfig | undefined = overrides[sourceName] ?? compilers[0];
  return (compiler?.settings ?? {}) as object;
}

function addTo(compiled: Compiled, { contracts = {} }: Output): void {
  for (const [source, ofSource] of Object.entries(contracts)) {
    for (const [name, { evm }] of Object.entries(ofSource)) {
      const [bytecode, deployedBytecode] = [`0x${evm.bytecode.object}`, `0x${evm.deployedBytecode.object}`];
      if (bytecode !== "0x") compiled.set(`${source}/${name}.json`, { bytecode, deployedBytecode });
    }
  }
}

/** In a process of its own: the compiler blocks while it works, and two are to run side by side. */
async function solc(request: { sources: Record<string, { content: string }>; settings: object }): Promise<Output> {
  const running = run(process.execPath, [SOLC], { maxBuffer: 2 ** 30 });
  running.child.stdin?.end(JSON.stringify({ language: "Solidity", ...request }));
  return JSON.parse((await running).stdout) as Output;
}
