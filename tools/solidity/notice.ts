import { extendEnvironment } from "hardhat/config";

const NOTICE = /Solidity [\d., ]+ (?:is|are) not fully supported yet/;

/**
 * `hardhat compile` says of any compiler newer than Hardhat that it isn't fully supported. All tests run with ours, so that
 * this tells a user nothing; Hardhat has no option against it.
 */
const warn = console.warn;
console.warn = (...words: unknown[]): void => {
  if (typeof words[0] !== "string" || !NOTICE.test(words[0])) warn(...words);
};
// By then the configuration is loaded, and the notice was due
extendEnvironment(() => {
  console.warn = warn;
});
