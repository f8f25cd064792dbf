import { DAY, WAD } from "@keep3r-network/sdk";
import { expect } from "chai";
import { ethers } from "hardhat";
import { encodeRequests, type RelayRequest } from "#simulation/jobs/relayRequests";
import { activateContract } from "#support/actors/keepers";
import { loadFixture } from "#support/fixture";
import { paddingOf } from "#support/payments/padding";
import { amountsPaid, paymentsOf, totalPaid } from "#support/payments/payments";
import { payFor } from "#support/payments/rate";
import { toPeriodStart } from "#support/tools/time";
import {
  AGENT_GAS,
  agentCall,
  BAD_REQUESTS,
  deployRelayWorld,
  REQUEST_GAS,
  sign,
  signSeveral,
  work,
} from "#support/worlds/relay";

describe("RelayJob.work", () => {
  describe("with good requests", () => {
    it("executes each in its user's name and pays for it", async () => {
      const world = await loadFixture(deployRelayWorld);
      const { board, forwarder, keep3r, user, otherUser } = world;
      const requests = [...(await signSeveral(world, user, 2)), await sign(world, otherUser)];
      for (const request of [requests[0], requests[2]])
        expect(await forwarder.verify(request as RelayRequest)).to.be.true;

      const sent = work(world, requests);

      await expect(sent).to.emit(forwarder, "ExecutedForwardRequest").withArgs(user.address, 0, true);
      await expect(sent).to.emit(forwarder, "ExecutedForwardRequest").withArgs(user.address, 1, true);
      await expect(sent).to.emit(forwarder, "ExecutedForwardRequest").withArgs(otherUser.address, 0, true);
      expect(await amountsPaid(keep3r, sent)).to.have.length(3);
      expect([await board.notesOf(user), await board.notesOf(otherUser)]).to.eql([2n, 1n]);
    });

    it("reverts when it is repeated", async () => {
      const world = await loadFixture(deployRelayWorld);
      const requests = await signSeveral(world, world.user, 2);
      await work(world, requests);
      await expect(work(world, requests)).to.be.revertedWithCustomError(world.relay, "NothingRelayed");
    });

    it("executes a full batch", async () => {
      const world = await loadFixture(deployRelayWorld);
      const { relay, board, user } = world;
      await relay.setUserQuota(32);
      await work(world, await signSeveral(world, user, 32));
      expect(await board.notesOf(user)).to.equal(32);
    });

    it("copies nothing that a target returns", async () => {
      const world = await loadFixture(deployRelayWorld);
      const { board, user } = world;
      const data = board.interface.encodeFunctionData("writeLoudly", [100_000n]);
      await work(world, [await sign(world, user, { data })]);
      expect(await board.notesOf(user)).to.equal(1);
    });
  });

  describe("with bad requests", () => {
    it("refuses an empty batch", async () => {
      const world = await loadFixture(deployRelayWorld);
      await expect(work(world, [])).to.be.revertedWithCustomError(world.relay, "NothingRelayed");
    });

    for (const [what, make] of Object.entries(BAD_REQUESTS)) {
      it(`skips one ${what}, which keeps its nonce and quota, and executes the others`, async () => {
        const world = await loadFixture(deployRelayWorld);
        const { relay, board, forwarder, user, otherUser } = world;
        const bad = await make(world);
        const nonce = await forwarder.nonces(otherUser);
        const written = await board.notesOf(otherUser);
        await expect(work(world, [bad])).to.be.revertedWithCustomError(relay, "NothingRelayed");
        const [first, second] = (await signSeveral(world, user, 2)) as [RelayRequest, RelayRequest];

        const paid = await amountsPaid(world.keep3r, work(world, [first, bad, second]));

        expect(paid).to.have.length(2);
        expect([await board.notesOf(user), await board.notesOf(otherUser)]).to.eql([2n, written]);
        expect(await forwarder.nonces(otherUser)).to.equal(nonce);
        expect([await relay.quotaLeft(user), await relay.quotaLeft(otherUser)]).to.eql([8n, 10n]);
      });
    }

    it("pays as much as without them", async () => {
      const world = await loadFixture(deployRelayWorld);
      const { user } = world;
      const bad: RelayRequest[] = [];
      for (const make of Object.values(BAD_REQUESTS)) bad.push(await make(world));
      await work(world, await signSeveral(world, user, 2));

      const good = await signSeveral(world, user, 4);
      const without = await totalPaid(world.keep3r, work(world, good.slice(0, 2)));
      const among = await work(world, [...bad.slice(8), ...good.slice(2), ...bad.slice(0, 8)]);

      expect(await paymentsOf(world.keep3r, among)).to.have.length(2);
      // Accounts that others have warmed cost less
      expect(await totalPaid(world.keep3r, among)).to.be.within((without * 95n) / 100n, without);
    });

    it("skips one that another request of the batch makes bad", async () => {
      const world = await loadFixture(deployRelayWorld);
      const { board, forwarder, user, otherUser } = world;
      const victim = await sign(world, otherUser);
      const data = forwarder.interface.encodeFunctionData("execute", [victim]);
      const thief = await sign(world, user, await agentCall(world, forwarder, data));

      expect(await amountsPaid(world.keep3r, work(world, [thief, victim]))).to.have.length(1);
      expect(await board.notesOf(otherUser)).to.equal(1);
    });
  });

  describe("given too little gas", () => {
    it("reverts rather than let a request fail", async () => {
      const world = await loadFixture(deployRelayWorld);
      const { relay, board, user } = world;
      const data = board.interface.encodeFunctionData("writeSlowly", [150_000n]);
      const withReserve = (gas: bigint) => (gas * 64n) / 63n + 1n;
      const needed = withReserve(100_000n + withReserve(REQUEST_GAS)) + 5_000n;
      await expect(work(world, [await sign(world, user, { data })], { gasLimit: 350_000n }))
        .to.be.revertedWithCustomError(relay, "RequestOutOfGas")
        .withArgs((gasLeft: bigint) => gasLeft < needed, needed);
    });

    it("executes all or reverts, at every gas limit", async () => {
      const world = await loadFixture(deployRelayWorld);
      const { board, forwarder, user } = world;
      const data = board.interface.encodeFunctionData("writeSlowly", [40_000n]);
      const requests: RelayRequest[] = [];
      for (let i = 0; i < 2; i++) requests.push(await sign(world, user, { data, gas: 70_000n, nonce: BigInt(i) }));
      const outcomes = new Set<boolean>();
      for (let gasLimit = 200_000n; gasLimit <= 700_000n; gasLimit += 25_000n) {
        const snapshot = (await ethers.provider.send("evm_snapshot", [])) as string;
        const succeeded = await work(world, requests, { gasLimit }).then(
          () => true,
          () => false,
        );
        expect([await forwarder.nonces(user), await board.notesOf(user)]).to.eql(succeeded ? [2n, 2n] : [0n, 0n]);
        outcomes.add(succeeded);
        await ethers.provider.send("evm_revert", [snapshot]);
      }
      expect(outcomes.size).to.equal(2);
    });

    it("gives a request all the gas that it was signed for", async () => {
      const world = await loadFixture(deployRelayWorld);
      const { board, relay, user } = world;
      await relay.setTarget(board, 1_000_000);
      const data = board.interface.encodeFunctionData("writeSlowly", [970_000n]);
      await work(world, [await sign(world, user, { data, gas: 1_000_000n })]);
      expect(await board.notesOf(user)).to.equal(1);
    });
  });

  describe("quotas", () => {
    it("bound the requests of a user in a day", async () => {
      const world = await loadFixture(deployRelayWorld);
      const { relay, board, user, otherUser } = world;
      await relay.setUserQuota(3);
      const requests = await signSeveral(world, user, 5);

      await work(world, requests.slice(0, 2));
      expect(await relay.quotaLeft(user)).to.equal(1);
      await work(world, requests.slice(2));

      expect([await board.notesOf(user), await relay.quotaLeft(user)]).to.eql([3n, 0n]);
      await expect(work(world, requests.slice(3))).to.be.revertedWithCustomError(relay, "NothingRelayed");
      expect(await relay.quotaLeft(otherUser)).to.equal(3);
    });

    it("bound the requests of all users in a day, however many accounts they have", async () => {
      const world = await loadFixture(deployRelayWorld);
      const { relay, user } = world;
      await relay.setDailyQuota(3);
      const sybils = (await ethers.getSigners()).slice(-4);
      const requests: RelayRequest[] = [];
      for (const sybil of sybils) requests.push(await sign(world, sybil));

      expect(await amountsPaid(world.keep3r, work(world, requests))).to.have.length(3);

      expect(await relay.quotaLeft(user)).to.equal(0);
      await expect(work(world, [await sign(world, user)])).to.be.revertedWithCustomError(relay, "NothingRelayed");
    });

    it("begin anew with the day", async () => {
      const world = await loadFixture(deployRelayWorld);
      const { relay, board, user } = world;
      await relay.setUserQuota(2);
      await relay.setDailyQuota(2);
      for (const written of [2n, 4n]) {
        await work(world, await signSeveral(world, user, 2));
        expect([await board.notesOf(user), await relay.quotaLeft(user)]).to.eql([written, 0n]);
        await toPeriodStart(DAY);
        expect(await relay.quotaLeft(user)).to.equal(2);
      }
    });

    it("leave nothing when they are set below the requests already executed", async () => {
      const world = await loadFixture(deployRelayWorld);
      const { relay, user } = world;
      await work(world, await signSeveral(world, user, 2));
      await relay.setUserQuota(1);
      await relay.setDailyQuota(1);
      expect(await relay.quotaLeft(user)).to.equal(0);
    });
  });

  describe("against targets that call back", () => {
    it("refuses to be worked by a target", async () => {
      const world = await loadFixture(deployRelayWorld);
      const { relay, agent, keep3r, kp3r, user, otherUser } = world;
      await activateContract(keep3r, agent, kp3r);
      const inner = relay.interface.encodeFunctionData("work", [encodeRequests([await sign(world, otherUser)])]);
      const reason = relay.interface.getError("ReentrancyGuardReentrantCall")?.selector ?? "0x";
      const data = agent.interface.encodeFunctionData("executeInVain", [await relay.getAddress(), inner, reason]);

      await work(world, [await sign(world, user, { to: agent, gas: AGENT_GAS, data })]);

      expect(await relay.quotaLeft(user)).to.equal(9);
      expect(await keep3r.bonds(agent, kp3r)).to.equal(0);
    });

    it("PAY-3: doesn't pay for gas that another job pays for within a request", async () => {
      const world = await loadFixture(deployRelayWorld);
      const { keep3r, kp3r, relay, agent, job, governance, user } = world;
      await activateContract(keep3r, agent, kp3r);
      await keep3r.connect(governance).forceLiquidityCreditsToJob(job, 50n * WAD);
      const workFor = async (gasToUse: bigint) => {
        const inner = job.interface.encodeFunctionData("work", [gasToUse]);
        return sign(world, user, await agentCall(world, job, inner));
      };
      await work(world, [await workFor(0n)]);

      const address = await relay.getAddress();
      const payForWork = async (gasToUse: bigint) => {
        const payments = await paymentsOf(keep3r, work(world, [await workFor(gasToUse)]));
        return payments.find((payment) => payment.job === address)?.payment ?? 0n;
      };
      const [short, long] = [await payForWork(0n), await payForWork(300_000n)];

      // What is left is the noise of the work's loop
      expect(long - short).to.be.lessThan(payFor(1_000n));
    });
  });

  it("doesn't pay a contract for calldata that it may have made up", async () => {
    const world = await loadFixture(deployRelayWorld);
    const { keep3r, kp3r, relay, user } = world;
    const contractKeeper = await ethers.deployContract("BatchKeeper__Mock");
    await activateContract(keep3r, contractKeeper, kp3r);
    const board = ethers.Interface.from(["function write(bytes)"]);
    const encode = async (length: number) =>
      encodeRequests([await sign(world, user, { data: board.encodeFunctionData("write", [paddingOf(length)]) })]);
    const payContractFor = async (length: number) => {
      const data = relay.interface.encodeFunctionData("work", [await encode(length)]);
      return totalPaid(keep3r, contractKeeper.execute(relay, data));
    };
    const payAccountFor = async (length: number) =>
      totalPaid(keep3r, relay.connect(world.keeper).work(await encode(length)));
    await payContractFor(0);

    const [short, long] = [await payContractFor(0), await payContractFor(1024)];
    const [shortSent, longSent] = [await payAccountFor(0), await payAccountFor(1024)];

    const calldata = payFor(1024n * 16n);
    expect(long - short).to.be.lessThan(calldata / 10n);
    expect(longSent - shortSent).to.be.at.least(calldata);
  });

  it("runs a mixin's hooks once before the work and after each payment, and pays for them", async () => {
    const world = await loadFixture(deployRelayWorld);
    const { keep3r, governance, jobOwner, forwarder, board, user } = world;
    const hooked = await ethers.deployContract("HookedRelayJob__Mock", [keep3r, jobOwner, forwarder]);
    await keep3r.connect(governance).forceLiquidityCreditsToJob(hooked, 50n * WAD);
    await hooked.connect(jobOwner).setTarget(board, REQUEST_GAS);
    const requests = await signSeveral(world, user, 8);
    const pay = async (relay: typeof hooked, from: number) =>
      totalPaid(keep3r, work({ ...world, relay }, requests.slice(from, from + 2)));
    await pay(hooked, 0);
    await pay(world.relay as typeof hooked, 2);

    const [with_, without] = [await pay(hooked, 4), await pay(world.relay as typeof hooked, 6)];

    expect([await hooked.begun(), await hooked.paid()]).to.eql([2n, 4n]);
    const hooks = payFor(150_000n);
    expect(with_ - without).to.be.within(hooks, (hooks * 12n) / 10n);
  });

  it("holds each payment, and the day's, to the caps of PaymentCapped, whatever the keeper earned before (regression)", async () => {
    const world = await loadFixture(deployRelayWorld);
    const { keep3r, governance, jobOwner, forwarder, board, user } = world;
    const relay = await ethers.deployContract("CappedRelayJob__Mock", [keep3r, jobOwner, forwarder]);
    await keep3r.connect(governance).forceLiquidityCreditsToJob(relay, 50n * WAD);
    await relay.connect(jobOwner).setTarget(board, REQUEST_GAS);
    const requests = await signSeveral(world, user, 8);
    const relayed = (from: number, to: number) => work({ ...world, relay }, requests.slice(from, to));
    await work(world, [await sign(world, world.otherUser)]);
    const [first = 0n, second = 0n] = await amountsPaid(keep3r, relayed(0, 2));

    const cap = first + second;
    await relay.connect(jobOwner).setMaxPayment((cap * 9n) / 10n);
    await relay.connect(jobOwner).setMaxDailyPayment(5n * cap);
    const paid = await totalPaid(keep3r, relayed(2, 4));

    expect(await relay.paidToday()).to.equal(paid);
    await relay.connect(jobOwner).setMaxDailyPayment(paid + 1n);
    await expect(relayed(4, 6)).to.be.revertedWithCustomError(relay, "DailyPaymentAboveCap");
    await relay.connect(jobOwner).setMaxPayment(1n);
    await expect(relayed(4, 6)).to.be.revertedWithCustomError(relay, "PaymentAboveCap");
  });
});
