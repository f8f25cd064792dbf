import {
  BadAnswer,
  blockAt,
  createReader,
  firstBlockAfter,
  latestBlock,
  pinBlock,
  PrunedHistory,
  RETRY,
  StaleNode,
} from "@keep3r-network/sdk";
import { expect } from "chai";
import { createPublicClient, custom, numberToHex, parseAbi } from "viem";
import { block, CHAIN_ID, chainNode, CONTRACT, hashOf } from "../support/rpc/chain";
import { failureOf, page, patience, result, rpcError } from "../support/rpc/replies";
import { type Call, type Imitation, RpcServer } from "../support/rpc/server";

const TRIES = 1 + RETRY.retries;
const HEAD = 1_000n;

async function setup(node: Imitation = chainNode({ head: HEAD })) {
  const server = await RpcServer.start((call, nth) =>
    call.method === "eth_chainId" ? result(numberToHex(CHAIN_ID)) : node(call, nth),
  );
  const { waits, ...calm } = patience();
  const client = await createReader({ url: server.url, chainId: CHAIN_ID, ...calm });
  return { server, client, waits, requests: () => server.calls.length - 1 };
}

/** Backends behind one address, which take turns; each is at its own block. */
const balancer = (...heads: bigint[]): Imitation => {
  let turn = 0;
  return (call, nth) => chainNode({ head: heads[turn++ % heads.length]! })(call, nth);
};

/** The numbers of the blocks that were asked for. */
const asked = (calls: readonly Call[]): (bigint | string)[] => {
  return calls
    .filter(({ method }) => method === "eth_getBlockByNumber")
    .map(({ params: [tag] }) => (tag === "latest" ? "latest" : BigInt(tag as string)));
};

describe("latestBlock", () => {
  afterEach(() => RpcServer.stopAll());

  it("is one request", async () => {
    const { client, requests } = await setup();

    expect(await latestBlock(client)).to.deep.equal({ number: HEAD, hash: hashOf(HEAD), timestamp: 10_000 });
    expect(await latestBlock(client, { atLeast: HEAD })).to.include({ number: HEAD });
    expect(requests()).to.equal(2);
  });

  it("asks again while backends are behind a block that is known", async () => {
    const { client, requests, waits } = await setup(balancer(998n, 999n, 1_000n));

    expect(await latestBlock(client, { atLeast: 1_000n })).to.include({ number: 1_000n });
    expect(requests()).to.equal(3);
    expect(waits).to.deep.equal([RETRY.delay, RETRY.delay * 2]);
  });

  it("says that a node stays behind", async () => {
    const { server, client, requests } = await setup();

    const failure = await failureOf(latestBlock(client, { atLeast: 1_001n }));
    expect(failure).to.be.instanceOf(StaleNode).and.include({ node: server.url, found: 1_000n, expected: 1_001n });
    expect(failure.message).to.equal(
      `The node at ${server.url} lags behind: it is at block 1000, but block 1001 exists. ` +
        "Try again in a moment, or take another one with --rpc or KEEP3R_RPC_URL.",
    );
    expect(requests()).to.equal(TRIES);
  });

  const malformed: [name: string, answer: unknown, words: string][] = [
    ["nothing", null, "has no latest block"],
    ["a text", "0x3e8", "isn't a block"],
    ["a block without a hash", { ...block(5n), hash: null }, "isn't a block"],
    ["a block whose number isn't one", { ...block(5n), number: "five" }, "isn't a block"],
    ["a block whose time is beyond counting", { ...block(5n), timestamp: `0x${"f".repeat(64)}` }, "isn't a block"],
  ];
  for (const [name, answer, words] of malformed) {
    it(`can't be ${name}`, async () => {
      const { client, requests } = await setup(() => result(answer));

      const failure = await failureOf(latestBlock(client));
      expect(failure).to.be.instanceOf(BadAnswer);
      expect(failure.message).to.include(`its answer to eth_getBlockByNumber ${words}`);
      expect(requests()).to.equal(TRIES);
    });
  }

  it("doesn't multiply the transport's retries", async () => {
    const { client, requests } = await setup(() => page(503));

    await failureOf(latestBlock(client));
    expect(requests()).to.equal(TRIES);
  });

  it("is read through any client of viem", async () => {
    const node = chainNode({ head: HEAD });
    const request = ({ method, params }: { method: string; params: unknown[] }) => {
      return Promise.resolve((node({ method, params, path: "", headers: {} }, 0) as { result: unknown }).result);
    };

    expect(await latestBlock(createPublicClient({ transport: custom({ request }) }))).to.include({ number: HEAD });
  });
});

describe("pinBlock", () => {
  afterEach(() => RpcServer.stopAll());

  it("is the latest block, in one request", async () => {
    const { client, requests } = await setup();

    expect(await pinBlock(client)).to.deep.equal({ number: HEAD, hash: hashOf(HEAD), timestamp: 10_000 });
    expect(requests()).to.equal(1);
  });

  it("stays behind the head, but not behind what is known nor the first block", async () => {
    const { server, client } = await setup();

    expect(await pinBlock(client, { behind: 5n })).to.include({ number: 995n });
    expect(await pinBlock(client, { behind: 5n, atLeast: 998n })).to.include({ number: 998n });
    expect(await pinBlock(client, { behind: 2_000n })).to.include({ number: 0n });
    expect(asked(server.calls)).to.deep.equal(["latest", 995n, "latest", 998n, "latest", 0n]);
  });

  it("is a block at which every read gets its answer, from backends that lag too", async () => {
    const head = chainNode({ head: HEAD });
    const calls = ["fresh", "stale", "stale", "fresh", "stale", "fresh"];
    const { server, client } = await setup((call, nth) => {
      if (call.method !== "eth_call") return head(call, nth);
      return calls[nth] === "stale" ? rpcError(-32_000, "header not found") : result(numberToHex(nth, { size: 32 }));
    });

    const { number: blockNumber } = await pinBlock(client);
    const abi = parseAbi(["function count() view returns (uint256)"]);
    const reads = { address: CONTRACT, abi, functionName: "count", blockNumber } as const;
    const counts = [
      await client.readContract(reads),
      await client.readContract(reads),
      await client.readContract(reads),
    ];
    expect(counts).to.deep.equal([0n, 3n, 5n]);
    const blocks = server.calls.filter(({ method }) => method === "eth_call").map(({ params }) => params[1]);
    expect(blocks).to.deep.equal(Array(calls.length).fill("0x3e8"));
  });
});

describe("blockAt", () => {
  afterEach(() => RpcServer.stopAll());

  it("asks again while backends don't know the block", async () => {
    const { client, requests } = await setup(balancer(998n, 999n, 1_000n));

    expect(await blockAt(client, 1_000n)).to.include({ number: 1_000n });
    expect(requests()).to.equal(3);
  });

  it("says that the node is behind it", async () => {
    const { client, requests } = await setup();

    const failure = await failureOf(blockAt(client, 1_001n));
    expect(failure).to.be.instanceOf(StaleNode).and.include({ found: 1_000n, expected: 1_001n });
    expect(requests()).to.equal(TRIES + 1);
  });

  it("says that the node doesn't keep it", async () => {
    const thrownAway = (call: Call, nth: number) => {
      return call.params[0] === "latest" ? chainNode({ head: HEAD })(call, nth) : result(null);
    };
    const silent = await setup(thrownAway);
    const spoken = await setup(() => rpcError(4_444, "pruned history unavailable"));

    const failure = await failureOf(blockAt(silent.client, 3n));
    expect(failure).to.be.instanceOf(PrunedHistory).and.include({ node: silent.server.url, block: 3n });
    expect(failure.message).to.include("doesn't keep history as old as block 3 (it has no such block)");
    expect(silent.requests()).to.equal(TRIES + 1);
    expect(await failureOf(blockAt(spoken.client, 3n)))
      .to.be.instanceOf(PrunedHistory)
      .and.include({ block: 3n });
    expect(spoken.requests()).to.equal(1);
  });

  it("isn't any other block", async () => {
    const { client, requests } = await setup(() => result(block(7n)));

    expect((await failureOf(blockAt(client, 3n))).message).to.include("is block 7 instead of 3");
    expect(requests()).to.equal(TRIES);
  });
});

describe("firstBlockAfter", () => {
  afterEach(() => RpcServer.stopAll());

  const START = 100n;
  const WITHIN = { startBlock: START, latest: HEAD };

  it("is the first block at the time or after it", async () => {
    const { client } = await setup();
    const cases: [timestamp: number, first: bigint][] = [
      [0, 100n],
      [1_000, 100n],
      [1_001, 101n],
      [5_549, 555n],
      [5_550, 555n],
      [5_551, 556n],
      [9_999, 1_000n],
      [10_000, 1_000n],
      [10_001, 1_001n],
    ];
    for (const [timestamp, first] of cases) expect(await firstBlockAfter(client, timestamp, WITHIN)).to.equal(first);
  });

  it("asks for log2 of the blocks, none of them outside", async () => {
    // 901 blocks and the one after them: 10 bits.
    for (const timestamp of [0, 5_550, 99_999]) {
      const { server, client } = await setup();

      await firstBlockAfter(client, timestamp, WITHIN);
      expect(asked(server.calls)).to.have.length.within(9, 10);
      for (const number of asked(server.calls)) expect(Number(number)).to.be.within(Number(START), Number(HEAD));
    }
  });

  it("finds one in twenty million with 24 requests", async () => {
    const head = 20_000_000n;
    const { client, requests } = await setup(chainNode({ head, interval: 12 }));

    expect(await firstBlockAfter(client, 12 * 17_654_321, { startBlock: 0n, latest: head })).to.equal(17_654_321n);
    expect(requests()).to.equal(24);
  });

  it("asks for nothing where there are no blocks", async () => {
    const { client, requests } = await setup();

    expect(await firstBlockAfter(client, 5, { startBlock: START, latest: START - 1n })).to.equal(START);
    expect(requests()).to.equal(0);
  });

  it("asks backends again that lag behind", async () => {
    const { client } = await setup(balancer(HEAD, 400n));

    expect(await firstBlockAfter(client, 9_995, WITHIN)).to.equal(1_000n);
  });

  it("ends, whatever times a node tells", async () => {
    let tick = 0;
    const { client, requests } = await setup(({ params: [tag] }) => {
      return result({ ...block(BigInt(tag as string)), timestamp: numberToHex(tick++ % 2 === 0 ? 9_999 : 0) });
    });

    const found = await firstBlockAfter(client, 5_000, WITHIN);
    expect(found >= START && found <= HEAD + 1n).to.be.true;
    expect(requests()).to.be.at.most(10);
  });
});
