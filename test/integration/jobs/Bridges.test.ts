import { BPS, DAY, HOUR, WAD } from "@keep3r-network/sdk";
import { expect } from "chai";
import type { AddressLike } from "ethers";
import { ethers } from "hardhat";
import { activateContract, atOnce, onChain } from "#support/actors/keepers";
import { loadFixture } from "#support/fixture";
import { AT_COST, paidToCost } from "#support/payments/cost";
import { type Fees, landAt } from "#support/payments/landing";
import { paddingOf } from "#support/payments/padding";
import { paymentOf, paymentsOf, totalPaid } from "#support/payments/payments";
import { describeMeasured } from "#support/tools/coverage";
import { CheckMode, CONFIG, configFor, workData, workDataWith } from "#support/worlds/bridges";
import { boostKeepers, deployNetworkWorld } from "#support/worlds/network";
import type { AutomationJob, ResolverJob } from "#typechain";

const CREDITS = 1_000n * WAD;
const BUDGET = 100n * WAD;
const OPEN_BUDGET = 2n ** 128n - 1n;
/** Enough for an upkeep that is handed a kilobyte. */
const ROOMY_GAS = 500_000n;

/** The whole network with both bridges, owned and funded, and a keeper that is paid at cost. */
async function deployBridgedWorld() {
  const network = await deployNetworkWorld();
  const { chain, keep3r, accounts } = network;
  const { governance, jobOwner, keeper } = accounts;
  const automation: AutomationJob = await chain.deploy(() =>
    ethers.deployContract("AutomationJob", [keep3r, jobOwner], governance),
  );
  const resolverJob: ResolverJob = await chain.deploy(() =>
    ethers.deployContract("ResolverJob", [keep3r, jobOwner], governance),
  );
  for (const job of [automation, resolverJob]) {
    await chain.land(() => keep3r.connect(jobOwner).acceptJobOwnership(job));
    await chain.land(() => keep3r.forceLiquidityCreditsToJob(job, CREDITS));
  }

  const addUpkeep = async (
    target: AddressLike,
    options: { checkData?: string; checkMode?: number; budget?: bigint } = {},
  ) => {
    const { checkData = "0x", checkMode = CheckMode.Static, budget = BUDGET } = options;
    const register = automation.connect(jobOwner).register;
    const config = { ...configFor(checkMode), gasLimit: ROOMY_GAS };
    const args = [jobOwner, target, checkData, checkMode, config] as const;
    const [id, forwarder] = await register.staticCall(...args);
    await chain.land(() => register(...args));
    await chain.land(() => automation.connect(jobOwner).setBudget(id, budget));
    return { id, forwarder };
  };
  const workable = async (job: AutomationJob | ResolverJob) =>
    job.connect(keeper).workable.staticCall(await chain.asOfNextBlock());
  const work = (job: AutomationJob | ResolverJob, data: string, fees: Fees & { gasLimit?: number } = {}) =>
    landAt(chain, fees, (offered) =>
      job.connect(keeper).work(data, fees.gasLimit === undefined ? offered : { ...offered, gasLimit: fees.gasLimit }),
    );
  return { ...network, automation, resolverJob, addUpkeep, workable, work };
}

describeMeasured("Bridges over real prices", function () {
  describe("PAY-2: at boost 1.0 a work is paid 100 to 105 % of its cost", function () {
    for (const { budget, name } of [
      { budget: BUDGET, name: "a budget" },
      { budget: OPEN_BUDGET, name: "an open budget" },
    ]) {
      for (const length of [0, 32, 1000]) {
        it(`for an upkeep of Chainlink with ${name} and ${length} bytes of check data`, async function () {
          const network = await loadFixture(deployBridgedWorld);
          const { chain, automation, addUpkeep, workable, work } = network;
          const upkeep = await chain.deploy(() => ethers.deployContract("IntervalUpkeep__Mock", [HOUR]));
          const { id } = await addUpkeep(upkeep, { checkData: `0x${"c0".repeat(length)}`, budget });
          await work(automation, workData(id));
          expect(await workable(automation)).to.deep.equal([false, "0x"]);
          chain.wait(HOUR);
          const [canWork, data] = await workable(automation);
          expect(canWork).to.be.true;

          const receipt = await work(automation, data);

          expect(await paidToCost(network, receipt)).to.be.within(...AT_COST);
          expect(await upkeep.count()).to.equal(2);
        });
      }
    }

    it("for an upkeep whose check writes", async function () {
      const network = await loadFixture(deployBridgedWorld);
      const { chain, automation, addUpkeep, work } = network;
      const upkeep = await chain.deploy(() => ethers.deployContract("AccruingUpkeep__Mock"));
      const { id } = await addUpkeep(upkeep, { checkMode: CheckMode.Undone });
      for (let i = 0; i < 2; i++) {
        chain.wait(HOUR);
        const receipt = await work(automation, workData(id));
        expect(await paidToCost(network, receipt)).to.be.within(...AT_COST);
      }
    });

    it("for an upkeep whose check is for simulation only, simulated as its authors mean it", async function () {
      const network = await loadFixture(deployBridgedWorld);
      const { chain, automation, addUpkeep, work, accounts } = network;
      const upkeep = await chain.deploy(() => ethers.deployContract("SimulatedUpkeep__Mock"));
      const { id } = await addUpkeep(upkeep, { checkMode: CheckMode.Offchain });
      const simulated = automation.connect(ethers.provider).workableFor;
      for (let item = 1; item <= 2; item++) {
        await chain.land(() => upkeep.add());
        const [canWork, data] = await simulated.staticCall(accounts.keeper, {
          ...(await chain.asOfNextBlock()),
          from: ethers.ZeroAddress,
        });
        expect([canWork, data]).to.deep.equal([true, workDataWith(id, ethers.toBeHex(item, 32))]);

        const receipt = await work(automation, data);

        expect(await paidToCost(network, receipt)).to.be.within(...AT_COST);
      }
      expect(await upkeep.done()).to.equal(2);
    });

    it("for a task of Gelato", async function () {
      const network = await loadFixture(deployBridgedWorld);
      const { chain, resolverJob, workable, work, accounts } = network;
      const { jobOwner } = accounts;
      const counter = await chain.deploy(() => ethers.deployContract("AutomatedCounter__Mock"));
      const resolver = await chain.deploy(() => ethers.deployContract("CounterResolver__Mock", [counter, HOUR]));
      const checker = resolver.interface.encodeFunctionData("checker");
      const args = [jobOwner, resolver, checker, counter, CONFIG] as const;
      const [id, forwarder] = await resolverJob.connect(jobOwner).register.staticCall(...args);
      await chain.land(() => resolverJob.connect(jobOwner).register(...args));
      await chain.land(() => resolverJob.connect(jobOwner).setBudget(id, BUDGET));
      await chain.land(() => counter.setAutomation(forwarder));
      for (let count = 1; count <= 3; count++) {
        const [canWork, data] = await workable(resolverJob);
        expect(canWork).to.be.true;

        const receipt = await work(resolverJob, data);

        expect(await paidToCost(network, receipt)).to.be.within(...AT_COST);
        expect(await counter.count()).to.equal(count);
        expect(await workable(resolverJob)).to.deep.equal([false, "0x"]);
        chain.wait(HOUR);
      }
    });

    it("equally within 1 % for transaction gas limits from 3M to 16M", async function () {
      const { chain, automation, addUpkeep, work, keep3r } = await loadFixture(deployBridgedWorld);
      const upkeep = await chain.deploy(() => ethers.deployContract("IntervalUpkeep__Mock", [0]));
      const { id } = await addUpkeep(upkeep);
      await work(automation, workData(id));
      const payments: bigint[] = [];
      for (const gasLimit of [3_000_000, 8_000_000, 16_000_000]) {
        payments.push(await totalPaid(keep3r, work(automation, workData(id), { gasLimit })));
      }

      const [lowest, , highest] = [...payments].sort((a, b) => Number(a - b)) as [bigint, bigint, bigint];
      expect((highest - lowest) * 100n).to.be.at.most(lowest);
    });
  });

  describe("the budget", function () {
    it("is charged the payment to the wei, and that of the job's other upkeeps isn't", async function () {
      const { chain, automation, addUpkeep, work, keep3r } = await loadFixture(deployBridgedWorld);
      const upkeep = await chain.deploy(() => ethers.deployContract("IntervalUpkeep__Mock", [0]));
      const [one, other] = [await addUpkeep(upkeep), await addUpkeep(upkeep)];

      const { payment } = await paymentOf(keep3r, work(automation, workData(one.id)));

      expect(payment).to.be.greaterThan(0);
      expect((await automation.upkeep(one.id)).budget).to.equal(BUDGET - payment);
      expect((await automation.upkeep(other.id)).budget).to.equal(BUDGET);
      expect(await automation.reserved()).to.equal(2n * BUDGET - payment);
    });

    for (const { name, wait } of [
      { name: "in steady state", wait: 12 },
      { name: "when the quote is refreshed in the work", wait: HOUR },
    ]) {
      it(`covers every work that workable says yes to, ${name}`, async function () {
        const network = await loadFixture(deployBridgedWorld);
        const { chain, automation, addUpkeep, workable, work, accounts, market } = network;
        const upkeep = await chain.deploy(() => ethers.deployContract("IntervalUpkeep__Mock", [0]));
        const { id } = await addUpkeep(upkeep, { budget: 1n });
        const setBudget = (budget: bigint) =>
          chain.land(() => automation.connect(accounts.jobOwner).setBudget(id, budget));
        await market.tradeAndObserveUntil(chain.nextBlockAt + DAY);
        // The least that it says yes to, by bisection
        let [no, yes] = [0n, WAD];
        while (yes - no > yes / 50n) {
          const middle = (no + yes) / 2n;
          await setBudget(middle);
          chain.wait(wait);
          if ((await workable(automation))[0]) yes = middle;
          else no = middle;
        }
        await setBudget(yes + yes / 50n);
        chain.wait(wait);
        const [canWork, data] = await workable(automation);
        expect(canWork).to.be.true;

        // At the fees that were simulated
        await work(automation, data, { baseFee: 0n });
      });
    }
  });

  describe("PAY-3: a unit of gas is paid at most once", function () {
    const MANY = 30;

    /** A contract that is an active keeper, an upkeep of its own, and the data of works of cheap upkeeps. */
    async function deployNestingWorld() {
      const network = await deployBridgedWorld();
      const { chain, keep3r, kp3r, accounts, addUpkeep } = network;
      const nesting = await chain.deploy(() => ethers.deployContract("NestingKeeper__Mock", accounts.governance));
      await chain.land(() => keep3r.connect(accounts.governance).setBondTime(0));
      await activateContract(keep3r, onChain(chain, nesting), kp3r, atOnce);
      const cheap = await chain.deploy(() => ethers.deployContract("CheapUpkeep__Mock", accounts.governance));
      const addCheap = async (budget: bigint) => {
        const works: string[] = [];
        for (let i = 0; i < MANY; i++) works.push(workData((await addUpkeep(cheap, { budget })).id));
        return works;
      };
      return { ...network, nesting, addCheap };
    }

    for (const { name, budget } of [
      { name: "budgets", budget: BUDGET / 10n },
      { name: "open budgets", budget: OPEN_BUDGET },
    ]) {
      it(`when a contract works many upkeeps with ${name} in one transaction`, async function () {
        const network = await loadFixture(deployNestingWorld);
        const { chain, automation, nesting, addCheap } = network;
        const works = await addCheap(budget);
        const workEach = () =>
          landAt(chain, {}, (fees) => nesting.workEach(automation, works, { ...fees, gasLimit: 16_000_000 }));
        await workEach();
        chain.wait(HOUR);

        const receipt = await workEach();

        expect(await paymentsOf(network.keep3r, receipt)).to.have.length(MANY);
        expect(await paidToCost(network, receipt)).to.be.within(9_500n, BPS);
      });
    }

    it("when works of one bridge are nested in an upkeep of another", async function () {
      const network = await loadFixture(deployNestingWorld);
      const { chain, keep3r, accounts, automation, nesting, addCheap } = network;
      const { governance, jobOwner, keeper } = accounts;
      const outer = await chain.deploy(() => ethers.deployContract("AutomationJob", [keep3r, jobOwner], governance));
      await chain.land(() => keep3r.connect(jobOwner).acceptJobOwnership(outer));
      await chain.land(() => keep3r.forceLiquidityCreditsToJob(outer, CREDITS));
      const config = { ...CONFIG, gasLimit: 4_900_000n };
      await chain.land(() => outer.connect(jobOwner).register(jobOwner, nesting, "0x", CheckMode.Static, config));
      const [id] = await outer.upkeepIds();
      await chain.land(() => outer.connect(jobOwner).setBudget(id ?? 0n, BUDGET));
      const works = await addCheap(BUDGET / 10n);
      await chain.land(() => nesting.set(automation, works));
      const work = () =>
        landAt(chain, {}, (fees) => outer.connect(keeper).work(workData(id ?? 0n), { ...fees, gasLimit: 12_000_000 }));
      await work();
      chain.wait(HOUR);

      const receipt = await work();

      expect(await paymentsOf(keep3r, receipt)).to.have.length(MANY + 1);
      expect(await paidToCost(network, receipt)).to.be.at.most(10_500n);
    });

    it("though a target that is a job can have gas counted as paid that isn't (documented)", async function () {
      const network = await loadFixture(deployBridgedWorld);
      const { chain, keep3r, accounts, automation, addUpkeep, work } = network;
      const target = await chain.deploy(() =>
        ethers.deployContract("MeterClosingUpkeep__Mock", [keep3r, accounts.keeper]),
      );
      await chain.land(() => keep3r.connect(accounts.jobOwner).addJob(target));
      const { id } = await addUpkeep(target);

      const receipt = await work(automation, workData(id), { gasLimit: 3_000_000 });

      expect(await paidToCost(network, receipt)).to.be.below(7_000n);
    });
  });

  for (const padding of [1, 32, 2_000, 5_088]) {
    it(`refuse performData with ${padding} bytes behind what the upkeep decodes: a keeper would earn on them`, async function () {
      const network = await loadFixture(deployBridgedWorld);
      const { chain, automation, addUpkeep, work } = network;
      await boostKeepers(network);
      const upkeep = await chain.deploy(() => ethers.deployContract("SimulatedUpkeep__Mock"));
      await chain.land(() => upkeep.add());
      const { id } = await addUpkeep(upkeep, { checkMode: CheckMode.Offchain });
      const item = ethers.toBeHex(1, 32);

      await expect(work(automation, workDataWith(id, ethers.concat([item, paddingOf(padding)]))))
        .to.be.revertedWithCustomError(automation, "UpkeepDataTooLong")
        .withArgs(32 + padding, 32);
      chain.waitForBlock();

      await work(automation, workDataWith(id, item));
      expect(await upkeep.done()).to.equal(1);
    });
  }

  it("refuse a work with too little gas for the upkeep's limit by name", async function () {
    const { chain, automation, addUpkeep, work } = await loadFixture(deployBridgedWorld);
    const upkeep = await chain.deploy(() => ethers.deployContract("IntervalUpkeep__Mock", [0]));
    const { id } = await addUpkeep(upkeep);
    await expect(work(automation, workData(id), { gasLimit: 450_000 }))
      .to.be.revertedWithCustomError(automation, "GasShort")
      .withArgs((available: bigint) => available < 500_000n, 500_000);
    expect(await upkeep.count()).to.equal(0);
  });
});
