import { MINUTE, WAD } from "@keep3r-network/sdk";
import { anyValue } from "@nomicfoundation/hardhat-chai-matchers/withArgs";
import { mine, time } from "@nomicfoundation/hardhat-network-helpers";
import { expect } from "chai";
import type { ContractTransactionResponse } from "ethers";
import { ethers } from "hardhat";
import { activateContract } from "#support/actors/keepers";
import { loadFixture } from "#support/fixture";
import {
  Behaviour,
  BUDGET,
  CheckMode,
  CONFIG,
  deployBridgesWorld,
  deployHostileUpkeepWorld,
  registerUpkeep,
  workData,
  workDataWith,
} from "#support/worlds/bridges";
import type { AutomationJob } from "#typechain";

const NOTHING = [false, "0x"];
const { Honest, BurnGas, BombReturning, BombReverting, Revert, Hunger, Call } = Behaviour;

/** Gas of a work beyond its check and its perform, with room. */
const OVERHEAD = 200_000n;

/** The world with a hostile upkeep for every way of checking. */
async function deployAllModesWorld() {
  const world = await deployHostileUpkeepWorld();
  const { automation, jobOwner, attacker, hostile } = world;
  const ids = { Static: world.hostileUpkeep.id, Undone: 0n, Offchain: 0n };
  for (const mode of ["Undone", "Offchain"] as const) {
    const { id } = await registerUpkeep(automation, jobOwner, {
      owner: attacker,
      target: hostile,
      checkMode: CheckMode[mode],
    });
    await automation.connect(jobOwner).setBudget(id, BUDGET);
    ids[mode] = id;
  }
  return { ...world, ids };
}

/** Sends a work that fails, and returns the gas that it took. */
async function gasOfFailed(send: () => Promise<ContractTransactionResponse>): Promise<bigint> {
  await ethers.provider.send("evm_setAutomine", [false]);
  const { hash } = await send();
  await mine();
  await ethers.provider.send("evm_setAutomine", [true]);
  const receipt = await ethers.provider.getTransactionReceipt(hash);
  expect(receipt?.status).to.equal(0);
  return receipt?.gasUsed ?? 0n;
}

/** Asks in every of the next blocks, so that the hostile upkeep comes first in some. */
async function expectHonestFound(automation: AutomationJob, keeper: { address: string }, data: string): Promise<void> {
  for (let block = 0; block < 6; block++) {
    expect(await automation.workableFor.staticCall(keeper.address)).to.deep.equal([true, data]);
    await mine();
  }
}

describe("Bridges against hostile upkeeps", () => {
  describe("a hostile check", () => {
    for (const [name, behaviour] of Object.entries({ BurnGas, BombReturning, BombReverting, Revert })) {
      for (const mode of ["Static", "Undone"] as const) {
        it(`that does ${name} fails the work within its gas limit, ${mode}`, async () => {
          const { automation, keeper, hostile, ids } = await loadFixture(deployAllModesWorld);
          await hostile.behave(behaviour, Honest);
          const work = (overrides = {}) => automation.connect(keeper).work(workData(ids[mode]), overrides);
          await expect(work()).to.be.revertedWithCustomError(automation, "CheckFailed").withArgs(ids[mode]);
          const gas = await gasOfFailed(() => work({ gasLimit: 10_000_000 }));
          expect(gas).to.be.lessThan(CONFIG.checkGasLimit + OVERHEAD);
        });
      }

      it(`that does ${name} doesn't hide the others`, async () => {
        const { automation, keeper, hostile, data } = await loadFixture(deployAllModesWorld);
        await hostile.behave(behaviour, Honest);
        await expectHonestFound(automation, keeper, data);
      });
    }

    const word = (value: bigint | number) => ethers.toBeHex(value, 32);
    const malformed = {
      "of two words": [word(1), word(64)],
      "whose flag is no flag": [word(2), word(64), word(0)],
      "whose offset points elsewhere": [word(1), word(96), word(0), word(0)],
      "whose length is more than there is": [word(1), word(64), word(33), word(0)],
      "whose length overflows": [word(1), word(64), word(2n ** 256n - 1n)],
      "of one word more than an upkeep may return": [
        word(1),
        word(64),
        word(5121),
        ...Array<string>(161).fill(word(0)),
      ],
    };
    for (const [name, words] of Object.entries(malformed)) {
      it(`with an answer ${name} fails`, async () => {
        const { automation, attacker, keeper, hostile, ids } = await loadFixture(deployAllModesWorld);
        await hostile.setAnswer(ethers.concat(words));
        for (const id of [ids.Static, ids.Undone]) {
          await automation.connect(attacker).configureUpkeep(id, { ...CONFIG, checkGasLimit: 1_000_000n });
          await expect(automation.connect(keeper).work(workData(id)))
            .to.be.revertedWithCustomError(automation, "CheckFailed")
            .withArgs(id);
        }
      });
    }

    it("may answer as much as an upkeep may", async () => {
      const { automation, attacker, keeper, hostile, ids } = await loadFixture(deployAllModesWorld);
      const words = [word(1), word(64), word(5120), ...Array<string>(160).fill(word(1))];
      await hostile.setAnswer(ethers.concat(words));
      await automation.connect(attacker).configureUpkeep(ids.Static, { ...CONFIG, checkGasLimit: 1_000_000n });
      await automation.connect(keeper).work(workData(ids.Static));
      expect(await hostile.performs()).to.equal(1);
    });

    it("can't do anything that lasts, not even in a simulation that is sent as a transaction", async () => {
      const { automation, keeper, hostile, attacker, ids } = await loadFixture(deployAllModesWorld);
      await hostile.willCall(hostile, hostile.interface.encodeFunctionData("setHunger", [1]));
      await hostile.behave(Call, Honest);
      await automation.connect(keeper).work(workData(ids.Undone));
      expect(await hostile.lastCallSucceeded()).to.be.false;
      await automation.connect(attacker).workable();
      expect(await hostile.hunger()).to.equal(0);
      await gasOfFailed(() => automation.connect(attacker).simulate(keeper, ids.Undone, { gasLimit: 2_000_000 }));
      expect([await hostile.hunger(), await hostile.performs()]).to.deep.equal([0n, 1n]);
    });
  });

  describe("a hostile perform", () => {
    for (const [name, behaviour] of Object.entries({ BurnGas, BombReverting, Revert })) {
      it(`that does ${name} fails the work within its gas limit, and pays nothing`, async () => {
        const { automation, keep3r, keeper, hostile, hostileUpkeep, data } =
          await loadFixture(deployHostileUpkeepWorld);
        await hostile.behave(Honest, behaviour);
        const work = (overrides = {}) => automation.connect(keeper).work(hostileUpkeep.data, overrides);
        await expect(work()).to.be.revertedWithCustomError(automation, "PerformFailed").withArgs(hostileUpkeep.id);
        const gas = await gasOfFailed(() => work({ gasLimit: 10_000_000 }));
        expect(gas).to.be.lessThan(CONFIG.gasLimit + OVERHEAD);
        expect(await keep3r.workCompleted(keeper)).to.equal(0);
        expect((await automation.upkeep(hostileUpkeep.id)).performedAt).to.equal(0);
        await expectHonestFound(automation, keeper, data);
      });
    }

    it("that returns a bomb is charged what it took to make it, and nothing for copying", async () => {
      const { automation, keeper, hostile, hostileUpkeep } = await loadFixture(deployHostileUpkeepWorld);
      const gasOfWork = async () => {
        await time.increase(MINUTE);
        const receipt = await (await automation.connect(keeper).work(hostileUpkeep.data)).wait();
        return receipt?.gasUsed ?? 0n;
      };
      await gasOfWork();
      const honest = await gasOfWork();
      await hostile.behave(Honest, BombReturning);
      // 6,250 words of memory
      const memory = 3n * 6_250n + 6_250n ** 2n / 512n;
      expect((await gasOfWork()) - honest).to.be.closeTo(memory, 2_000n);
    });

    it("gets its gas limit and no more, however much the transaction brings", async () => {
      const { automation, keeper, hostile, hostileUpkeep } = await loadFixture(deployHostileUpkeepWorld);
      await hostile.setHunger(CONFIG.gasLimit + 1n);
      await hostile.behave(Honest, Hunger);
      for (const gasLimit of [1_000_000, 4_000_000, 16_000_000]) {
        await expect(automation.connect(keeper).work(hostileUpkeep.data, { gasLimit }))
          .to.be.revertedWithCustomError(automation, "PerformFailed")
          .withArgs(hostileUpkeep.id);
      }
      await hostile.setHunger(CONFIG.gasLimit - 50_000n);
      await automation.connect(keeper).work(hostileUpkeep.data);
    });

    it("is found out before a keeper pays for it: workable performs as work does", async () => {
      const { automation, keeper, upkeepOwner, hostile, id } = await loadFixture(deployHostileUpkeepWorld);
      await automation.connect(upkeepOwner).setPaused(id, true);
      await hostile.behave(Honest, Revert);
      expect(await automation.connect(keeper).workable.staticCall()).to.deep.equal(NOTHING);
    });

    it("can't be repeated at once, though its check always says yes", async () => {
      const { automation, keep3r, kp3r, hostile, hostileUpkeep } = await loadFixture(deployHostileUpkeepWorld);
      const batch = await ethers.deployContract("BatchKeeper__Mock");
      await activateContract(keep3r, batch, kp3r);
      const work = automation.interface.encodeFunctionData("work", [hostileUpkeep.data]);
      await batch.execute(automation, work);
      expect(await hostile.performs()).to.equal(1);

      await ethers.provider.send("evm_setAutomine", [false]);
      const sent = [
        await batch.execute(automation, work, { gasLimit: 1_000_000 }),
        await batch.execute(automation, work, { gasLimit: 1_000_000 }),
      ];
      await mine();
      await ethers.provider.send("evm_setAutomine", [true]);
      const receipts = await Promise.all(sent.map(({ hash }) => ethers.provider.getTransactionReceipt(hash)));
      expect(receipts.map((receipt) => receipt?.status)).to.deep.equal([1, 0]);
      expect(await hostile.performs()).to.equal(2);
    });

    it("that has lost its code is a failure, not a success", async () => {
      const { automation, jobOwner, upkeepOwner, keeper, hostile, governance } =
        await loadFixture(deployHostileUpkeepWorld);
      const account = new ethers.Wallet(ethers.id("delegating account"), ethers.provider);
      await governance.sendTransaction({ to: account, value: WAD });
      const delegate = async (to: string) => {
        const nonce = await account.getNonce();
        const authorization = await account.authorize({ address: to, nonce: nonce + 1 });
        await (await account.sendTransaction({ type: 4, to: governance, authorizationList: [authorization] })).wait();
      };
      await delegate(await hostile.getAddress());
      const { id } = await registerUpkeep(automation, jobOwner, {
        owner: upkeepOwner,
        target: account,
        checkMode: CheckMode.Offchain,
      });
      await automation.connect(jobOwner).setBudget(id, BUDGET);
      const work = () => automation.connect(keeper).work(workDataWith(id, "0x"));
      await work();

      await delegate(ethers.ZeroAddress);
      await time.increase(MINUTE);
      await expect(work()).to.be.revertedWithCustomError(automation, "PerformFailed").withArgs(id);
    });
  });

  describe("short gas", () => {
    /** An upkeep that swallows a failed step, as one that batches does, and would be degraded by short gas. */
    async function deployGuardedWorld() {
      const world = await deployBridgesWorld();
      const { automation, jobOwner, upkeepOwner } = world;
      const guarded = await ethers.deployContract("GuardedUpkeep__Mock");
      const config = { ...CONFIG, gasLimit: 400_000n };
      const registered = await registerUpkeep(automation, jobOwner, { owner: upkeepOwner, target: guarded, config });
      await automation.connect(jobOwner).setBudget(registered.id, BUDGET);
      await guarded.setForwarder(registered.forwarder);
      return { ...world, guarded, ...registered };
    }

    it("never makes the target fail: a work gives it its limit or reverts", async () => {
      const { automation, keeper, guarded, data } = await loadFixture(deployGuardedWorld);
      let succeeded = 0n;
      for (let gasLimit = 300_000; gasLimit < 700_000; gasLimit += 8_000) {
        await time.increase(2);
        await automation
          .connect(keeper)
          .work(data, { gasLimit })
          .then(
            () => succeeded++,
            () => undefined,
          );
      }
      expect(await guarded.degraded()).to.equal(0);
      expect(await guarded.full()).to.equal(succeeded);
      expect(succeeded).to.be.within(10n, 45n);
    });

    it("isn't the outcome of a gas estimate", async () => {
      const { automation, keeper, guarded, data } = await loadFixture(deployGuardedWorld);
      const gasLimit = await automation.connect(keeper).work.estimateGas(data);
      await automation.connect(keeper).work(data, { gasLimit });
      expect(await guarded.full()).to.equal(1);
    });

    it("is named, before the check and before the perform", async () => {
      const { automation, keeper, data } = await loadFixture(deployGuardedWorld);
      const work = (gasLimit: number) => automation.connect(keeper).work(data, { gasLimit });
      await expect(work(150_000))
        .to.be.revertedWithCustomError(automation, "GasShort")
        .withArgs((available: bigint) => available < 100_000n, 100_000);
      await expect(work(400_000))
        .to.be.revertedWithCustomError(automation, "GasShort")
        .withArgs((available: bigint) => available < 400_000n && available > 200_000n, 400_000);
    });

    it("fails a check that is undone", async () => {
      const { automation, keeper, jobOwner, upkeepOwner, guarded } = await loadFixture(deployGuardedWorld);
      const { id, data } = await registerUpkeep(automation, jobOwner, {
        owner: upkeepOwner,
        target: guarded,
        checkMode: CheckMode.Undone,
      });
      await expect(automation.connect(keeper).work(data, { gasLimit: 150_000 }))
        .to.be.revertedWithCustomError(automation, "CheckFailed")
        .withArgs(id);
    });
  });

  it("spend no budget but their own", async () => {
    const { automation, keep3r, keeper, hostile, hostileUpkeep, id, jobOwner } =
      await loadFixture(deployHostileUpkeepWorld);
    await hostile.behave(Honest, BombReturning);
    await automation.connect(jobOwner).setBudget(hostileUpkeep.id, WAD / 10n);
    const work = () => automation.connect(keeper).work(hostileUpkeep.data);
    for (;;) {
      await time.increase(MINUTE);
      const done = await work().then(
        () => true,
        () => false,
      );
      if (!done) break;
    }
    await expect(work())
      .to.be.revertedWithCustomError(automation, "BudgetExceeded")
      .withArgs(hostileUpkeep.id, anyValue, (budget: bigint) => budget < WAD / 10n);
    expect(await keep3r.workCompleted(keeper)).to.be.at.most(WAD / 10n);
    expect((await automation.upkeep(id)).budget).to.equal(BUDGET);
    expect(await automation.spendable(id)).to.equal(BUDGET);
  });
});
