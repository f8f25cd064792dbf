require("@nomicfoundation/hardhat-ethers");
require("@nomicfoundation/hardhat-chai-matchers");
const { version } = require("./compiler");

module.exports = {
  solidity: {
    version,
    // Jobs use transient storage, which Hardhat's default target doesn't have.
    settings: { evmVersion: "cancun", optimizer: { enabled: true } },
  },
};
