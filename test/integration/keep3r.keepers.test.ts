import { DAY } from "@keep3r-network/sdk";
import { expect } from "chai";
import { parseEther } from "ethers";
import { NetworkShell } from "#support/commands/networkShell";
import type { ERC20__Mock, IERC20, Keep3r } from "#typechain";

describe("keep3r keeper", () => {
  let shell: NetworkShell;
  let keep3r: Keep3r;
  let kp3r: IERC20;
  let usd: ERC20__Mock;

  before(async function () {
    shell = await NetworkShell.open(this);
    ({ keep3r, kp3r } = shell);
    usd = await shell.deployDollar();
  });

  after(() => shell?.close());

  describe("the life of a keeper", () => {
    it("begins with a bond that has to wait", async () => {
      const output = await shell.done("trader", "keeper bond --amount 12.5");
      expect(output).to.match(/can be activated +after 3 days/);
      expect((await shell.as("trader", "keeper activate")).error)
        .to.include("BondsLocked()")
        .and.match(/locked until 2026-.* UTC, 3 days from now/);
      expect(await shell.read(`report keeper --keeper ${shell.addressOf("trader")}`)).to.match(
        /handed in +12.5 KP3R, locked until/,
      );

      await shell.pass(3 * DAY + 1);
      await shell.done("trader", "keeper activate");
      expect(await keep3r.bonds(shell.addressOf("trader"), kp3r)).to.equal(parseEther("12.5"));
      expect(await shell.read(`report keeper --keeper ${shell.addressOf("trader")}`)).to.match(
        /active +yes[^]*bonded +12.5 KP3R/,
      );
    });

    it("ends with the bond's way back", async () => {
      expect((await shell.as("trader", "keeper unbond --amount 13")).error)
        .to.include("BondsInsufficient(bonded: 12500000000000000000, amount: 13000000000000000000)")
        .and.include("when more is unbonded than is bonded. Unbond at most");
      await shell.done("trader", "keeper unbond --amount 12.5");
      expect((await shell.as("trader", "keeper withdraw")).error)
        .to.include("UnbondsLocked()")
        .and.include("14 days from now");

      await shell.pass(14 * DAY + 1);
      const before = await kp3r.balanceOf(shell.addressOf("trader"));
      await shell.done("trader", "keeper withdraw");
      expect(await kp3r.balanceOf(shell.addressOf("trader"))).to.equal(before + parseEther("12.5"));
    });

    it("is led by an owner to whom it was offered", async () => {
      const keeper = shell.addressOf("passerby");
      await shell.done("passerby", `keeper offer --to-owner ${shell.addressOf("trader")}`);
      await shell.done("trader", `keeper accept --keeper ${keeper}`);
      expect((await shell.as("passerby", "keeper bond --amount 0")).error)
        .to.include("OnlyKeeperOwner()")
        .and.include(`moved by ${shell.addressOf("trader")}, not by ${keeper}`);

      await shell.done("trader", `keeper bond --keeper ${keeper} --amount 1`);
      await shell.pass(3 * DAY + 1);
      await shell.done("trader", `keeper activate --keeper ${keeper}`);
      await shell.done("trader", `keeper unbond --keeper ${keeper} --amount 1`);
      await shell.pass(14 * DAY + 1);
      const before = await kp3r.balanceOf(shell.addressOf("trader"));
      await shell.done("trader", `keeper withdraw --keeper ${keeper}`);
      expect(await kp3r.balanceOf(shell.addressOf("trader"))).to.equal(before + parseEther("1"));
    });

    it("bonds another token", async () => {
      const token = `--token ${await usd.getAddress()}`;
      await shell.done("jobOwner", `keeper bond ${token} --amount 7.25`);
      await shell.pass(3 * DAY + 1);
      await shell.done("jobOwner", `keeper activate ${token}`);
      expect(await keep3r.bonds(shell.addressOf("jobOwner"), usd)).to.equal(7_250_000n);
      expect(await shell.read(`report keeper --keeper ${shell.addressOf("jobOwner")} ${token}`)).to.match(
        /bonded +0 KP3R\n +bonded +7.25 USD/,
      );
    });

    it("needs no bond", async () => {
      const output = await shell.done("reporter", "keeper bond --amount 0");
      expect(output).to.include("1 of 1: Keep3r.bond(");
      expect(await keep3r.hasBonded(shell.addressOf("reporter"))).to.be.true;
    });
  });

  describe("all of a bond", () => {
    it("is unbonded, whatever it is", async () => {
      const trader = shell.addressOf("trader");
      await shell.done("trader", "keeper bond --amount 3.25");
      await shell.pass(3 * DAY + 1);
      await shell.done("trader", "keeper activate");
      expect(await shell.done("trader", "keeper unbond --amount all")).to.match(/amount +3.25 KP3R/);
      expect(await keep3r.bonds(trader, kp3r)).to.equal(0n);
      expect(await keep3r.pendingUnbonds(trader, kp3r)).to.equal(parseEther("3.25"));
      expect((await shell.as("trader", "keeper unbond --amount all")).error).to.equal(
        `--amount: ${trader} has no KP3R bonded.`,
      );
    });
  });

  describe("all keepers", () => {
    it("are listed with their bonds", async () => {
      const keeper = shell.addressOf("keeper");
      const amount = (await keep3r.bonds(keeper, kp3r)).toString();
      const { keepers } = await shell.document<{ keepers: { keeper: string }[] }>("keeper list");
      expect(keepers.find((each) => each.keeper === keeper)).to.deep.include({
        owner: keeper,
        bonded: { amount, decimals: 18, symbol: "KP3R" },
        disputed: false,
      });
      expect(await shell.read("keeper list")).to.match(new RegExp(`${keeper}\\n-+\\n +owner +itself\\n +bonded +\\d`));
    });
  });
});
