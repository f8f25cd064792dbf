import { WAD } from "@keep3r-network/sdk";
import { expect } from "chai";
import hre, { ethers } from "hardhat";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { checkDeployment } from "#deploy/check";
import { parameterFile, type Parameters, readParameters } from "#deploy/parameters";
import { checkChain, checkParameters } from "#deploy/preflight";
import { deployNetwork } from "#deploy/run";
import { nameAccounts } from "#simulation/accounts";
import { addressOf } from "#simulation/network";
import { actAs } from "#support/actors/impersonation";
import { loadFixture } from "#support/fixture";
import { GROUND, mainnet } from "#support/worlds/mainnet";

describe("A deployment by the parameters of mainnet", () => {
  const { kp3r, kp3rProxy, kp3rWeth } = mainnet(...GROUND);
  const { provider } = hre.network;

  async function actors() {
    const { trader: deployer, passerby: other } = nameAccounts(await ethers.getSigners());
    return { deployer, other };
  }

  /** The file as it is, with the governance that it demands and, if it isn't left out, the pool's price. */
  function parametersFor(governance: string, bootstrapKp3rPerEth?: string): Parameters {
    const folder = mkdtempSync(path.join(tmpdir(), "keep3r-parameters-"));
    try {
      const file = path.join(folder, "mainnet.json");
      const template = readFileSync(parameterFile(hre.config.paths.ignition, "mainnet"), "utf8");
      const settings = bootstrapKp3rPerEth === undefined ? {} : { Keep3rHelper: { bootstrapKp3rPerEth } };
      writeFileSync(file, JSON.stringify({ ...(JSON.parse(template) as object), governance, settings }));
      return readParameters(file);
    } finally {
      rmSync(folder, { recursive: true });
    }
  }

  /** KP3R per ether. */
  async function poolPrice(): Promise<string> {
    const [reserve0, reserve1] = await kp3rWeth.getReserves();
    const kp3rIsToken0 = (await kp3rWeth.token0()) === (await kp3r.getAddress());
    const [kp3rReserve, wethReserve] = kp3rIsToken0 ? [reserve0, reserve1] : [reserve1, reserve0];
    return ethers.formatEther((kp3rReserve * WAD) / wethReserve);
  }

  async function deployParametersWorld() {
    const { deployer } = await actors();
    // A contract, as governance has to be there
    const governance = await actAs(await kp3rProxy.getAddress());
    const parameters = parametersFor(governance.address, await poolPrice());
    const startBlock = (await ethers.provider.getBlockNumber()) + 1;
    const accounts = [await addressOf(deployer), await addressOf(governance)] as const;
    const addresses = await deployNetwork(hre, { parameters, provider, accounts: [...accounts] });
    const deployment = { chainId: 1, startBlock, deployer: accounts[0], addresses };

    const differences = async () => {
      const rows = await checkDeployment(provider, hre.artifacts, parameters, deployment);
      return rows.filter(({ expected }) => expected !== undefined).map(({ what }) => what);
    };
    return { addresses, differences };
  }

  it("begins only after the file agrees with the chain, and refuses a governance that is a key", async () => {
    const { deployer, other } = await loadFixture(actors);
    const parameters = parametersFor(await kp3rProxy.getAddress(), await poolPrice());
    await checkChain(parameters, provider);
    await checkParameters(parameters, provider, deployer.address);

    const unpriced = parametersFor(await kp3rProxy.getAddress(), "1");
    await expect(checkParameters(unpriced, provider, deployer.address)).to.be.rejectedWith(
      "settings.Keep3rHelper.bootstrapKp3rPerEth: it is 1.00 KP3R per ETH, and the pool's price is",
    );

    await expect(checkParameters(parametersFor(other.address), provider, deployer.address)).to.be.rejectedWith(
      `${other.address} is a single key`,
    );
  });

  it("leaves nothing to be done but to make Keep3r the minter, and nothing after that", async () => {
    const { addresses, differences } = await loadFixture(deployParametersWorld);
    expect(await differences()).to.deep.equal(["can mint KP3R"]);

    const proxy = kp3rProxy.connect(await actAs(await kp3rProxy.governance()));
    await proxy.setMinter(addresses.Keep3r);

    expect(await differences()).to.deep.equal([]);
  });
});
