import { createReader, Failure, keep3rTransport, NodeSilent, RETRY, WrongChain } from "@keep3r-network/sdk";
import { expect } from "chai";
import { type Address, createPublicClient, encodeErrorResult, numberToHex, parseAbi, type PublicClient } from "viem";
import { block, CHAIN_ID, chainNode } from "../support/rpc/chain";
import { failureOf, page, patience, refusal, result, rpcError } from "../support/rpc/replies";
import { type Imitation, type Reply, RpcServer } from "../support/rpc/server";

const TRIES = 1 + RETRY.retries;

/** A node that fails as often as given before it answers. */
const failing = (times: number, failure: Reply): Imitation => {
  return (_, nth) => (nth < times ? failure : result("0x10"));
};

async function setup(node: Imitation, options: Parameters<typeof keep3rTransport>[1] = {}) {
  const server = await RpcServer.start(node);
  const { waits, ...calm } = patience();
  const transport = keep3rTransport(server.url, { ...calm, ...options });
  return { server, waits, client: createPublicClient({ transport }) };
}

const gasPrice = (client: PublicClient): Promise<unknown> => client.request({ method: "eth_gasPrice" });
describe("keep3rTransport", () => {
  afterEach(() => RpcServer.stopAll());

  describe("what may pass", () => {
    const passing: [name: string, failure: Reply][] = [
      ["HTTP 408", page(408)],
      ["HTTP 429", page(429, "slow down")],
      ["HTTP 500", page(500)],
      ["HTTP 502", page(502, "<html>Bad Gateway</html>")],
      ["HTTP 503", page(503)],
      ["a connection that is reset", "reset"],
      ["an answer that isn't JSON", { text: "<html>We'll be right back</html>" }],
      ["an answer that is cut off", { status: 200, body: '{"jsonrpc":"2.0","resu', headers: {} }],
      ["an answer that is JSON, but not JSON-RPC", { status: 200, body: "[]", headers: {} }],
      ["an empty answer", { status: 200, body: "", headers: {} }],
      ["Infura's rate limit", rpcError(-32_005, "daily request count exceeded, request rate limited")],
      ["Alchemy's rate limit", rpcError(429, "Your app has exceeded its compute units per second capacity.")],
      ["an internal error", rpcError(-32_603, "Internal error")],
      ["no healthy backend", rpcError(-32_011, "no backend is currently healthy to serve traffic")],
      ["geth's timeout", rpcError(-32_002, "request timed out")],
      ["an error that is a text", { error: "try again later" }],
    ];

    for (const [name, failure] of passing) {
      it(`asks again after ${name}`, async () => {
        const { server, client, waits } = await setup(failing(2, failure));

        expect(await gasPrice(client)).to.equal("0x10");
        expect(server.count("eth_gasPrice")).to.equal(3);
        expect(waits).to.deep.equal([RETRY.delay, RETRY.delay * 2]);
      });

      it(`gives up on ${name} after ${TRIES} requests`, async () => {
        const { server, client } = await setup(failing(Infinity, failure));

        await failureOf(gasPrice(client));
        expect(server.count("eth_gasPrice")).to.equal(TRIES);
      });
    }

    it("asks again when no answer came in time", async () => {
      let fetched = 0;
      const fetchFn: typeof fetch = (input, init) => {
        return fetched++ < 2 ? Promise.reject(new DOMException("aborted", "AbortError")) : fetch(input, init);
      };
      const { server, client } = await setup(() => result("0x10"), { fetchFn });

      expect(await gasPrice(client)).to.equal("0x10");
      expect([fetched, server.count("eth_gasPrice")]).to.deep.equal([3, 1]);
    });

    for (const [name, silence] of [
      ["comes", "silence"],
      ["ends", "stall"],
    ] as const) {
      it(`gives up when no answer ${name} in time, after ${TRIES} requests`, async () => {
        let fetched = 0;
        const fetchFn: typeof fetch = (input, init) => fetch(input, (fetched++, init));
        const { client } = await setup(() => silence, { timeout: 20, fetchFn });

        expect((await failureOf(gasPrice(client))).name).to.equal("TimeoutError");
        expect(fetched).to.equal(TRIES);
      });
    }

    it("asks again when nothing listens, and says so", async () => {
      const { server, client, waits } = await setup(() => result("0x10"));
      await server.stop();

      const failure = await failureOf(gasPrice(client));
      expect(failure.message).to.include("fetch failed");
      expect(waits).to.have.length(RETRY.retries);
    });

    it("asks again when a block isn't known that exists: a backend lags behind", async () => {
      for (const words of ["header not found", "Block not found", "Unknown block"]) {
        const { server, client } = await setup(failing(2, rpcError(-32_000, words)));

        const call = client.request({ method: "eth_call", params: [{ to: `0x${"11".repeat(20)}` }, "0x64"] });
        expect(await call).to.equal("0x10");
        expect(server.count("eth_call")).to.equal(3);
      }
    });
  });

  describe("what stays", () => {
    const staying: [name: string, failure: Reply][] = [
      ["HTTP 400", page(400)],
      ["HTTP 401", page(401, "must be authenticated!")],
      ["HTTP 403", page(403)],
      ["HTTP 404", page(404)],
      ["HTTP 413", page(413)],
      ["HTTP 400 with an internal error", refusal(400, -32_603, "internal error")],
      ["a revert", rpcError(3, "execution reverted: rate limit", "0x08c379a0")],
      ["a revert of Hardhat", rpcError(-32_603, "VM Exception while processing transaction: reverted with 'busy'")],
      ["an unknown method", rpcError(-32_601, "the method is not available")],
      ["invalid parameters", rpcError(-32_602, "missing value for required argument 0")],
      ["history that was thrown away", rpcError(-32_000, "missing trie node 8f (path ) state 0x8f is not available")],
      ["a balance that is too low", rpcError(-32_000, "insufficient funds for gas * price + value")],
    ];

    for (const [name, failure] of staying) {
      it(`asks once for ${name}`, async () => {
        const { server, client, waits } = await setup(failing(1, failure));

        await failureOf(gasPrice(client));
        expect(server.count("eth_gasPrice")).to.equal(1);
        expect(waits).to.deep.equal([]);
      });
    }

    it("never sends, signs or changes anything twice", async () => {
      const methods = [
        "eth_sendRawTransaction",
        "eth_sendTransaction",
        "eth_sendPrivateTransaction",
        "eth_signTransaction",
      ];
      for (const method of [
        ...methods,
        "eth_submitWork",
        "evm_mine",
        "anvil_setBalance",
        "eth_newFilter",
        "eth_getFilterChanges",
      ]) {
        for (const failure of [page(429), page(503), "reset", rpcError(-32_603, "internal error")] as Reply[]) {
          const { server, client } = await setup(failing(1, failure));

          await failureOf(client.request({ method, params: [] } as never));
          expect(server.count(method), method).to.equal(1);
        }
      }
    });

    it("leaves it to the sender that a transaction is already known", async () => {
      const { server, client } = await setup(failing(1, rpcError(-32_000, "already known")));

      const failure = await failureOf(client.sendRawTransaction({ serializedTransaction: "0x02" }));
      expect(failure.message).to.include("already known");
      expect(server.count("eth_sendRawTransaction")).to.equal(1);
    });
  });

  describe("waiting", () => {
    const late = (retryAfter: string): Imitation => failing(1, page(429, "", { "Retry-After": retryAfter }));

    it("waits as long as the node asks", async () => {
      const { client, waits } = await setup(late("7"));

      await gasPrice(client);
      expect(waits).to.deep.equal([7_000]);
    });

    it("doesn't wait longer than its limit, whatever the node asks", async () => {
      for (const retryAfter of ["86400", "Fri, 31 Dec 2100 23:59:59 GMT", "99999999999999999999"]) {
        const { client, waits } = await setup(late(retryAfter), { maxDelay: 9_000 });

        await gasPrice(client);
        expect(waits, retryAfter).to.deep.equal([9_000]);
      }
    });

    it("waits as without it when the node asks for nothing sensible", async () => {
      for (const retryAfter of ["0", "-5", "soon", "Thu, 01 Jan 1970 00:00:00 GMT"]) {
        const { client, waits } = await setup(late(retryAfter));

        await gasPrice(client);
        expect(waits, retryAfter).to.deep.equal([RETRY.delay]);
      }
    });

    it("leaves up to half of a wait to chance, twice as long each time", async () => {
      const { client, waits } = await setup(failing(3, page(503)), { random: () => 0.5, delay: 1_000 });

      await gasPrice(client);
      expect(waits).to.deep.equal([750, 1_500, 3_000]);
    });

    it("asks as often as it is told", async () => {
      const { server, client } = await setup(failing(Infinity, page(503)), { retries: 1 });

      await failureOf(gasPrice(client));
      expect(server.count("eth_gasPrice")).to.equal(2);
      await failureOf(client.request({ method: "eth_gasPrice" }, { retryCount: 0 }));
      expect(server.count("eth_gasPrice")).to.equal(3);
    });
  });

  it("reads no more of an answer than its limit", async () => {
    const { server, client } = await setup(() => result(`0x${"00".repeat(5_000)}`), { maxAnswer: 4_000 });

    expect((await failureOf(gasPrice(client))).message).to.include("the response is too large: more than 4000 bytes");
    expect(server.count("eth_gasPrice")).to.equal(1);
  });

  it("decodes what a contract reverts with", async () => {
    const { client } = await setup(() => rpcError(3, "execution reverted", "0xdeadbeef"));

    const call = client.readContract({
      address: `0x${"11".repeat(20)}`,
      abi: [{ type: "function", name: "f", inputs: [], outputs: [], stateMutability: "view" }],
      functionName: "f",
    });
    expect((await failureOf(call)).message).to.include("0xdeadbeef");
  });

  it("takes URLs of http and https only", () => {
    for (const url of ["", "node", "ftp://node", "wss://node", "http://"]) {
      expect(() => keep3rTransport(url)).to.throw(Failure, "The node's URL must begin with http:// or https://.");
    }
  });
});

describe("createReader", () => {
  afterEach(() => RpcServer.stopAll());

  const reader = async (node: Imitation, chainId = CHAIN_ID) => {
    const server = await RpcServer.start(node);
    const opened = createReader({
      url: `${server.url}/v2/secret-key`,
      chainId,
      deployment: "goerli.json",
      ...patience(),
    });
    return { server, opened };
  };

  it("asks for the chain once, before anything else", async () => {
    const { server, opened } = await reader(chainNode({ head: 5n }));

    const client = await opened;
    expect((await client.getBlock()).hash).to.equal(block(5n).hash);
    await client.getBlock();
    expect(server.methods).to.deep.equal(["eth_chainId", "eth_getBlockByNumber", "eth_getBlockByNumber"]);
  });

  it("answers with what the node says now, not with what it said before", async () => {
    let head = 5n;
    const { server, opened } = await reader(({ method }) =>
      result(method === "eth_chainId" ? "0x7a69" : numberToHex(head++)),
    );

    const client = await opened;
    expect([await client.getBlockNumber(), await client.getBlockNumber()]).to.deep.equal([5n, 6n]);
    expect(server.count("eth_blockNumber")).to.equal(2);
  });

  it("doesn't fetch what a contract tells it to", async () => {
    const stranger = await RpcServer.start(() => result("0x"));
    const sender: Address = `0x${"11".repeat(20)}`;
    const data = encodeErrorResult({
      abi: parseAbi([
        "error OffchainLookup(address sender, string[] urls, bytes callData, bytes4 callback, bytes extra)",
      ]),
      args: [sender, [stranger.url], "0x01", "0x02020202", "0x03"],
    });
    const { opened } = await reader(({ method }) =>
      method === "eth_chainId" ? result("0x7a69") : rpcError(3, "execution reverted", data),
    );

    await failureOf((await opened).call({ to: sender }));
    expect(stranger.calls).to.deep.equal([]);
  });

  it("refuses a node of another chain, and asks it nothing more", async () => {
    const { server, opened } = await reader(chainNode({ head: 5n }), 5);

    const failure = await failureOf(opened);
    expect(failure).to.be.instanceOf(WrongChain).and.include({ node: server.url, found: 31_337n, expected: 5n });
    expect(failure.message).to.equal(
      `The node at ${server.url} is on chain 31337, but goerli.json is of chain 5. Check --network and --rpc. Nothing was sent.`,
    );
    expect(server.methods).to.deep.equal(["eth_chainId"]);
  });

  it("says why a node doesn't answer, by its origin", async () => {
    const reasons: [Reply, string][] = [
      [page(401), "HTTP 401"],
      [page(429), "HTTP 429"],
      [rpcError(-32_601, "no such method"), "error -32601"],
    ];
    for (const [reply, reason] of reasons) {
      const { server, opened } = await reader(() => reply);

      const failure = await failureOf(opened);
      expect(failure).to.be.instanceOf(NodeSilent).and.include({ node: server.url, reason });
      expect(failure.message).to.equal(
        `The node at ${server.url} doesn't answer (${reason}). Check --rpc or KEEP3R_RPC_URL, and that it runs.`,
      );
    }
  });

  it("says that nothing listens", async () => {
    const server = await RpcServer.start(() => "reset");
    const { url } = server;
    await server.stop();

    const failure = await failureOf(createReader({ url, chainId: 1, ...patience() }));
    expect(failure.message).to.include(`The node at ${url} doesn't answer (ECONNREFUSED)`);
  });

  it("can't be told a chain that isn't a number", async () => {
    const { opened } = await reader(() => result("mainnet"));

    expect((await failureOf(opened)).message).to.include("its answer to eth_chainId isn't a number");
  });
});
