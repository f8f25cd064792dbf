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
  const { kp3rProxy } = mainnet(...GROUND);
  const { provider } = hre.network;

  async function actors() {
    const { trader: deployer, passerby: other } = nameAccounts(await ethers.getSigners());
    return { deployer, other };
  }

  /** The file as it is, with the governance that it demands. */
  function parametersFor(governance: string): Parameters {
    const folder = mkdtempSync(path.join(tmpdir(), "keep3r-parameters-"));
    try {
      const file = path.join(folder, "mainnet.json");
      const template = readFileSync(parameterFile(hre.config.paths.ignition, "mainnet"), "utf8");
      writeFileSync(file, JSON.stringify({ ...(JSON.parse(template) as object), governance }));
      return readParameters(file);
    } finally {
      rmSync(folder, { recursive: true });
    }
  }

  async function deployParametersWorld() {
    const { deployer } = await actors();
    // A contract, as governance has to be there
    const governance = await actAs(await kp3rProxy.getAddress());
    const parameters = parametersFor(governance.address);
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
    const { deployer, other } = await actors();
    const parameters = parametersFor(await kp3rProxy.getAddress());
    await checkChain(parameters, provider);
    await checkParameters(parameters, provider, deployer.address);

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
