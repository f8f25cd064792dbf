const { TASK_COMPILE_SOLIDITY_GET_SOLC_BUILD } = require("hardhat/builtin-tasks/task-names");
const { extendEnvironment, subtask } = require("hardhat/config");
const { version } = require("solc/package.json");

/** The compiler is the npm package: Hardhat would download one. */
subtask(TASK_COMPILE_SOLIDITY_GET_SOLC_BUILD, () => {
  // The name that explorers know it by: 0.8.37+commit.f401782d, without the build for JavaScript
  const [longVersion] = require("solc")
    .version()
    .match(/^.+\+commit\.[0-9a-f]+/);
  return { compilerPath: require.resolve("solc/soljson.js"), isSolcJs: true, version, longVersion };
});

/** `hardhat compile` warns of every compiler that is newer than 0.8.30, and has no option against it. */
const { warn } = console;
console.warn = (...words) => {
  if (!/^\S*Solidity .* not fully supported yet/.test(words[0])) warn(...words);
};
// By then the configuration is loaded, and the warning was due
extendEnvironment(() => {
  console.warn = warn;
});

module.exports = { version };
