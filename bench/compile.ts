import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

/** What Chainlink compiles the registry with, in foundry.toml of its package. */
const SOLC_VERSION = "0.8.19";
const SETTINGS = { optimizer: { enabled: true, runs: 10_000 } };

const MODULES = path.join(__dirname, "node_modules");
const CHAINLINK = "@chainlink/contracts/src/v0.8";

/** Every contract that the benchmark deploys or calls, and where it stands. */
const SOURCES = {
  AutomationRegistry2_3: `${CHAINLINK}/automation/v2_3/AutomationRegistry2_3.sol`,
  AutomationRegistryLogicA2_3: `${CHAINLINK}/automation/v2_3/AutomationRegistryLogicA2_3.sol`,
  AutomationRegistryLogicB2_3: `${CHAINLINK}/automation/v2_3/AutomationRegistryLogicB2_3.sol`,
  AutomationRegistryLogicC2_3: `${CHAINLINK}/automation/v2_3/AutomationRegistryLogicC2_3.sol`,
  IAutomationRegistryMaster2_3: `${CHAINLINK}/automation/interfaces/v2_3/IAutomationRegistryMaster2_3.sol`,
  AutomationForwarderLogic: `${CHAINLINK}/automation/AutomationForwarderLogic.sol`,
  ChainModuleBase: `${CHAINLINK}/automation/chains/ChainModuleBase.sol`,
  LinkToken: `${CHAINLINK}/shared/token/ERC677/LinkToken.sol`,
  MockV3Aggregator: `${CHAINLINK}/shared/mocks/MockV3Aggregator.sol`,
  WETH9: `${CHAINLINK}/vendor/canonical-weth/WETH9.sol`,
  EmptyUpkeep: "contracts/EmptyUpkeep.sol",
} as const;

export type Name = keyof typeof SOURCES;

export interface Artifact {
  abi: object[];
  bytecode: string;
}

interface Compiler {
  version(): string;
  compile(input: string, callbacks: { import: (source: string) => { contents: string } }): string;
}

interface Output {
  errors?: { severity: string; formattedMessage: string }[];
  contracts: Record<string, Record<string, { abi: object[]; evm: { bytecode: { object: string } } }>>;
}

/** Builds the contracts of this package with a compiler of its own: the project's is too new for them. */
export function compile(): Record<Name, Artifact> {
  const input = {
    language: "Solidity",
    sources: Object.fromEntries(Object.values(SOURCES).map((source) => [source, { content: read(source) }])),
    settings: { ...SETTINGS, outputSelection: { "*": { "*": ["abi", "evm.bytecode.object"] } } },
  };
  const output = JSON.parse(
    loadCompiler().compile(JSON.stringify(input), { import: (source) => ({ contents: read(source) }) }),
  ) as Output;

  const errors = (output.errors ?? []).filter(({ severity }) => severity === "error");
  if (errors.length > 0) throw new Error(errors.map(({ formattedMessage }) => formattedMessage).join("\n"));
  return Object.fromEntries(
    Object.entries(SOURCES).map(([name, source]) => {
      const contract = output.contracts[source]?.[name];
      if (contract === undefined) throw new Error(`${source} has no contract ${name}.`);
      return [name, { abi: contract.abi, bytecode: `0x${contract.evm.bytecode.object}` }];
    }),
  ) as Record<Name, Artifact>;
}

function loadCompiler(): Compiler {
  if (!existsSync(MODULES)) throw new Error("bench/ is not installed: run `npm ci --prefix bench`.");
  const compiler = createRequire(__filename)("solc") as Compiler;
  if (!compiler.version().startsWith(`${SOLC_VERSION}+`)) {
    throw new Error(
      `The registry needs solc ${SOLC_VERSION}, not ${compiler.version()}: run \`npm ci --prefix bench\` again.`,
    );
  }
  return compiler;
}

/** Chainlink names the release of OpenZeppelin behind an @, npm behind a hyphen. */
function read(source: string): string {
  const file = source.replace(/^(@openzeppelin\/contracts)@/, "$1-");
  return readFileSync(path.join(file.startsWith("@") ? MODULES : __dirname, file), "utf8");
}
