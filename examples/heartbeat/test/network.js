const { time } = require("@nomicfoundation/hardhat-network-helpers");
const { ethers } = require("hardhat");

const FACTORY = require("@uniswap/v2-core/build/UniswapV2Factory.json");
const artifactOf = (name) => require(`@keep3r-network/keep3r/artifacts/contracts/${name}.sol/${name}.json`);

const WETH = ethers.getAddress(`0x${"ee".repeat(20)}`);

/** The network with an active keeper. Without a price history it pays at governance's quote, 10 KP3R for an ether. */
async function deployNetwork() {
  const [governance, owner, keeper] = await ethers.getSigners();
  const deploy = ({ abi, bytecode }, ...args) => new ethers.ContractFactory(abi, bytecode, governance).deploy(...args);

  const kp3r = await deploy(artifactOf("KP3R"), governance);
  const keep3r = await deploy(artifactOf("Keep3r"), governance, kp3r, kp3r);
  const factory = await deploy(FACTORY, ethers.ZeroAddress);
  await factory.createPair(kp3r, WETH);
  const oracle = await deploy(artifactOf("Keep3rOracle"), keep3r, governance, factory, kp3r, ethers.ZeroAddress);
  const helper = await deploy(artifactOf("Keep3rHelper"), governance, keep3r, oracle, WETH);
  await kp3r.addMinter(keep3r);
  await keep3r.setKeep3rHelper(helper);

  await keep3r.connect(keeper).bond(kp3r, 0);
  await time.increase(3 * 86_400);
  await keep3r.connect(keeper).activate(kp3r);
  return { governance, owner, keeper, kp3r, keep3r };
}

module.exports = { deployNetwork };
