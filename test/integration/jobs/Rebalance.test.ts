import { BPS, DAY, GWEI, HOUR, WAD } from "@keep3r-network/sdk";
import { takeSnapshot } from "@nomicfoundation/hardhat-network-helpers";
import { expect } from "chai";
import { type ContractTransactionResponse, id, MaxUint256 } from "ethers";
import { ethers } from "hardhat";
import { driftOf, valueOf, yieldOf } from "#model/rebalance";
import { loadFixture } from "#support/fixture";
import { AT_COST, paidToCost } from "#support/payments/cost";
import { landAt } from "#support/payments/landing";
import { paymentsOf } from "#support/payments/payments";
import { INSTRUMENTED } from "#support/tools/coverage";
import { eventIn } from "#support/tools/events";
import { deployNetworkWorld } from "#support/worlds/network";
import { inOneBlock } from "#support/worlds/uniswap";

const COOLDOWN = HOUR;
const WINDOW = 4 * HOUR;
const PERIOD = HOUR / 2;
const MAX_SLIPPAGE = 300n;
/** Each side of the vault, in ether. */
const DEPOSIT = 100n * WAD;
const GAS = { gasLimit: 2_000_000 };

/** A vault that holds KP3R and WETH half and half at the mean price, and a job that serves it, with credits. */
async function deployVaultWorld() {
  const network = await deployNetworkWorld();
  const { chain, accounts, keep3r, kp3r, uniswap, pair, oracle } = network;
  const { governance, jobOwner } = accounts;
  const vault = await chain.deploy(() => ethers.deployContract("PairVault__Mock", [pair, jobOwner, 5000], governance));
  const job = await chain.deploy(() =>
    ethers.deployContract("RebalanceJob", [keep3r, jobOwner, vault, pair, oracle, WAD / 10n], governance),
  );
  await chain.land(() => vault.connect(jobOwner).setJob(job));
  await chain.land(() => keep3r.connect(jobOwner).acceptJobOwnership(job));
  await chain.land(() => keep3r.forceLiquidityCreditsToJob(job, 1_000n * WAD));
  await chain.land(() => job.connect(jobOwner).setBand(100));
  await chain.land(() => job.connect(jobOwner).setMaxSlippage(MAX_SLIPPAGE));

  /** Lets the mean price become the pool's. */
  const calmDown = async () => {
    for (let waited = 0; waited <= WINDOW; waited += PERIOD) {
      chain.wait(PERIOD);
      await chain.land(() => oracle.update(pair));
    }
  };
  await calmDown();

  const kp3rIsToken0 = (await pair.token0()) === (await kp3r.getAddress());
  const meanPrice = async () => (await oracle.averagePrice(pair, await pair.token0(), WINDOW, 2 * WINDOW)).averageX112;
  const price = await meanPrice();
  const kp3rDeposit = kp3rIsToken0 ? (DEPOSIT << 112n) / price : (DEPOSIT * price) >> 112n;
  await chain.land(() => kp3r.connect(governance).transfer(vault, kp3rDeposit));
  const wrap = { to: uniswap.weth, value: DEPOSIT, data: id("deposit()").slice(0, 10) };
  await chain.land(() => jobOwner.sendTransaction(wrap) as Promise<ContractTransactionResponse>);
  await chain.land(() => uniswap.weth.connect(jobOwner).transfer(vault, DEPOSIT));

  /** Trades until there is work. */
  const drift = async () => {
    const deadline = chain.nextBlockAt + 30 * DAY;
    while (!(await job.workable.staticCall(await chain.asOfNextBlock()))[0]) {
      if (chain.nextBlockAt > deadline) throw new Error("The market doesn't move.");
      await network.market.tradeAndObserveUntil(chain.nextBlockAt + 1);
    }
  };
  return { ...network, vault, rebalance: job, kp3rIsToken0, meanPrice, calmDown, drift };
}

describe("RebalanceJob over the network's own pair", function () {
  it("has nothing to do while the mean price stands", async function () {
    const { chain, rebalance, accounts, calmDown } = await loadFixture(deployVaultWorld);
    await calmDown();
    expect(await rebalance.workable.staticCall(await chain.asOfNextBlock())).to.deep.equal([false, "0x"]);
    await expect(chain.land(() => rebalance.connect(accounts.keeper).work("0x", GAS))).to.be.revertedWithCustomError(
      rebalance,
      "WithinBand",
    );
  });

  it("brings the weight back as often as the market drifts, and pays the keeper its cost", async function () {
    const network = await loadFixture(deployVaultWorld);
    const { chain, rebalance, vault, accounts, meanPrice, drift, keep3r } = network;
    for (let i = 0; i < 4; i++) {
      await drift();
      const price = await meanPrice();
      const [held0, held1] = await vault.holdings();
      const before = valueOf({ amount0: held0, amount1: held1 }, price);

      const receipt = await landAt(chain, {}, (fees) => rebalance.connect(accounts.keeper).work("0x", fees));

      const trade = await eventIn(rebalance, rebalance.getEvent("Rebalance"), receipt);
      const { weightBefore, weightAfter, sold, tokenIn } = trade;
      expect(driftOf(weightBefore)).to.be.greaterThan(WAD / 100n);
      expect(driftOf(weightAfter)).to.be.lessThan(driftOf(weightBefore));

      const [amount0, amount1] = await vault.holdings();
      const traded = tokenIn === (await vault.token0()) ? (sold * price) >> 112n : sold;
      const loss = before - valueOf({ amount0, amount1 }, price);
      // A block went by since the price was read
      expect(loss).to.be.at.most((traded * (MAX_SLIPPAGE + 1n)) / BPS);
      expect(await paymentsOf(keep3r, receipt)).to.have.length(1);
      if (!INSTRUMENTED) {
        expect(await paidToCost(network, receipt)).to.be.within(...AT_COST);
      }
      await expect(chain.land(() => rebalance.connect(accounts.keeper).work("0x", GAS))).to.be.revertedWithCustomError(
        rebalance,
        "CoolingDown",
      );
      chain.wait(COOLDOWN);
    }
  });

  it("loses no more than the slippage to a sandwich of three transactions in one block", async function () {
    const network = await loadFixture(deployVaultWorld);
    const { rebalance, vault, meanPrice, drift } = network;
    await drift();
    const [tokenIn] = await rebalance.plan();
    const price = await meanPrice();
    const before = await vault.holdings();
    let worked = 0;
    for (const size of [10n, 40n, 70n, 100n, 200n, 1_000n]) {
      const calm = await takeSnapshot();
      const profit = await sandwich(network, size);
      const after = await vault.holdings();
      await calm.restore();

      if (after[0] !== before[0]) worked++;
      const [value, valueAfter] = [before, after].map(([amount0, amount1]) => valueOf({ amount0, amount1 }, price));
      const sold = tokenIn === (await vault.token0()) ? ((before[0] - after[0]) * price) >> 112n : before[1] - after[1];
      const bound = (sold * (MAX_SLIPPAGE + 1n)) / BPS;
      expect((value ?? 0n) - (valueAfter ?? 0n)).to.be.at.most(bound);
      expect(profit).to.be.at.most(bound);
    }
    expect(worked).to.be.within(2, 5);
  });

  it("isn't made to work by a price that is a block old", async function () {
    const network = await loadFixture(deployVaultWorld);
    const { chain, rebalance, accounts, uniswap, kp3r, calmDown } = network;
    await calmDown();
    const { trader, keeper } = accounts;
    const sell = uniswap.router.connect(trader);
    await chain.land(() => sell.swapExactTokensForETH(1_500n * WAD, 0n, [kp3r, uniswap.weth], trader, MaxUint256));
    expect(await rebalance.workable.staticCall(await chain.asOfNextBlock())).to.deep.equal([false, "0x"]);
    await expect(chain.land(() => rebalance.connect(keeper).work("0x", GAS))).to.be.revertedWithCustomError(
      rebalance,
      "WithinBand",
    );
  });
});

type VaultNetwork = Awaited<ReturnType<typeof deployVaultWorld>>;

/**
 * The trader sells the token that the vault is about to sell, lets a keeper work, and buys it back with the proceeds.
 * @param size BPS of the pool
 * @returns the trader's profit in token1 at the mean price, without gas
 */
async function sandwich(network: VaultNetwork, size: bigint): Promise<bigint> {
  const { chain, rebalance, pair, kp3r, uniswap, accounts, meanPrice, kp3rIsToken0 } = network;
  const { trader, keeper } = accounts;
  const router = uniswap.router.connect(trader);
  const [tokenIn] = await rebalance.plan();
  const [reserve0, reserve1] = await pair.getReserves();
  const [kp3rReserve, wethReserve] = kp3rIsToken0 ? [reserve0, reserve1] : [reserve1, reserve0];
  const sellsKp3r = tokenIn === (await kp3r.getAddress());
  const given = ((sellsKp3r ? kp3rReserve : wethReserve) * size) / BPS;
  const got = sellsKp3r ? yieldOf(given, kp3rReserve, wethReserve) : yieldOf(given, wethReserve, kp3rReserve);
  const fees = (order: bigint) => ({ ...GAS, maxFeePerGas: 100n * GWEI, maxPriorityFeePerGas: order * GWEI });
  const sell = (amount: bigint, order: bigint) =>
    router.swapExactTokensForETH(amount, 0n, [kp3r, uniswap.weth], trader, MaxUint256, fees(order));
  const buy = (value: bigint, order: bigint) =>
    router.swapExactETHForTokens(0n, [uniswap.weth, kp3r], trader, MaxUint256, { ...fees(order), value });

  const [ethBefore, kp3rBefore] = [await ethers.provider.getBalance(trader), await kp3r.balanceOf(trader)];
  const sent: ContractTransactionResponse[] = [];
  await inOneBlock(async () => {
    sent.push(await (sellsKp3r ? sell(given, 3n) : buy(given, 3n)));
    await rebalance.connect(keeper).work("0x", fees(2n));
    sent.push(await (sellsKp3r ? buy(got, 1n) : sell(got, 1n)));
  }, chain.nextBlockAt);

  let eth = (await ethers.provider.getBalance(trader)) - ethBefore;
  for (const response of sent) eth += (await response.wait())?.fee ?? 0n;
  const made = (await kp3r.balanceOf(trader)) - kp3rBefore;
  const [amount0, amount1] = kp3rIsToken0 ? [made, eth] : [eth, made];
  return valueOf({ amount0, amount1 }, await meanPrice());
}
