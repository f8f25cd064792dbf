import { chainName, chainOf, CHAINS } from "@keep3r-network/sdk";
import { expect } from "chai";
import mainnet from "#root/deploy/parameters/mainnet.json";
import sepolia from "#root/deploy/parameters/sepolia.json";
import { getAddress } from "viem";

describe("Chains", () => {
  it("have ids of their own, and addresses with a checksum", () => {
    expect(new Set(CHAINS.map(({ id }) => id)).size).to.equal(CHAINS.length);
    for (const { name, weth, uniswapV2Factory, uniswapV2Router } of CHAINS) {
      for (const address of [weth, uniswapV2Factory, uniswapV2Router]) {
        expect(getAddress(address.toLowerCase()), name).to.equal(address);
      }
    }
  });

  it("are those that the parameters of deployments name", () => {
    for (const { chainId, weth, uniswapFactory } of [mainnet, sepolia]) {
      expect(chainOf(chainId)).to.deep.include({ weth, uniswapV2Factory: uniswapFactory });
    }
    expect(chainOf(sepolia.chainId)?.uniswapV2Router).to.equal(sepolia.token.pool.router);
  });

  it("are named by what people call them, or by their id", () => {
    expect(chainName(8_453)).to.equal("Base (8453)");
    expect(chainName(31_337)).to.equal("local chain (31337)");
    expect(chainName(4_242)).to.equal("chain 4242");
    expect(chainOf(4_242)).to.equal(undefined);
  });
});
