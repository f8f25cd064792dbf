import { HOUR, WAD } from "@keep3r-network/sdk";
import { expect } from "chai";
import type { AddressLike, ContractTransactionReceipt, ContractTransactionResponse } from "ethers";
import { ethers } from "hardhat";
import { driftOf } from "#model/rebalance";
import { encodeRequests, signRequest } from "#simulation/jobs/relayRequests";
import { workAsBot } from "#support/actors/bots";
import { adopt } from "#support/actors/owners";
import { loadFixture } from "#support/fixture";
import { BOOSTED, paidToCost } from "#support/payments/cost";
import { landAt } from "#support/payments/landing";
import { eventIn } from "#support/tools/events";
import { CheckMode, CONFIG } from "#support/worlds/bridges";
import { deployOperatingForkWorld, type ForkWorld } from "#support/worlds/fork";
import { GROUND, mainnet } from "#support/worlds/mainnet";

const REQUEST_GAS = 200_000n;
/** BPS; a part of the trade is lost to the fee and the move of the price. */
const MAX_SLIPPAGE = 300n;

/** The jobs and their upkeeps are deployed here; the market, the token and the feed are mainnet's. */
describe("Jobs of the library over mainnet's market", () => {
  const { kp3r, kp3rWeth, weth } = mainnet(...GROUND);

  /** Works a job, and checks that its keeper was paid for the gas. */
  async function workAndCheck(network: ForkWorld, job: AddressLike): Promise<ContractTransactionReceipt> {
    const receipt = await workAsBot(network, job);
    if (receipt === undefined) throw new Error("There is no work.");
    expect(await paidToCost(network, receipt)).to.be.within(...BOOSTED);
    return receipt;
  }

  it("AutomationJob performs an upkeep that was written for Chainlink Automation", async () => {
    const { network } = await loadFixture(deployOperatingForkWorld);
    const { chain, accounts, keep3r } = network;
    const { jobOwner } = accounts;
    const upkeep = await chain.deploy(() => ethers.deployContract("IntervalUpkeep__Mock", [HOUR], jobOwner));
    const bridge = await chain.deploy(() => ethers.deployContract("AutomationJob", [keep3r, jobOwner], jobOwner));
    const credits = await adopt(network, bridge);
    const args = [jobOwner, upkeep, "0x", CheckMode.Static, CONFIG] as const;
    const [id] = await bridge.register.staticCall(...args);
    await chain.land(() => bridge.register(...args));
    await chain.land(() => bridge.setBudget(id, credits));

    for (let count = 1; count <= 2; count++) {
      await workAndCheck(network, bridge);
      expect(await upkeep.count()).to.equal(count);
      expect(await workAsBot(network, bridge)).to.equal(undefined);
      chain.wait(HOUR);
    }
  });

  it("ResolverJob executes a task that was written for Gelato", async () => {
    const { network } = await loadFixture(deployOperatingForkWorld);
    const { chain, accounts, keep3r } = network;
    const { jobOwner } = accounts;
    const counter = await chain.deploy(() => ethers.deployContract("AutomatedCounter__Mock", jobOwner));
    const resolver = await chain.deploy(() =>
      ethers.deployContract("CounterResolver__Mock", [counter, HOUR], jobOwner),
    );
    const bridge = await chain.deploy(() => ethers.deployContract("ResolverJob", [keep3r, jobOwner], jobOwner));
    const credits = await adopt(network, bridge);
    const args = [jobOwner, resolver, resolver.interface.encodeFunctionData("checker"), counter, CONFIG] as const;
    const [id, forwarder] = await bridge.register.staticCall(...args);
    await chain.land(() => bridge.register(...args));
    await chain.land(() => bridge.setBudget(id, credits));
    await chain.land(() => counter.setAutomation(forwarder));

    for (let count = 1; count <= 2; count++) {
      await workAndCheck(network, bridge);
      expect(await counter.count()).to.equal(count);
      expect(await workAsBot(network, bridge)).to.equal(undefined);
      chain.wait(HOUR);
    }
  });

  it("RelayJob relays what a user has signed for chain 1", async () => {
    const { network } = await loadFixture(deployOperatingForkWorld);
    const { chain, accounts, keep3r } = network;
    const { jobOwner, keeper } = accounts;
    const forwarder = await chain.deploy(() => ethers.deployContract("ERC2771Forwarder", ["Relay"], jobOwner));
    const relay = await chain.deploy(() => ethers.deployContract("RelayJob", [keep3r, jobOwner, forwarder], jobOwner));
    const board = await chain.deploy(() => ethers.deployContract("Board__Mock", [forwarder], jobOwner));
    await adopt(network, relay);
    await chain.land(() => relay.setTarget(board, REQUEST_GAS));
    await chain.land(() => relay.setUserQuota(1));
    const user = new ethers.Wallet(ethers.id("user"));
    const { chainId } = await ethers.provider.getNetwork();
    expect(chainId).to.equal(1);

    const request = await signRequest(forwarder, user, {
      to: board,
      data: board.interface.encodeFunctionData("write", ["0xc0de"]),
      gas: REQUEST_GAS,
      deadline: chain.nextBlockAt + HOUR,
    });
    const receipt = await landAt(chain, {}, (fees) => relay.connect(keeper).work(encodeRequests([request]), fees));

    expect(await forwarder.nonces(user)).to.equal(1);
    expect(await paidToCost(network, receipt)).to.be.within(...BOOSTED);
  });

  it("RebalanceJob brings a vault back to its weights, by a trade in mainnet's pair", async () => {
    const { network, market } = await loadFixture(deployOperatingForkWorld);
    const { chain, accounts, keep3r, oracle } = network;
    const { governance, jobOwner, trader } = accounts;
    const vault = await chain.deploy(() =>
      ethers.deployContract("PairVault__Mock", [kp3rWeth, jobOwner, 5_000], governance),
    );
    const job = await chain.deploy(() =>
      ethers.deployContract("RebalanceJob", [keep3r, jobOwner, vault, kp3rWeth, oracle, WAD / 100n], governance),
    );
    await adopt(network, job);
    await chain.land(() => vault.connect(jobOwner).setJob(job));
    await chain.land(() => job.connect(jobOwner).setMaxSlippage(MAX_SLIPPAGE));
    // Two parts of KP3R to one of WETH, each of them small beside the pool
    const reserves = await market.reserves();
    await chain.land(() => kp3r.connect(trader).transfer(vault, reserves.kp3r / 100n));
    const wrapped = reserves.weth / 200n;
    const deposit = { to: weth, value: wrapped, data: ethers.id("deposit()").slice(0, 10) };
    await chain.land(() => jobOwner.sendTransaction(deposit) as Promise<ContractTransactionResponse>);
    await chain.land(() => weth.connect(jobOwner).transfer(vault, wrapped));

    const receipt = await workAndCheck(network, job);

    const { weightBefore, weightAfter } = await eventIn(job, job.getEvent("Rebalance"), receipt);
    expect(driftOf(weightBefore)).to.be.above(WAD / 10n);
    expect(driftOf(weightAfter)).to.be.below(driftOf(weightBefore));
  });
});
