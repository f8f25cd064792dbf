import { DAY, HOUR, priceWarning, type PriceState, readPrices, type Refusal, remedyOf, WAD } from "@keep3r-network/sdk";
import { time } from "@nomicfoundation/hardhat-network-helpers";
import { expect } from "chai";
import { loadFixture } from "#support/fixture";
import { deployNetworkWorld, type NetworkWorld } from "#support/worlds/network";
import type { Address } from "viem";
import { ALICE, BOB } from "../support/rpc/chain";
import { hardhatClient } from "../support/rpc/hardhat";

const MAX_QUOTE_AGE = DAY;

function refusal(name: string): Refusal {
  return { name, selector: undefined, args: [], text: `${name}()` };
}

const STATE: PriceState = {
  ...{ oracle: ALICE, pair: BOB, thin: false, observations: 128, oldestAge: 3 * DAY, newestAge: HOUR },
  answer: { kp3rPerEth: 10n * WAD, span: 4 * HOUR },
  ...{ bootstrapped: true, kp3rPerEth: 10n * WAD, quotedAt: 1_000_000, maxQuoteAge: MAX_QUOTE_AGE, quoteLeft: 0 },
};

describe("The SDK's reading of prices", () => {
  describe("priceWarning", () => {
    const refusing: PriceState = { ...STATE, thin: true, answer: { refusal: refusal("Kp3rReserveTooLow") } };

    it("says nothing while the oracle answers, however old the quote is", () => {
      expect(priceWarning({ ...STATE, quoteLeft: -30 * DAY })).to.equal(undefined);
    });

    it("says nothing while governance's quote serves", () => {
      expect(priceWarning({ ...refusing, bootstrapped: false, quoteLeft: -30 * DAY })).to.equal(undefined);
    });

    it("says so when the oracle doesn't answer and less than a quarter of the quote's time is left", () => {
      expect(priceWarning({ ...refusing, quoteLeft: 6 * HOUR })).to.equal(undefined);
      expect(priceWarning({ ...refusing, quoteLeft: 6 * HOUR - 1 })).to.equal(
        "Payments by gas stop in 6 hours: the oracle doesn't answer, and the last quote will be too old then. " +
          "Add liquidity to the pair, or have governance lower minKp3rReserve, then call update of the oracle, as anyone may.",
      );
      expect(priceWarning({ ...refusing, quoteLeft: 0 })).to.include("stop in 0 minutes");
      expect(priceWarning({ ...refusing, quoteLeft: -1 })).to.include(
        "Payments by gas have stopped: the oracle doesn't answer, and the last quote is too old.",
      );
    });
  });

  it("has a remedy for whatever the oracle says", () => {
    expect(remedyOf(refusal("PairNotListed"))).to.include("list the pair again");
    expect(remedyOf(refusal("InsufficientHistory"))).to.include("every half an hour");
    expect(remedyOf(refusal(""))).to.include("raise maxQuoteAge meanwhile");
  });

  describe("readPrices", () => {
    const client = hardhatClient();

    async function read({ helper }: NetworkWorld): Promise<PriceState> {
      const { number, timestamp } = await client.getBlock();
      const addresses = { Keep3rHelper: (await helper.getAddress()) as Address };
      return readPrices(client, addresses, { number, timestamp: Number(timestamp) });
    }

    it("tells a quote of the oracle from governance's, by the block's own time", async () => {
      const world = await loadFixture(deployNetworkWorld);
      const { helper, oracle, pair } = world;
      const early = await read(world);
      expect(early).to.deep.include({ bootstrapped: false, quotedAt: 0, kp3rPerEth: 0n, thin: false });

      await helper.workRate(0);
      await time.increase(5 * HOUR);
      const state = await read(world);
      const { timestamp } = await client.getBlock();
      const { kp3rPerEth, quotedAt } = await helper.cachedQuote();
      expect(state).to.deep.include({ oracle: await oracle.getAddress(), pair: await pair.getAddress() });
      expect(state).to.deep.include({ bootstrapped: true, kp3rPerEth, quotedAt: Number(quotedAt) });
      expect(state.quoteLeft).to.equal(Number(quotedAt) + MAX_QUOTE_AGE - Number(timestamp));
      expect(state.newestAge).to.be.at.least(5 * HOUR);
      expect(state.observations).to.equal(Number(await oracle.observationCount(pair)));
    });

    it("answers what the helper would quote", async () => {
      const world = await loadFixture(deployNetworkWorld);
      await time.increase(5 * HOUR);
      const { answer } = await read(world);
      await world.helper.workRate(0);
      const { kp3rPerEth } = await world.helper.cachedQuote();

      if ("refusal" in answer) throw new Error(answer.refusal.text);
      expect(answer.kp3rPerEth).to.be.closeTo(kp3rPerEth, kp3rPerEth / 10_000n);
      expect(answer.span).to.be.at.least(5 * HOUR);
    });

    it("tells why the oracle doesn't answer", async () => {
      const world = await loadFixture(deployNetworkWorld);
      await world.oracle.removePair(world.pair);
      const { answer } = await read(world);

      expect(answer).to.have.nested.property("refusal.name", "PairNotListed");
    });

    it("passes on what isn't a refusal of the oracle", async () => {
      const addresses = { Keep3rHelper: ALICE };
      const { number, timestamp } = await client.getBlock();
      const answered = readPrices(client, addresses, { number, timestamp: Number(timestamp) });
      expect(await answered.catch((error: Error) => error.name)).to.equal("ContractFunctionExecutionError");
    });
  });
});
