// Who may import whom; `npm run lint` holds it. A room that isn't named here can't import, nor be imported.

/** Others have the SDK and the command as they are built, by the names of their packages. */
const SDK = "^sdk/dist/";
const CLI = "^cli/dist/";
const DEPLOY = "^deploy/";
/** What is deployed, in which order, and who is connected to whom: data that the simulation reads too. */
const RECIPE = "^deploy/recipe(?:\\.ts$|/)";
const SIMULATION = "^simulation/";
const TOOLS = "^tools/";
const TYPECHAIN = "^typechain-types/";
/** JSON that is read as it is. */
const DATA = ["^snapshots/", "^package\\.json$", "^examples/[^/]+/package\\.json$"];
const PACKAGES = "(?:^|/)node_modules/";

/** By room, what it may import of others. Nothing of it leads in a circle. */
const ROOMS = {
  sdk: { path: "^sdk/", others: [] },
  cli: { path: "^cli/", others: [SDK] },
  deploy: { path: DEPLOY, others: [SDK, TYPECHAIN] },
  simulation: { path: SIMULATION, others: [SDK, TYPECHAIN, RECIPE] },
  tools: { path: TOOLS, others: [SDK, TYPECHAIN, SIMULATION, DEPLOY] },
  bench: { path: "^bench/", others: [SDK, TYPECHAIN, SIMULATION, DEPLOY, TOOLS, ...DATA] },
  scripts: { path: "^scripts/", others: [SDK, SIMULATION, DEPLOY, TOOLS] },
  test: { path: "^test/", others: [SDK, CLI, TYPECHAIN, SIMULATION, DEPLOY, TOOLS, ...DATA] },
  "hardhat.config.ts": { path: "^hardhat\\.config\\.ts$", others: [SDK, DEPLOY, TOOLS] },
  "typechain-types": { path: TYPECHAIN, others: [] },
  examples: { path: "^examples/", others: [] },
  exports: { path: "^exports/", others: [] },
  configurations: { path: "^(?:\\.[\\w-]+\\.c?js|[\\w-]+\\.config\\.mjs)$", others: [] },
};
const KNOWN = Object.values(ROOMS).map(({ path }) => path);

/** A rule by what it is called, what to do instead, and what it forbids. */
const rule = (name, comment, from, to) => ({ name, comment, severity: "error", from, to });

/** @type {import("dependency-cruiser").IConfiguration} */
module.exports = {
  forbidden: [
    ...Object.entries(ROOMS).map(([room, { path, others }]) =>
      rule(
        `${room} imports`,
        `Beside its own files and packages: ${others.join(", ") || "nothing"}`,
        { path },
        { pathNot: [path, ...others, PACKAGES], dependencyTypesNot: ["core"], couldNotResolve: false },
      ),
    ),
    rule(
      "unknown room",
      "Say in .dependency-cruiser.cjs what it may import, and who may import it.",
      { pathNot: [...KNOWN, PACKAGES] },
      {},
    ),
    rule(
      "unknown room without imports",
      "Say in .dependency-cruiser.cjs what it may import, and who may import it.",
      { orphan: true, pathNot: [...KNOWN, PACKAGES] },
      {},
    ),
    rule(
      "other rooms by name",
      "Import another room by its name in package.json, such as #tools/entry. bench has a package.json apart.",
      { path: "^([^/]+)/", pathNot: "^bench/" },
      { pathNot: "^$1/", dependencyTypes: ["local"], dependencyTypesNot: ["aliased"] },
    ),
    rule("no circles", "Move down what both need.", {}, { circular: true }),
    rule(
      "unresolved",
      "It isn't there, or isn't built: run `npm ci`.",
      // The example's package is the tarball of this one
      { pathNot: "^examples/" },
      { couldNotResolve: true },
    ),
    rule(
      "the recipe is data",
      "Whatever deploys reads it: it imports the SDK only.",
      { path: RECIPE },
      { pathNot: [RECIPE, SDK] },
    ),
    rule(
      "sdk without Node",
      "It runs in browsers too. What needs Node stands in sdk/node.",
      { path: "^sdk/src/" },
      { dependencyTypes: ["core"] },
    ),
    rule(
      "sdk without sdk/node",
      "It runs in browsers too. What needs Node stands in sdk/node.",
      { path: "^sdk/src/" },
      { path: ["^sdk/node/", SDK] },
    ),
    rule(
      "sdk/node by names",
      "It is built into another folder: it imports @keep3r-network/sdk as everyone does.",
      { path: "^sdk/node/" },
      { path: ["^sdk/src/", "^sdk/dist/node/"] },
    ),
    rule(
      "sdk without Hardhat and ethers",
      "It is made of viem.",
      { path: "^sdk/" },
      { path: `${PACKAGES}(?:hardhat|ethers|@nomicfoundation|@typechain)/` },
    ),
  ],
  options: {
    doNotFollow: { path: [PACKAGES, SDK, CLI, TYPECHAIN] },
    exclude: { path: "^(?:artifacts|cache|coverage)/" },
    tsConfig: { fileName: "tsconfig.json" },
    // Imports of types count
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["types", "import", "require", "node", "default"],
      extensions: [".ts", ".d.ts", ".js", ".cjs", ".mjs", ".json"],
    },
  },
};
