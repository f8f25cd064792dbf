import {
  type DecodedLog,
  keep3rTransport,
  logPages,
  PrunedHistory,
  RangeRefused,
  readLogs,
  StaleNode,
} from "@keep3r-network/sdk";
import { expect } from "chai";
import { createPublicClient, type PublicClient } from "viem";
import { BOB, chainNode, type ChainOptions, CONTRACT, rangesOf, transfer, transferEvent } from "../support/rpc/chain";
import { BLOCK_REFUSALS, type Refusal, RESULT_REFUSALS } from "../support/rpc/refusals";
import { failureOf, page, patience, rpcError } from "../support/rpc/replies";
import { type Reply, RpcServer } from "../support/rpc/server";

const START = 18_000_000n;
const BLOCKS = 100_000n;
const END = START + BLOCKS - 1n;
const QUERY = { address: CONTRACT, event: transferEvent, startBlock: START, toBlock: END } as const;

/** One transfer in every so many blocks, its value the block's number, the last block of all among them. */
function transfers(every: bigint, from = START, to = END) {
  const logs = [transfer(to, to)];
  for (let block = from; block < to; block += every) logs.push(transfer(block, block));
  return logs.sort((a, b) => Number(BigInt(a.blockNumber) - BigInt(b.blockNumber)));
}

async function setup(options: Partial<ChainOptions> = {}) {
  const server = await RpcServer.start(chainNode({ head: END, logs: transfers(370n), ...options }));
  return { server, client: newClient(server) };
}

function newClient(server: RpcServer): PublicClient {
  return createPublicClient({ transport: keep3rTransport(server.url, patience()) });
}

/** Refuses more blocks than the limit. */
const above = (limit: bigint, refuse: Refusal): NonNullable<ChainOptions["logsOf"]> => {
  return (range) => (range.blocks > limit ? refuse.reply(range, limit) : undefined);
};

const values = (logs: readonly { args: { value: bigint } }[]): bigint[] => logs.map(({ args }) => args.value);
const expected = transfers(370n).map(({ blockNumber }) => BigInt(blockNumber));

describe("logPages", () => {
  afterEach(() => RpcServer.stopAll());

  it("gives each block in exactly one page, in order", async () => {
    const { server, client } = await setup({ logsOf: above(2_000n, BLOCK_REFUSALS[0]!) });

    let next = START;
    const logs: DecodedLog<typeof transferEvent, [typeof transferEvent]>[] = [];
    for await (const one of logPages(client, QUERY)) {
      expect(one.fromBlock).to.equal(next);
      for (const { blockNumber } of one.logs)
        expect(blockNumber >= one.fromBlock && blockNumber <= one.toBlock).to.be.true;
      logs.push(...one.logs);
      next = one.toBlock + 1n;
    }
    expect(next).to.equal(END + 1n);
    expect(values(logs)).to.deep.equal(expected);
    expect(server.methods).to.deep.equal(Array(server.count("eth_getLogs")).fill("eth_getLogs"));
  });

  it("asks for nothing before the deployment's block, whatever is asked of it", async () => {
    for (const fromBlock of [undefined, 0n, START - 1n, START]) {
      const { server, client } = await setup();

      const query = { ...QUERY, toBlock: START + 99n, ...(fromBlock === undefined ? {} : { fromBlock }) };
      expect(values(await readLogs(client, query))).to.deep.equal([START]);
      expect(rangesOf(server.calls)).to.deep.equal([[START, START + 99n]]);
    }
  });

  it("asks for nothing where there is nothing to ask for", async () => {
    const { server, client } = await setup();

    expect(await readLogs(client, { ...QUERY, toBlock: START - 1n })).to.deep.equal([]);
    expect(await readLogs(client, { ...QUERY, address: [] })).to.deep.equal([]);
    expect(await readLogs(client, { address: CONTRACT, events: [], startBlock: START, toBlock: END })).to.deep.equal(
      [],
    );
    expect(server.calls).to.deep.equal([]);
  });

  describe("ranges", () => {
    it("takes ever larger ones from a node without limits: 100,000 blocks in 4 requests", async () => {
      const { server, client } = await setup();

      expect(values(await readLogs(client, QUERY))).to.deep.equal(expected);
      const sizes = rangesOf(server.calls).map(([from, to]) => to - from + 1n);
      expect(sizes).to.deep.equal([10_000n, 20_000n, 40_000n, 30_000n]);
    });

    // Answered and refused, where the node names its limit and where not.
    const costs: [limit: bigint, blocks: bigint, named: [number, number], unnamed: [number, number]][] = [
      [10_000n, BLOCKS, [10, 1], [10, 5]],
      [2_000n, BLOCKS, [50, 3], [52, 7]],
      [500n, 20_000n, [40, 3], [42, 9]],
      [10n, 500n, [50, 3], [51, 9]],
    ];
    for (const [limit, blocks, named, unnamed] of costs) {
      for (const refusal of BLOCK_REFUSALS) {
        const [answered, refused] = refusal.suggests ? named : unnamed;
        it(`costs ${answered} + ${refused} requests for ${blocks} blocks at ${limit} a request by ${refusal.provider}`, async () => {
          let refusals = 0;
          const refuse = {
            ...refusal,
            reply: (...of: Parameters<typeof refusal.reply>) => (refusals++, refusal.reply(...of)),
          };
          const { server, client } = await setup({ logsOf: above(limit, refuse) });

          const logs = await readLogs(client, { ...QUERY, toBlock: START + blocks - 1n });
          expect(values(logs)).to.deep.equal(expected.filter((block) => block < START + blocks));
          expect([server.count("eth_getLogs") - refusals, refusals]).to.deep.equal([answered, refused]);
        });
      }
    }

    for (const { provider, reply } of RESULT_REFUSALS) {
      it(`halves them down and grows them again around a busy time, refused by ${provider}`, async () => {
        // A thousand blocks with a log each amid quiet ones, at 50 logs a request.
        const busy = Array.from({ length: 1_000 }, (_, nth) => START + 40_000n + BigInt(nth));
        const logs = [...transfers(5_000n), ...busy.map((at) => transfer(at, at, { index: 1 }))];
        const { server, client } = await setup({
          logs,
          logsOf: (range, found) => (found.length > 50 ? reply(range, 0n) : undefined),
        });

        expect(await readLogs(client, QUERY)).to.have.length(logs.length);
        const sizes = rangesOf(server.calls).map(([from, to]) => to - from + 1n);
        expect(sizes.filter((size) => size <= 50n)).to.have.length.of.at.least(15);
        expect(sizes.at(-1)! > 2_000n, `${sizes.join()}`).to.be.true;
        expect(sizes).to.have.length.of.at.most(90);
      });
    }

    it("remembers for the next query what a node gives", async () => {
      const { server, client } = await setup({ logsOf: above(2_000n, BLOCK_REFUSALS[2]!) });
      const query = { ...QUERY, toBlock: START + 4_999n };

      await readLogs(client, query);
      expect(server.count("eth_getLogs")).to.equal(4);
      await readLogs(client, query);
      expect(server.count("eth_getLogs")).to.equal(7);
      await readLogs(newClient(server), query);
      expect(server.count("eth_getLogs")).to.equal(11);
    });

    it("shares what is learnt between queries at the same time", async () => {
      const { client } = await setup({ logsOf: above(777n, BLOCK_REFUSALS.at(-1)!) });

      const all = await Promise.all([1, 2, 3].map(() => readLogs(client, { ...QUERY, toBlock: START + 20_000n })));
      for (const logs of all) expect(values(logs)).to.deep.equal(expected.filter((block) => block <= START + 20_000n));
    });

    it("doesn't believe a suggestion that makes no sense", async () => {
      const suggestions = [
        "up to a 0 block range",
        "up to a 999,999 block range",
        "[0x0, 0x0]",
        "[0xffffffffffffffff, 0x1]",
      ];
      for (const suggestion of [...suggestions, "the range 9-1", "at most 99999999999999999999 blocks"]) {
        const reply = (): Reply => rpcError(-32_602, `block range: ${suggestion}`);
        const { server, client } = await setup({ logsOf: ({ blocks }) => (blocks > 5_000n ? reply() : undefined) });

        expect(values(await readLogs(client, { ...QUERY, toBlock: START + 9_999n }))).to.have.length(28);
        expect(server.count("eth_getLogs"), suggestion).to.be.at.most(5);
      }
    });

    it("recovers from a suggestion that is needlessly small", async () => {
      const { server, client } = await setup({
        logsOf: (_, __, nth) => (nth === 0 ? rpcError(-32_602, "limited to a 1 block range") : undefined),
      });

      expect(values(await readLogs(client, QUERY))).to.deep.equal(expected);
      expect(server.count("eth_getLogs")).to.equal(25);
    });
  });

  describe("refusals", () => {
    it("halves what is larger than may be read", async () => {
      const server = await RpcServer.start(chainNode({ head: END, logs: transfers(10n) }));
      const transport = keep3rTransport(server.url, { ...patience(), maxAnswer: 100_000 });

      const logs = await readLogs(createPublicClient({ transport }), { ...QUERY, toBlock: START + 9_999n });
      expect(logs).to.have.length(1_000);
      expect(server.count("eth_getLogs")).to.equal(12);
    });

    it("doesn't take the name of a host for a refusal", async () => {
      const { server, client } = await setup({
        logsOf: () => page(401, "no key for https://range.archive.example/key"),
      });

      expect((await failureOf(readLogs(client, QUERY))).name).to.equal("HttpRequestError");
      expect(server.count("eth_getLogs")).to.equal(1);
    });

    it("says what to do when a node refuses a single block", async () => {
      const { server, client } = await setup({ logsOf: () => rpcError(-32_005, "limit exceeded") });

      const failure = await failureOf(readLogs(client, QUERY));
      expect(failure).to.be.instanceOf(RangeRefused).and.include({ node: server.url, block: START });
      expect(failure.message).to.equal(
        `The node at ${server.url} refuses the logs even of the single block 18000000 (limit exceeded). ` +
          "It may not give logs at all on your plan: take another one with --rpc or KEEP3R_RPC_URL.",
      );
      // 10,000, 5,000, 2,500 … 2, 1.
      expect(server.count("eth_getLogs")).to.equal(14);
    });

    const others: [name: string, reply: Reply, requests: number][] = [
      ["an internal error", rpcError(-32_000, "internal error"), 4],
      ["an error without a text", rpcError(-32_000, ""), 1],
      ["a rate limit", rpcError(-32_005, "rate limit exceeded"), 4],
      ["HTTP 429 that speaks of logs", page(429, "too many eth_getLogs requests in this range of time"), 4],
      ["HTTP 401", page(401), 1],
      ["an unknown method", rpcError(-32_601, "the method eth_getLogs does not exist/is not available"), 1],
    ];
    for (const [name, reply, requests] of others) {
      it(`doesn't halve because of ${name}`, async () => {
        const { server, client } = await setup({ logsOf: () => reply });

        expect((await failureOf(readLogs(client, QUERY))).name).not.to.equal("Failure");
        expect(server.count("eth_getLogs")).to.equal(requests);
      });
    }

    it("halves what takes too long, but takes a node for dead that is always too slow", async () => {
      const slow = rpcError(-32_002, "request timed out");
      const able = await setup({ logsOf: ({ blocks }) => (blocks > 3_000n ? slow : undefined) });
      const { server, client } = await setup({ logsOf: () => slow });

      const query = { ...QUERY, toBlock: START + 9_999n };
      expect(values(await readLogs(able.client, query))).to.have.length(28);
      expect(able.server.count("eth_getLogs")).to.equal(8);
      expect((await failureOf(readLogs(client, query))).message).to.include("request timed out");
      expect(server.count("eth_getLogs")).to.equal(4);
    });

    const pruned: [name: string, reply: Reply][] = [
      ["geth, reth and Nethermind", rpcError(4_444, "pruned history unavailable")],
      [
        "Erigon",
        rpcError(-32_000, "old data not available due to pruning: requested block 18000000, available from 22000000"),
      ],
      ["geth's state", rpcError(-32_000, "missing trie node 8f09 (path ) state 0x8f09 is not available, not found")],
      ["Erigon's history", rpcError(-32_000, "history has been pruned for this block")],
      ["reth's state", rpcError(-32_603, "State at block #18000000 is pruned")],
      ["Infura", rpcError(-32_002, "project ID does not have access to archive state")],
      ["PublicNode", page(403, '{"error":"Archive, Debug and Trace requests require a personal token"}')],
    ];
    for (const [name, reply] of pruned) {
      it(`says that a node doesn't keep history that old, by ${name}`, async () => {
        const { server, client } = await setup({ logsOf: () => reply });

        const failure = await failureOf(readLogs(client, QUERY));
        expect(failure).to.be.instanceOf(PrunedHistory).and.include({ node: server.url, block: START });
        expect(failure.message).to.match(
          /doesn't keep history as old as block 18000000 \(.+\)\. Take an archive node, or another/,
        );
        expect(server.count("eth_getLogs")).to.equal(1);
      });
    }

    it("tells a node that threw a block away from one that isn't there yet", async () => {
      const logsOf = (): Reply => rpcError(-32_000, "block not found 18000000");
      const old = await setup({ logsOf });
      const young = await setup({ logsOf, head: START - 5n });

      expect(await failureOf(readLogs(old.client, QUERY)))
        .to.be.instanceOf(PrunedHistory)
        .and.include({ block: START });
      const failure = await failureOf(readLogs(young.client, QUERY));
      expect(failure)
        .to.be.instanceOf(StaleNode)
        .and.include({ found: START - 5n, expected: START + 9_999n });
      expect(old.server.methods).to.deep.equal([...Array<string>(4).fill("eth_getLogs"), "eth_getBlockByNumber"]);
    });

    it("asks a backend again that lags behind", async () => {
      for (const words of ["block range extends beyond current head block", "invalid block range params"]) {
        const { server, client } = await setup({
          logsOf: (_, __, nth) => (nth < 2 ? rpcError(-32_602, words) : undefined),
        });

        const query = { ...QUERY, toBlock: START + 99n };
        expect(values(await readLogs(client, query))).to.deep.equal([START]);
        expect(server.count("eth_getLogs")).to.equal(3);
      }
    });

    it("tells a range that is called invalid for its size from one beyond the head", async () => {
      const { server, client } = await setup({
        logsOf: ({ blocks }) =>
          blocks > 100n ? rpcError(-32_602, "invalid block range: at most 100 blocks") : undefined,
      });

      await readLogs(client, { ...QUERY, toBlock: START + 199n });
      expect(server.count("eth_getLogs")).to.equal(3);
    });

    it("keeps the pages that it has when a node dies midway", async () => {
      const { server, client } = await setup({ logsOf: (_, __, nth) => (nth > 1 ? "reset" : undefined) });

      const pages: bigint[] = [];
      const reading = (async () => {
        for await (const { toBlock } of logPages(client, QUERY)) pages.push(toBlock);
      })();
      expect((await failureOf(reading)).message).to.include("HTTP request failed");
      expect(pages).to.deep.equal([START + 9_999n, START + 29_999n]);
      expect(server.count("eth_getLogs")).to.equal(6);
    });
  });

  it("finds one event of certain arguments", async () => {
    const logs = [transfer(START, 1n), transfer(START + 1n, 2n, { to: CONTRACT })];
    const { server, client } = await setup({ logs });

    const found = await readLogs(client, { ...QUERY, args: { to: BOB } });
    expect(found.map(({ eventName, args }) => [eventName, args.to, args.value])).to.deep.equal([["Transfer", BOB, 1n]]);
    expect(server.calls[0]?.params).to.have.nested.property("0.topics.length", 3);
  });
});
