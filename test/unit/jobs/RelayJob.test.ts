import { DAY, HOUR, MINUTE } from "@keep3r-network/sdk";
import { time } from "@nomicfoundation/hardhat-network-helpers";
import { expect } from "chai";
import { ethers } from "hardhat";
import { encodeRequests, type RelayRequest } from "#simulation/jobs/relayRequests";
import { loadFixture } from "#support/fixture";
import { deployRelayWorld, REQUEST_GAS, sign, signSeveral, work } from "#support/worlds/relay";

/** As the job declares them. */
const Refusal = {
  None: 0n,
  Value: 1n,
  Payload: 2n,
  Signature: 3n,
  Target: 4n,
  Gas: 5n,
  Expired: 6n,
  Lifetime: 7n,
  UserQuota: 8n,
  DailyQuota: 9n,
} as const;

describe("RelayJob", () => {
  describe("constructor", () => {
    it("refuses a forwarder that isn't a contract", async () => {
      const { keep3r, jobOwner, relay, user } = await loadFixture(deployRelayWorld);
      await expect(ethers.deployContract("RelayJob", [keep3r, jobOwner, user]))
        .to.be.revertedWithCustomError(relay, "ForwarderWithoutCode")
        .withArgs(user.address);
    });

    it("begins with no targets and the defaults", async () => {
      const { keep3r, jobOwner, board, forwarder } = await loadFixture(deployRelayWorld);
      const relay = await ethers.deployContract("RelayJob", [keep3r, jobOwner, forwarder]);
      expect(await relay.owner()).to.equal(jobOwner.address);
      expect(await keep3r.jobPendingOwner(relay)).to.equal(jobOwner.address);
      expect(await relay.forwarder()).to.equal(await forwarder.getAddress());
      expect(await relay.maxGasOf(board)).to.equal(0);
      expect([await relay.maxLifetime(), await relay.userQuota(), await relay.dailyQuota()]).to.eql([
        BigInt(HOUR),
        10n,
        1000n,
      ]);
      expect([await relay.MAX_REQUESTS(), await relay.MAX_PAYLOAD()]).to.eql([32n, 2048n]);
    });
  });

  describe("as a source of work", () => {
    it("has nothing to offer to a bot without its plugin, and says so", async () => {
      const { relay } = await loadFixture(deployRelayWorld);
      expect(await relay.workable()).to.eql([false, "0x"]);
      expect(await relay.workSource()).to.equal("erc2771-requests");
      const selector = (signature: string) => ethers.id(signature).slice(0, 10);
      const workableId = BigInt(selector("workable()")) ^ BigInt(selector("work(bytes)"));
      expect(await relay.supportsInterface(ethers.toBeHex(workableId, 4))).to.be.true;
      expect(await relay.supportsInterface(selector("workSource()"))).to.be.true;
      expect(await relay.supportsInterface("0xffffffff")).to.be.false;
    });
  });

  describe("parameters", () => {
    const SETTERS = [
      { setter: "setMaxLifetime", getter: "maxLifetime", event: "MaxLifetimeChange", low: 60, high: 30 * DAY },
      { setter: "setUserQuota", getter: "userQuota", event: "UserQuotaChange", low: 0, high: 1_000_000 },
      { setter: "setDailyQuota", getter: "dailyQuota", event: "DailyQuotaChange", low: 0, high: 1_000_000 },
    ] as const;
    for (const { setter, getter, event, low, high } of SETTERS) {
      it(`${setter} is for the owner, within bounds`, async () => {
        const { relay, user } = await loadFixture(deployRelayWorld);
        await expect(relay.connect(user)[setter](low))
          .to.be.revertedWithCustomError(relay, "OwnableUnauthorizedAccount")
          .withArgs(user.address);
        for (const value of low === 0 ? [high + 1] : [low - 1, high + 1]) {
          await expect(relay[setter](value))
            .to.be.revertedWithCustomError(relay, "ParameterOutOfBounds")
            .withArgs(value, low, high);
        }
        for (const value of [low, high]) {
          await expect(relay[setter](value)).to.emit(relay, event).withArgs(value);
          expect(await relay[getter]()).to.equal(value);
        }
      });
    }

    it("setTarget is for the owner, within bounds", async () => {
      const { relay, board, user } = await loadFixture(deployRelayWorld);
      const highest = await relay.MAX_REQUEST_GAS();
      await expect(relay.connect(user).setTarget(board, 0))
        .to.be.revertedWithCustomError(relay, "OwnableUnauthorizedAccount")
        .withArgs(user.address);
      await expect(relay.setTarget(board, highest + 1n))
        .to.be.revertedWithCustomError(relay, "ParameterOutOfBounds")
        .withArgs(highest + 1n, 0, highest);
      for (const value of [highest, 0n]) {
        await expect(relay.setTarget(board, value))
          .to.emit(relay, "TargetChange")
          .withArgs(await board.getAddress(), value);
        expect(await relay.maxGasOf(board)).to.equal(value);
      }
    });
  });

  describe("refusalOf", () => {
    it("finds nothing wrong with a request at the limits", async () => {
      const world = await loadFixture(deployRelayWorld);
      const { relay, user } = world;
      const now = await time.latest();
      for (const deadline of [now, now + HOUR]) {
        const request = await sign(world, user, { deadline, data: `0x${"00".repeat(2048)}` });
        expect(await relay.refusalOf(request)).to.equal(Refusal.None);
      }
    });

    it("names the first reason in the order of checks", async () => {
      const world = await loadFixture(deployRelayWorld);
      const { relay, board, user, keeper } = world;
      await work(world, await signSeveral(world, user, 1));
      await relay.setUserQuota(1);
      await relay.setDailyQuota(1);
      const now = await time.latest();
      const good = await sign(world, user, { deadline: now });
      let request = { ...good, value: 1n, data: `0x${"00".repeat(2049)}`, signature: "0x", to: keeper.address };
      request = { ...request, gas: REQUEST_GAS + 1n, deadline: now - 1 };
      const reason = () => relay.refusalOf(request);

      expect(await reason()).to.equal(Refusal.Value);
      request = { ...request, value: 0n };
      expect(await reason()).to.equal(Refusal.Payload);
      request = { ...request, data: good.data };
      expect(await reason()).to.equal(Refusal.Signature);
      request = { ...request, signature: good.signature };
      expect(await reason()).to.equal(Refusal.Target);
      request = { ...request, to: await board.getAddress() };
      expect(await reason()).to.equal(Refusal.Gas);
      request = { ...request, gas: good.gas };
      expect(await reason()).to.equal(Refusal.Expired);
      request = { ...request, deadline: now + HOUR + 1 };
      expect(await reason()).to.equal(Refusal.Lifetime);
      request = { ...request, deadline: now };
      expect(await reason()).to.equal(Refusal.UserQuota);
      await relay.setUserQuota(2);
      expect(await relay.refusalOf({ ...request, deadline: now + MINUTE })).to.equal(Refusal.DailyQuota);
      await relay.setDailyQuota(2);
      expect(await relay.refusalOf({ ...request, deadline: now + MINUTE })).to.equal(Refusal.None);
    });
  });

  describe("work", () => {
    describe("refuses data", () => {
      const hexWord = (value: bigint) => ethers.toBeHex(value, 32).slice(2);
      const wordAt = (data: string, index: number) => BigInt(`0x${data.slice(2 + 64 * index, 66 + 64 * index)}`);
      const withWord = (data: string, index: number, value: bigint) =>
        `${data.slice(0, 2 + 64 * index)}${hexWord(value)}${data.slice(66 + 64 * index)}`;
      const moveWord = (data: string, index: number, by: bigint) => withWord(data, index, wordAt(data, index) + by);

      async function encodeTwo() {
        const world = await loadFixture(deployRelayWorld);
        const data = encodeRequests([await sign(world, world.user), await sign(world, world.otherUser)]);
        return { ...world, data };
      }

      // Words: 0 is the list's offset, 1 its length, 2 and 3 the requests' offsets, 4 to 10 the first request's fields
      const MALFORMED: Record<string, (data: string) => string> = {
        "that is no list at all": () => "0x",
        "that ends before the list's length": () => `0x${hexWord(32n)}`,
        "whose list doesn't begin at once": (data) => `0x${hexWord(64n)}${hexWord(0n)}${data.slice(66)}`,
        "with something behind the list": (data) => `${data}00`,
        "that ends before the list does": (data) => data.slice(0, -2),
        "whose requests leave a gap": (data) => {
          const second = 2 + 2 * (64 + Number(wordAt(data, 3)));
          return `${moveWord(data, 3, 32n).slice(0, second)}${hexWord(0n)}${data.slice(second)}`;
        },
        "in which a request stands for two": (data) => withWord(data, 3, wordAt(data, 2)),
        "in which a payload is somewhere else": (data) => moveWord(data, 9, -32n),
        "in which a signature is somewhere else": (data) => moveWord(data, 10, -32n),
      };
      for (const [what, malform] of Object.entries(MALFORMED)) {
        it(what, async () => {
          const { relay, keeper, data } = await encodeTwo();
          await expect(relay.connect(keeper).work(malform(data))).to.be.revertedWithCustomError(
            relay,
            "RequestsMalformed",
          );
        });
      }

      it("that points out of the transaction, or doesn't fit its types", async () => {
        const { relay, keeper, data } = await encodeTwo();
        await expect(relay.connect(keeper).work(withWord(data, 3, 1n << 64n))).to.be.revertedWithoutReason();
        await expect(relay.connect(keeper).work(withWord(data, 8, 1n << 48n))).to.be.revertedWithoutReason();
      });

      it("of more than 32 requests", async () => {
        const world = await loadFixture(deployRelayWorld);
        const requests = Array.from<RelayRequest>({ length: 33 }).fill(await sign(world, world.user));
        await expect(work(world, requests))
          .to.be.revertedWithCustomError(world.relay, "TooManyRequests")
          .withArgs(33, 32);
      });
    });

    it("is for keepers", async () => {
      const world = await loadFixture(deployRelayWorld);
      const { relay, user } = world;
      await expect(relay.connect(user).work(encodeRequests([await sign(world, user)]))).to.be.revertedWithCustomError(
        relay,
        "KeeperNotValid",
      );
    });
  });
});
