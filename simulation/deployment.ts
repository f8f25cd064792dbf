import type { LocalDeployment } from "@keep3r-network/sdk";
import { addressOf, type Network } from "./network";

/** The contracts of a local network by the names that deployment files have. */
export async function addressesOf(network: Network): Promise<LocalDeployment["addresses"]> {
  const { uniswap } = network;
  return {
    Keep3r: await addressOf(network.keep3r),
    KP3R: await addressOf(network.kp3r),
    Keep3rOracle: await addressOf(network.oracle),
    Keep3rHelper: await addressOf(network.helper),
    Keep3rLens: await addressOf(network.lens),
    KP3R_WETH: await addressOf(network.pair),
    UniswapV2Factory: await addressOf(uniswap.factory),
    UniswapV2Router02: await addressOf(uniswap.router),
    WETH9: await addressOf(uniswap.weth),
    FastGasFeed: await addressOf(network.fastGas),
  };
}
