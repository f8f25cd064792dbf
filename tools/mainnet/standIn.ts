import { Failure, GWEI, WAD } from "@keep3r-network/sdk";
import chainlinkFeed from "@chainlink/abi/v0.6/EACAggregatorProxy.json";
import factoryBuild from "@uniswap/v2-core/build/UniswapV2Factory.json";
import routerBuild from "@uniswap/v2-periphery/build/UniswapV2Router02.json";
import wethBuild from "@uniswap/v2-periphery/build/WETH9.json";
import { MaxUint256, ZeroAddress } from "ethers";
import hre, { ethers } from "hardhat";
import type { Account } from "#simulation/accounts";
import { Chain } from "#simulation/chain";
import { demandArtifacts } from "../solidity/builds";
import { type Build, constructAt } from "./construct";
import { KEEP3R_V2, MAINNET, type MainnetContract } from "./contracts";

/** The market of KP3R: 200 for an ether. */
const POOL_KP3R = 20_000n * WAD;
const POOL_ETH = 100n * WAD;
const FAST_GAS = 20n * GWEI;

/** Puts what the fork tests touch of mainnet at its addresses. Uniswap, WETH9 and the feed's proxy are what runs there. */
export async function buildStandIn(): Promise<void> {
  demandArtifacts("simulation");
  const { chainId } = await ethers.provider.getNetwork();
  if (chainId !== 1n)
    throw new Failure(`The stand-in needs chain id 1, not ${chainId}: run it by \`npm run mainnet\`.`);

  const chain = await Chain.open(ethers.provider);
  const [governance] = await ethers.getSigners();
  if (governance === undefined) throw new Error("The chain has no accounts.");
  const place = ({ address }: MainnetContract, build: Build, args: unknown[] = []): Promise<void> =>
    constructAt(chain, governance, address, build, args);

  await place(MAINNET.weth, wethBuild);
  await place(MAINNET.uniswapFactory, factoryBuild, [governance.address]);
  await place(MAINNET.uniswapRouter, routerBuild, [MAINNET.uniswapFactory.address, MAINNET.weth.address]);
  await place(MAINNET.kp3r, await hre.artifacts.readArtifact("Keep3rV1__Mock"), [MAINNET.kp3rProxy.address]);
  await place(MAINNET.kp3rProxy, await hre.artifacts.readArtifact("Keep3rV1Proxy__Mock"), [
    governance.address,
    MAINNET.kp3r.address,
  ]);

  const aggregator = await chain.deploy(() => ethers.deployContract("MockV3Aggregator", [0, FAST_GAS], governance));
  await place(MAINNET.fastGas, chainlinkFeed, [await aggregator.getAddress(), ZeroAddress]);
  await openMarket(chain, governance);
}

/** V2 is the minter, and KP3R is traded. */
async function openMarket(chain: Chain, governance: Account): Promise<void> {
  const at = <T>({ address, connector }: MainnetContract<T>): T => connector.connect(address, governance);
  const [kp3r, proxy, router, factory] = [
    at(MAINNET.kp3r),
    at(MAINNET.kp3rProxy),
    at(MAINNET.uniswapRouter),
    at(MAINNET.uniswapFactory),
  ];

  await chain.land(() => proxy["mint(address,uint256)"](governance, POOL_KP3R));
  await chain.land(() => proxy.setMinter(KEEP3R_V2));
  await chain.land(() => kp3r.approve(router, POOL_KP3R));
  await chain.land(() =>
    router.addLiquidityETH(kp3r, POOL_KP3R, POOL_KP3R, POOL_ETH, governance, MaxUint256, { value: POOL_ETH }),
  );

  const pair = await factory.getPair(kp3r, MAINNET.weth.address);
  if (pair !== MAINNET.kp3rWeth.address) {
    throw new Error(`The factory created KP3R/WETH at ${pair}; on mainnet it is at ${MAINNET.kp3rWeth.address}.`);
  }
}
