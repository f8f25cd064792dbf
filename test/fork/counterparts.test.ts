import { DAY, HOUR, WAD } from "@keep3r-network/sdk";
import { expect } from "chai";
import { ZeroAddress } from "ethers";
import { ethers } from "hardhat";
import { workAsBot } from "#support/actors/bots";
import { actAs } from "#support/actors/impersonation";
import { adopt } from "#support/actors/owners";
import { loadFixture } from "#support/fixture";
import { BOOSTED, paidToCost } from "#support/payments/cost";
import { landAt } from "#support/payments/landing";
import { answerFor, deployOperatingForkWorld, type ForkWorld } from "#support/worlds/fork";
import { ACTIVE, CALL, encodeId, encodeIds, EXPIRED } from "#support/worlds/hegic";
import { Beneficiary, DOLLAR, encodeWork, LUSD_COMPENSATION } from "#support/worlds/liquity";
import { GROUND, mainnet } from "#support/worlds/mainnet";
import {
  AggregatorV3Interface__factory,
  IERC20Metadata__factory,
  IHegicEtherPool__factory,
  IKeep3rWorkable__factory,
  ILiquityBorrowing__factory,
  ILiquitySortedTroves__factory,
  IYearnStrategyRoles__factory,
} from "#typechain";

/** BPS: storage that the work clears makes it up to a fifth cheaper (EIP-3529), which a job can't see. */
const PAID_WITH_REFUNDS = [BOOSTED[0], (BOOSTED[1] * 5n) / 4n] as const;

/** The price of ether in dollars, 8 decimals. */
async function dollarsOf(feed: string): Promise<bigint> {
  const { answer } = await AggregatorV3Interface__factory.connect(feed, ethers.provider).latestRoundData();
  return answer;
}

describe("The unlock jobs over Hegic", () => {
  const { hegicOptions } = mainnet("hegicOptions", ...GROUND);
  const AMOUNT = 10n * WAD;

  /** Somebody has bought a call at the money, which is over. */
  async function deployOptionWorld(): Promise<ForkWorld & { id: bigint }> {
    const { network, market } = await deployOperatingForkWorld();
    const { chain, accounts } = network;
    const pool = IHegicEtherPool__factory.connect(await hegicOptions.pool(), accounts.trader);
    await chain.land(() => pool.provide(0, { value: 10n * AMOUNT }));

    const price = await dollarsOf(await hegicOptions.priceProvider());
    const value = await hegicOptions.fees(DAY, AMOUNT, price, CALL);
    const { create } = hegicOptions.connect(accounts.passerby);
    const id = await create.staticCall(DAY, AMOUNT, price, CALL, { value });
    await chain.land(() => create(DAY, AMOUNT, price, CALL, { value }));
    expect((await hegicOptions.options(id)).state).to.equal(ACTIVE);
    await market.tradeAndObserveUntil(chain.nextBlockAt + DAY);
    return { ...network, id };
  }

  for (const { name, args, encode } of [
    { name: "HegicSimpleUnlockJob", args: [], encode: encodeId },
    { name: "HegicUnlockJob", args: [ZeroAddress, 18, 0], encode: (id: bigint) => encodeIds([id]) },
  ]) {
    it(`${name} unlocks an option that is over`, async () => {
      const network = await loadFixture(deployOptionWorld);
      const { chain, accounts, keep3r, id } = network;
      const { jobOwner, keeper } = accounts;
      const deployed = await chain.deploy(() =>
        ethers.deployContract(name, [keep3r, jobOwner, hegicOptions, ...args], jobOwner),
      );
      await adopt(network, deployed);
      const job = IKeep3rWorkable__factory.connect(await deployed.getAddress(), keeper);

      const receipt = await landAt(chain, {}, (fees) => job.work(encode(id), fees));

      expect((await hegicOptions.options(id)).state).to.equal(EXPIRED);
      expect(await paidToCost(network, receipt)).to.be.within(...PAID_WITH_REFUNDS);
    });
  }
});

describe("LiquidationJob over Liquity", () => {
  const { troveManager, etherPrice } = mainnet("troveManager", "etherPrice", ...GROUND);
  /** The least that Liquity lends. */
  const BORROWED = 1_800n * WAD;
  const HIGHEST_FEE = BORROWED / 20n;

  it("liquidates a trove when ether falls, and hands the treasury what Liquity pays", async () => {
    const { network } = await loadFixture(deployOperatingForkWorld);
    const { chain, accounts, keep3r } = network;
    const { governance, jobOwner, trader, disputer } = accounts;
    const price = await dollarsOf(await etherPrice.getAddress());
    // Liquity compares an answer with the one before
    const aggregator = await answerFor(network, etherPrice, price);
    await chain.land(() => aggregator.updateAnswer(price));

    // A trove at 115 to 120 %, by the fee, which makes it one of the riskiest
    const borrowing = ILiquityBorrowing__factory.connect(await troveManager.borrowerOperationsAddress(), trader);
    const troves = ILiquitySortedTroves__factory.connect(await troveManager.sortedTroves(), ethers.provider);
    const hint = await troves.getLast();
    const debt = BORROWED + HIGHEST_FEE + LUSD_COMPENSATION;
    const value = (debt * 115n * DOLLAR) / (100n * price);
    await chain.land(() => borrowing.openTrove((WAD * HIGHEST_FEE) / BORROWED, BORROWED, hint, hint, { value }));
    const job = await chain.deploy(() =>
      ethers.deployContract(
        "LiquidationJob",
        [keep3r, jobOwner, troveManager, disputer, Beneficiary.Treasury],
        governance,
      ),
    );
    await adopt(network, job);
    await chain.land(() => aggregator.updateAnswer((price * 9n) / 10n));
    const count = await troveManager.getTroveOwnersCount();

    const receipt = await landAt(chain, {}, (fees) => job.connect(accounts.keeper).work(encodeWork(1), fees));

    expect(await troveManager.getTroveOwnersCount()).to.equal(count - 1n);
    const lusd = IERC20Metadata__factory.connect(await troveManager.lusdToken(), ethers.provider);
    expect(await lusd.balanceOf(disputer)).to.equal(LUSD_COMPENSATION);
    expect(await paidToCost(network, receipt)).to.be.within(...PAID_WITH_REFUNDS);
  });
});

describe("StrategyHarvestJob over Yearn", () => {
  const { yvWeth } = mainnet("yvWeth", ...GROUND);
  const REQUIRED_GAS = 5_000_000;

  it("harvests the vault's first strategy once its report is overdue", async () => {
    const { network, market } = await loadFixture(deployOperatingForkWorld);
    const { chain, accounts, keep3r } = network;
    const { jobOwner } = accounts;
    const strategy = IYearnStrategyRoles__factory.connect(
      await yvWeth.withdrawalQueue(0),
      await actAs(await yvWeth.governance()),
    );
    const job = await chain.deploy(() => ethers.deployContract("StrategyHarvestJob", [keep3r, jobOwner], jobOwner));
    await adopt(network, job);
    await chain.land(() => strategy.setKeeper(job));
    await chain.land(() => job.addStrategy(strategy, REQUIRED_GAS, HOUR));
    chain.wait(Number(await strategy.maxReportDelay()));
    // As long as the oracle takes to have a quote again
    await market.tradeAndObserveUntil(chain.nextBlockAt + 5 * HOUR);

    const receipt = await workAsBot(network, job);

    if (receipt === undefined) throw new Error("The strategy's trigger doesn't ask for a harvest.");
    const [, , workedAt] = await job.strategyOf(strategy);
    expect(workedAt).to.be.above(0n);
    expect(await paidToCost(network, receipt)).to.be.within(...PAID_WITH_REFUNDS);
  });
});
