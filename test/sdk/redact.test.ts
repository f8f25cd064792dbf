import { inspect } from "node:util";
import { createReader, keep3rTransport, redact, withoutSecrets } from "@keep3r-network/sdk";
import { expect } from "chai";
import { createPublicClient } from "viem";
import { page, patience, refusal, rpcError } from "../support/rpc/replies";
import { type Reply, RpcServer } from "../support/rpc/server";

describe("withoutSecrets", () => {
  it("leaves scheme, host and port", () => {
    expect(withoutSecrets("https://user:password@eth.example:8545/v2/key?token=1#x")).to.equal(
      "https://eth.example:8545",
    );
    expect(withoutSecrets("http://127.0.0.1:8545")).to.equal("http://127.0.0.1:8545");
    expect(withoutSecrets("http://[::1]:8545/key")).to.equal("http://[::1]:8545");
  });

  it("names a node that has no URL", () => {
    expect(withoutSecrets("key")).to.equal("the node");
  });
});

describe("redact", () => {
  const cases: [name: string, text: string, shown: string][] = [
    ["a key in the path", "URL: https://eth.example/v2/KEY", "URL: https://eth.example"],
    ["a key in the query", "at https://eth.example?apikey=KEY now", "at https://eth.example now"],
    ["credentials", "GET https://user:KEY@eth.example/ 401", "GET https://eth.example 401"],
    ["credentials with an at sign", "https://user:K@EY@eth.example/", "https://eth.example"],
    ["a websocket's URL", "wss://eth.example/ws/v3/KEY closed", "wss://eth.example closed"],
    ["capitals", "HTTPS://ETH.example/KEY", "https://eth.example"],
    ["a URL in JSON", '{"url":"https://eth.example/KEY","code":1}', '{"url":"https://eth.example","code":1}'],
    [
      "a URL in JSON with escaped slashes",
      '{"url":"https:\\/\\/eth.example\\/v2\\/KEY"}',
      '{"url":"https://eth.example"}',
    ],
    [
      "a URL in HTML",
      '<a href="https://eth.example/KEY">https://eth.example/KEY</a>',
      '<a href="https://eth.example">https://eth.example</a>',
    ],
    ["several", "http://a.example/KEY, http://b.example/KEY.", "http://a.example http://b.example"],
    ["a fragment", "https://eth.example/#KEY", "https://eth.example"],
    ["an IPv6 address", "(http://[::1]:8545/KEY)", "(http://[::1]:8545"],
    ["a URL that can't be parsed", "https://eth.example:99999/KEY", "https://…"],
  ];
  for (const [name, text, shown] of cases) it(`removes ${name}`, () => expect(redact(text)).to.equal(shown));

  it("leaves numbers, addresses, hashes and sentences as they are", () => {
    const text =
      `block 18,000,000 of 0x${"Ab".repeat(20)}, 0x${"0f".repeat(32)}: -32005 "query returned more than 10000 results"; ` +
      "see docs/operate.md, wss, http: and 1/2";
    expect(redact(text)).to.equal(text);
  });
});

describe("errors of keep3rTransport", () => {
  afterEach(() => RpcServer.stopAll());

  const KEY = "k3y_4b1c9d7e";
  const QUERY = "t0ken-77aa";
  const PASSWORD = "pa55 wörd";
  const USER = "0perator";
  const SECRETS = [KEY, QUERY, PASSWORD, USER, encodeURIComponent(PASSWORD), btoa(`${USER}:`).slice(0, 10)];

  /** A node that knows its own URL, and quotes it. */
  async function setup(reply: (secretUrl: string) => Reply, timeout = 30_000) {
    const server = await RpcServer.start(() => reply(secretUrl));
    const secretUrl = `http://${USER}:${encodeURIComponent(PASSWORD)}@127.0.0.1:${server.port}/v2/${KEY}?token=${QUERY}`;
    return { server, secretUrl, options: { timeout, ...patience() } };
  }

  async function expectNoSecret(promise: Promise<unknown>): Promise<void> {
    const error = await promise.then(
      () => expect.fail("it doesn't fail"),
      (failure: unknown) => failure as Error,
    );
    const shown = [
      inspect(error, { depth: 20, showHidden: true, getters: true, maxStringLength: null }),
      error.stack,
      String(error),
    ];
    shown.push(JSON.stringify(error), JSON.stringify(error, Object.getOwnPropertyNames(error)));
    for (const text of shown) for (const secret of SECRETS) expect(text).not.to.include(secret);
  }

  const kinds: [name: string, reply: (secretUrl: string) => Reply][] = [
    ["HTTP 401", () => page(401, "unauthorized")],
    ["HTTP 401 with the URL in a page", (url) => page(401, `<html>No access to <a href="${url}">${url}</a></html>`)],
    ["HTTP 404 with the path in a page", () => page(404, `Cannot POST /v2/${KEY}?token=${QUERY}`)],
    [
      "HTTP 404 with the parts of the URL in a page",
      () => page(404, `No key ${KEY} or ${QUERY} of ${USER}, ${PASSWORD}`),
    ],
    [
      "HTTP 404 with escaped parts",
      () => page(404, `\\/v2\\/${KEY} &amp;token=${QUERY} ${encodeURIComponent(PASSWORD)}`),
    ],
    ["HTTP 429 to the end", (url) => page(429, `too many requests to ${url}`, { Location: url, "X-Url": url })],
    ["HTTP 500", (url) => page(500, `upstream ${url} failed`)],
    ["HTTP 500 with a JSON-RPC error", (url) => refusal(500, -32_603, `upstream ${url} failed`)],
    ["a redirection to nowhere", (url) => page(302, "", { Location: `${url}#${KEY}`.replace("http:", "data:") })],
    ["a page instead of JSON", (url) => ({ text: `<html>${url} is being moved; ${KEY}</html>` })],
    ["JSON that is cut off", (url) => ({ status: 200, body: `{"url":"${url}`, headers: {} })],
    ["JSON that isn't JSON-RPC", (url) => ({ status: 200, body: JSON.stringify({ url, KEY }), headers: {} })],
    [
      "a JSON-RPC error",
      (url) => rpcError(-32_000, `no such project: ${url}`, { url, parts: [KEY, { token: QUERY }] }),
    ],
    ["a JSON-RPC error with a text for data", (url) => rpcError(-32_602, "invalid project", `${url} ${KEY}`)],
    ["a JSON-RPC error that is a text", (url) => ({ error: `no such project: ${url}` })],
    ["a connection that is reset", () => "reset"],
  ];

  for (const [name, reply] of kinds) {
    it(`have nothing secret in them: ${name}`, async () => {
      const { secretUrl, options } = await setup(reply);
      const client = createPublicClient({ transport: keep3rTransport(secretUrl, options) });

      await expectNoSecret(client.request({ method: "eth_gasPrice" }));
      await expectNoSecret(client.getBalance({ address: `0x${"11".repeat(20)}` }));
      await expectNoSecret(client.call({ to: `0x${"11".repeat(20)}` }));
      await expectNoSecret(client.getLogs({ fromBlock: 1n, toBlock: 2n }));
      await expectNoSecret(client.sendRawTransaction({ serializedTransaction: "0x02" }));
      await expectNoSecret(createReader({ url: secretUrl, chainId: 1, ...options }));
    });
  }

  it("have nothing secret in them: a refused connection", async () => {
    const { server, secretUrl, options } = await setup(() => "reset");
    await server.stop();

    await expectNoSecret(createPublicClient({ transport: keep3rTransport(secretUrl, options) }).getGasPrice());
    await expectNoSecret(createReader({ url: secretUrl, chainId: 1, ...options }));
  });

  for (const silence of ["silence", "stall"] as const) {
    it(`have nothing secret in them: no answer in time, by ${silence}`, async () => {
      const { secretUrl, options } = await setup(() => silence, 20);

      await expectNoSecret(createPublicClient({ transport: keep3rTransport(secretUrl, options) }).getGasPrice());
    });
  }

  it("have nothing secret in them: a fetch that fails with the URL in its error", async () => {
    const url = `http://${USER}:${KEY}@127.0.0.1/v2/${KEY}?token=${QUERY}`;
    const cause = Object.assign(new Error(`getaddrinfo ENOTFOUND for ${url}`), {
      code: "ENOTFOUND",
      path: `/v2/${KEY}`,
    });
    const fetchFn = () => Promise.reject(Object.assign(new TypeError(`fetch of ${url} failed`, { cause }), { url }));

    await expectNoSecret(createReader({ url, chainId: 1, fetchFn, ...patience() }));
    await expectNoSecret(
      createPublicClient({ transport: keep3rTransport(url, { fetchFn, ...patience() }) }).getGasPrice(),
    );
  });

  it("keep what has to be read", async () => {
    const words = `nonce too low: address 0x${"Ab".repeat(20)}, tx: 12 state: 18000000, block 0x${"0f".repeat(32)}`;
    const { secretUrl, options } = await setup(() => rpcError(-32_000, words));

    const failure = createPublicClient({ transport: keep3rTransport(secretUrl, options) }).getGasPrice();
    expect(await failure.catch(String)).to.include(words);
  });

  it("keep a terminal from obeying a node", async () => {
    const { secretUrl, options } = await setup(() => rpcError(-32_000, "\u001b[2J\u009b31m\u0007gone\u202e"));

    const failure = createPublicClient({ transport: keep3rTransport(secretUrl, options) }).getGasPrice();
    // eslint-disable-next-line no-control-regex
    expect(await failure.catch(String)).not.to.match(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
  });

  it("aren't the only thing that is clean: so is the client", async () => {
    const { secretUrl, options } = await setup(() => "reset");

    const client = createPublicClient({ transport: keep3rTransport(secretUrl, options) });
    const shown = inspect(client, { depth: 20, showHidden: true });
    for (const secret of SECRETS) expect(shown).not.to.include(secret);
  });

  it("reach the node with the credentials and the whole path", async () => {
    const { server, secretUrl, options } = await setup(() => ({ result: "0x1" }));

    await createReader({ url: secretUrl, chainId: 1, ...options });
    const [call] = server.calls;
    expect(call?.path).to.equal(`/v2/${KEY}?token=${QUERY}`);
    const [, token = ""] = call?.headers.authorization?.split(" ") ?? [];
    expect(Buffer.from(token, "base64").toString()).to.equal(`${USER}:${PASSWORD}`);
  });
});
