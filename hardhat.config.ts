import "@nomicfoundation/hardhat-toolbox";
import { TASK_COMPILE_SOLIDITY_GET_SOLC_BUILD } from "hardhat/builtin-tasks/task-names";
import { subtask, type HardhatUserConfig } from "hardhat/config";
import type { HardhatNetworkUserConfig, SolcUserConfig } from "hardhat/types";
import path from "node:path";
import { NETWORKS } from "#deploy/networks";
import "#deploy/tasks";
import "#tools/solidity/notice";
import "#tools/solidity/scopes";
import "#tools/tests/task";
import { chosenBacking } from "#tools/mainnet/backing";

const SOLC_VERSION = "0.8.37";
/** 2026-01-01T00:00:00Z: every local chain begins here, so that no run depends on the day it is made. */
const GENESIS = "2026-01-01T00:00:00Z";
/** About the day of the block that is forked of the real mainnet. On chain 1 the hard fork goes by the time: this is Prague. */
const STAND_IN_GENESIS = "2025-07-25T00:00:00Z";
const COVERAGE = process.env.SOLIDITY_COVERAGE === "true";
/** Set when this process serves a chain that stands in for mainnet, and when it forks one: see docs/fork-tests.md. */
const STAND_IN = process.env.STAND_IN === "true";
const FORKED = chosenBacking();
/** Keys come from the environment too, but when they are needed: sdk/node/key.ts. */
const RPC = process.env.KEEP3R_RPC_URL ?? "";

/** Deployed once, called for years. */
const FOR_SPEED = { enabled: true, runs: 1_000_000 };

/**
 * Keep3r alone is near the limit of a contract's size. The steps are the compiler's own without FunctionSpecializer (F): it
 * makes a copy of a function for every constant that it is called with, which costs a tenth of the limit and saves next to
 * no gas.
 */
const FOR_SIZE = {
  enabled: true,
  runs: 80,
  details: {
    yulDetails: {
      optimizerSteps:
        "dhfoDgvulfnTUtnIf[xa[r]EscLMcCTUtTOntnfDIulLculVcul[j]Tpeulxa[rul]xa[r]cLgvif" +
        "CTUca[r]LSsTOtfDnca[r]Iulc]jmul[jul]VcTOculjmul:fDnTOcmuO",
    },
  },
};

/** The compiler is the npm package, so that a build needs nothing but the registry. */
subtask(TASK_COMPILE_SOLIDITY_GET_SOLC_BUILD, async ({ solcVersion }: { solcVersion: string }) => {
  if (solcVersion !== SOLC_VERSION) {
    throw new Error(`Compiler ${solcVersion} was asked for, but package.json pins solc ${SOLC_VERSION}.`);
  }
  const { default: solc } = (await import("solc")) as unknown as { default: { version: () => string } };
  // Explorers know the compiler by its release and commit; what it adds of how it was built they don't: `.Emscripten.clang`
  const [longVersion] = /^\d+\.\d+\.\d+\+commit\.[0-9a-f]{8}/.exec(solc.version()) ?? [];
  if (longVersion === undefined) throw new Error(`The compiler doesn't say its commit: ${solc.version()}.`);
  return {
    compilerPath: require.resolve("solc/soljson.js"),
    isSolcJs: true,
    version: SOLC_VERSION,
    longVersion,
  };
});

function compilerFor(optimizer: typeof FOR_SPEED): SolcUserConfig {
  return {
    version: SOLC_VERSION,
    settings: {
      evmVersion: "cancun",
      // solidity-coverage instruments sources in a way that the IR pipeline makes very slow.
      viaIR: !COVERAGE,
      optimizer: COVERAGE ? { enabled: true, runs: 200 } : optimizer,
      // Where variables lie, for snapshots/storage.json: see tools/solidity/layout.ts.
      outputSelection: { "*": { "*": ["storageLayout", "transientStorageLayout"] } },
    },
  };
}

/** A chain of our own, a stand-in for mainnet, or a fork of mainnet. */
function chainOf(): HardhatNetworkUserConfig {
  if (FORKED === undefined) return STAND_IN ? { chainId: 1, initialDate: STAND_IN_GENESIS } : { initialDate: GENESIS };

  const { url, blockNumber } = FORKED;
  return {
    chainId: 1,
    forking: { url, ...(blockNumber !== undefined && { blockNumber }) },
    // On mainnet, Hardhat's well-known accounts have been given code (EIP-7702) that takes whatever they receive.
    accounts: { passphrase: "keep3r" },
  };
}

/** Coverage compiles into a folder of its own, so that contracts with its marks never stand where others look for artifacts. */
function buildPaths(): { artifacts?: string; cache?: string } {
  const folder = process.env.BUILD_FOLDER;
  return folder ? { artifacts: path.join(folder, "artifacts"), cache: path.join(folder, "cache") } : {};
}

const config: HardhatUserConfig = {
  solidity: {
    compilers: [compilerFor(FOR_SPEED)],
    overrides: { "contracts/Keep3r.sol": compilerFor(FOR_SIZE) },
  },
  networks: {
    hardhat: {
      hardfork: "prague",
      ...chainOf(),
      allowUnlimitedContractSize: COVERAGE,
    },
    ...Object.fromEntries(NETWORKS.map((name) => [name, { url: RPC }])),
    localhost: { url: RPC === "" ? "http://127.0.0.1:8545" : RPC },
  },
  paths: { ignition: "deploy", ...buildPaths() },
  etherscan: { apiKey: process.env.ETHERSCAN_API_KEY ?? "" },
  // Every first read of a fork of the real mainnet goes over the network.
  mocha: {
    reporter: require.resolve("#tools/tests/reporter"),
    timeout: FORKED?.standIn === false ? 1_800_000 : 120_000,
  },
  // The toolbox would print a table after every run of the tests, with prices from the network.
  gasReporter: { enabled: false },
  // Coverage has the types of the last build: those that it would write have the bytecode of instrumented contracts
  typechain: { outDir: "typechain-types", target: "ethers-v6", dontOverrideCompile: COVERAGE },
};

export default config;
