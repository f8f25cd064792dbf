import {
  DAY,
  decodePayments,
  GWEI,
  HOUR,
  keep3rTransport,
  paymentOf,
  type PaymentTerms,
  previewPayment,
  PrunedHistory,
  WAD,
} from "@keep3r-network/sdk";
import { expect } from "chai";
import { ethers } from "hardhat";
import {
  type Address,
  createPublicClient,
  encodeAbiParameters,
  encodeErrorResult,
  type Hex,
  numberToHex,
  parseAbi,
  toEventSelector,
} from "viem";
import { loadFixture } from "#support/fixture";
import { type Fees, landAt } from "#support/payments/landing";
import { deployNetworkWorld, type NetworkWorld } from "#support/worlds/network";
import { ALICE, BOB, CONTRACT, STRANGER } from "../support/rpc/chain";
import { hardhatClient } from "../support/rpc/hardhat";
import { failureOf, patience, result, rpcError } from "../support/rpc/replies";
import { type Reply, RpcServer } from "../support/rpc/server";

/** More than any work may be paid for, so that the meter's own reading doesn't show. */
const ALL_GAS = 2n ** 24n - 1n;
const BOND = 150n * WAD;

/**
 * The whole network at boosts of 1.1 to 1.5, with two jobs that vouch for gas, and a contract for a keeper that works several
 * of them in one transaction: it has bonded 150 of the 200 KP3R that earn the most.
 */
async function deployVouchingWorld() {
  const network = await deployNetworkWorld();
  const { chain, keep3r, kp3r, helper, accounts } = network;
  const { governance, jobOwner } = accounts;
  await chain.land(() => helper.setMaxBoost(15_000));
  await chain.land(() => helper.setMinBoost(11_000));

  const vouching = () => chain.deploy(() => ethers.deployContract("VouchingJob__Mock", [keep3r], governance));
  const jobs = [await vouching(), await vouching()] as const;
  for (const job of jobs) {
    await chain.land(() => keep3r.connect(jobOwner).addJob(job));
    await chain.land(() => keep3r.forceLiquidityCreditsToJob(job, 1_000_000n * WAD));
  }

  const batch = await chain.deploy(() => ethers.deployContract("BatchKeeper__Mock", governance));
  const kp3rAddress = await kp3r.getAddress();
  const keep3rAddress = await keep3r.getAddress();
  await chain.land(() => kp3r.transfer(batch, BOND));
  const calls: [to: string, data: string][] = [
    [kp3rAddress, kp3r.interface.encodeFunctionData("approve", [keep3rAddress, BOND])],
    [keep3rAddress, keep3r.interface.encodeFunctionData("bond", [kp3rAddress, BOND])],
  ];
  for (const [to, data] of calls) await chain.land(() => batch.execute(to, data));
  chain.wait(3 * DAY + 1);
  await network.market.tradeAndObserveUntil(chain.nextBlockAt);
  await chain.land(() => batch.execute(keep3rAddress, keep3r.interface.encodeFunctionData("activate", [kp3rAddress])));
  return { ...network, jobs, batch };
}

/** The parameters in force. */
async function termsOf({ helper, keep3r }: Pick<NetworkWorld, "helper" | "keep3r">): Promise<PaymentTerms> {
  return {
    minBoost: await helper.minBoost(),
    maxBoost: await helper.maxBoost(),
    targetBond: await helper.targetBond(),
    gasPriceCeiling: await helper.gasPriceCeiling(),
    minPriorityFee: await helper.minPriorityFee(),
    firstWorkGas: await helper.firstWorkGas(),
    laterWorkGas: await helper.laterWorkGas(),
    maxGasPerWork: await keep3r.maxGasPerWork(),
  };
}

const addressOf = async (contract: { getAddress(): Promise<string> }) => (await contract.getAddress()) as Address;

const market: [name: string, fees: Fees, feed: bigint][] = [
  ["below the reference", { baseFee: 20n * GWEI, priorityFee: GWEI / 2n }, 20n * GWEI],
  ["above a reference that the base fee sets", { baseFee: 20n * GWEI, priorityFee: 30n * GWEI }, 5n * GWEI],
  ["above a reference that the feed sets", { baseFee: 20n * GWEI + 7n, priorityFee: 30n * GWEI }, 33n * GWEI + 1n],
  ["above a reference that the ceiling sets", { baseFee: 20n * GWEI + 7n, priorityFee: 90n * GWEI }, 99n * GWEI],
];

describe("decodePayments", () => {
  for (const [name, fees, feed] of market) {
    it(`finds what the formula says to the wei, at a price ${name}, first, later and again`, async () => {
      const world = await loadFixture(deployVouchingWorld);
      const { chain, keep3r, kp3r, helper, fastGas, accounts, batch, jobs } = world;
      const [one, other] = jobs;
      await chain.land(() => fastGas.connect(accounts.reporter).updateAnswer(feed));
      chain.wait(HOUR);
      const bond = await keep3r.bonds(batch, kp3r);

      const receipt = await landAt(chain, fees, (offer) => batch.workAll([one, other, one], ALL_GAS, offer));

      const { kp3rPerEth, fastGas: said } = await helper.cachedQuote();
      expect(said).to.equal(feed);
      const prices = { baseFee: fees.baseFee!, gasPrice: receipt.gasPrice, fastGas: feed };
      const terms = await termsOf(world);
      const paid = decodePayments(receipt, await addressOf(keep3r));
      const bonds = [bond, bond + paid[0]!.payment, bond + paid[0]!.payment + paid[1]!.payment];
      expect(paid.map(({ payment }) => payment)).to.deep.equal(
        (["first", "later", "again"] as const).map((place, nth) =>
          paymentOf({ gasUsed: 0n, extraGas: ALL_GAS, place, bond: bonds[nth]!, kp3rPerEth }, prices, terms),
        ),
      );
      expect(paid.map(({ job }) => job)).to.deep.equal([one, other, one].map(({ target }) => target));
    });
  }

  it("reads viem's receipts as ethers'", async () => {
    const { chain, keep3r, kp3r, batch, jobs } = await loadFixture(deployVouchingWorld);
    const { logs, hash } = await landAt(chain, {}, (offer) => batch.workAll([...jobs], 1_000n, offer));
    const keep3rAddress = await addressOf(keep3r);

    const payments = decodePayments({ logs }, keep3rAddress);
    const receipt = await hardhatClient().getTransactionReceipt({ hash: hash as Hex });
    expect(decodePayments(receipt, keep3rAddress)).to.deep.equal(payments);
    expect(decodePayments(receipt, keep3rAddress.toLowerCase() as Address)).to.deep.equal(payments);
    const block = Number(receipt.blockNumber);
    const events = await keep3r.queryFilter(keep3r.filters.KeeperWork, block, block);
    expect(payments).to.deep.equal(
      events.map(({ args, index }) => ({
        credit: kp3r.target,
        job: args.job,
        keeper: batch.target,
        payment: args.payment,
        gasLeft: args.gasLeft,
        logIndex: index,
      })),
    );
  });

  const topics = [
    toEventSelector("KeeperWork(address,address,address,uint256,uint256)"),
    ...[ALICE, BOB, STRANGER].map((address) => encodeAbiParameters([{ type: "address" }], [address])),
  ];
  const data = encodeAbiParameters([{ type: "uint256" }, { type: "uint256" }], [7n, 8n]);
  const payment = { address: CONTRACT, topics, data, logIndex: 3 };
  const decoded = { credit: ALICE, job: BOB, keeper: STRANGER, payment: 7n, gasLeft: 8n, logIndex: 3 };

  const others: [name: string, log: Partial<typeof payment>][] = [
    ["of another contract", { address: STRANGER }],
    ["of another event", { topics: [toEventSelector("Transfer(address,address,uint256)"), ...topics.slice(1)] }],
    ["without topics", { topics: [] }],
    ["with too few indexed arguments", { topics: topics.slice(0, 3) }],
    ["with too little data", { data: data.slice(0, -2) as Hex }],
    ["without data", { data: "0x" }],
  ];
  for (const [name, log] of others) {
    it(`passes over a log ${name}`, () => {
      const logs = [{ ...payment, ...log }, payment];

      expect(decodePayments({ logs }, CONTRACT)).to.deep.equal([decoded]);
    });
  }

  it("is nothing for a receipt without logs", () => {
    expect(decodePayments({ logs: [] }, CONTRACT)).to.deep.equal([]);
  });
});

describe("previewPayment", () => {
  afterEach(() => RpcServer.stopAll());

  const gases: [name: string, gasUsed: bigint][] = [
    ["100,000 gas", 100_000n],
    ["more gas than a work is paid for", 2n ** 255n],
  ];
  for (const [name, gasUsed] of gases) {
    it(`is what the formula says of ${name}, at a price and at the reference`, async () => {
      const world = await loadFixture(deployVouchingWorld);
      const { chain, keep3r, kp3r, helper, lens, accounts, batch } = world;
      await chain.land(() => helper.workRate(0));
      const [{ kp3rPerEth, fastGas }, terms] = [await helper.cachedQuote(), await termsOf(world)];
      const [client, addresses] = [hardhatClient(), { Keep3rLens: await addressOf(lens) }];

      for (const keeper of [await addressOf(accounts.keeper), await addressOf(batch)]) {
        const bond = await keep3r.bonds(keeper, kp3r);
        // Hardhat has a base fee of 0 in calls.
        const expected = (gasPrice: bigint) =>
          paymentOf({ gasUsed, bond, kp3rPerEth }, { baseFee: 0n, gasPrice, fastGas }, terms);

        const gasPrice = GWEI - 1n;
        expect(await previewPayment(client, addresses, { keeper, gasUsed, gasPrice })).to.equal(expected(gasPrice));
        expect(await previewPayment(client, addresses, { keeper, gasUsed })).to.equal(expected(terms.minPriorityFee));
      }
    });
  }

  async function setup(reply: Reply) {
    const server = await RpcServer.start(() => reply);
    return { server, client: createPublicClient({ transport: keep3rTransport(server.url, patience()) }) };
  }
  const lens = { Keep3rLens: CONTRACT };
  const query = { keeper: ALICE, gasUsed: 100_000n };

  it("is one request, at the block and the price that are given", async () => {
    const { server, client } = await setup(result(numberToHex(5n, { size: 32 })));

    expect(await previewPayment(client, lens, { ...query, gasPrice: 7n, blockNumber: 100n })).to.equal(5n);
    expect(server.methods).to.deep.equal(["eth_call"]);
    const [call, block] = server.calls[0]!.params;
    expect(call).to.include({ from: ALICE, to: CONTRACT, gasPrice: "0x7" });
    expect(block).to.equal("0x64");
  });

  it("fails with the name of the helper's error", async () => {
    const abi = parseAbi(["error StaleQuote(uint256 quotedAt, uint256 maxQuoteAge)"]);
    const data = encodeErrorResult({ abi, errorName: "StaleQuote", args: [1n, 2n] });
    const { client } = await setup(rpcError(3, "execution reverted", data));

    expect((await failureOf(previewPayment(client, lens, query))).message).to.include("StaleQuote");
  });

  it("says that the node doesn't keep the state of the block", async () => {
    const { client } = await setup(rpcError(-32_000, "missing trie node 8f09 (path ) state is not available"));

    const failure = await failureOf(previewPayment(client, lens, { ...query, blockNumber: 100n }));
    expect(failure).to.be.instanceOf(PrunedHistory).and.include({ block: 100n });
  });
});
