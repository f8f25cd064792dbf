import {
  BadAnswer,
  keep3rTransport,
  PrunedHistory,
  showAmount,
  tokenMetadata,
  tokensMetadata,
} from "@keep3r-network/sdk";
import { expect } from "chai";
import {
  type Address,
  concatHex,
  createPublicClient,
  encodeAbiParameters,
  type Hex,
  numberToHex,
  stringToHex,
} from "viem";
import { failureOf, page, patience, result, rpcError } from "../support/rpc/replies";
import { type Reply, RpcServer } from "../support/rpc/server";

const TOKEN: Address = "0x1F573D6Fb3F13d689FF844B4cE37794d79a7FF1C";
const SHORT = "0x1F57…FF1C";
const UNKNOWN = `base units of ${SHORT}`;
const SYMBOL = "0x95d89b41";

const text = (value: string): Hex => encodeAbiParameters([{ type: "string" }], [value]);
const uint = (value: bigint): Hex => numberToHex(value, { size: 32 });
const reverted = rpcError(3, "execution reverted", "0x");

/** A token: what it answers when it is asked for its symbol and decimals, and the code that it has. */
async function setup(symbol: Hex | Reply, decimals: Hex | Reply = uint(18n), code: Hex | Reply = "0x6001") {
  const reply = (value: Hex | Reply): Reply =>
    typeof value === "string" && value.startsWith("0x") ? result(value) : (value as Reply);
  const server = await RpcServer.start(({ method, params }) => {
    if (method === "eth_getCode") return reply(code);
    return reply((params[0] as { data: Hex }).data === SYMBOL ? symbol : decimals);
  });
  return { server, client: createPublicClient({ transport: keep3rTransport(server.url, patience()) }) };
}

describe("tokenMetadata", () => {
  afterEach(() => RpcServer.stopAll());

  it("reads symbol and decimals in two requests", async () => {
    const { server, client } = await setup(text("KP3R"));

    const token = await tokenMetadata(client, TOKEN);
    expect(token).to.deep.equal({ address: TOKEN, symbol: "KP3R", decimals: 18, known: true, hasCode: true });
    expect(showAmount(12_500_000_000_000_000_000n, token)).to.equal("12.5 KP3R");
    expect(server.methods).to.deep.equal(["eth_call", "eth_call"]);
  });

  it("reads at a block", async () => {
    const { server, client } = await setup(text("KP3R"));

    await tokenMetadata(client, TOKEN, { blockNumber: 100n });
    expect(server.calls.map(({ params }) => params[1])).to.deep.equal(["0x64", "0x64"]);
  });

  const symbols: [name: string, answer: Hex | Reply, shown: string][] = [
    ["a string", text("USDC"), "USDC"],
    ["bytes32, as MKR's", stringToHex("MKR", { size: 32 }), "MKR"],
    ["32 characters in bytes32", stringToHex("A".repeat(32)), "A".repeat(20)],
    ["a string with more after it", concatHex([text("USDC"), `0x${"ff".repeat(1_000)}`]), "USDC"],
    ["a string of 32 bytes", text("B".repeat(32)), "B".repeat(20)],
    ["a long string", text("C".repeat(10_000)), "C".repeat(20)],
    ["a string in other letters", text("USD₮0"), "USD?0"],
    ["a string with a terminal's escapes", text("\u001b[31mRED\u001b[0m"), "?[31mRED?[0m"],
    ["a string over several lines", text("A\r\nB\tC\0D"), "A??B?C?D"],
    ["a string that is turned around", text("\u202eCDSU"), "?CDSU"],
    ["a string with space around it", text("  A B  "), "A B"],
    ["an empty string", text(""), SHORT],
    ["a string of spaces", text("   "), SHORT],
    ["a string of nothing but other letters", text("比特币"), SHORT],
    ["bytes that aren't UTF-8", concatHex([uint(32n), uint(2n), `0xfffe${"00".repeat(30)}`]), SHORT],
    ["zero", uint(0n), SHORT],
    ["nothing", "0x", SHORT],
    ["a revert", reverted, SHORT],
    [
      "a revert of Hardhat",
      rpcError(-32_603, "VM Exception while processing transaction: reverted with reason 'no'"),
      SHORT,
    ],
    [
      "a revert that sounds like a node's failure",
      rpcError(3, "execution reverted: missing trie node, rate limit"),
      SHORT,
    ],
    ["a waste of gas", rpcError(-32_000, "out of gas"), SHORT],
    ["a waste of time", rpcError(-32_000, "execution aborted (timeout = 5s)"), SHORT],
    ["an opcode that isn't one", rpcError(-32_015, "VM execution error: Bad instruction fe"), SHORT],
    ["a failure in a node's own words", rpcError(-32_000, "the contract said no"), SHORT],
    ["10 kB of garbage", `0x${"c3".repeat(10_000)}`, SHORT],
    ["a word and a half", `0x${"20".repeat(48)}`, SHORT],
    ["a string whose place is beyond the answer", concatHex([uint(2n ** 255n), uint(4n), uint(0n)]), SHORT],
    ["a string that is said to be longer than the answer", concatHex([uint(32n), uint(2n ** 64n), uint(0n)]), SHORT],
  ];
  for (const [name, answer, shown] of symbols) {
    it(`shows ${shown.startsWith("0x") ? "the address" : shown} for ${name}`, async () => {
      const { server, client } = await setup(answer);

      const token = await tokenMetadata(client, TOKEN);
      expect(token).to.deep.equal({ address: TOKEN, symbol: shown, decimals: 18, known: true, hasCode: true });
      expect(server.calls).to.have.length(2);
    });
  }

  const scales: [name: string, answer: Hex | Reply, decimals: number | undefined][] = [
    ["none", uint(0n), 0],
    ["USDC's", uint(6n), 6],
    ["the most that are believed", uint(36n), 36],
    ["more than that", uint(37n), undefined],
    ["more than a byte", uint(256n + 18n), undefined],
    ["all bits", uint(2n ** 256n - 1n), undefined],
    ["a word with more after it", concatHex([uint(8n), uint(1n)]), 8],
    ["a byte", "0x12", undefined],
    ["nothing", "0x", undefined],
    ["a revert", reverted, undefined],
    ["10 kB of garbage", `0x${"c3".repeat(10_000)}`, undefined],
  ];
  for (const [name, answer, decimals] of scales) {
    it(`takes ${decimals === undefined ? "base units" : `${decimals} decimals`} for decimals of ${name}`, async () => {
      const { server, client } = await setup(text("USDC"), answer);

      const token = await tokenMetadata(client, TOKEN);
      const known = decimals !== undefined;
      expect(token).to.include({ symbol: known ? "USDC" : UNKNOWN, decimals: decimals ?? 0, known, hasCode: true });
      if (!known) expect(showAmount(1_500_000n, token)).to.equal(`1500000 ${UNKNOWN}`);
      expect(server.calls).to.have.length(2);
    });
  }

  it("says whether there is a contract where neither is answered, in a third request", async () => {
    const mute = await setup(reverted, reverted);
    const absent = await setup("0x", "0x", "0x");

    const unknown = { address: TOKEN, symbol: UNKNOWN, decimals: 0, known: false };
    expect(await tokenMetadata(mute.client, TOKEN)).to.deep.equal({ ...unknown, hasCode: true });
    expect(await tokenMetadata(absent.client, TOKEN)).to.deep.equal({ ...unknown, hasCode: false });
    expect(mute.server.calls).to.have.length(3);
    expect(absent.server.methods).to.deep.equal(["eth_call", "eth_call", "eth_getCode"]);
  });

  const failures: [name: string, reply: Reply, requests: number][] = [
    ["is asked too often", page(429), 4],
    ["is down", page(502), 4],
    ["breaks the connection", "reset", 4],
    ["refuses the key", page(401), 1],
    ["is asked too often, in JSON", rpcError(-32_005, "rate limit exceeded"), 4],
    ["doesn't know the method", rpcError(-32_601, "the method eth_call does not exist"), 1],
    ["has an internal error", rpcError(-32_603, "Internal error"), 4],
  ];
  for (const [name, reply, requests] of failures) {
    it(`fails where the node ${name}`, async () => {
      const { server, client } = await setup(reply);

      await failureOf(tokenMetadata(client, TOKEN));
      const symbols = server.calls.filter(({ params }) => (params[0] as { data: Hex }).data === SYMBOL);
      expect(symbols).to.have.length(requests);
    });
  }

  it("fails where the node answers with something else than bytes", async () => {
    for (const answer of [null, 18, "KP3R", "0x123", { symbol: "KP3R" }]) {
      const { client } = await setup({ result: answer });

      expect(await failureOf(tokenMetadata(client, TOKEN))).to.be.instanceOf(BadAnswer);
    }
  });

  it("says that the node doesn't keep the state of the block", async () => {
    const { client } = await setup(rpcError(-32_000, "missing trie node 8f09 (path ) state is not available"));

    const failure = await failureOf(tokenMetadata(client, TOKEN, { blockNumber: 100n }));
    expect(failure).to.be.instanceOf(PrunedHistory).and.include({ block: 100n });
  });
});

describe("tokensMetadata", () => {
  afterEach(() => RpcServer.stopAll());

  const address = (nth: number): Address => `0x${nth.toString(16).padStart(40, "a")}`;

  it("asks each token once, two requests each, and keeps the order", async () => {
    const { server, client } = await setup(text("LP"));
    const addresses = [1, 2, 3, 2, 4, 5, 6, 7, 8, 9, 10, 1].map(address);

    const upper = address(2).toUpperCase().replace("X", "x") as Address;
    const tokens = await tokensMetadata(client, [...addresses, upper]);
    expect(tokens.map((token) => token.address)).to.deep.equal([...addresses, upper]);
    expect(server.calls).to.have.length(20);
  });

  it("is nothing for no tokens", async () => {
    const { server, client } = await setup(text("LP"));

    expect(await tokensMetadata(client, [])).to.deep.equal([]);
    expect(server.calls).to.deep.equal([]);
  });

  it("isn't ended by one odd token", async () => {
    const server = await RpcServer.start(({ params }) => {
      const { to, data } = params[0] as { to: Address; data: Hex };
      if (to === address(2)) return reverted;
      return result(data === SYMBOL ? text("LP") : uint(18n));
    });
    const client = createPublicClient({ transport: keep3rTransport(server.url, patience()) });

    const tokens = await tokensMetadata(client, [1, 2, 3].map(address));
    expect(tokens.map(({ known }) => known)).to.deep.equal([true, false, true]);
  });
});
