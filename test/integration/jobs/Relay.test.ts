import { BPS, GWEI, HOUR, WAD } from "@keep3r-network/sdk";
import { expect } from "chai";
import type { ContractTransactionReceipt, Signer } from "ethers";
import { ethers } from "hardhat";
import { encodeRequests, type RelayRequest, signRequest } from "#simulation/jobs/relayRequests";
import { activateContract, atOnce, onChain } from "#support/actors/keepers";
import { loadFixture } from "#support/fixture";
import { AT_COST, paidToCost } from "#support/payments/cost";
import { landAt } from "#support/payments/landing";
import { paddingOf } from "#support/payments/padding";
import { amountsPaid, paymentsOf, totalPaid } from "#support/payments/payments";
import { describeMeasured } from "#support/tools/coverage";
import { deployNetworkWorld } from "#support/worlds/network";

const CREDITS = 1_000_000n * WAD;
const REQUEST_GAS = 200_000n;
const USERS = 32;

/** The relay over the whole network, with a board to write on, and users who have done so before. */
const deployRelayWorld = () => deployRelayWorldOf("RelayJob");

/** One that limits its payments, far above what they are. */
async function deployCappedWorld() {
  const world = await deployRelayWorldOf("CappedRelayJob__Mock");
  const relay = await ethers.getContractAt("CappedRelayJob__Mock", world.relay);
  const owned = relay.connect(world.accounts.jobOwner);
  await world.chain.land(() => owned.setMaxPayment(CREDITS));
  await world.chain.land(() => owned.setMaxDailyPayment(CREDITS));
  return world;
}

async function deployRelayWorldOf(name: "RelayJob" | "CappedRelayJob__Mock") {
  const network = await deployNetworkWorld();
  const { chain, keep3r, accounts } = network;
  const { governance, jobOwner } = accounts;
  const forwarder = await chain.deploy(() => ethers.deployContract("ERC2771Forwarder", ["Relay"], governance));
  const job = await chain.deploy(() => ethers.deployContract(name, [keep3r, jobOwner, forwarder], governance));
  const relay = await ethers.getContractAt("RelayJob", job);
  const board = await chain.deploy(() => ethers.deployContract("Board__Mock", [forwarder], governance));

  await chain.land(() => keep3r.connect(jobOwner).acceptJobOwnership(relay));
  await chain.land(() => keep3r.connect(governance).forceLiquidityCreditsToJob(relay, CREDITS));
  await chain.land(() => relay.connect(jobOwner).setTarget(board, REQUEST_GAS));
  await chain.land(() => relay.connect(jobOwner).setUserQuota(100));

  const users = Array.from({ length: USERS }, (_, i) => new ethers.Wallet(ethers.id(`user ${i}`)));
  const world = { ...network, users, forwarder, relay, board };
  for (let i = 0; i < 2; i++) await relayAll(world, await signNotes(world, users, USERS));
  return world;
}

type RelayWorld = Awaited<ReturnType<typeof deployRelayWorld>>;

/** So many notes on the board, by the users in turn. */
async function signNotes(
  { board, chain, forwarder }: Pick<RelayWorld, "board" | "chain" | "forwarder">,
  users: readonly Signer[],
  count: number,
  text = `0x${"a7".repeat(64)}`,
): Promise<RelayRequest[]> {
  const requests: RelayRequest[] = [];
  for (let i = 0; i < count; i++) {
    const user = users[i % users.length] as Signer;
    requests.push(
      await signRequest(forwarder, user, {
        to: board,
        data: board.interface.encodeFunctionData("write", [text]),
        gas: REQUEST_GAS,
        deadline: chain.nextBlockAt + HOUR,
        nonce: (await forwarder.nonces(user)) + BigInt(Math.floor(i / users.length)),
      }),
    );
  }
  return requests;
}

function relayAll(
  { accounts, chain, relay }: Pick<RelayWorld, "accounts" | "chain" | "relay">,
  requests: RelayRequest[],
  options: { gasLimit?: number } = {},
): Promise<ContractTransactionReceipt> {
  const data = encodeRequests(requests);
  return landAt(chain, {}, (fees) => relay.connect(accounts.keeper).work(data, { ...fees, ...options }));
}

describeMeasured("Relay over real prices", function () {
  describe("PAY-2: at boost 1.0 a batch is paid 100 to 105 % of its cost", function () {
    for (const count of [1, 5, 20, 32]) {
      for (const { what, text } of [
        { what: "short", text: "0x" },
        { what: "long", text: paddingOf(1920) },
        { what: "empty long", text: `0x${"00".repeat(1920)}` },
      ]) {
        it(`of ${count} ${what} requests`, async function () {
          const world = await loadFixture(deployRelayWorld);
          const receipt = await relayAll(world, await signNotes(world, world.users, count, text));

          expect(await paymentsOf(world.keep3r, receipt)).to.have.length(count);
          expect(await paidToCost(world, receipt)).to.be.within(...AT_COST);
        });
      }
    }

    for (const count of [1, 5, 20]) {
      it(`of ${count} requests, with caps on each payment and on the day's`, async function () {
        const world = await loadFixture(deployCappedWorld);
        const send = async () => relayAll(world, await signNotes(world, world.users, count));
        // The first of the day, and another
        for (const receipt of [await send(), await send()]) {
          expect(await paidToCost(world, receipt)).to.be.within(...AT_COST);
        }
      });
    }

    it("when all of it is one user's", async function () {
      const world = await loadFixture(deployRelayWorld);
      const receipt = await relayAll(world, await signNotes(world, world.users.slice(0, 1), 32));

      expect(await paidToCost(world, receipt)).to.be.within(...AT_COST);
    });

    it("when it is a user's first, and the quote is refreshed in it", async function () {
      const world = await loadFixture(deployRelayWorld);
      world.chain.wait(HOUR);
      const receipt = await relayAll(world, await signNotes(world, [new ethers.Wallet(ethers.id("new user"))], 1));

      expect(await paidToCost(world, receipt)).to.be.within(...AT_COST);
    });

    it("equally within 1 % for transaction gas limits from 3M to 16M", async function () {
      const world = await loadFixture(deployRelayWorld);
      await relayAll(world, await signNotes(world, world.users, 1));
      const totals: bigint[] = [];
      for (const gasLimit of [3_000_000, 8_000_000, 16_000_000]) {
        const receipt = await relayAll(world, await signNotes(world, world.users, 5), { gasLimit });
        totals.push(await totalPaid(world.keep3r, receipt));
      }

      const [lowest, , highest] = totals.sort((a, b) => Number(a - b)) as [bigint, bigint, bigint];
      expect((highest - lowest) * 100n).to.be.at.most(lowest);
    });
  });

  it("PAY-3: a contract that hands in its requests one by one, in one transaction, earns no more than they cost", async function () {
    const world = await loadFixture(deployRelayWorld);
    const { accounts, chain, keep3r, kp3r, relay, users } = world;
    const keeper = await chain.deploy(() => ethers.deployContract("RelayKeeper__Mock", accounts.governance));
    await chain.land(() => keep3r.connect(accounts.governance).setBondTime(0));
    await activateContract(keep3r, onChain(chain, keeper), kp3r, atOnce);

    const batches = (await signNotes(world, users, 20)).map((request) => encodeRequests([request]));
    const receipt = await landAt(chain, {}, (fees) => keeper.relayAll(relay, batches, fees));

    expect(await paymentsOf(keep3r, receipt)).to.have.length(20);
    expect(await paidToCost(world, receipt)).to.be.within(9_000n, BPS);
  });

  it("pays nothing for bad requests: each good one earns as much as in a batch without them", async function () {
    const world = await loadFixture(deployRelayWorld);
    const { keep3r, users } = world;
    const others = users.slice(5, 10);
    const without = await amountsPaid(keep3r, relayAll(world, await signNotes(world, users.slice(0, 5), 5)));

    const good = await signNotes(world, users.slice(0, 5), 5);
    const unsigned = (await signNotes(world, others, 5)).map((request, i) => ({
      ...request,
      signature: good[i]?.signature ?? "0x",
    }));
    const replayed = await signNotes(world, others, 5);
    await relayAll(world, replayed);
    const mixed = good.flatMap((request, i) => [unsigned[i], request, replayed[i]] as RelayRequest[]);
    const receipt = await relayAll(world, mixed);

    const among = await amountsPaid(keep3r, receipt);
    expect(among).to.have.length(5);
    // The first bad one warms the forwarder and the board
    expect(among[0]).to.be.within(((without[0] ?? 0n) * 90n) / 100n, without[0]);
    for (let i = 1; i < 5; i++) expect(among[i]).to.be.closeTo(without[i], (without[i] ?? 0n) / 100n);
    expect(await paidToCost(world, receipt)).to.be.lessThan(8_000n);
  });

  it("PAY-1: pays no more than the reference when a keeper offers more", async function () {
    const world = await loadFixture(deployRelayWorld);
    const { accounts, chain, keep3r, relay, users } = world;
    const pay = async (priorityFee: bigint) => {
      const data = encodeRequests(await signNotes(world, users, 5));
      const receipt = await landAt(chain, { priorityFee }, (fees) => relay.connect(accounts.keeper).work(data, fees));
      return totalPaid(keep3r, receipt);
    };
    const [atReference, above] = [await pay(GWEI), await pay(400n * GWEI)];

    expect(above).to.be.closeTo(atReference, atReference / 1000n);
  });

  it("PAY-4: reverts as a whole when credits don't cover it, and no request is used up", async function () {
    const world = await loadFixture(deployRelayWorld);
    const { accounts, board, chain, forwarder, keep3r, users } = world;
    const { governance, jobOwner } = accounts;
    const poor = await chain.deploy(() => ethers.deployContract("RelayJob", [keep3r, jobOwner, forwarder], governance));
    await chain.land(() => keep3r.connect(governance).forceLiquidityCreditsToJob(poor, 1n));
    await chain.land(() => poor.connect(jobOwner).setTarget(board, REQUEST_GAS));
    const user = users[0] as Signer;
    const nonce = await forwarder.nonces(user);
    const requests = await signNotes(world, [user], 2);

    await expect(relayAll({ ...world, relay: poor }, requests, { gasLimit: 1_000_000 })).to.be.revertedWithCustomError(
      keep3r,
      "InsufficientFunds",
    );

    expect(await forwarder.nonces(user)).to.equal(nonce);
    expect(await keep3r.jobLiquidityCredits(poor)).to.equal(1);
  });
});
