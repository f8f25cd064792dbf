require("@nomicfoundation/hardhat-ethers");
require("@nomicfoundation/hardhat-chai-matchers");

module.exports = {
  solidity: {
    version: "0.8.37",
    // Jobs use transient storage, which Hardhat's default target doesn't have.
    settings: { evmVersion: "cancun", optimizer: { enabled: true } },
  },
};
