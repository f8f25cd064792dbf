import { BPS, WAD } from "@keep3r-network/sdk";
import { expect } from "chai";
import type { ContractTransactionReceipt } from "ethers";
import { ethers } from "hardhat";
import { activateContract, onChain } from "#support/actors/keepers";
import { BOND_TIME, PERIOD_SIZE } from "#support/defaults";
import { loadFixture } from "#support/fixture";
import { AT_COST, paidToCost } from "#support/payments/cost";
import { landAt } from "#support/payments/landing";
import { paymentsOf, totalPaid } from "#support/payments/payments";
import { describeMeasured } from "#support/tools/coverage";
import { deployNetworkWorld, type NetworkWorld } from "#support/worlds/network";

/** As many as the oracle may list. */
const MAX_PAIRS = 16;

/** Addresses that no pair has. */
const JUNK = Array.from({ length: 40 }, (_, i) => ethers.toBeHex(2n ** 159n + BigInt(i), 20));

interface OracleJobWorld extends NetworkWorld {
  pairs: string[];
}

const encode = (pairs: readonly string[]): string => ethers.AbiCoder.defaultAbiCoder().encode(["address[]"], [pairs]);

/** As many markets as the oracle lists, and credits for its own job. */
async function deployOracleJobWorld(): Promise<OracleJobWorld> {
  const network = await deployNetworkWorld();
  const { chain, keep3r, kp3r, oracle, uniswap, pair, accounts } = network;
  const { governance } = accounts;
  const pairs = [await pair.getAddress()];
  for (let i = 1; i < MAX_PAIRS; i++) {
    const token = await chain.deploy(() => ethers.deployContract("ERC20__Mock", ["Paired", "PRD", 18], governance));
    await chain.land(() => uniswap.factory.createPair(kp3r, token));
    const market = pair.attach(await uniswap.factory.getPair(kp3r, token)) as typeof pair;
    await chain.land(() => kp3r.connect(governance).transfer(market, 1_000n * WAD));
    await chain.land(() => token.mint(market, 1_000n * WAD));
    await chain.land(() => market.connect(governance).mint(governance));
    await chain.land(() => oracle.connect(governance).addPair(market));
    pairs.push(await market.getAddress());
  }
  await chain.land(() => keep3r.connect(governance).forceLiquidityCreditsToJob(oracle, 100n * WAD));
  for (let i = 0; i < 2; i++) {
    chain.wait(PERIOD_SIZE);
    await chain.land(() => oracle.updateAll());
  }
  return { ...network, pairs };
}

/** A keeper works pairs that are due, beside others that it names in vain. */
async function workPairs(
  { chain, oracle, accounts }: OracleJobWorld,
  named: readonly string[],
): Promise<ContractTransactionReceipt> {
  chain.wait(PERIOD_SIZE);
  return landAt(chain, {}, (fees) => oracle.connect(accounts.keeper)["work(bytes)"](encode(named), fees));
}

describeMeasured("Works of the oracle", function () {
  for (const due of [1, 2, 5, MAX_PAIRS]) {
    it(`PAY-2: is paid 100 to 105 % of its cost for ${due} of the pairs`, async function () {
      const world = await loadFixture(deployOracleJobWorld);
      await workPairs(world, world.pairs.slice(0, due));

      expect(await paidToCost(world, await workPairs(world, world.pairs.slice(0, due)))).to.be.within(...AT_COST);
    });
  }

  it("PAY-2: is paid 100 to 105 % of its cost for all pairs without naming them", async function () {
    const world = await loadFixture(deployOracleJobWorld);
    const { chain, oracle, accounts } = world;
    const work = async () => {
      chain.wait(PERIOD_SIZE);
      return landAt(chain, {}, (fees) => oracle.connect(accounts.keeper)["work()"](fees));
    };
    await work();

    expect(await paidToCost(world, await work())).to.be.within(...AT_COST);
  });

  for (const { what, idle } of [
    { what: "addresses that aren't pairs", idle: () => JUNK },
    { what: "the same pair again", idle: (pairs: readonly string[]) => Array<string>(40).fill(pairs[0] as string) },
  ]) {
    it(`PAY-1: pays nothing for ${what}, wherever they are named`, async function () {
      const fair = await loadFixture(deployOracleJobWorld);
      const honest = await totalPaid(fair.keep3r, await workPairs(fair, fair.pairs));
      for (const position of ["before", "after"] as const) {
        const world = await loadFixture(deployOracleJobWorld);
        const vain = idle(world.pairs);
        const named = position === "before" ? [...vain, ...world.pairs] : [...world.pairs, ...vain];
        const receipt = await workPairs(world, named);

        const paid = await totalPaid(world.keep3r, receipt);
        // What lies in memory makes more memory a little dearer
        expect(paid).to.be.within((honest * 997n) / 1_000n, (honest * 1_001n) / 1_000n);
        expect(await paidToCost(world, receipt)).to.be.lessThan(BPS);
      }
    });
  }

  it("PAY-3: pays a contract that works twice in one transaction for each once", async function () {
    const world = await loadFixture(deployOracleJobWorld);
    const { chain, keep3r, kp3r, oracle, pairs } = world;
    const keeper = await chain.deploy(() => ethers.deployContract("NestingKeeper__Mock"));
    await activateContract(keep3r, onChain(chain, keeper), kp3r, async () => {
      chain.wait(BOND_TIME + 1);
      await chain.land(() => oracle.updateAll());
    });
    chain.wait(PERIOD_SIZE);
    const halves = [pairs.slice(0, 2), pairs.slice(2)];
    const receipt = await landAt(chain, {}, (fees) => keeper.workEach(oracle, halves.map(encode), fees));
    expect(await paymentsOf(keep3r, receipt)).to.have.length(2);
    expect(await paidToCost(world, receipt)).to.be.lessThan((BPS * 105n) / 100n);
  });
});
