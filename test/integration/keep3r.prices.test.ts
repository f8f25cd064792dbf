import { DAY, HOUR } from "@keep3r-network/sdk";
import { expect } from "chai";
import { parseEther } from "ethers";
import { NetworkShell } from "#support/commands/networkShell";
import {
  type IERC20,
  type Keep3rHelper,
  Keep3rHelper__factory,
  type Keep3rOracle,
  Keep3rOracle__factory,
} from "#typechain";

describe("keep3r report prices, keep3r oracle", () => {
  let shell: NetworkShell;
  let pair: IERC20;

  before(async function () {
    shell = await NetworkShell.open(this);
    ({ pair } = shell);
  });

  after(() => shell?.close());

  describe("a report of prices", () => {
    let untouched: string;
    let oracle: Keep3rOracle;
    let helper: Keep3rHelper;

    beforeEach(async () => {
      untouched = (await shell.provider.send("evm_snapshot", [])) as string;
      const governance = shell.signerOf("governance");
      oracle = Keep3rOracle__factory.connect(shell.deployment.addresses.Keep3rOracle, governance);
      helper = Keep3rHelper__factory.connect(shell.deployment.addresses.Keep3rHelper, governance);
    });

    afterEach(() => shell.provider.send("evm_revert", [untouched]));

    const prices = (): Promise<string> => shell.read("report prices");

    it("tells what the oracle answers, however old its newest observation is, and warns of nothing", async () => {
      await (await helper.workRate(0)).wait();
      await shell.pass(3 * DAY);
      const output = await prices();

      expect(output).to.match(/newest observation +\d+(\.\d)? days old, of \d+ in \d+/);
      expect(output).to.match(/thin +no\n/);
      expect(output).to.match(/the oracle answers +\d+\.\d{4} KP3R per ETH, a mean of \d+(\.\d)? days\n/);
      expect(output).to.match(/the last +\d+\.\d{4} KP3R per ETH, of 2026-\d\d-\d\d \d\d:\d\d UTC\n/);
      expect(output).to.match(/serves +until the next payment refreshes it$/);
    });

    it("tells how long the last quote serves of a thin pair, and warns when that is short", async () => {
      await (await helper.workRate(0)).wait();
      await (await oracle.setMinKp3rReserve(parseEther("50000"))).wait();
      await shell.pass(HOUR);
      await (await oracle.update(pair)).wait();

      const early = await prices();
      expect(early).to.match(/thin +yes: /);
      expect(early).to.match(/the oracle answers +no: Kp3rReserveTooLow\(.*\)\n +Add liquidity to the pair, or/);
      expect(early).to.match(/serves +for another 2[23](\.\d)? hours$/);

      await shell.pass(18 * HOUR);
      expect(await prices()).to.match(
        /WARNING +Payments by gas stop in [45](\.\d)? hours: .* Add liquidity to the pair/,
      );
      await shell.pass(6 * HOUR);
      expect(await prices())
        .to.match(/serves +no more: payments by gas revert with StaleQuote\n/)
        .and.match(/WARNING +Payments by gas have stopped: /);
    });

    it("tells that nothing serves a pair that isn't listed but the last quote", async () => {
      await (await oracle.removePair(pair)).wait();
      expect(await prices()).to.match(
        /the oracle answers +no: PairNotListed\(.*\)\n +Have governance list the pair again/,
      );
    });
  });

  describe("the oracle", () => {
    interface Pairs {
      pairs: { pair: string; due: boolean; thin: boolean; price: { kp3rWorth: { amount: string; symbol: string } } }[];
    }

    it("is shown with each pair's price, and whether it is due", async () => {
      await shell.pass(HOUR);
      const { pairs } = await shell.document<Pairs>("oracle show");
      expect(pairs.map(({ pair: listed }) => listed)).to.deep.equal([await pair.getAddress()]);
      expect(pairs[0]).to.deep.include({ due: true, thin: false });
      expect(pairs[0]?.price.kp3rWorth).to.include({ symbol: "WETH" });
      expect(BigInt(pairs[0]?.price.kp3rWorth.amount ?? 0)).to.be.above(0n);
      expect(await shell.read("oracle show --pair KP3R_WETH")).to.match(
        /a KP3R is worth +0\.\d+ WETH, a mean of [^]*update due +yes/,
      );
      expect((await shell.run("oracle show --pair WETH9")).error).to.include("--pair: the oracle doesn't list");
    });

    it("is updated by anybody, all pairs or one, when that is due", async () => {
      for (const [line, called] of [
        ["oracle update", "updateAll()"],
        ["oracle update --pair KP3R_WETH", `update(pair: ${await pair.getAddress()})`],
      ] as const) {
        await shell.pass(HOUR);
        expect(await shell.done("passerby", line)).to.include(`1 of 1: Keep3rOracle.${called}`);
        expect((await shell.document<Pairs>("oracle show")).pairs[0]?.due).to.be.false;
        expect((await shell.as("passerby", line)).error).to.match(
          /^Nothing is due: a pair is observed once in 30 minutes. Run the command again in (30|29.\d) minutes.$/,
        );
      }
    });
  });

  it("tells programs what payments are priced by", async () => {
    const document = await shell.document<{ pair: string; answer: { kp3rPerEth: object }; warning: null }>(
      "report prices",
    );
    expect(document).to.deep.include({ pair: await pair.getAddress(), thin: false, bootstrapped: true, warning: null });
    expect(document.answer.kp3rPerEth).to.deep.include({ decimals: 18, symbol: "KP3R" });
  });
});
