import * as sdk from "@keep3r-network/sdk";
import {
  decodeRevert,
  explain,
  explanationOf,
  isOfKeep3r,
  messageOf,
  refusalOf,
  revertDataOf,
} from "@keep3r-network/sdk";
import { expect } from "chai";
import { makeError } from "ethers";
import { type Abi, createPublicClient, custom, encodeErrorResult, type Hex, toFunctionSelector } from "viem";
import { formatAbiItem } from "viem/utils";

const ADDRESS = "0x1cEB5cB57C4D4E2b2433641b95Dd330A33185A44";
const SOLIDITY = [
  { type: "error", name: "Error", inputs: [{ name: "reason", type: "string" }] },
  { type: "error", name: "Panic", inputs: [{ name: "code", type: "uint256" }] },
] as const;
const BONDS = encodeErrorResult({ abi: sdk.keep3rAbi, errorName: "BondsInsufficient", args: [1n, 2n] });
const TEXT = "BondsInsufficient(bonded: 1, amount: 2)";

/** Every ABI that the package has, by its name there. */
const ABIS = Object.entries(sdk).filter(([name]) => name.endsWith("Abi")) as unknown as [string, Abi][];

function errorText(reason: string): Hex {
  return encodeErrorResult({ abi: SOLIDITY, errorName: "Error", args: [reason] });
}

describe("The SDK's errors", () => {
  describe("explanationOf", () => {
    for (const [name, abi] of ABIS) {
      it(`says when every error of ${name} is thrown, and what to do about it`, () => {
        const silent = abi.flatMap((item) => {
          if (item.type !== "error") return [];
          const explanation = explanationOf(toFunctionSelector(formatAbiItem(item)));
          const { name: explained, thrown, remedy } = explanation ?? {};
          const complete =
            explained === item.name && ![undefined, ""].includes(thrown) && ![undefined, ""].includes(remedy);
          return complete ? [] : [item.name];
        });
        expect(silent).to.deep.equal([]);
      });
    }

    it("knows nothing of other selectors", () => {
      for (const selector of [undefined, "", "0xdeadbeef", "constructor"]) {
        expect(explanationOf(selector)).to.be.undefined;
      }
    });
  });

  describe("decodeRevert", () => {
    it("names an error with its values", () => {
      expect(decodeRevert(BONDS)).to.deep.equal({
        name: "BondsInsufficient",
        selector: "0x0e76efe6",
        args: [1n, 2n],
        text: TEXT,
      });
      expect(decodeRevert(BONDS.toUpperCase().replace("X", "x")).text).to.equal(TEXT);
    });

    it("knows the errors of every ABI", () => {
      for (const [, abi] of ABIS) {
        for (const item of abi) {
          if (item.type !== "error" || item.inputs.length > 0) continue;
          expect(decodeRevert(encodeErrorResult({ abi, errorName: item.name })).name).to.equal(item.name);
        }
      }
    });

    it("quotes a text", () => {
      expect(decodeRevert(errorText("TOO_POOR"))).to.deep.include({ name: "Error", text: '"TOO_POOR"' });
    });

    it("says what a panic means", () => {
      const panic = (code: bigint) => encodeErrorResult({ abi: SOLIDITY, errorName: "Panic", args: [code] });
      expect(decodeRevert(panic(0x12n))).to.deep.include({ name: "Panic", text: "Panic(18): a division by zero" });
      expect(decodeRevert(panic(0x99n)).text).to.equal("Panic(153): a fault in the contract");
      expect(decodeRevert(panic(2n ** 256n - 1n)).text).to.match(/^Panic\(\d{78}\): a fault in the contract$/);
    });

    it("says that there is no reason, or none that is known", () => {
      expect(decodeRevert("0x")).to.deep.equal({
        name: "",
        selector: undefined,
        args: [],
        text: "the contract gave no reason",
      });
      expect(decodeRevert("0xdeadbeef").text).to.equal("an error that isn't known here: 0xdeadbeef");
      expect(decodeRevert("0xdead").text).to.equal("an error that isn't known here: 0xdead");
    });

    it("doesn't take for an error what only begins like one", () => {
      const word = (digits: string): string => digits.padStart(64, "0");
      const hostile = [
        ...["0x08c379a0", `0x08c379a0${word("20")}`, `0x08c379a0${word("20")}${word("ff")}`],
        // Offsets and lengths beyond all data
        ...[`0x08c379a0${"f".repeat(128)}`, `0x08c379a0${word("20")}${"f".repeat(64)}`],
        ...[`${BONDS.slice(0, -2)}`, `${BONDS.slice(0, -1)}`, `${BONDS.slice(0, -2)}zz`, "0x0e76efe6"],
      ];
      for (const data of hostile) {
        expect(decodeRevert(data), data).to.deep.include({ name: "", args: [] });
        expect(decodeRevert(data).text).to.match(/^an error that isn't known here: 0x/);
      }
    });

    it("keeps a contract's text short and printable", () => {
      const { text } = decodeRevert(errorText("\u001b[31mred\r\nnew line\u202egnp.exe\u0000\u009b"));
      expect(text).to.equal('"?[31mred??new line?gnp.exe??"');
      expect(decodeRevert(errorText("x".repeat(10_000))).text).to.equal(`"${"x".repeat(200)}..."`);
      expect(decodeRevert(errorText("x".repeat(1_000_000))).text)
        .to.match(/^an error .*\.\.\.$/)
        .and.to.have.lengthOf.below(200);
      expect(decodeRevert(`0xdeadbeef\u001b[2J${"0".repeat(1_000)}`).text).to.not.include("\u001b");
      const args = [`0x${"ab".repeat(5_000)}`] as const;
      const simulated = encodeErrorResult({ abi: sdk.automationJobAbi, errorName: "Simulated", args });
      expect(decodeRevert(simulated).text).to.equal(`Simulated(data: 0x${"ab".repeat(68)}...)`);
    });

    it("returns for whatever text there is", () => {
      for (const data of ["", "hello", "0x", "0X08C379A0", "0x0", "\u0000", "0xzz"]) {
        expect(decodeRevert(data).name).to.equal("");
      }
    });
  });

  describe("isOfKeep3r", () => {
    it("tells Keep3r's own errors from those of what it calls", () => {
      const of = (data: Hex): boolean => isOfKeep3r(decodeRevert(data));
      const abi = sdk.keep3rAbi;
      expect(of(encodeErrorResult({ abi, errorName: "OnlyKeeperOwner" }))).to.be.true;
      expect(of(encodeErrorResult({ abi, errorName: "SafeERC20FailedOperation", args: [ADDRESS] }))).to.be.false;
      expect(of(errorText("x"))).to.be.false;
      expect(of("0x")).to.be.false;
    });
  });

  describe("revertDataOf", () => {
    const callException = (fields: object): Error =>
      Object.assign(
        makeError("refused", "CALL_EXCEPTION", {
          ...{ action: "call", data: null, reason: null, transaction: { to: ADDRESS, data: "0x1234" } },
          ...{ invocation: null, revert: null },
        }),
        fields,
      );
    const hardhat = (
      data: unknown,
      message = "VM Exception while processing transaction: reverted with an unrecognized custom error",
    ): Error => Object.assign(new Error(message), { code: -32603, data });

    it("finds the data in errors of ethers", () => {
      expect(revertDataOf(callException({ data: BONDS }))).to.equal(BONDS);
      expect(revertDataOf(callException({ data: "0x" }))).to.equal("0x");
      expect(revertDataOf(makeError("?", "UNKNOWN_ERROR", { error: { code: 3, data: BONDS } }))).to.equal(BONDS);
    });

    it("finds the data in errors of Hardhat's provider, in its process and over HTTP", () => {
      expect(revertDataOf(hardhat(BONDS))).to.equal(BONDS);
      expect(revertDataOf(hardhat({ message: "reverted", data: BONDS }))).to.equal(BONDS);
      const withStack = Object.assign(new Error("VM Exception"), { data: BONDS, transactionHash: undefined });
      expect(revertDataOf(new Error("An unknown RPC error occurred.", { cause: withStack }))).to.equal(BONDS);
    });

    it("finds the data in what nodes answer", () => {
      expect(revertDataOf({ code: 3, message: "execution reverted", data: BONDS })).to.equal(BONDS);
      expect(
        revertDataOf({ error: { code: -32015, message: "VM execution error.", data: `Reverted ${BONDS}` } }),
      ).to.equal(BONDS);
      expect(revertDataOf({ code: -32015, message: "VM execution error.", data: "Reverted 0x" })).to.equal("0x");
    });

    it("tells a revert without data from a node that failed", () => {
      for (const message of [
        "execution reverted",
        "out of gas",
        "invalid opcode: INVALID",
        "Transaction ran out of gas",
      ]) {
        expect(revertDataOf({ code: -32000, message }), message).to.equal("0x");
      }
      for (const message of ["header not found", "nonce too low", "rate limited", "missing trie node"]) {
        expect(revertDataOf({ code: -32000, message }), message).to.be.undefined;
      }
      expect(revertDataOf(callException({}))).to.equal("0x");
      expect(revertDataOf(callException({ info: { error: { code: -32603, message: "header not found" } } }))).to.be
        .undefined;
      expect(revertDataOf(callException({ info: { error: { code: 3, message: "execution reverted" } } }))).to.equal(
        "0x",
      );
    });

    it("prefers data to the lack of it, wherever it is", () => {
      const outer = Object.assign(new Error("?"), { code: -32603, data: "0x", cause: { code: 3, data: BONDS } });
      expect(revertDataOf(outer)).to.equal(BONDS);
    });

    it("takes no other error for a revert, whatever data it has and whatever it says", async () => {
      const client = createPublicClient({ transport: custom({ request: () => Promise.resolve("0x1234") }) });
      const target = { address: ADDRESS, abi: sdk.keep3rAbi } as const;
      const error: unknown = await client
        .readContract({ ...target, functionName: "governance" })
        .catch((e: unknown) => e);
      expect(JSON.stringify(error)).to.include("0x1234");
      expect(revertDataOf(error)).to.be.undefined;
      expect(revertDataOf(new Error("the change can't be reverted"))).to.be.undefined;
    });

    it("isn't deceived by a circle, nor by what isn't an error", () => {
      const circle: { cause?: unknown } = new Error("round");
      circle.cause = circle;
      for (const error of [circle, undefined, null, 5, "x", {}, new Error("x")])
        expect(revertDataOf(error)).to.be.undefined;
    });
  });

  describe("refusalOf", () => {
    const refusalWith = async (error: object, read: "call" | "readContract" | "simulateContract") => {
      const request = (): Promise<never> => Promise.reject(Object.assign(new Error("answer"), error));
      const client = createPublicClient({ transport: custom({ request }, { retryCount: 0 }) });
      const target = { address: ADDRESS, abi: sdk.keep3rAbi } as const;
      const calls = {
        call: () => client.call({ to: ADDRESS, data: "0x" }),
        readContract: () => client.readContract({ ...target, functionName: "governance" }),
        simulateContract: () =>
          client.simulateContract({ ...target, functionName: "settle", args: [ADDRESS], account: ADDRESS }),
      };
      return calls[read]().then(
        () => expect.fail("it answered"),
        (thrown: unknown) => refusalOf(thrown),
      );
    };

    for (const read of ["call", "readContract", "simulateContract"] as const) {
      it(`reads what viem's ${read} throws, by the codes of all nodes`, async () => {
        for (const code of [3, -32000, -32603, -32015]) {
          const refused = { code, message: "execution reverted", data: BONDS };
          expect((await refusalWith(refused, read))?.text, String(code)).to.equal(TEXT);
          expect((await refusalWith({ ...refused, data: { data: BONDS } }, read))?.text, String(code)).to.equal(TEXT);
        }
      });

      it(`tells in what viem's ${read} throws a revert without data from a node that failed`, async () => {
        for (const code of [3, -32000, -32603]) {
          const silent = await refusalWith({ code, message: "execution reverted" }, read);
          expect(silent?.text, String(code)).to.equal("the contract gave no reason");
        }
        for (const code of [-32000, -32603]) {
          expect(await refusalWith({ code, message: "header not found" }, read), String(code)).to.be.undefined;
        }
      });
    }

    it("takes the reason from words where a node gives no data", async () => {
      for (const message of [
        "execution reverted: it doesn't",
        "VM Exception while processing transaction: reverted with reason string 'it doesn't'",
      ]) {
        expect(refusalOf({ code: -32000, message })?.text).to.equal('"it doesn\'t"');
      }
      expect((await refusalWith({ code: 3, message: "execution reverted: no" }, "readContract"))?.text).to.equal(
        '"no"',
      );
      expect(refusalOf({ message: "Transaction reverted without a reason string" })?.text).to.equal(
        "the contract gave no reason",
      );
      expect(refusalOf({ message: `execution reverted: \u001b[2J${"x".repeat(5_000)}` })?.text).to.match(
        /^"\?\[2Jx+\.\.\."$/,
      );
    });
  });

  describe("explain", () => {
    const SAID = `${TEXT}\n  It does so when more is unbonded than is bonded. Unbond at most what \`bonds\` answers.`;

    it("says when that is said, what to do, and how in this program", () => {
      expect(explain(decodeRevert(BONDS))).to.equal(SAID);
      expect(explain(decodeRevert(BONDS), { hint: "See `report`." })).to.equal(`${SAID} See \`report\`.`);
    });

    it("gives the advice that is for the case instead", () => {
      expect(explain(decodeRevert(BONDS), { advice: "1 is bonded.", hint: "x" })).to.equal(`${TEXT}\n  1 is bonded.`);
      expect(explain(decodeRevert(BONDS), { advice: "" })).to.equal(SAID);
    });

    it("adds to an unknown error no more than a hint", () => {
      expect(explain(decodeRevert("0x"))).to.equal("the contract gave no reason");
      expect(explain(decodeRevert("0x"), { hint: "Check." })).to.equal("the contract gave no reason\n  Check.");
    });
  });

  describe("messageOf", () => {
    it("gives a failure's own message", () => {
      expect(messageOf(new sdk.Failure("No."))).to.equal("No.");
    });

    it("tells a refusal, in the caller's way if it has one", () => {
      const refused = { code: 3, message: "execution reverted", data: BONDS };
      expect(messageOf(refused)).to.match(/^The contract refuses: BondsInsufficient\(.*\)\n {2}It does so when/);
      expect(messageOf(refused, ({ name }) => name)).to.equal("The contract refuses: BondsInsufficient");
    });

    it("tells what can happen to any transaction, by the marks of ethers, viem and nodes", () => {
      const marked = (mark: object): Error => Object.assign(new Error("?"), mark);
      for (const error of [
        marked({ code: "INSUFFICIENT_FUNDS" }),
        marked({ cause: marked({ name: "InsufficientFundsError" }) }),
        { message: "insufficient funds for gas * price + value" },
      ]) {
        expect(messageOf(error)).to.equal("The sender has too little ether for the gas.");
      }
      for (const error of [
        marked({ code: "NONCE_EXPIRED" }),
        marked({ name: "NonceTooLowError" }),
        { message: "Nonce too low. Expected nonce to be 5" },
      ]) {
        expect(messageOf(error)).to.equal("Another transaction of the sender came first. Try again.");
      }
      for (const error of [marked({ code: "TIMEOUT" }), marked({ name: "TimeoutError" })]) {
        expect(messageOf(error)).to.equal("The node didn't answer in time. Try again, or ask another node.");
      }
    });

    it("keeps a URL's secret to itself, whoever threw it", () => {
      const error = new Error("could not detect network of https://user:pass@node.test/v3/0123456789abcdef?key=hidden");
      expect(messageOf(error))
        .to.include("https://node.test")
        .and.not.match(/user|pass|0123456789abcdef|hidden/);
    });

    it("tells anything else in its words and those of its cause, printable", () => {
      expect(messageOf(new Error("broken"))).to.equal("broken");
      expect(
        messageOf(
          Object.assign(new Error("long"), {
            shortMessage: "could not coalesce error",
            error: { message: "rate limited" },
          }),
        ),
      ).to.equal("rate limited");
      expect(
        messageOf(Object.assign(new Error("long"), { shortMessage: "HTTP request failed.", details: "fetch failed" })),
      ).to.equal("HTTP request failed: fetch failed");
      expect(messageOf({ code: -32000, message: "header\u001b[2J\nnot found" })).to.equal("header?[2J\nnot found");
      expect(messageOf(Object.create(null))).to.equal("An error without a message.");
      for (const [error, text] of [
        ["x", "x"],
        [undefined, "undefined"],
        [5, "5"],
      ] as const)
        expect(messageOf(error)).to.equal(text);
    });
  });
});
