import {
  BadAnswer,
  discoverJob,
  discoverJobs,
  Failure,
  keep3rTransport,
  keep3rWorkableAbi,
  keep3rWorkSourceAbi,
  listJobs,
  listKeepers,
  PrunedHistory,
  WORK_SOURCE_ID,
  WORKABLE_ID,
} from "@keep3r-network/sdk";
import { setCode } from "@nomicfoundation/hardhat-network-helpers";
import { expect } from "chai";
import { ethers } from "hardhat";
import {
  type Abi,
  type Address,
  concatHex,
  createPublicClient,
  custom,
  decodeFunctionData,
  encodeAbiParameters,
  type Hex,
  numberToHex,
  parseAbi,
  stringToHex,
  toFunctionSelector,
} from "viem";
import { loadFixture } from "#support/fixture";
import { deployCoreWorld } from "#support/worlds/core";
import { deployRelayWorld } from "#support/worlds/relay";
import { claiming, CODE, returning, zeros } from "../support/rpc/bytecode";
import { block, CONTRACT } from "../support/rpc/chain";
import { hardhatClient } from "../support/rpc/hardhat";
import { failureOf, page, patience, result, rpcError } from "../support/rpc/replies";
import { type Imitation, type Reply, RpcServer } from "../support/rpc/server";

const HEAD = 1_000n;
const JOB: Address = "0x5a36c0f3a0f0dd3e7b2a10ec2a0c2fcd14cb4ff0";
const word = (value: bigint): Hex => numberToHex(value, { size: 32 });
const text = (value: string): Hex => encodeAbiParameters([{ type: "string" }], [value]);
const nth = (place: number): Address => `0x${(place + 1).toString(16).padStart(40, "a")}`;

/** The exclusive or of an interface's selectors, without those of ERC-165. */
function idOf(abi: Abi): Hex {
  const functions = abi.filter((item) => item.type === "function" && item.name !== "supportsInterface");
  const id = functions.reduce((all, item) => all ^ BigInt(toFunctionSelector(item as never)), 0n);
  return numberToHex(id, { size: 4 });
}

/** A node that answers calls. */
async function setup(answer: (data: Hex, call: { to: Address; gas?: Hex }) => Reply) {
  const node: Imitation = ({ method, params }) => {
    if (method === "eth_getBlockByNumber") return result(block(HEAD));
    const call = params[0] as { to: Address; data: Hex; gas?: Hex };
    return answer(call.data, call);
  };
  const server = await RpcServer.start(node);
  return { server, client: createPublicClient({ transport: keep3rTransport(server.url, patience()) }) };
}

/** The blocks that calls were made at. */
const blocksOf = ({ calls }: RpcServer) =>
  calls.filter(({ method }) => method === "eth_call").map(({ params }) => params[1]);

describe("lists of jobs and keepers", () => {
  afterEach(() => RpcServer.stopAll());

  const addresses = { Keep3rLens: CONTRACT };
  const lensAbi = parseAbi(["function jobs(uint256 start, uint256 end) view returns (address[])"]);

  /** A lens with so many jobs, or one that lies about a page. */
  const lens =
    (count: number, lie: (page: Address[], start: number) => Address[] = (page) => page) =>
    (data: Hex): Reply => {
      const [start, end] = decodeFunctionData({ abi: lensAbi, data }).args.map(Number) as [number, number];
      const pages = Array.from({ length: count }, (_, place) => nth(place)).slice(start, end);
      return result(encodeAbiParameters([{ type: "address[]" }], [lie(pages, start)]));
    };

  async function deployCrowd() {
    const world = await deployCoreWorld();
    const crowd = await ethers.deployContract("Crowd__Mock", [world.keep3r]);
    await world.keep3r.setBondTime(0);
    const before = BigInt(await ethers.provider.getBlockNumber());
    await crowd.join(7);
    await crowd.activateLast(5);
    return { ...world, before };
  }

  for (const pageSize of [1, 3, 4, 8, 9, undefined]) {
    it(`have everyone once, ${pageSize === undefined ? "as many as usual" : `${pageSize}`} at a time`, async () => {
      const { keep3r, lens } = await loadFixture(deployCrowd);
      const from = { Keep3rLens: lens.target as Address };
      const options = pageSize === undefined ? {} : { pageSize };

      expect(await listJobs(hardhatClient(), from, options)).to.deep.equal([...(await keep3r.jobs())]);
      expect(await listKeepers(hardhatClient(), from, options)).to.deep.equal([...(await keep3r.keepers())]);
      expect(await keep3r.jobs()).to.have.length(8);
      expect(await keep3r.keepers()).to.have.length(5);
    });
  }

  it("are of the block that is given", async () => {
    const { lens, job, before } = await loadFixture(deployCrowd);
    const from = { Keep3rLens: lens.target as Address };

    expect(await listJobs(hardhatClient(), from, { blockNumber: before })).to.deep.equal([job.target]);
    expect(await listKeepers(hardhatClient(), from, { blockNumber: before })).to.deep.equal([]);
  });

  const pages: [jobs: number, pageSize: number, requests: number][] = [
    [0, 5, 1],
    [4, 5, 1],
    [5, 5, 2],
    [11, 5, 3],
  ];
  for (const [jobs, pageSize, requests] of pages) {
    it(`take ${requests} requests for ${jobs} jobs, ${pageSize} at a time, all at one block`, async () => {
      const { server, client } = await setup(lens(jobs));

      expect(await listJobs(client, addresses, { pageSize })).to.have.length(jobs);
      expect(blocksOf(server)).to.deep.equal(Array<Hex>(requests).fill(numberToHex(HEAD)));
      expect(server.count("eth_getBlockByNumber")).to.equal(1);
    });
  }

  const lies: [name: string, lie: (page: Address[], start: number) => Address[]][] = [
    ["is longer than asked for", (page) => [...page, nth(100)]],
    ["is always the first", () => [0, 1, 2, 3, 4].map(nth)],
    ["has a job twice", (page) => [...page.slice(1), page[1]!]],
  ];
  for (const [name, lie] of lies) {
    it(`don't go by a page that ${name}`, async () => {
      const { client } = await setup(lens(12, lie));

      expect(await failureOf(listJobs(client, addresses, { pageSize: 5 }))).to.be.instanceOf(BadAnswer);
    });
  }

  for (const pageSize of [0, -1, 1.5, NaN, Infinity]) {
    it(`aren't read ${pageSize} at a time`, async () => {
      const { server, client } = await setup(lens(1));

      expect(await failureOf(listJobs(client, addresses, { pageSize }))).to.be.instanceOf(Failure);
      expect(server.calls).to.deep.equal([]);
    });
  }

  it("aren't there where the node doesn't keep the state of the block", async () => {
    const { client } = await setup(() => rpcError(-32_000, "missing trie node 8f09 (path ) state is not available"));

    const failure = await failureOf(listKeepers(client, addresses, { blockNumber: 100n }));
    expect(failure).to.be.instanceOf(PrunedHistory).and.include({ block: 100n });
  });
});

describe("interfaces of jobs", () => {
  it("are known by the exclusive or of their selectors", () => {
    expect(WORKABLE_ID).to.equal("0xcad5ca1d").and.equal(idOf(keep3rWorkableAbi));
    expect(WORK_SOURCE_ID).to.equal(idOf(keep3rWorkSourceAbi));
  });
});

describe("discoverJob", () => {
  afterEach(() => RpcServer.stopAll());

  it("tells a job that is asked for work, one whose work comes from outside, and any other", async () => {
    const { relay, keep3r, job, other } = await loadFixture(deployRelayWorld);
    const inbox = await ethers.deployContract("InboxJob__Mock", [keep3r, other]);
    const found = (contract: { target: unknown }) => discoverJob(hardhatClient(), contract.target as Address);

    expect(await found(inbox)).to.deep.equal({ job: inbox.target, workable: true });
    expect(await found(relay)).to.deep.equal({ job: relay.target, workable: true, workSource: "erc2771-requests" });
    expect(await found(job)).to.deep.equal({ job: job.target, workable: false });
  });

  const silent: [name: string, code: Hex][] = [
    ["has no code", "0x"],
    ["stops", CODE.stop],
    ["reverts", CODE.revert],
    ["runs into an opcode that isn't one", CODE.invalid],
    ["burns all gas", CODE.burn],
    ["returns 96 kB", zeros(98_304)],
    ["reverts with 96 kB", zeros(98_304, "revert")],
    ["returns more than its gas pays for", zeros(2 ** 31)],
    ["says yes to everything", returning(word(1n))],
    ["says no to everything", returning(word(0n))],
    ["says two to everything", returning(word(2n))],
    ["answers with all bits", returning(word(2n ** 256n - 1n))],
    ["answers with 31 bytes", returning(numberToHex(1n, { size: 31 }))],
    ["answers with a byte", returning("0x01")],
  ];
  for (const [name, code] of silent) {
    it(`takes an address that ${name} for a job that says nothing`, async () => {
      await setCode(JOB, code);

      expect(await discoverJob(hardhatClient(), JOB)).to.deep.equal({ job: JOB, workable: false });
    });
  }

  const sources: [name: string, source: (at: number) => Hex, shown: string][] = [
    ["a name", (at) => returning(text("erc2771-requests"), at), "erc2771-requests"],
    ["64 characters", (at) => returning(text("a".repeat(64)), at), "a".repeat(64)],
    ["65 characters", (at) => returning(text("a".repeat(65)), at), "a".repeat(64)],
    ["10,000 characters", (at) => returning(text("a".repeat(10_000)), at), "a".repeat(64)],
    ["a terminal's escapes", (at) => returning(text("\u001b[31mred\u001b[0m"), at), "?[31mred?[0m"],
    ["several lines", (at) => returning(text("a\r\nb\0c"), at), "a??b?c"],
    ["space around it", (at) => returning(text("  a b  "), at), "a b"],
    ["nothing but other letters", (at) => returning(text("工作"), at), ""],
    ["an empty string", (at) => returning(text(""), at), ""],
    ["bytes32", (at) => returning(stringToHex("name", { size: 32 }), at), ""],
    ["a string that is said to be too long", (at) => returning(concatHex([word(32n), word(2n ** 64n)]), at), ""],
    ["a string whose place isn't there", (at) => returning(concatHex([word(2n ** 255n), word(1n)]), at), ""],
    ["no bytes", () => CODE.stop, ""],
    ["a revert", () => CODE.revert, ""],
    ["a waste of gas", (at) => concatHex(["0x5b60", numberToHex(at, { size: 1 }), "0x56"]), ""],
    ["more zeros than its gas pays for", () => zeros(2 ** 31), ""],
    ["200 kB of zeros", () => zeros(200_000), ""],
  ];
  for (const [name, source, shown] of sources) {
    it(`has "${shown.slice(0, 20)}" for a source of work that is ${name}`, async () => {
      await setCode(JOB, claiming(source));

      expect(await discoverJob(hardhatClient(), JOB)).to.deep.equal({ job: JOB, workable: true, workSource: shown });
    });
  }

  /** What a job says to ids; the source of its work has a name. */
  const saying = (ids: Record<string, boolean>) => (data: Hex) => {
    const asked = `0x${data.slice(10, 18)}`;
    return data.startsWith("0x01ffc9a7") ? result(word(ids[asked] === true ? 1n : 0n)) : result(text("source"));
  };
  const whole: [name: string, ids: Record<string, boolean>, requests: number, found: object][] = [
    ["nothing of ERC-165", {}, 2, { workable: false }],
    ["neither interface", { "0x01ffc9a7": true }, 4, { workable: false }],
    ["the first interface", { "0x01ffc9a7": true, [WORKABLE_ID]: true }, 4, { workable: true }],
    ["the other one", { "0x01ffc9a7": true, [WORK_SOURCE_ID]: true }, 5, { workable: false, workSource: "source" }],
    ["the first without ERC-165", { [WORKABLE_ID]: true }, 2, { workable: false }],
    ["the invalid id", { "0x01ffc9a7": true, "0xffffffff": true, [WORKABLE_ID]: true }, 2, { workable: false }],
  ];
  for (const [name, ids, requests, found] of whole) {
    it(`asks ${requests} questions of a job that has ${name}, each at the block and with little gas`, async () => {
      const { server, client } = await setup(saying(ids));

      expect(await discoverJob(client, JOB, { blockNumber: 7n })).to.deep.equal({ job: JOB, ...found });
      expect(blocksOf(server)).to.deep.equal(Array<Hex>(requests).fill("0x7"));
      // 21,000 of the transaction, 16 for each of 36 bytes, and what ERC-165 allows
      const gases = server.calls.map(({ params }) => Number((params[0] as { gas: Hex }).gas));
      expect(gases.slice(0, 4).every((gas) => gas === 51_576)).to.equal(true);
      expect(gases.slice(4).every((gas) => gas === 121_576)).to.equal(true);
    });
  }

  const failures: [name: string, reply: Reply][] = [
    ["is asked too often", page(429)],
    ["is down", page(502)],
    ["breaks the connection", "reset"],
    ["doesn't know the method", rpcError(-32_601, "the method eth_call does not exist")],
    ["wants more gas for the question", rpcError(-32_000, "intrinsic gas too low: have 51576, want 53000")],
    ["answers with something else than bytes", { result: true }],
  ];
  for (const [name, reply] of failures) {
    it(`fails where the node ${name}`, async () => {
      const { client } = await setup(() => reply);

      await failureOf(discoverJob(client, JOB));
      await failureOf(discoverJobs(client, [JOB]));
    });
  }
});

describe("discoverJobs", () => {
  afterEach(() => RpcServer.stopAll());

  it("finds the honest jobs of a network between hostile ones, in the order of the list", async () => {
    const { keep3r, lens, jobOwner } = await loadFixture(deployCoreWorld);
    const codes = [...Object.values(CODE), zeros(98_304), returning(word(1n)), claiming(() => CODE.revert)];
    const expected: object[] = [{ workable: false }];
    for (const [place, code] of codes.entries()) {
      await setCode(nth(place), code);
      await keep3r.connect(jobOwner).addJob(nth(place));
      expected.push(place === codes.length - 1 ? { workable: true, workSource: "" } : { workable: false });
      await ethers.deployContract("InboxJob__Mock", [keep3r, jobOwner]);
      expected.push({ workable: true });
    }

    const jobs = await listJobs(hardhatClient(), { Keep3rLens: lens.target as Address });
    const found = await discoverJobs(hardhatClient(), jobs);
    expect(found).to.deep.equal(jobs.map((job, place) => ({ job, ...expected[place] })));
  });

  it("asks a bounded number of jobs at a time, all at one block", async () => {
    let [open, most] = [0, 0];
    const blocks: unknown[] = [];
    const request = async ({ method, params }: { method: string; params: unknown[] }) => {
      if (method === "eth_getBlockByNumber") return block(HEAD);
      blocks.push(params[1]);
      most = Math.max(most, ++open);
      return new Promise((resolve) => setImmediate(resolve, "0x")).finally(() => open--);
    };
    const jobs = Array.from({ length: 11 }, (_, place) => nth(place));

    const client = createPublicClient({ transport: custom({ request }) });
    expect(await discoverJobs(client, jobs, { concurrency: 3 })).to.have.length(11);
    // Two questions each
    expect(most).to.equal(6);
    expect(blocks).to.deep.equal(Array<Hex>(22).fill(numberToHex(HEAD)));
  });

  it("is nothing for no jobs", async () => {
    const { server, client } = await setup(() => result("0x"));

    expect(await discoverJobs(client, [])).to.deep.equal([]);
    expect(server.calls).to.deep.equal([]);
    expect(await failureOf(discoverJobs(client, [], { concurrency: 0 }))).to.be.instanceOf(Failure);
  });
});
