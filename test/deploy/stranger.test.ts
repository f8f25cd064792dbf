import { localAccount, type NetworkDeployment } from "@keep3r-network/sdk";
import { expect } from "chai";
import { getCreateAddress, MaxUint256, Wallet } from "ethers";
import hre, { ethers, network } from "hardhat";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { mend } from "#deploy/journal";
import { stepsOf } from "#deploy/recipe";
import { deployNetwork, type Site } from "#deploy/run";
import { Signer } from "#deploy/signer";
import { interpret, type Sender } from "#simulation/interpret";
import { addressOf } from "#simulation/network";
import { ACTS, type Act, Stranger } from "#support/actors/stranger";
import { loadFixture } from "#support/fixture";
import { deployGround, type DeploymentGround, differencesOf, POOL, SUPPLY } from "#support/worlds/ground";
import { IUniswapV2Pair__factory, KP3R__factory } from "#typechain";

/** Hundreds of transactions, on a machine that may be busy. */
const PATIENCE = 300_000;
/** What a stranger can't do at any moment of a deployment. Those of the others must have worked for the test to mean anything. */
const IN_VAIN: readonly Act[] = ["register jobs", "accept what isn't offered to it", "open the market"];

describe("A deployment with a stranger between any two of its steps", () => {
  function strangerIn({ trader, uniswap, target }: DeploymentGround): Stranger {
    return new Stranger(trader, uniswap, target);
  }

  /** Blocks at times of the chain's choice, and before each step the stranger's. */
  function hostile(stranger: Stranger, acts: readonly Act[]): Sender {
    return {
      deploy: async (send) => {
        await stranger.act(acts);
        const created = await send();
        await created.waitForDeployment();
        return created;
      },
      land: async (send) => {
        await stranger.act(acts);
        const receipt = await (await send()).wait();
        if (receipt === null) throw new Error("The step has no receipt.");
        return receipt;
      },
    };
  }

  /** Somebody's network, whose KP3R and market are there. */
  async function deployFirstNetwork({ parameters, deployer, chain }: DeploymentGround) {
    const placed = await interpret(stepsOf(parameters, true), chain, deployer);
    return { addresses: placed.all as NetworkDeployment["addresses"] };
  }

  async function expectNothingSpoilt(ground: DeploymentGround, addresses: object): Promise<void> {
    expect(await differencesOf(ground, addresses)).to.deep.equal([]);
  }

  for (const [what, acts] of [
    ["tries everything", ACTS],
    ["leaves ether, and takes none of it back", ACTS.filter((act) => act !== "skim the pair")],
    ["creates the pair", ["create the pair"]],
    ["leaves ether in the pair", ["leave ether in the pair"]],
  ] as const) {
    it(`ends as it would have where the stranger ${what}`, async function () {
      this.timeout(PATIENCE);
      const ground = await loadFixture(deployGround);
      const { deployer, parameters } = ground;
      const stranger = strangerIn(ground);
      const placed = await interpret(stepsOf(parameters, true), hostile(stranger, acts), deployer);
      await expectNothingSpoilt(ground, placed.all);
      for (const act of acts.filter((tried) => !IN_VAIN.includes(tried) && acts.length > 1)) {
        expect(stranger.done.get(act), act).to.be.greaterThan(0);
      }
    });
  }

  it("opens the market with the parameters' amounts, for governance, and takes nothing else of the deployer's", async () => {
    const ground = await loadFixture(deployGround);
    const { deployer, parameters, governance } = ground;
    const stranger = strangerIn(ground);
    const steps = stepsOf(parameters, true);
    const opening = steps.findIndex((step) => step.kind === "call" && step.function === "open") + 1;
    const acts: Act[] = ["create the pair", "leave ether in the pair", "leave ether beside the reserves"];
    const placed = await interpret(steps.slice(0, opening), hostile(stranger, acts), deployer);

    const pair = IUniswapV2Pair__factory.connect(placed.at("KP3R_WETH"), deployer);
    const kp3r = await ethers.getContractAt("KP3R", placed.at("KP3R"));
    expect([...(await pair.getReserves())].slice(0, 2)).to.have.members([POOL.kp3r, POOL.eth]);
    expect(await pair.balanceOf(governance)).to.equal((await pair.totalSupply()) - 1_000n);
    expect(await kp3r.balanceOf(governance)).to.equal(SUPPLY - POOL.kp3r);
    expect(await kp3r.balanceOf(deployer)).to.equal(0n);
  });

  it("ends as it would have over a KP3R that exists", async function () {
    this.timeout(PATIENCE);
    const ground = await loadFixture(deployGround);
    const { parameters, deployer, governance, uniswap } = ground;
    const { addresses } = await deployFirstNetwork(ground);
    const token = {
      kind: "existing",
      address: addresses.KP3R,
      minter: addresses.KP3R,
      pair: addresses.KP3R_WETH,
    } as const;
    const target = { deployer: deployer.address, firstNonce: await deployer.getNonce(), kp3r: addresses.KP3R };
    const stranger = new Stranger(ground.trader, uniswap, target);
    const over = { ...parameters, token };
    const placed = await interpret(stepsOf(over, true), hostile(stranger, ACTS), deployer);

    const migrated = { ...ground, parameters: over };
    expect(await differencesOf(migrated, placed.all)).to.deep.equal(["Keep3r can mint KP3R: no"]);
    const kp3r = await ethers.getContractAt("KP3R", addresses.KP3R, governance);
    await (await kp3r.addMinter(placed.at("Keep3r"))).wait();
    await expectNothingSpoilt(migrated, placed.all);
    for (const act of ["leave ether in the pair", "buy KP3R and give it away", "observe the pair"] as const) {
      expect(stranger.done.get(act), act).to.be.greaterThan(0);
    }
  });

  it("goes on when a stranger who held up a step is gone", async function () {
    this.timeout(PATIENCE);
    const ground = await loadFixture(deployGround);
    const { parameters, governance, deployer, trader, uniswap, target } = ground;
    const { router, weth } = uniswap;
    const kp3r = KP3R__factory.connect(getCreateAddress({ from: target.deployer, nonce: target.firstNonce }), trader);
    const opened = async (): Promise<boolean> => {
      const pair = await uniswap.factory.getPair(kp3r, weth);
      return (await ethers.provider.getCode(kp3r)) !== "0x" && (await kp3r.balanceOf(pair)) === POOL.kp3r;
    };
    const node = {
      request: async ({ method, params }: { method: string; params?: unknown[] }): Promise<unknown> => {
        if (method === "eth_estimateGas" && (await opened())) {
          const value = 10n * POOL.eth;
          await router.connect(trader).swapExactETHForTokens(0n, [weth, kp3r], trader, MaxUint256, { value });
        }
        return network.provider.send(method, params);
      },
    };
    const folder = mkdtempSync(path.join(tmpdir(), "keep3r-stranger-"));
    try {
      const accounts: Site["accounts"] = [await addressOf(deployer), await addressOf(governance)];
      const site = { parameters, accounts, journal: path.join(folder, "journal") };
      await expect(deployNetwork(hre, { ...site, provider: node })).to.be.rejectedWith(/addPair: .*Kp3rReserveTooLow/);

      const bought = await kp3r.balanceOf(trader);
      await kp3r.approve(router, bought);
      await router.connect(trader).swapExactTokensForETH(bought, 0n, [kp3r, weth], trader, MaxUint256);
      mend(site.journal);
      const addresses = await deployNetwork(hre, { ...site, provider: network.provider });
      await expectNothingSpoilt(ground, addresses);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it("ends as it would have when Ignition sends it, also between the estimate of a step's gas and the step", async function () {
    this.timeout(PATIENCE);
    const ground = await loadFixture(deployGround);
    const { parameters, governance, deployer } = ground;
    const stranger = strangerIn(ground);
    const node = {
      request: async ({ method, params }: { method: string; params?: unknown[] }): Promise<unknown> => {
        if (method === "eth_sendRawTransaction") await stranger.act();
        return network.provider.send(method, params);
      },
    };
    const wallets = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9].map((index) => new Wallet(localAccount(index).privateKey));
    const signer = new Signer(node, wallets, parameters.chainId);
    const accounts: Site["accounts"] = [await addressOf(deployer), await addressOf(governance)];
    const addresses = await deployNetwork(hre, { parameters, provider: signer, accounts });
    await expectNothingSpoilt(ground, addresses);
    expect(stranger.done.get("leave ether in the pair")).to.be.greaterThan(0);
  });
});
