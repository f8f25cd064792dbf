import hre from "hardhat";
import { createPublicClient, custom, type PublicClient } from "viem";

/** viem's client over the chain that the tests run on. */
export function hardhatClient(): PublicClient {
  return createPublicClient({ transport: custom(hre.network.provider, { retryCount: 0 }), cacheTime: 0 });
}
