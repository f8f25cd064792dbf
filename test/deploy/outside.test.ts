import { HOUR, WAD } from "@keep3r-network/sdk";
import { expect } from "chai";
import { ethers, network } from "hardhat";
import type { Parameters } from "#deploy/parameters";
import { checkParameters, developmentChain } from "#deploy/preflight";
import { stepsOf } from "#deploy/recipe";
import { interpret } from "#simulation/interpret";
import { addressOf } from "#simulation/network";
import { loadFixture } from "#support/fixture";
import { deployGround, type DeploymentGround, differencesOf, POOL } from "#support/worlds/ground";

/** What a deployment needs of contracts that others look after. */
describe("The contracts around a network", () => {
  async function deployWorld() {
    const ground = await deployGround();
    const placed = await interpret(stepsOf(ground.parameters, true), ground.chain, ground.deployer);
    const existing: Parameters["token"] = {
      kind: "existing",
      address: placed.at("KP3R") as `0x${string}`,
      minter: placed.at("KP3R") as `0x${string}`,
      pair: placed.at("KP3R_WETH") as `0x${string}`,
    };
    return { ...ground, existing, addresses: placed.all };
  }

  const problems = ({ deployer }: DeploymentGround, parameters: Parameters, node = network.provider): Promise<string> =>
    checkParameters(parameters, node, deployer.address).then(
      () => "",
      (error: Error) => error.message,
    );

  async function pass(seconds: number): Promise<void> {
    await network.provider.send("evm_increaseTime", [seconds]);
    await network.provider.send("evm_mine", []);
  }

  /** With the price that payments begin with, KP3R per ether. */
  const pricedAt = (parameters: Parameters, value: bigint): Parameters => ({
    ...parameters,
    changes: [{ contract: "Keep3rHelper", getter: "bootstrapKp3rPerEth", value }],
  });

  it("are as a deployment needs them", async () => {
    const world = await loadFixture(deployWorld);
    expect(await problems(world, world.parameters)).to.equal("");
    expect(await differencesOf(world, world.addresses)).to.deep.equal([]);
  });

  it("are a feed whose last answer isn't older than maxAge, before and after the deployment", async () => {
    const world = await loadFixture(deployWorld);
    await pass(2 * HOUR);
    expect(await problems(world, world.parameters)).to.equal("");
    await pass(3 * HOUR);
    expect(await problems(world, world.parameters)).to.match(
      /fastGasFeed: the last answer of 0x\w+ is 5\.\d hours old, and maxAge is 3 hours\. Payments would do without it/,
    );
    const [difference, ...others] = await differencesOf(world, world.addresses);
    expect(difference).to.match(/^Keep3rHelper last answer of fastGasFeed: 5\.\d hours old$/);
    expect(others).to.deep.equal([]);
    await world.feed.updateAnswer(2);
    expect(await differencesOf(world, world.addresses)).to.deep.equal([]);
  });

  it("are a new pool that agrees with the price that payments begin with", async () => {
    const world = await loadFixture(deployWorld);
    for (const near of [9n * WAD, 11n * WAD]) {
      expect(await problems(world, pricedAt(world.parameters, near))).to.equal("");
    }
    for (const far of [9n * WAD - 1n, 11n * WAD + 1n, 200n * WAD]) {
      expect(await problems(world, pricedAt(world.parameters, far))).to.match(
        /settings\.Keep3rHelper\.bootstrapKp3rPerEth: it is [\d.]+ KP3R per ETH, and the pool's price is 10\.00\. .* write "10\.0"\./,
      );
    }
  });

  it("are a pool that exists and agrees with it, before and after the deployment", async () => {
    const world = await loadFixture(deployWorld);
    const { parameters, existing, uniswap, trader } = world;
    const over = { ...parameters, token: existing };
    expect(await problems(world, over)).to.equal("");

    // Twice as much ether: a fourth of the KP3R for one
    const path = [await uniswap.weth.getAddress(), existing.address];
    const swap = { value: POOL.eth };
    await uniswap.router.connect(trader).swapExactETHForTokens(0n, path, trader, ethers.MaxUint256, swap);
    expect(await problems(world, over)).to.match(
      /bootstrapKp3rPerEth: it is 10\.00 KP3R per ETH, and the pool's price is 2\.5\d\./,
    );
    expect(await differencesOf(world, world.addresses)).to.deep.equal([
      "Keep3rHelper bootstrapKp3rPerEth is: 10.00 KP3R per ETH, where the pool has 2.50",
    ]);
  });

  it("are those at the addresses of the deployment: another one's address is named, and the rest is looked at", async () => {
    const world = await loadFixture(deployWorld);
    const { addresses } = world;
    const found = await differencesOf(world, { ...addresses, Keep3rOracle: addresses.Keep3rLens });
    expect(found.join("\n"))
      .to.match(/^Keep3rOracle bytecode: \d+ bytes, not \d+$/m)
      .and.match(/^connections the rest of them: can't be read: /m)
      .and.match(/^powers the rest of them: can't be read: /m)
      .and.not.include("KP3R minters");
  });

  it("aren't there on a local chain that calls itself mainnet", async () => {
    const world = await loadFixture(deployWorld);
    const nowhere = (digit: string): `0x${string}` => `0x${digit.repeat(40)}`;
    const mainnet: Parameters = {
      ...world.parameters,
      chainId: 1,
      governance: await addressOf(world.addresses.KP3R ?? ""),
      token: { kind: "existing", address: nowhere("1"), minter: nowhere("2"), pair: nowhere("3") },
      uniswapFactory: nowhere("4"),
      weth: nowhere("5"),
      fastGasFeed: undefined,
    };
    expect(await problems(world, mainnet))
      .to.include(`weth: there is no contract at ${nowhere("5")}`)
      .and.include("chainId: the node says that it is chain 1, and has none of the file's contracts.");
    expect(await developmentChain(mainnet, network.provider)).to.match(
      /^, as HardhatNetwork calls itself: a development chain, not the real one$/,
    );
    expect(await developmentChain(world.parameters, network.provider)).to.equal("");
  });
});
