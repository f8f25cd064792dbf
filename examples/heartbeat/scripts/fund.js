const { ethers } = require("hardhat");
const { abi: KP3R_ABI } = require("@keep3r-network/keep3r/artifacts/contracts/interfaces/IKP3R.sol/IKP3R.json");
const { addresses, roles, readJob } = require("./deployment");

/** KP3R to put into the pool; as much again goes in as ether. */
const AMOUNT = ethers.parseEther("60");

const ROUTER = [
  "function addLiquidityETH(address token, uint256 desired, uint256 minToken, uint256 minEth, address to, uint256 deadline) payable returns (uint256, uint256, uint256)",
];
const PAIR = [
  "function approve(address spender, uint256 amount) returns (bool)",
  "function balanceOf(address account) view returns (uint256)",
  "function getReserves() view returns (uint112 reserve0, uint112 reserve1, uint32 timestamp)",
  "function token0() view returns (address)",
];

async function main() {
  const owner = await ethers.getSigner(roles.jobOwner.address);
  const keep3r = await ethers.getContractAt("IKeep3r", addresses.Keep3r, owner);
  const kp3r = await ethers.getContractAt(KP3R_ABI, addresses.KP3R, owner);
  const router = await ethers.getContractAt(ROUTER, addresses.UniswapV2Router02, owner);
  const pair = await ethers.getContractAt(PAIR, addresses.KP3R_WETH, owner);
  const job = readJob();

  // LP tokens: both sides at the pool's price, or not at all if it has moved by more than a hundredth
  const { reserve0, reserve1 } = await pair.getReserves();
  const [inKp3r, inEth] = (await pair.token0()) === addresses.KP3R ? [reserve0, reserve1] : [reserve1, reserve0];
  const eth = (AMOUNT * inEth) / inKp3r;
  const least = (amount) => (amount * 99n) / 100n;
  await (await kp3r.approve(router, AMOUNT)).wait();
  await (
    await router.addLiquidityETH(kp3r, AMOUNT, least(AMOUNT), least(eth), owner, ethers.MaxUint256, { value: eth })
  ).wait();

  const liquidity = await pair.balanceOf(owner);
  await (await pair.approve(keep3r, liquidity)).wait();
  await (await keep3r.addLiquidityToJob(job, pair, liquidity)).wait();

  const credits = await keep3r.jobPeriodCredits(job);
  console.log(`${ethers.formatEther(liquidity)} LP tokens mine up to ${ethers.formatEther(credits)} KP3R every 5 days`);
}

main().catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
