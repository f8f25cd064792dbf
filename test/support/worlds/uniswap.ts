import { time } from "@nomicfoundation/hardhat-network-helpers";
import factoryBuild from "@uniswap/v2-core/build/UniswapV2Factory.json";
import { ethers, network } from "hardhat";
import {
  type ERC20__Mock,
  type IUniswapV2Factory,
  IUniswapV2Factory__factory,
  type IUniswapV2Pair,
  IUniswapV2Pair__factory,
} from "#typechain";

/** Uniswap's own factory, as it was built for mainnet. */
export async function deployUniswapV2Factory(): Promise<IUniswapV2Factory> {
  const deployer = await ethers.provider.getSigner(0);
  const builder = new ethers.ContractFactory(factoryBuild.abi, factoryBuild.bytecode, deployer);
  const factory = await builder.deploy(ethers.ZeroAddress);
  return IUniswapV2Factory__factory.connect(await factory.getAddress(), deployer);
}

/** A token whose address is below or above another's, so that it becomes token0 or token1 of their pair. */
export async function deployTokenBeside(
  other: ERC20__Mock,
  side: "below" | "above",
  decimals = 18,
): Promise<ERC20__Mock> {
  const limit = BigInt(await other.getAddress());
  for (;;) {
    const token = await ethers.deployContract("ERC20__Mock", ["Paired", "PAIRED", decimals]);
    if (BigInt(await token.getAddress()) < limit === (side === "below")) return token;
  }
}

/** A pair of the factory with these reserves. */
export async function createPair(
  factory: IUniswapV2Factory,
  tokenA: ERC20__Mock,
  amountA: bigint,
  tokenB: ERC20__Mock,
  amountB: bigint,
): Promise<IUniswapV2Pair> {
  const deployer = await ethers.provider.getSigner(0);
  await factory.createPair(tokenA, tokenB);
  const pair = IUniswapV2Pair__factory.connect(await factory.getPair(tokenA, tokenB), deployer);
  await tokenA.mint(pair, amountA);
  await tokenB.mint(pair, amountB);
  await pair.mint(deployer.address);
  return pair;
}

/** Sells freshly minted tokens to the pair, at its price and fee. */
export async function sell(pair: IUniswapV2Pair, tokenIn: ERC20__Mock, amountIn: bigint): Promise<void> {
  const deployer = await ethers.provider.getSigner(0);
  const [reserve0, reserve1] = await pair.getReserves();
  const zeroForOne = (await pair.token0()) === (await tokenIn.getAddress());
  const [reserveIn, reserveOut] = zeroForOne ? [reserve0, reserve1] : [reserve1, reserve0];
  const withFee = amountIn * 997n;
  const amountOut = (withFee * reserveOut) / (reserveIn * 1000n + withFee);

  await inOneBlock(async () => {
    await tokenIn.mint(pair, amountIn, { gasLimit: 1_000_000 });
    await pair.swap(zeroForOne ? 0n : amountOut, zeroForOne ? amountOut : 0n, deployer.address, "0x", {
      gasLimit: 1_000_000,
    });
  });
}

/** Donates tokens to the pair, which takes them into its reserve. */
export async function donate(pair: IUniswapV2Pair, token: ERC20__Mock, amount: bigint): Promise<void> {
  await inOneBlock(async () => {
    await token.mint(pair, amount, { gasLimit: 1_000_000 });
    await pair.sync({ gasLimit: 1_000_000 });
  });
}

/** Puts all transactions that `send` submits into one block. Each has to name its gas limit. */
export async function inOneBlock(send: () => Promise<void>, timestamp?: number): Promise<void> {
  await network.provider.send("evm_setAutomine", [false]);
  try {
    await send();
    if (timestamp !== undefined) await time.setNextBlockTimestamp(timestamp);
    await network.provider.send("evm_mine");
  } finally {
    await network.provider.send("evm_setAutomine", [true]);
  }
}
