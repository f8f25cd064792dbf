import { HOUR } from "@keep3r-network/sdk";
import { expect } from "chai";
import type { Result } from "ethers";
import { ethers } from "hardhat";
import { loadFixture } from "#support/fixture";
import {
  BUDGET,
  CheckMode,
  CONFIG,
  deployAutomationWorld,
  deployBridgesWorld,
  registerUpkeep,
} from "#support/worlds/bridges";

const { ZeroAddress } = ethers;

async function deployUnregisteredWorld() {
  const world = await deployBridgesWorld();
  const upkeep = await ethers.deployContract("IntervalUpkeep__Mock", [HOUR]);
  return { ...world, upkeep };
}

function fieldsOf(upkeep: unknown): Record<string, unknown> {
  return (upkeep as Result).toObject();
}

describe("The upkeeps of a bridge", () => {
  describe("register", () => {
    it("is the bridge's owner's", async () => {
      const { automation, upkeep, upkeepOwner } = await loadFixture(deployUnregisteredWorld);
      await expect(automation.connect(upkeepOwner).register(upkeepOwner, upkeep, "0x", CheckMode.Static, CONFIG))
        .to.be.revertedWithCustomError(automation, "OwnableUnauthorizedAccount")
        .withArgs(upkeepOwner.address);
    });

    it("refuses the zero address for an owner", async () => {
      const { automation, upkeep, jobOwner } = await loadFixture(deployUnregisteredWorld);
      await expect(
        automation.connect(jobOwner).register(ZeroAddress, upkeep, "0x", CheckMode.Static, CONFIG),
      ).to.be.revertedWithCustomError(automation, "UpkeepOwnerZeroAddress");
    });

    it("refuses a target without code", async () => {
      const { automation, upkeepOwner, jobOwner, stranger } = await loadFixture(deployUnregisteredWorld);
      await expect(automation.connect(jobOwner).register(upkeepOwner, stranger, "0x", CheckMode.Static, CONFIG))
        .to.be.revertedWithCustomError(automation, "UpkeepWithoutCode")
        .withArgs(stranger.address);
    });

    it("refuses more upkeeps than the limit, until one is removed", async () => {
      const { automation, upkeep, upkeepOwner, jobOwner } = await loadFixture(deployUnregisteredWorld);
      const max = Number(await automation.MAX_UPKEEPS());
      const register = () => automation.connect(jobOwner).register(upkeepOwner, upkeep, "0x", CheckMode.Static, CONFIG);
      for (let i = 0; i < max; i++) await register();
      await expect(register()).to.be.revertedWithCustomError(automation, "UpkeepLimit").withArgs(max);
      await automation.connect(jobOwner).removeUpkeep(1n);
      await register();
      expect(await automation.upkeepIds()).to.have.length(max);
    });

    it("refuses check data that is too long", async () => {
      const { automation, upkeep, upkeepOwner, jobOwner } = await loadFixture(deployUnregisteredWorld);
      const max = Number(await automation.MAX_DATA());
      const data = `0x${"11".repeat(max + 1)}`;
      await expect(automation.connect(jobOwner).register(upkeepOwner, upkeep, data, CheckMode.Static, CONFIG))
        .to.be.revertedWithCustomError(automation, "UpkeepDataTooLong")
        .withArgs(max + 1, max);
    });

    for (const key of ["gasLimit", "checkGasLimit"] as const) {
      it(`refuses a ${key} out of bounds`, async () => {
        const { automation, upkeep, upkeepOwner, jobOwner } = await loadFixture(deployUnregisteredWorld);
        const [min, max] = [await automation.MIN_GAS_LIMIT(), await automation.MAX_GAS_LIMIT()];
        const register = (gasLimit: bigint) =>
          automation
            .connect(jobOwner)
            .register(upkeepOwner, upkeep, "0x", CheckMode.Static, { ...CONFIG, [key]: gasLimit });
        for (const gasLimit of [min - 1n, max + 1n]) {
          await expect(register(gasLimit))
            .to.be.revertedWithCustomError(automation, "GasLimitOutOfBounds")
            .withArgs(gasLimit, min, max);
        }
        await register(min);
        await register(max);
      });
    }

    it("refuses an interval of zero", async () => {
      const { automation, upkeep, upkeepOwner, jobOwner } = await loadFixture(deployUnregisteredWorld);
      const config = { ...CONFIG, interval: 0n };
      await expect(
        automation.connect(jobOwner).register(upkeepOwner, upkeep, "0x", CheckMode.Static, config),
      ).to.be.revertedWithCustomError(automation, "IntervalZero");
    });

    for (const [mode, max] of [
      ["Static", 0n],
      ["Undone", 0n],
      ["Offchain", 5_120n],
    ] as const) {
      it(`refuses to let keepers bring more than ${max} bytes of data, ${mode}`, async () => {
        const { automation, upkeep, upkeepOwner, jobOwner } = await loadFixture(deployUnregisteredWorld);
        const register = (maxPerformData: bigint) =>
          automation
            .connect(jobOwner)
            .register(upkeepOwner, upkeep, "0x", CheckMode[mode], { ...CONFIG, maxPerformData });
        await expect(register(max + 1n))
          .to.be.revertedWithCustomError(automation, "MaxPerformDataOutOfBounds")
          .withArgs(max + 1n, max);
        await register(max);
        expect((await automation.upkeep(1n)).maxPerformData).to.equal(max);
      });
    }

    it("gives it an id, a forwarder and no budget", async () => {
      const { automation, upkeep, upkeepOwner, jobOwner } = await loadFixture(deployUnregisteredWorld);
      const register = automation.connect(jobOwner).register;
      const args = [upkeepOwner, upkeep, "0xc0de", CheckMode.Undone, CONFIG] as const;
      const [id, forwarder] = await register.staticCall(...args);
      const response = register(...args);
      await expect(response)
        .to.emit(automation, "UpkeepRegistration")
        .withArgs(1, upkeepOwner, upkeep, upkeep, forwarder, CheckMode.Undone);
      await expect(response).to.emit(automation, "UpkeepCheckDataChange").withArgs(1, "0xc0de");
      await expect(response).to.emit(automation, "UpkeepConfigChange").withArgs(1, Object.values(CONFIG));
      expect(id).to.equal(1);
      expect(await automation.upkeepIds()).to.deep.equal([1n]);
      expect(fieldsOf(await automation.upkeep(id))).to.deep.equal({
        ...CONFIG,
        budget: 0n,
        performedAt: 0n,
        paused: false,
        forwarder,
        checkMode: BigInt(CheckMode.Undone),
        owner: upkeepOwner.address,
        pendingOwner: ZeroAddress,
        checkData: "0xc0de",
      });
      const contract = await ethers.getContractAt("UpkeepForwarder", forwarder);
      expect(await contract.bridge()).to.equal(await automation.getAddress());
      expect(await contract.checker()).to.equal(await upkeep.getAddress());
      expect(await contract.performer()).to.equal(await upkeep.getAddress());
    });
  });

  describe("the forwarder", () => {
    it("serves nobody but its bridge", async () => {
      const { forwarder, keeper, jobOwner, upkeepOwner } = await loadFixture(deployAutomationWorld);
      const contract = await ethers.getContractAt("UpkeepForwarder", forwarder);
      for (const caller of [keeper, jobOwner, upkeepOwner]) {
        const connected = contract.connect(caller);
        for (const call of [
          () => connected.check(10_000, "0x"),
          () => connected.checkUndone(10_000, "0x"),
          () => connected.perform(10_000, "0x"),
        ]) {
          await expect(call()).to.be.revertedWithCustomError(contract, "OnlyBridge").withArgs(caller.address);
        }
      }
    });
  });

  describe("upkeep", () => {
    it("refuses an id that there is not", async () => {
      const { automation } = await loadFixture(deployAutomationWorld);
      await expect(automation.upkeep(2n)).to.be.revertedWithCustomError(automation, "UpkeepUnknown").withArgs(2);
    });
  });

  describe("what is its owner's", () => {
    it("is neither a stranger's nor the bridge's owner's", async () => {
      const { automation, id, stranger, jobOwner } = await loadFixture(deployAutomationWorld);
      for (const caller of [stranger, jobOwner]) {
        const connected = automation.connect(caller);
        for (const call of [
          () => connected.configureUpkeep(id, CONFIG),
          () => connected.setCheckData(id, "0x"),
          () => connected.setPaused(id, true),
          () => connected.offerUpkeep(id, caller),
        ]) {
          await expect(call())
            .to.be.revertedWithCustomError(automation, "OnlyUpkeepOwner")
            .withArgs(id, caller.address);
        }
      }
    });

    it("is refused for an id that there is not", async () => {
      const { automation, stranger } = await loadFixture(deployAutomationWorld);
      const connected = automation.connect(stranger);
      for (const call of [
        () => connected.setPaused(9n, true),
        () => connected.acceptUpkeep(9n),
        () => connected.removeUpkeep(9n),
      ]) {
        await expect(call()).to.be.revertedWithCustomError(automation, "UpkeepUnknown").withArgs(9);
      }
    });
  });

  describe("configureUpkeep", () => {
    it("refuses the arguments that register refuses", async () => {
      const { automation, id, upkeepOwner } = await loadFixture(deployAutomationWorld);
      const configure = (change: Partial<typeof CONFIG>) =>
        automation.connect(upkeepOwner).configureUpkeep(id, { ...CONFIG, ...change });
      await expect(configure({ interval: 0n })).to.be.revertedWithCustomError(automation, "IntervalZero");
      await expect(configure({ gasLimit: 9_999n }))
        .to.be.revertedWithCustomError(automation, "GasLimitOutOfBounds")
        .withArgs(9_999, 10_000, 5_000_000);
      await expect(configure({ maxPerformData: 1n }))
        .to.be.revertedWithCustomError(automation, "MaxPerformDataOutOfBounds")
        .withArgs(1, 0);
    });

    for (const [checkMode, maxPerformData] of [
      [CheckMode.Static, 0n],
      [CheckMode.Offchain, 640n],
    ] as const) {
      it(`sets the limits and leaves the rest, ${maxPerformData} bytes of a keeper's data included`, async () => {
        const { automation, jobOwner, upkeep, upkeepOwner } = await loadFixture(deployAutomationWorld);
        const registration = { owner: upkeepOwner, target: upkeep, checkData: "0xc0de", checkMode };
        const { id } = await registerUpkeep(automation, jobOwner, registration);
        await automation.connect(jobOwner).setBudget(id, BUDGET);
        const before = fieldsOf(await automation.upkeep(id));
        const config = { gasLimit: 300_000n, checkGasLimit: 50_000n, interval: 7n, maxPerformData };
        await expect(automation.connect(upkeepOwner).configureUpkeep(id, config))
          .to.emit(automation, "UpkeepConfigChange")
          .withArgs(id, Object.values(config));
        expect(fieldsOf(await automation.upkeep(id))).to.deep.equal({ ...before, ...config });
      });
    }
  });

  describe("setCheckData", () => {
    it("refuses data that is too long", async () => {
      const { automation, id, upkeepOwner } = await loadFixture(deployAutomationWorld);
      const max = Number(await automation.MAX_DATA());
      await expect(automation.connect(upkeepOwner).setCheckData(id, `0x${"11".repeat(max + 1)}`))
        .to.be.revertedWithCustomError(automation, "UpkeepDataTooLong")
        .withArgs(max + 1, max);
    });

    it("sets the data that the check is called with", async () => {
      const { automation, id, upkeepOwner, upkeep, keeper, data } = await loadFixture(deployAutomationWorld);
      await expect(automation.connect(upkeepOwner).setCheckData(id, "0xbeef"))
        .to.emit(automation, "UpkeepCheckDataChange")
        .withArgs(id, "0xbeef");
      await automation.connect(keeper).work(data);
      expect(await upkeep.lastCheckData()).to.equal("0xbeef");
    });
  });

  describe("setPaused", () => {
    it("pauses and resumes", async () => {
      const { automation, id, upkeepOwner } = await loadFixture(deployAutomationWorld);
      for (const paused of [true, false]) {
        await expect(automation.connect(upkeepOwner).setPaused(id, paused))
          .to.emit(automation, "UpkeepPauseChange")
          .withArgs(id, paused);
        expect((await automation.upkeep(id)).paused).to.equal(paused);
      }
    });
  });

  describe("offerUpkeep and acceptUpkeep", () => {
    it("change the owner in two steps", async () => {
      const { automation, id, upkeepOwner, slasher: newOwner } = await loadFixture(deployAutomationWorld);
      await expect(automation.connect(upkeepOwner).offerUpkeep(id, newOwner))
        .to.emit(automation, "UpkeepOwnershipOffer")
        .withArgs(id, upkeepOwner.address, newOwner.address);
      expect((await automation.upkeep(id)).owner).to.equal(upkeepOwner.address);
      await expect(automation.connect(newOwner).acceptUpkeep(id))
        .to.emit(automation, "UpkeepOwnershipChange")
        .withArgs(id, newOwner.address);
      const { owner, pendingOwner } = await automation.upkeep(id);
      expect([owner, pendingOwner]).to.deep.equal([newOwner.address, ZeroAddress]);
    });

    it("refuse an account that it wasn't offered to, and an offer that was withdrawn", async () => {
      const { automation, id, upkeepOwner, stranger } = await loadFixture(deployAutomationWorld);
      const accept = () => automation.connect(stranger).acceptUpkeep(id);
      await expect(accept())
        .to.be.revertedWithCustomError(automation, "OnlyPendingUpkeepOwner")
        .withArgs(id, stranger.address);
      await automation.connect(upkeepOwner).offerUpkeep(id, stranger);
      await automation.connect(upkeepOwner).offerUpkeep(id, ZeroAddress);
      await expect(accept())
        .to.be.revertedWithCustomError(automation, "OnlyPendingUpkeepOwner")
        .withArgs(id, stranger.address);
    });
  });

  describe("removeUpkeep", () => {
    it("refuses a stranger", async () => {
      const { automation, id, stranger } = await loadFixture(deployAutomationWorld);
      await expect(automation.connect(stranger).removeUpkeep(id))
        .to.be.revertedWithCustomError(automation, "OnlyUpkeepOwner")
        .withArgs(id, stranger.address);
    });

    for (const role of ["upkeepOwner", "jobOwner"] as const) {
      it(`removes it for its ${role === "jobOwner" ? "bridge's " : ""}owner and frees its budget`, async () => {
        const world = await loadFixture(deployAutomationWorld);
        const { automation, id, data, keeper } = world;
        await expect(automation.connect(world[role]).removeUpkeep(id))
          .to.emit(automation, "UpkeepRemoval")
          .withArgs(id);
        expect(await automation.upkeepIds()).to.deep.equal([]);
        expect(await automation.reserved()).to.equal(0);
        await expect(automation.connect(keeper).work(data))
          .to.be.revertedWithCustomError(automation, "UpkeepUnknown")
          .withArgs(id);
      });
    }

    it("never gives its id to another", async () => {
      const { automation, id, jobOwner, upkeepOwner, upkeep } = await loadFixture(deployAutomationWorld);
      await automation.connect(jobOwner).removeUpkeep(id);
      const next = await registerUpkeep(automation, jobOwner, { owner: upkeepOwner, target: upkeep });
      expect(next.id).to.equal(id + 1n);
    });
  });
});
