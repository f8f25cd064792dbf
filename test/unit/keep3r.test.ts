import { messageOf } from "@keep3r-network/cli";
import {
  DAY,
  HOUR,
  MINUTE,
  parseAddress,
  parseAmount,
  parseDuration,
  REMEDIES,
  showAmount,
  withoutSecrets,
} from "@keep3r-network/sdk";
import { readKey, refuseLostDryRun } from "@keep3r-network/sdk/node";
import { expect } from "chai";
import { encryptKeystoreJson, Interface, makeError, Wallet } from "ethers";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { Keep3r__factory } from "#typechain";
import { HINTS } from "#cli/errors";
import { refuseKeys } from "#cli/commandLine/keys";
import { readPlace } from "#cli/place";

const KEY = `0x${"1f".repeat(32)}`;
const PHRASE = "test test test test test test test test test test test junk";
const ADDRESS = "0x1cEB5cB57C4D4E2b2433641b95Dd330A33185A44";
const USD = { address: ADDRESS, symbol: "USD", decimals: 6 };

describe("keep3r: what is typed", () => {
  let folder: string;

  before(() => {
    folder = mkdtempSync(path.join(tmpdir(), "keep3r-typed-"));
  });

  after(() => rmSync(folder, { recursive: true, force: true }));

  describe("options", () => {
    it("refuses a dry run that npm has kept for itself", () => {
      const env = { npm_config_dry_run: "true" };
      expect(() => refuseLostDryRun(["--job", "a"], env)).to.throw("npm took --dry-run for itself");
      refuseLostDryRun(["--dry-run"], env);
      refuseLostDryRun([], {});
    });

    it("refuses what looks like a key, and doesn't repeat it", () => {
      const refused = [
        ...[[KEY], [KEY.slice(2)], [`--x=${KEY}`], ["--private-key", "x"], ["--key=x"], ["--mnemonic", "x"]],
        ...[
          ["--password", "hunter2"],
          ["--x", PHRASE],
          ["--x", PHRASE.replace("test", "TEST")],
          [PHRASE.toUpperCase()],
          ["--x", PHRASE.replace(" ", "  ")],
          ["--x", PHRASE.replaceAll(" ", "\n")],
        ],
      ];
      for (const words of refused) {
        expect(() => refuseKeys(words), words.join(" "))
          .to.throw("must not be an argument")
          .with.property("message")
          .that.does.not.match(/1f1f|hunter2|junk/i);
      }
      refuseKeys(["--keeper", ADDRESS, "--rpc", `https://node.test/?id=${KEY}`]);
    });
  });

  describe("addresses", () => {
    it("takes them with a checksum or without one", () => {
      for (const text of [ADDRESS, ADDRESS.toLowerCase()]) expect(parseAddress("--job", text)).to.equal(ADDRESS);
    });

    it("refuses others", () => {
      for (const text of ["0x12", "vitalik.eth", ADDRESS.slice(2), `${ADDRESS}0`]) {
        expect(() => parseAddress("--job", text)).to.throw(`--job: "${text}" isn't an address`);
      }
      expect(() => parseAddress("--job", ADDRESS.replace("c", "C"))).to.throw("--job: the checksum");
      expect(() => parseAddress("--job", `0x${"0".repeat(40)}`)).to.throw("--job: the zero address");
    });
  });

  describe("amounts", () => {
    it("takes whole tokens, with as many decimals as the token has", () => {
      expect(parseAmount("--amount", "12.5", USD)).to.equal(12_500_000n);
      expect(parseAmount("--amount", "0.000001", USD)).to.equal(1n);
      expect(parseAmount("--amount", "007", USD)).to.equal(7_000_000n);
      expect(parseAmount("--amount", "3", { ...USD, decimals: 0 })).to.equal(3n);
      expect(showAmount(12_500_000n, USD)).to.equal("12.5 USD");
      expect(showAmount(7_000_000n, USD)).to.equal("7 USD");
    });

    it("refuses others", () => {
      for (const text of ["115792089237316195423570985008687907853269984665640564039457.6", "9".repeat(200)]) {
        expect(() => parseAmount("--amount", text, { ...USD, decimals: 18 }))
          .to.throw(`--amount: "${text.slice(0, 60)}`)
          .with.property("message")
          .that.includes("is more USD than a contract can count")
          .and.has.length.below(200);
      }
      for (const text of ["-5", "+5", "1e18", "1,000", "0x10", ".5", "5.", "", " 5", "all", "1.2.3"]) {
        expect(() => parseAmount("--amount", text, USD), text).to.throw(`--amount: "${text}" isn't an amount`);
      }
      expect(() => parseAmount("--amount", "1.2345678", USD)).to.throw("has 7 decimals, but USD has 6");
      expect(() => parseAmount("--amount", "0.0", USD)).to.throw("must be more than zero");
      expect(parseAmount("--amount", "0", USD, true)).to.equal(0n);
    });
  });

  describe("times", () => {
    it("are seconds, or a number of a unit", () => {
      for (const [text, seconds] of [
        ["0", 0],
        ["259200", 259_200],
        ["90 seconds", 90],
        ["1 minute", MINUTE],
        ["10minutes", 10 * MINUTE],
        ["1.5 hours", 1.5 * HOUR],
        ["3 days", 3 * DAY],
      ] as const) {
        expect(parseDuration("--value", text), text).to.equal(seconds);
      }
    });

    it("refuse others", () => {
      for (const text of ["", "days", "-3 days", "3 weeks", "3  days", "1.5", "0.0001 days", "1e3", "3 days 2 hours"]) {
        expect(() => parseDuration("--value", text), text).to.throw(
          `--value: "${text}" isn't a time. Write seconds, such as 259200, or a number of minutes, hours or days`,
        );
      }
    });
  });

  describe("deployments", () => {
    const addresses = { Keep3r: ADDRESS, KP3R: ADDRESS, Keep3rLens: ADDRESS };
    const RPC = "http://rpc.test";

    function write(content: unknown): string {
      const file = path.join(folder, "deployment.json");
      writeFileSync(file, typeof content === "string" ? content : JSON.stringify(content));
      return file;
    }

    it("takes the node from --rpc, the environment or the file, in this order", () => {
      const deployment = write({ chainId: 5, addresses, url: "http://file.test" });
      const rpcOf = (values: Record<string, string>, env: NodeJS.ProcessEnv): string =>
        readPlace(new Map(Object.entries({ deployment, ...values })), env).rpc;

      expect(rpcOf({ rpc: RPC }, { KEEP3R_RPC_URL: "http://env.test" })).to.equal(RPC);
      expect(rpcOf({}, { KEEP3R_RPC_URL: "http://env.test" })).to.equal("http://env.test");
      expect(rpcOf({}, {})).to.equal("http://file.test");
    });

    it("knows the node of localhost only", () => {
      const deployment = write({ chainId: 5, addresses });
      const place = readPlace(
        new Map([
          ["deployment", deployment],
          ["network", "localhost"],
        ]),
        {},
      );
      expect(place).to.deep.include({ chainId: 5, rpc: "http://127.0.0.1:8545" });
      expect(() => readPlace(new Map([["deployment", deployment]]), {})).to.throw("Give --rpc URL");
    });

    it("says what is wrong with a file", () => {
      const read = (content: unknown) => () => readPlace(new Map([["deployment", write(content)]]), {});
      expect(read("{")).to.throw("can't be read as JSON");
      expect(read({ addresses })).to.throw("chainId isn't a number");
      expect(read({ chainId: 1 })).to.throw("there are no addresses");
      expect(read({ chainId: 1, addresses: { ...addresses, Keep3r: "0x1" } })).to.throw(
        'Keep3r: "0x1" isn\'t an address',
      );
      expect(read({ chainId: 1, addresses: { Keep3r: ADDRESS } })).to.throw("there is no address of KP3R");
      expect(() => readPlace(new Map(), {})).to.throw("Which network?");
      expect(() => readPlace(new Map([["network", "../x"]]), {})).to.throw("isn't the name of a network");
      expect(() => readPlace(new Map([["network", "nowhere"]]), {})).to.throw(
        '--network: there is no deployment of "nowhere"',
      );
    });

    it("refuses other URLs, and shows none with its secrets", () => {
      const file = write({ chainId: 1, addresses });
      const values = new Map([
        ["deployment", file],
        ["rpc", "node.test"],
      ]);
      expect(() => readPlace(values, {})).to.throw("must begin with http://");
      expect(withoutSecrets("https://user:secret@node.test:1/v3/secret?key=secret")).to.equal("https://node.test:1");
    });
  });

  describe("keys", () => {
    let keystore: string;
    let password: string;
    const account = new Wallet(KEY).address;

    before(async () => {
      keystore = path.join(folder, "keystore.json");
      password = path.join(folder, "password");
      writeFileSync(
        keystore,
        await encryptKeystoreJson({ address: account, privateKey: KEY }, "hunter2", {
          scrypt: { N: 1024, r: 8, p: 1 },
        }),
      );
      writeFileSync(password, "hunter2\n");
    });

    it("come from a keystore and its password, or as they are", () => {
      for (const env of [
        { KEEP3R_KEYSTORE: keystore, KEEP3R_PASSWORD: "hunter2" },
        { KEEP3R_KEYSTORE: keystore, KEEP3R_PASSWORD_FILE: password },
        { KEEP3R_PRIVATE_KEY: KEY },
        { KEEP3R_PRIVATE_KEY: KEY.slice(2), KEEP3R_KEYSTORE: "" },
      ]) {
        expect(readKey(env)).to.equal(KEY);
      }
    });

    it("are refused by name, without a word of what they are", () => {
      const messageFor = (env: NodeJS.ProcessEnv): string => {
        try {
          return readKey(env);
        } catch (error) {
          return (error as Error).message;
        }
      };
      const wrong = { KEEP3R_KEYSTORE: keystore };
      expect(messageFor({})).to.include("There is no key to sign with. Set KEEP3R_KEYSTORE");
      expect(messageFor({ ...wrong, KEEP3R_PRIVATE_KEY: KEY })).to.include("Unset one of them");
      expect(messageFor(wrong)).to.include("set KEEP3R_PASSWORD_FILE");
      expect(messageFor({ ...wrong, KEEP3R_PASSWORD: "swordfish" }))
        .to.include("password isn't the one of KEEP3R_KEYSTORE")
        .and.not.include("swordfish");
      expect(messageFor({ ...wrong, KEEP3R_PASSWORD: "x", KEEP3R_PASSWORD_FILE: password })).to.include("Unset one");
      expect(messageFor({ ...wrong, KEEP3R_PASSWORD_FILE: "/nowhere" })).to.include("/nowhere can't be read");
      expect(messageFor({ KEEP3R_KEYSTORE: password, KEEP3R_PASSWORD: "x" })).to.include("isn't a keystore file");
      expect(messageFor({ KEEP3R_PRIVATE_KEY: "0xabc123" }))
        .to.include("KEEP3R_PRIVATE_KEY isn't a private key")
        .and.not.include("abc123");
    });
  });

  describe("refusals", () => {
    const errors = Keep3r__factory.createInterface();
    const refusal = (data: string | null): unknown =>
      makeError("refused", "CALL_EXCEPTION", {
        action: "call",
        data,
        reason: null,
        transaction: { to: ADDRESS, data: "0x" },
        invocation: null,
        revert: null,
      });

    it("are told by name, with their values and what to do", () => {
      const data = errors.encodeErrorResult("BondsInsufficient", [1n, 2n]);
      expect(messageOf(refusal(data))).to.equal(
        "The contract refuses: BondsInsufficient(bonded: 1, amount: 2)\n" +
          "  It does so when more is unbonded than is bonded. Unbond at most what `bonds` answers. " +
          "`report keeper` shows what is bonded.",
      );
      const allowance = new Interface([
        "error ERC20InsufficientAllowance(address spender, uint256 allowance, uint256 needed)",
      ]);
      const lacking = allowance.encodeErrorResult("ERC20InsufficientAllowance", [ADDRESS, 1n, 2n]);
      expect(messageOf(refusal(lacking)))
        .to.include("allowance: 1, needed: 2)")
        .and.include("approves what is needed");
    });

    it("are told as well as can be when they have no name", () => {
      const text = new Interface(["error Error(string)"]).encodeErrorResult("Error", ["TOO_POOR"]);
      expect(messageOf(refusal(text))).to.include('"TOO_POOR"');
      expect(messageOf(refusal("0xdeadbeef"))).to.include("an error that isn't known here: 0xdeadbeef");
      expect(messageOf(refusal("0x"))).to.include("the contract gave no reason");
    });

    it("aren't all that can happen: what to do about the rest is said in the command's words", () => {
      const expired = makeError("nonce too low", "NONCE_EXPIRED", { transaction: "0x" } as never);
      expect(messageOf(expired)).to.equal("Another transaction of the sender came first. Run the command again.");
      expect(messageOf(makeError("request timeout", "TIMEOUT", {} as never))).to.equal(
        "The node didn't answer in time. Try again, or another --rpc.",
      );
    });

    it("are hinted at only if there are such", () => {
      const known = Object.values(REMEDIES).map(({ name }) => name);
      const unknown = Object.keys(HINTS).filter((name) => !known.includes(name));
      expect(unknown).to.be.empty;
    });
  });
});
