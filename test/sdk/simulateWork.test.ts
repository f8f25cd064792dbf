import {
  askForWork,
  BadAnswer,
  GWEI,
  keep3rAbi,
  keep3rTransport,
  keep3rWorkableAbi,
  PrunedHistory,
  simulateWork,
} from "@keep3r-network/sdk";
import { setCode } from "@nomicfoundation/hardhat-network-helpers";
import { expect } from "chai";
import { ethers } from "hardhat";
import {
  type Address,
  concatHex,
  createPublicClient,
  encodeAbiParameters,
  encodeErrorResult,
  encodeFunctionData,
  type Hex,
  numberToHex,
  parseAbi,
  toFunctionSelector,
} from "viem";
import { loadFixture } from "#support/fixture";
import { deployNetworkWorld } from "#support/worlds/network";
import { CODE, returning, zeros } from "../support/rpc/bytecode";
import { ALICE as KEEPER } from "../support/rpc/chain";
import { hardhatClient } from "../support/rpc/hardhat";
import { failureOf, page, patience, result, rpcError } from "../support/rpc/replies";
import { type Reply, RpcServer } from "../support/rpc/server";

const JOB: Address = "0x5a36c0f3a0f0dd3e7b2a10ec2a0c2fcd14cb4ff0";
const WORKABLE = toFunctionSelector("workable()");
const DATA: Hex = "0x123456";

const word = (value: bigint): Hex => numberToHex(value, { size: 32 });
const answer = (canWork: boolean, data: Hex): Hex =>
  encodeAbiParameters([{ type: "bool" }, { type: "bytes" }], [canWork, data]);
const workOf = (data: Hex): Hex => encodeFunctionData({ abi: keep3rWorkableAbi, functionName: "work", args: [data] });

/** The whole network with a job that has tasks, and no credits. */
async function deployInboxNetwork() {
  const network = await deployNetworkWorld();
  const { chain, keep3r, accounts } = network;
  const inbox = await chain.deploy(() =>
    ethers.deployContract("InboxJob__Mock", [keep3r, accounts.jobOwner], accounts.governance),
  );
  await chain.land(() => inbox.submit(1));
  return { ...network, inbox };
}

/** A node that replies to the two calls and the estimate. */
async function setup(workable: Reply, work: Reply = result("0x"), estimate: Reply = result("0x5208")) {
  const server = await RpcServer.start(({ method, params }) => {
    if (method === "eth_estimateGas") return estimate;
    return (params[0] as { data: Hex }).data === WORKABLE ? workable : work;
  });
  return { server, client: createPublicClient({ transport: keep3rTransport(server.url, patience()) }) };
}

describe("simulateWork", () => {
  afterEach(() => RpcServer.stopAll());

  it("finds work of a job for its keeper, and what gas it takes", async () => {
    const { chain, keep3r, accounts, inbox } = await loadFixture(deployInboxNetwork);
    await chain.land(() => keep3r.forceLiquidityCreditsToJob(inbox, 10n ** 18n));
    const query = { job: inbox.target as Address, keeper: accounts.keeper.address as Address };

    const { gas, ...found } = await simulateWork(hardhatClient(), { ...query, gasPrice: GWEI });
    expect(found).to.deep.equal({ canWork: true, data: "0x" });
    const offer = { gasLimit: gas!, maxFeePerGas: GWEI, maxPriorityFeePerGas: GWEI };
    const { gasUsed } = await chain.land(() => inbox.connect(accounts.keeper).work("0x", offer));
    expect(gas).to.be.within(gasUsed, (gasUsed * 12n) / 10n);

    expect(await simulateWork(hardhatClient(), query)).to.deep.equal({ canWork: false, data: "0x" });
  });

  it("says why a work fails: the keeper isn't one", async () => {
    const { accounts, inbox } = await loadFixture(deployInboxNetwork);
    const query = { job: inbox.target as Address, keeper: accounts.passerby.address as Address };

    expect(await simulateWork(hardhatClient(), query)).to.deep.equal({
      canWork: false,
      data: "0x",
      failed: "work",
      revertData: toFunctionSelector("KeeperNotValid()"),
    });
  });

  it("says why a work fails: the job's credits don't cover what it costs at the price", async () => {
    const { accounts, inbox } = await loadFixture(deployInboxNetwork);
    const query = { job: inbox.target as Address, keeper: accounts.keeper.address as Address };

    expect(await simulateWork(hardhatClient(), query)).to.include({ canWork: true });
    expect(await simulateWork(hardhatClient(), { ...query, gasPrice: 1_000n * GWEI })).to.deep.equal({
      canWork: false,
      data: "0x",
      failed: "work",
      revertData: encodeErrorResult({ abi: keep3rAbi, errorName: "InsufficientFunds" }),
    });
  });

  const hostile: [name: string, code: Hex, revertData?: Hex][] = [
    ["has no code", "0x"],
    ["stops", CODE.stop],
    ["reverts", CODE.revert, "0x"],
    ["reverts with a megabyte", zeros(1_000_000, "revert"), `0x${"00".repeat(1_000_000)}`],
    ["runs into an opcode that isn't one", CODE.invalid, "0x"],
    ["burns all gas", CODE.burn, "0x"],
    ["returns more than its gas pays for", zeros(2 ** 31), "0x"],
    ["answers with a word", returning(word(1n))],
    ["answers with another number than 0 and 1", returning(concatHex([word(2n), word(64n), word(0n)]))],
    ["answers with bytes whose place isn't there", returning(concatHex([word(1n), word(2n ** 255n), word(0n)]))],
    ["answers with bytes that are said to be too long", returning(concatHex([word(1n), word(64n), word(2n ** 64n)]))],
    ["answers with bytes that no transaction can carry", returning(answer(true, `0x${"ff".repeat(2 ** 17)}`))],
  ];
  for (const [name, code, revertData] of hostile) {
    it(`finds no work of a job that ${name}`, async () => {
      await setCode(JOB, code);

      const found = await simulateWork(hardhatClient(), { job: JOB, keeper: KEEPER });
      const revert = revertData === undefined ? {} : { revertData };
      expect(found).to.deep.equal({ canWork: false, data: "0x", failed: "workable", ...revert });
    });
  }

  it("finds no work in a megabyte of zeros: it is the answer no, and no data", async () => {
    await setCode(JOB, zeros(1_000_000));

    expect(await simulateWork(hardhatClient(), { job: JOB, keeper: KEEPER })).to.deep.equal({
      canWork: false,
      data: "0x",
    });
  });

  it("hands the data on, from the keeper, at the block, with the gas of a transaction", async () => {
    const { server, client } = await setup(result(answer(true, DATA)));

    const found = await simulateWork(client, { job: JOB, keeper: KEEPER, blockNumber: 100n });
    expect(found).to.deep.equal({ canWork: true, data: DATA, gas: 21_000n });
    const call = { from: KEEPER, to: JOB, gas: "0x1000000" };
    expect(server.methods).to.deep.equal(["eth_call", "eth_call", "eth_estimateGas"]);
    expect(server.calls.map(({ params }) => params)).to.deep.equal([
      [{ ...call, data: WORKABLE }, "0x64"],
      [{ ...call, data: workOf(DATA) }, "0x64"],
      [{ ...call, data: workOf(DATA) }, "0x64"],
    ]);
  });

  it("asks at the keeper's price, which it can pay in the calls", async () => {
    const { server, client } = await setup(result(answer(true, DATA)));

    await simulateWork(client, { job: JOB, keeper: KEEPER, gasPrice: 7n });
    const plenty = { [KEEPER]: { balance: numberToHex(2n ** 128n) } };
    for (const { params } of server.calls) expect(params[0]).to.include({ gasPrice: "0x7" });
    expect(server.calls.map(({ params }) => params.slice(1))).to.deep.equal([
      ["latest", plenty],
      ["latest", plenty],
      ["latest"],
    ]);
  });

  it("asks nothing more of a job without work", async () => {
    const { server, client } = await setup(result(answer(false, DATA)));

    expect(await simulateWork(client, { job: JOB, keeper: KEEPER })).to.deep.equal({ canWork: false, data: DATA });
    expect(server.calls).to.have.length(1);
  });

  const nothing = encodeErrorResult({ abi: parseAbi(["error NothingToDo()"]), errorName: "NothingToDo" });
  const reverts: [name: string, reply: Reply, revertData?: Hex][] = [
    ["geth's way", rpcError(3, "execution reverted", nothing), nothing],
    ["an error within the error", rpcError(-32_603, "reverted", { message: "no", data: nothing }), nothing],
    ["no bytes", rpcError(3, "execution reverted", "0x"), "0x"],
    ["no data", rpcError(-32_000, "execution reverted"), "0x"],
    ["a lack of gas", rpcError(-32_000, "out of gas"), "0x"],
    ["Nethermind's way", rpcError(-32_015, "VM execution error.", `Reverted ${nothing}`), nothing],
    ["words of the node's own", rpcError(-32_000, "the contract said no")],
  ];
  for (const [name, reply, revertData] of reverts) {
    it(`takes ${name} for a work that fails`, async () => {
      const { client } = await setup(result(answer(true, DATA)), reply);

      expect(await simulateWork(client, { job: JOB, keeper: KEEPER })).to.deep.equal({
        canWork: false,
        data: DATA,
        failed: "work",
        ...(revertData === undefined ? {} : { revertData }),
      });
    });
  }

  for (const words of ["execution reverted", "insufficient funds for gas * price + value"]) {
    it(`has no gas where the estimate is refused: ${words}`, async () => {
      const { client } = await setup(result(answer(true, DATA)), result("0x"), rpcError(-32_000, words));

      expect(await simulateWork(client, { job: JOB, keeper: KEEPER })).to.deep.equal({ canWork: true, data: DATA });
    });
  }

  const failures: [name: string, reply: Reply][] = [
    ["is asked too often", page(429)],
    ["is down", page(502)],
    ["breaks the connection", "reset"],
    ["doesn't know the method", rpcError(-32_601, "the method does not exist")],
  ];
  for (const [name, reply] of failures) {
    it(`fails where the node ${name}, at any of its requests`, async () => {
      const yes = result(answer(true, DATA));
      for (const replies of [[reply], [yes, reply], [yes, result("0x"), reply]] as Parameters<typeof setup>[]) {
        const { client } = await setup(...replies);

        await failureOf(simulateWork(client, { job: JOB, keeper: KEEPER }));
      }
    });
  }

  it("fails where the node refuses the gas price", async () => {
    const { client } = await setup(rpcError(-32_000, "max fee per gas less than block base fee: baseFee: 9"));

    await failureOf(simulateWork(client, { job: JOB, keeper: KEEPER, gasPrice: 1n }));
  });

  it("fails where the node answers with something else than bytes, or an amount of gas", async () => {
    const yes = result(answer(true, DATA));
    const odd = [[result({ canWork: true })], [yes, result(true)], [yes, result("0x"), result("0x")]];
    for (const replies of odd as Parameters<typeof setup>[]) {
      const { client } = await setup(...replies);

      expect(await failureOf(simulateWork(client, { job: JOB, keeper: KEEPER }))).to.be.instanceOf(BadAnswer);
    }
  });

  it("says that the node doesn't keep the state of the block", async () => {
    const { client } = await setup(rpcError(-32_000, "missing trie node 8f09 (path ) state is not available"));

    const failure = await failureOf(simulateWork(client, { job: JOB, keeper: KEEPER, blockNumber: 100n }));
    expect(failure).to.be.instanceOf(PrunedHistory).and.include({ block: 100n });
  });
});

describe("askForWork", () => {
  afterEach(() => RpcServer.stopAll());

  it("believes the job, whoever asks, and doesn't simulate the work", async () => {
    const { inbox } = await loadFixture(deployInboxNetwork);
    const query = { job: inbox.target as Address, keeper: KEEPER };
    expect(await askForWork(hardhatClient(), query)).to.deep.equal({ canWork: true, data: "0x" });
    expect((await simulateWork(hardhatClient(), query)).failed).to.equal("work");

    const { server, client } = await setup(result(answer(true, DATA)));
    expect(await askForWork(client, { job: JOB, keeper: KEEPER })).to.deep.equal({ canWork: true, data: DATA });
    expect(server.methods).to.deep.equal(["eth_call"]);
  });

  it("says that a job fails, or talks nonsense", async () => {
    for (const [reply, revert] of [
      [rpcError(3, "execution reverted", "0x1234"), { revertData: "0x1234" }],
      [result("0x"), {}],
    ] as const) {
      const { client } = await setup(reply);
      expect(await askForWork(client, { job: JOB, keeper: KEEPER })).to.deep.equal({
        ...{ canWork: false, data: "0x", failed: "workable" },
        ...revert,
      });
    }
  });
});
