import { WAD } from "@keep3r-network/sdk";
import { expect } from "chai";
import { ethers } from "hardhat";
import { activateContract } from "#support/actors/keepers";
import { takeOver } from "#support/actors/owners";
import { loadFixture } from "#support/fixture";
import { totalPaid } from "#support/payments/payments";
import { expectGuarded } from "#support/tokens/reentrant";
import { eventIn, receiptOf } from "#support/tools/events";
import {
  Beneficiary,
  COLL_COMPENSATION_DIVISOR,
  deployAllUnsafeWorld,
  encodeWork,
  LUSD_COMPENSATION,
  Mode,
} from "#support/worlds/liquity";

const FIRST_ETH = (12n * WAD) / 10n / COLL_COMPENSATION_DIVISOR;
const SECOND_ETH_AT_LEAST = (13n * WAD) / 10n / COLL_COMPENSATION_DIVISOR;
const ONE = encodeWork(1);

/** The keeper is the beneficiary of Liquity's compensation. */
async function deployBeneficiaryWorld() {
  const world = await deployAllUnsafeWorld();
  await world.job.setBeneficiary(Beneficiary.Keeper);
  return world;
}

/** A work's compensation was held back, since the treasury refused ether. */
async function deployHeldWorld() {
  const world = await deployAllUnsafeWorld();
  await world.treasury.setMode(Mode.Refuse);
  await world.work(ONE);
  return world;
}

describe("LiquidationJob", () => {
  describe("compensation of the keeper, beside a cap on payments", () => {
    it("doesn't let the keeper fill the cap with what another job pays it (regression)", async () => {
      const { keep3r, kp3r, jobOwner, stranger, troveManager, treasury, feed } =
        await loadFixture(deployAllUnsafeWorld);
      const job = await ethers.deployContract("CappedLiquidationJob__Mock", [keep3r, jobOwner, troveManager, treasury]);
      await takeOver(keep3r, jobOwner, job, 100n * WAD);
      await job.connect(jobOwner).setMaxDailyPayment(5n * WAD);
      const keeper = await ethers.deployContract("EtherReceiver__Mock");
      await activateContract(keep3r, keeper, kp3r);
      await feed.updateAnswer(await feed.latestAnswer());
      const payer = await ethers.deployContract("PlainJob__Mock", [keep3r]);
      await keep3r.connect(stranger).addJob(payer);
      await keep3r.forceLiquidityCreditsToJob(payer, 10n * WAD);
      await keeper.arm(
        keeper,
        keeper.interface.encodeFunctionData("execute", [
          await payer.getAddress(),
          payer.interface.encodeFunctionData("workForAmount", [0, 4n * WAD]),
        ]),
      );

      await keeper.execute(job, job.interface.encodeFunctionData("work", [ONE]));

      const earned = await keep3r.workCompleted(keeper);
      expect(await job.paidToday()).to.equal(earned - 4n * WAD);
    });
  });

  describe("compensation of the treasury", () => {
    it("is passed on in the work, all of it", async () => {
      const { job, lusd, treasury, work } = await loadFixture(deployAllUnsafeWorld);
      const receipt = work(ONE);
      await expect(receipt).to.changeTokenBalances(lusd, [treasury, job], [LUSD_COMPENSATION, 0]);
      await expect(receipt).to.changeEtherBalances([treasury, job], [FIRST_ETH, 0]);
    });

    it("goes to an account as well", async () => {
      const { job, lusd, other, work } = await loadFixture(deployAllUnsafeWorld);
      await job.setTreasury(other);
      const receipt = work(ONE);
      await expect(receipt).to.changeTokenBalance(lusd, other, LUSD_COMPENSATION);
      await expect(receipt).to.changeEtherBalance(other, FIRST_ETH);
    });

    for (const mode of [Mode.Refuse, Mode.Exhaust]) {
      it(`is held back from a treasury that can't take ether, which doesn't stop the work: ${Mode[mode]}`, async () => {
        const { job, lusd, treasury, work } = await loadFixture(deployAllUnsafeWorld);
        await treasury.setMode(mode);
        const receipt = work(ONE);
        await expect(receipt).to.emit(job, "CompensationHeld").withArgs(0, FIRST_ETH);
        await expect(receipt).to.changeEtherBalance(job, FIRST_ETH);
        await expect(receipt).to.changeTokenBalance(lusd, treasury, LUSD_COMPENSATION);
      });
    }

    it("is held back in LUSD, too, from an address that LUSD refuses", async () => {
      const { job, lusd, troveManager, work } = await loadFixture(deployAllUnsafeWorld);
      await job.setTreasury(troveManager);
      await expect(work(ONE)).to.emit(job, "CompensationHeld").withArgs(LUSD_COMPENSATION, FIRST_ETH);
      expect(await lusd.balanceOf(job)).to.equal(LUSD_COMPENSATION);
    });

    it("can't be held back by a keeper who leaves too little gas to send it", async () => {
      const { job, treasury, work } = await loadFixture(deployAllUnsafeWorld);
      // It burns nine tenths of the gas that it is given
      await treasury.setMode(Mode.BurnGas);
      const selector = ethers.id("TreasuryOutOfGas(uint256,uint256)").slice(0, 10);
      const refusals = new Set<string>();
      for (let gasLimit = 100_000n; ; gasLimit += 10_000n) {
        const refusal = await work.staticCall(ONE, { gasLimit }).then(
          () => undefined,
          ({ data }: { data: unknown }) =>
            JSON.stringify(data).includes(selector) ? "TreasuryOutOfGas" : "out of gas",
        );
        if (refusal !== undefined) {
          refusals.add(refusal);
          continue;
        }
        const receipt = work(ONE, { gasLimit });
        await expect(receipt).not.to.emit(job, "CompensationHeld");
        await expect(receipt).to.changeEtherBalance(treasury, FIRST_ETH);
        break;
      }
      expect([...refusals]).to.deep.equal(["out of gas", "TreasuryOutOfGas"]);
    });

    it("isn't mixed with compensation that was held back before", async () => {
      const { job, treasury, work } = await loadFixture(deployHeldWorld);
      await treasury.setMode(Mode.Accept);
      const receipt = work(ONE);
      await expect(receipt).to.changeEtherBalance(job, 0);
      const { eth } = await eventIn(job, job.getEvent("Liquidation"), receipt);
      expect(eth).to.be.within(SECOND_ETH_AT_LEAST, (SECOND_ETH_AT_LEAST * 11n) / 10n);
    });

    it("is out of a treasury's reach to take twice", async () => {
      const { job, treasury, work } = await loadFixture(deployHeldWorld);
      await treasury.arm(job, job.interface.encodeFunctionData("sweepEther"));
      await expect(work(ONE)).to.changeEtherBalance(job, 0);
      await expectGuarded(treasury);
    });
  });

  describe("compensation of the keeper", () => {
    it("is passed on in the work, all of it, beside its pay", async () => {
      const { job, keep3r, lusd, keeper, treasury, work } = await loadFixture(deployBeneficiaryWorld);
      const receipt = work(ONE);
      await expect(receipt).to.changeTokenBalances(lusd, [keeper, treasury, job], [LUSD_COMPENSATION, 0, 0]);
      await expect(receipt).to.changeEtherBalances([keeper, treasury, job], [FIRST_ETH, 0, 0]);
      await expect(receipt)
        .to.emit(job, "Liquidation")
        .withArgs(keeper.address, keeper.address, 1, LUSD_COMPENSATION, FIRST_ETH);
      await expect(receipt).to.emit(keep3r, "KeeperWork");
    });

    it("reverts the work of a keeper that refuses ether", async () => {
      const { job, contractKeeper } = await loadFixture(deployBeneficiaryWorld);
      await contractKeeper.setMode(Mode.Refuse);
      await expect(contractKeeper.execute(job, job.interface.encodeFunctionData("work", [ONE]))).to.be.revertedWith(
        "refused",
      );
    });

    it("is sent outside of the meter: gas that a keeper burns on it isn't paid", async () => {
      const { job, keep3r, contractKeeper } = await loadFixture(deployBeneficiaryWorld);
      const data = job.interface.encodeFunctionData("work", [ONE]);
      const pay = async (mode: Mode) => {
        await contractKeeper.setMode(mode);
        const receipt = await receiptOf(contractKeeper.execute(job, data, { gasLimit: 5_000_000 }));
        return { payment: await totalPaid(keep3r, receipt), gasUsed: receipt.gasUsed };
      };
      await pay(Mode.Accept);

      const honest = await pay(Mode.Accept);
      const burning = await pay(Mode.BurnGas);

      expect(burning.gasUsed).to.be.greaterThan(4n * honest.gasUsed);
      expect(burning.payment).to.be.lessThan((honest.payment * 12n) / 10n);
    });

    it("can't be taken twice by a keeper that calls back", async () => {
      const { job, contractKeeper, treasury, lusd } = await loadFixture(deployBeneficiaryWorld);
      const work = job.interface.encodeFunctionData("work", [ONE]);
      const sweeps = [
        job.interface.encodeFunctionData("sweep", [await lusd.getAddress()]),
        job.interface.encodeFunctionData("sweepEther"),
      ];
      for (const nested of [work, ...sweeps]) {
        await contractKeeper.arm(job, nested);
        const receipt = contractKeeper.execute(job, work);
        await expect(receipt).to.changeTokenBalances(lusd, [contractKeeper, treasury], [LUSD_COMPENSATION, 0]);
        await expect(receipt).to.changeEtherBalance(job, 0);
        await expectGuarded(contractKeeper);
      }
    });

    it("leaves alone compensation that was held back for the treasury", async () => {
      const { job, keeper, work } = await loadFixture(deployHeldWorld);
      await job.setBeneficiary(Beneficiary.Keeper);
      const receipt = work(ONE);
      await expect(receipt).to.changeEtherBalance(job, 0);
      const { eth } = await eventIn(job, job.getEvent("Liquidation"), receipt);
      await expect(receipt).to.changeEtherBalance(keeper, eth);
      expect(await ethers.provider.getBalance(job)).to.equal(FIRST_ETH);
    });
  });

  describe("sweep", () => {
    it("refuses when there is nothing", async () => {
      const { job, lusd } = await loadFixture(deployAllUnsafeWorld);
      await expect(job.sweep(lusd)).to.be.revertedWithCustomError(job, "NothingToSweep").withArgs(lusd);
    });

    it("sends held compensation to the current treasury, whoever calls", async () => {
      const { job, lusd, troveManager, other, stranger, work } = await loadFixture(deployAllUnsafeWorld);
      await job.setTreasury(troveManager);
      await work(ONE);
      await job.setTreasury(other);
      const receipt = job.connect(stranger).sweep(lusd);
      await expect(receipt).to.changeTokenBalances(lusd, [other, job], [LUSD_COMPENSATION, -LUSD_COMPENSATION]);
      await expect(receipt).to.emit(job, "Sweep").withArgs(lusd, other.address, LUSD_COMPENSATION);
    });

    it("sends a token that strayed to the job", async () => {
      const { job, token, stranger, treasury } = await loadFixture(deployAllUnsafeWorld);
      await token.connect(stranger).transfer(job, WAD);
      await expect(job.sweep(token)).to.changeTokenBalance(token, treasury, WAD);
    });
  });

  describe("sweepEther", () => {
    it("refuses when there is none", async () => {
      const { job } = await loadFixture(deployAllUnsafeWorld);
      await expect(job.sweepEther()).to.be.revertedWithCustomError(job, "NothingToSweep").withArgs(ethers.ZeroAddress);
    });

    it("reverts as the treasury does", async () => {
      const { job } = await loadFixture(deployHeldWorld);
      await expect(job.sweepEther()).to.be.revertedWith("refused");
    });

    it("sends held compensation once the treasury takes it, with all the gas that it needs", async () => {
      const { job, treasury, stranger } = await loadFixture(deployHeldWorld);
      await treasury.setMode(Mode.BurnGas);
      const receipt = job.connect(stranger).sweepEther({ gasLimit: 2_000_000 });
      await expect(receipt).to.changeEtherBalances([treasury, job], [FIRST_ETH, -FIRST_ETH]);
      await expect(receipt).to.emit(job, "Sweep").withArgs(ethers.ZeroAddress, treasury, FIRST_ETH);
    });
  });
});
