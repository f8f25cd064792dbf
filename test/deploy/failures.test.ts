import { Failure } from "@keep3r-network/sdk";
import { IgnitionError } from "@nomicfoundation/ignition-core";
import { expect } from "chai";
import { EventEmitter } from "node:events";
import { inWords } from "#deploy/failures";
import { tellingIfInterrupted } from "#deploy/interruption";

const SENDER = "0x23618e81E3f5cdF7f54C3d65f7FBc0aBf5B21E8f";

/** As Ignition makes them, which doesn't give its list of errors away. */
function ignitionError(number: number, message: string): IgnitionError {
  return new IgnitionError({ number, message });
}

describe("Why a deployment stopped", () => {
  for (const [number, message, told] of [
    [401, "all the transactions were dropped", "The node has forgotten a transaction before it was mined."],
    [403, "You have sent transactions", "haven't enough confirmations yet. Wait a few blocks."],
    [404, "You have sent transactions", "haven't enough confirmations yet. Wait a few blocks."],
    [
      405,
      `The next nonce for ${SENDER} should be 9, but is 8. Please make sure not to send transactions`,
      `The node counts 8 transactions of ${SENDER}, but 9 are mined: it is behind.`,
    ],
    [
      405,
      `The next nonce for ${SENDER} should be 9, but is 11. Please make sure not to send transactions`,
      `${SENDER} has sent 2 transactions that aren't this deployment's.`,
    ],
  ] as const) {
    it(`is told to whoever sent nothing else, too: ${told}`, () => {
      const error = inWords(ignitionError(number, message));
      expect(error).to.be.instanceOf(Failure);
      expect((error as Failure).message)
        .to.include(told)
        .and.include("Run the same command again: it goes on where it was, and sends nothing twice.")
        .and.not.include("make sure not to send");
    });
  }

  it("is told without Ignition's number otherwise", () => {
    expect((inWords(ignitionError(410, "Gas estimation failed: no answer")) as Failure).message).to.equal(
      "Gas estimation failed: no answer",
    );
    const other = new Error("another one's");
    expect(inWords(other)).to.equal(other);
  });
});

describe("Work that Ctrl-C interrupts", () => {
  it("ends with a word, and with what a shell expects", async () => {
    const told: string[] = [];
    const codes: number[] = [];
    const host = Object.assign(new EventEmitter(), { exit: (code: number) => void codes.push(code) });
    const result = await tellingIfInterrupted(
      () => told.push("3 of 5 steps are done"),
      () => {
        host.emit("SIGINT");
        return Promise.resolve("done");
      },
      host,
    );
    expect([result, told, codes]).to.deep.equal(["done", ["3 of 5 steps are done"], [130]]);
  });

  it("leaves Ctrl-C to others when it is done, or has failed", async () => {
    const before = process.listenerCount("SIGINT");
    await tellingIfInterrupted(
      () => undefined,
      () => Promise.resolve(),
    );
    await expect(
      tellingIfInterrupted(
        () => undefined,
        () => Promise.reject(new Error("failed")),
      ),
    ).to.be.rejectedWith("failed");
    expect(process.listenerCount("SIGINT")).to.equal(before);
  });
});
