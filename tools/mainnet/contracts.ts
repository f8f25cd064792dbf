import routerBuild from "@uniswap/v2-periphery/build/UniswapV2Router02.json";
import { Contract, type ContractRunner } from "ethers";
import {
  IERC20Metadata__factory,
  IFeedProxy__factory,
  IHegicOptionsMarket__factory,
  ILiquityTroves__factory,
  IUniswapV2Factory__factory,
  IUniswapV2Pair__factory,
  IYearnVault__factory,
  Keep3rV1__Mock__factory,
  Keep3rV1Proxy__Mock__factory,
} from "#typechain";
import type { Router } from "#simulation/uniswap";

interface Connector<T> {
  connect(address: string, runner: ContractRunner): T;
}

export interface MainnetContract<T = unknown> {
  what: string;
  address: string;
  connector: Connector<T>;
  /** Why the stand-in lacks it; undefined for contracts that both must have. */
  absence?: string;
}

const NO_BYTECODE = "no npm package has its bytecode";

/** The contracts of Ethereum mainnet that the fork tests touch, by the name that a test asks for them by. */
export const MAINNET = {
  weth: known("WETH9", "0xC02aaA39b223FE8D0A0e5C4F27eAD9083C756Cc2", IERC20Metadata__factory),
  uniswapFactory: known(
    "Uniswap V2's factory",
    "0x5C69bEe701ef814a2B6a3EDD4B1652CB9cc5aA6f",
    IUniswapV2Factory__factory,
  ),
  uniswapRouter: known<Router>("Uniswap V2's router", "0x7a250d5630B4cF539739dF2C5dAcb4c659F2488D", {
    connect: (address, runner) => new Contract(address, routerBuild.abi, runner) as unknown as Router,
  }),
  kp3r: known("KP3R", "0x1cEB5cB57C4D4E2b2433641b95Dd330A33185A44", Keep3rV1__Mock__factory),
  kp3rProxy: known("KP3R's minter proxy", "0x976b01c02c636Dd5901444B941442FD70b86dcd5", Keep3rV1Proxy__Mock__factory),
  kp3rWeth: known("the KP3R/WETH pair", "0x87fEbfb3AC5791034fD5EF1a615e9d9627C2665D", IUniswapV2Pair__factory),
  fastGas: known("Chainlink's fast gas feed", "0x169E633A2D1E6c10dD91238Ba11c4A708dfEF37C", IFeedProxy__factory),
  etherPrice: absent("Chainlink's ETH/USD feed", "0x5f4eC3Df9cbd43714FE2740f5E3616155c5b8419", IFeedProxy__factory),
  hegicOptions: absent(
    "Hegic's ETH options",
    "0xEfC0eEAdC1132A12c9487d800112693bf49EcfA2",
    IHegicOptionsMarket__factory,
  ),
  troveManager: absent("Liquity's TroveManager", "0xA39739EF8b0231DbFA0DcdA07d7e29faAbCf4bb2", ILiquityTroves__factory),
  yvWeth: absent("Yearn's WETH vault", "0xa258C4606Ca8206D8aA700cE2143D7db854D168c", IYearnVault__factory),
} satisfies Record<string, MainnetContract>;

export type MainnetName = keyof typeof MAINNET;

export type MainnetContracts = {
  [N in MainnetName]: ReturnType<(typeof MAINNET)[N]["connector"]["connect"]>;
};

/** Keep3r V2, which mints KP3R by the proxy until another takes over. */
export const KEEP3R_V2 = "0xeb02addCfD8B773A5FFA6B9d1FE99c566f8c44CC";

function known<T>(what: string, address: string, connector: Connector<T>): MainnetContract<T> {
  return { what, address, connector };
}

function absent<T>(what: string, address: string, connector: Connector<T>): MainnetContract<T> {
  return { what, address, connector, absence: NO_BYTECODE };
}
