module.exports = {
  // Mocks, harnesses and declarations aren't what the tests have to cover.
  skipFiles: ["test", "simulation", "interfaces"],
  istanbulReporter: ["html", "lcov", "json-summary"],
  // Instrumented code runs unoptimised.
  mocha: { timeout: 600_000 },
};
