import { Failure } from "@keep3r-network/sdk";
import { expect } from "chai";
import { demandMainnet } from "#tools/mainnet/demand";
import { type Imitation, RpcServer } from "#support/rpc/server";

const GENESIS = "0xd4e56740f876aef8c010b86a40d5f56745a118d0906a34e69aec8c0db1cb8fa3";
const CURE = " Name an archive node of Ethereum, or unset it to test over the stand-in.";
/** Part of a URL that only its owner may know. */
const KEY = "f00dcafe12345678";

/** Answers as an archive node of mainnet, but for the methods that are given. */
function mainnet(others: Record<string, ReturnType<Imitation>> = {}): Imitation {
  const answers: Record<string, ReturnType<Imitation>> = {
    eth_chainId: { result: "0x1" },
    eth_getBlockByNumber: { result: blockOf(GENESIS) },
    eth_getCode: { result: "0x6001" },
    ...others,
  };
  return ({ method }) => answers[method] ?? { error: { code: -32601, message: `no ${method}` } };
}

function blockOf(hash: string): object {
  return { hash, number: "0x0", timestamp: "0x0", transactions: [] };
}

describe("MAINNET_RPC_URL", () => {
  afterEach(() => RpcServer.stopAll());

  it("may be the URL of an archive node of Ethereum", async () => {
    const { url, calls } = await RpcServer.start(mainnet());
    await demandMainnet(`${url}/${KEY}`);

    expect(calls.find(({ method }) => method === "eth_getCode")?.params[1]).to.equal("0x15ef3c0");
  });

  it("is refused when it isn't a URL, which isn't shown", async () => {
    for (const url of [KEY, `ftp://example.org/${KEY}`, "https://", `https://:${KEY}`]) {
      await refused(url, "it isn't a URL that begins with https://.");
    }
  });

  it("is refused when no node answers there", async () => {
    const { url } = await RpcServer.start(mainnet());
    await RpcServer.stopAll();

    await refused(`${url}/${KEY}`, `${url} doesn't answer (ECONNREFUSED).`);
  });

  for (const { what, others, why } of [
    {
      what: "is of another chain",
      others: { eth_chainId: { result: "0xaa36a7" } },
      why: "is on chain 11155111, not on mainnet.",
    },
    { what: "is no node", others: { eth_chainId: { result: "welcome" } }, why: "doesn't answer as a node does." },
    {
      what: "serves a local chain that has mainnet's id",
      others: { eth_getBlockByNumber: { result: blockOf(`0x${"12".repeat(32)}`) } },
      why: "has mainnet's chain id, but not its first block: it is a local chain.",
    },
    {
      what: "keeps no history",
      others: { eth_getCode: { error: { code: -32000, message: "missing trie node" } } },
      why: "doesn't know the contracts of block 23000000.",
    },
    {
      what: "hasn't come to the block that is forked",
      others: { eth_getCode: { result: "0x" } },
      why: "doesn't know the contracts of block 23000000.",
    },
  ] as const) {
    it(`is refused when the node ${what}`, async () => {
      const { url } = await RpcServer.start(mainnet(others));

      await refused(`${url}/${KEY}`, `${url} ${why}`);
    });
  }

  async function refused(url: string, why: string): Promise<void> {
    const failure: unknown = await demandMainnet(url).catch((error: unknown) => error);
    expect(failure).to.be.instanceOf(Failure);
    expect((failure as Failure).message).to.equal(`MAINNET_RPC_URL: ${why}${CURE}`);
  }
});
