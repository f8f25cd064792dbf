import { BadAnswer, keep3rTransport, readLogs } from "@keep3r-network/sdk";
import { expect } from "chai";
import { createPublicClient } from "viem";
import {
  approvalEvent,
  chainNode,
  CONTRACT,
  type NodeLog,
  STRANGER,
  transfer,
  transferEvent,
} from "../support/rpc/chain";
import { patience, result } from "../support/rpc/replies";
import { RpcServer } from "../support/rpc/server";

const START = 100n;
const QUERY = { address: CONTRACT, event: transferEvent, startBlock: START, toBlock: 199n } as const;

/** A node that answers with these logs, whatever it is asked; with the last of the answers from then on. */
async function setup(...answers: unknown[]) {
  const server = await RpcServer.start(
    chainNode({ head: 500n, logsOf: (_, __, nth) => result(answers[Math.min(nth, answers.length - 1)]) }),
  );
  return { server, client: createPublicClient({ transport: keep3rTransport(server.url, patience()) }) };
}

const values = (logs: readonly { args: { value: bigint } }[]): bigint[] => logs.map(({ args }) => args.value);

describe("logs of a node that can't be trusted", () => {
  afterEach(() => RpcServer.stopAll());

  it("are put in order, and each is told once", async () => {
    const [a, b, c] = [transfer(100n, 1n), transfer(100n, 2n, { index: 11 }), transfer(101n, 3n)];
    const { client } = await setup([c, b, a, b, c]);

    expect(values(await readLogs(client, QUERY))).to.deep.equal([1n, 2n, 3n]);
  });

  it("are left out where another contract emitted them", async () => {
    const { client } = await setup([transfer(100n, 1n, { address: STRANGER }), transfer(101n, 2n)]);

    expect(values(await readLogs(client, QUERY))).to.deep.equal([2n]);
  });

  it("are found by the address in any writing", async () => {
    const { client } = await setup([
      transfer(100n, 1n, { address: CONTRACT.toUpperCase().replace("X", "x") as never }),
    ]);

    expect(values(await readLogs(client, { ...QUERY, address: [STRANGER, CONTRACT] }))).to.deep.equal([1n]);
  });

  it("are left out where they are of other events or arguments", async () => {
    const approval = { ...transfer(100n, 1n), topics: [`0x${"ab".repeat(32)}` as const] };
    const { client } = await setup([approval, transfer(101n, 2n, { to: STRANGER }), transfer(102n, 3n)]);

    const query = { ...QUERY, args: { to: transfer(0n, 0n).address } };
    expect(values(await readLogs(client, { ...query, args: { to: STRANGER } }))).to.deep.equal([2n]);
  });

  it("are left out where they can't be decoded as declared", async () => {
    // Of ERC-721 the third argument is indexed; the last two are cut off.
    const nft: NodeLog = {
      ...transfer(100n, 0n),
      data: "0x",
      topics: [...transfer(100n, 0n).topics, `0x${"00".repeat(32)}`],
    };
    const cut: NodeLog = { ...transfer(101n, 0n), data: "0x0102" };
    const bare: NodeLog = { ...transfer(102n, 0n), topics: [] };
    const { client } = await setup([nft, cut, bare, transfer(103n, 7n)]);

    expect(values(await readLogs(client, QUERY))).to.deep.equal([7n]);
    const both = await readLogs(client, {
      address: CONTRACT,
      events: [transferEvent, approvalEvent],
      startBlock: START,
      toBlock: 199n,
    });
    expect(both.map(({ eventName }) => eventName)).to.deep.equal(["Transfer"]);
  });

  it("are left out where they are pending or removed", async () => {
    const pending = { ...transfer(100n, 1n), blockNumber: null, blockHash: null, logIndex: null };
    const { client } = await setup([pending, { ...transfer(101n, 2n), removed: true }, transfer(102n, 3n)]);

    expect(values(await readLogs(client, QUERY))).to.deep.equal([3n]);
  });

  it("are asked for again where they are of other blocks: others may be missing", async () => {
    for (const stray of [99n, 200n]) {
      const { server, client } = await setup([transfer(stray, 1n)], [transfer(100n, 2n)]);

      expect(values(await readLogs(client, QUERY))).to.deep.equal([2n]);
      expect(server.count("eth_getLogs")).to.equal(2);
    }
  });

  it("are refused where they are of other blocks time and again", async () => {
    const { server, client } = await setup([transfer(200n, 1n)]);

    const failure = await readLogs(client, QUERY).catch((error: unknown) => error);
    expect(failure).to.be.instanceOf(BadAnswer);
    expect(String(failure)).to.include("has a log of block 200, outside of 100 to 199");
    expect(server.count("eth_getLogs")).to.equal(4);
  });

  const malformed: [name: string, answer: unknown][] = [
    ["null", null],
    ["a text", "0x"],
    ["an object", {}],
    ["a list of texts", ["0x"]],
    ["a log without topics", [{ ...transfer(100n, 1n), topics: undefined }]],
    ["a log with a topic that is too short", [{ ...transfer(100n, 1n), topics: ["0x12"] }]],
    ["a log with five topics", [{ ...transfer(100n, 1n), topics: Array<string>(5).fill(`0x${"00".repeat(32)}`) }]],
    ["a log whose block isn't a number", [{ ...transfer(100n, 1n), blockNumber: "latest" }]],
    ["a log whose block is beyond counting", [{ ...transfer(100n, 1n), blockNumber: `0x${"f".repeat(60)}` }]],
    ["a log whose address isn't one", [{ ...transfer(100n, 1n), address: "0x12" }]],
    ["a log whose data aren't bytes", [{ ...transfer(100n, 1n), data: "0x123" }]],
  ];
  for (const [name, answer] of malformed) {
    it(`are refused where the answer is ${name}`, async () => {
      const { server, client } = await setup(answer);

      const failure = await readLogs(client, QUERY).catch((error: unknown) => error);
      expect(failure).to.be.instanceOf(BadAnswer);
      expect(String(failure)).to.include(
        `The node at ${server.url} can't be believed: its answer to eth_getLogs isn't a list`,
      );
      expect(server.count("eth_getLogs")).to.equal(4);
    });
  }
});
