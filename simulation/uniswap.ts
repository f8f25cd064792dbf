import factoryBuild from "@uniswap/v2-core/build/UniswapV2Factory.json";
import routerBuild from "@uniswap/v2-periphery/build/UniswapV2Router02.json";
import wethBuild from "@uniswap/v2-periphery/build/WETH9.json";
import {
  type AddressLike,
  type BaseContract,
  type BigNumberish,
  ContractFactory,
  type InterfaceAbi,
  ZeroAddress,
} from "ethers";
import {
  type IERC20Metadata,
  IERC20Metadata__factory,
  type IUniswapV2Factory,
  IUniswapV2Factory__factory,
} from "#typechain";
import type { TypedContractMethod } from "#typechain/common";
import type { Account } from "./accounts";
import type { Chain } from "./chain";

type Time = BigNumberish;

/** What the network uses of UniswapV2Router02. Amounts are wei; a deadline is in seconds since 1970. */
export interface Router extends BaseContract {
  connect(runner: Account): Router;
  addLiquidityETH: TypedContractMethod<
    [token: AddressLike, desired: bigint, minToken: bigint, minEth: bigint, to: AddressLike, deadline: Time],
    [[amountToken: bigint, amountEth: bigint, liquidity: bigint]],
    "payable"
  >;
  swapExactETHForTokens: TypedContractMethod<
    [minOut: bigint, path: AddressLike[], to: AddressLike, deadline: Time],
    [bigint[]],
    "payable"
  >;
  swapExactTokensForETH: TypedContractMethod<
    [amountIn: bigint, minOut: bigint, path: AddressLike[], to: AddressLike, deadline: Time],
    [bigint[]],
    "nonpayable"
  >;
}

export interface Uniswap {
  factory: IUniswapV2Factory;
  router: Router;
  weth: IERC20Metadata;
}

interface Build {
  abi: InterfaceAbi;
  bytecode: string;
}

/** Uniswap V2's factory and router and WETH9, as they were built for mainnet. */
export async function deployUniswap(chain: Chain, deployer: Account): Promise<Uniswap> {
  const weth = await deployBuild(chain, deployer, wethBuild, []);
  const factory = await deployBuild(chain, deployer, factoryBuild, [ZeroAddress]);
  const router = await deployBuild(chain, deployer, routerBuild, [factory, weth]);

  return {
    weth: IERC20Metadata__factory.connect(await weth.getAddress(), deployer),
    factory: IUniswapV2Factory__factory.connect(await factory.getAddress(), deployer),
    router: router as unknown as Router,
  };
}

function deployBuild(
  chain: Chain,
  deployer: Account,
  { abi, bytecode }: Build,
  args: unknown[],
): Promise<BaseContract> {
  return chain.deploy(() => new ContractFactory(abi, bytecode, deployer).deploy(...args));
}
