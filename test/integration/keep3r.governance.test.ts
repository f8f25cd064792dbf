import { DAY, DEFAULTS } from "@keep3r-network/sdk";
import { expect } from "chai";
import { type BaseContract, ZeroAddress } from "ethers";
import { NetworkShell } from "#support/commands/networkShell";
import {
  type Keep3r,
  type Keep3rHelper,
  Keep3rHelper__factory,
  type Keep3rOracle,
  Keep3rOracle__factory,
  KP3R__factory,
} from "#typechain";

describe("keep3r network: governance", () => {
  let shell: NetworkShell;
  let keep3r: Keep3r;
  let helper: Keep3rHelper;
  let oracle: Keep3rOracle;

  before(async function () {
    shell = await NetworkShell.open(this);
    ({ keep3r } = shell);
    helper = Keep3rHelper__factory.connect(shell.deployment.addresses.Keep3rHelper, shell.provider);
    oracle = Keep3rOracle__factory.connect(shell.deployment.addresses.Keep3rOracle, shell.provider);
  });

  after(() => shell?.close());

  describe("roles", () => {
    interface Roles {
      contracts: { contract: string; governance: string; pendingGovernance: string | null }[];
      disputers: string[];
      slashers: string[];
      minters: string[];
    }

    it("are granted and revoked", async () => {
      const trader = shell.addressOf("trader");
      for (const [role, holds] of [
        ["disputer", keep3r.disputers],
        ["slasher", keep3r.slashers],
      ] as const) {
        const account = `--role ${role} --account ${trader}`;
        expect((await shell.as("trader", `network grant ${account}`)).error).to.include("OnlyGovernance()");
        await shell.done("governance", `network grant ${account}`);
        expect(await holds(trader)).to.be.true;
        const roles = await shell.document<Roles>("network roles");
        expect(roles[`${role}s`]).to.deep.equal([shell.addressOf(role), trader]);
        await shell.done("governance", `network revoke-role ${account}`);
        expect(await holds(trader)).to.be.false;
      }
      expect((await shell.as("governance", `network grant --role minter --account ${trader}`)).error).to.equal(
        '--role: "minter" is none of disputer, slasher.',
      );
    });

    it("are shown with who governs each contract, and who mints", async () => {
      const governance = shell.addressOf("governance");
      const { Keep3r, Keep3rHelper, Keep3rOracle, KP3R } = shell.deployment.addresses;
      const roles = await shell.document<Roles>("network roles");
      expect(roles.contracts).to.deep.equal(
        Object.entries({ Keep3r, Keep3rHelper, Keep3rOracle, KP3R }).map(([contract, address]) => ({
          ...{ contract, address, governance, pendingGovernance: null },
        })),
      );
      expect(roles.minters).to.deep.equal([Keep3r]);
      expect(await shell.read("network roles"))
        .to.match(new RegExp(`disputers +${shell.addressOf("disputer")}\\n`))
        .and.match(new RegExp(`minters +${Keep3r}$`));
    });

    it("of governance are offered and accepted, for one contract or all", async () => {
      const trader = shell.addressOf("trader");
      const [kp3r] = [KP3R__factory.connect(shell.deployment.addresses.KP3R, shell.provider)];
      const contracts = [keep3r, helper, oracle, kp3r];
      const pending = (): Promise<string[]> => Promise.all(contracts.map((contract) => contract.pendingGovernance()));

      await shell.done("governance", `network offer-governance --to-owner ${trader} --contract Keep3rOracle`);
      expect(await pending()).to.deep.equal([ZeroAddress, ZeroAddress, trader, ZeroAddress]);
      const output = await shell.done("governance", `network offer-governance --to-owner ${trader}`);
      expect(output).to.include("2 of 4: Keep3rHelper.setGovernance(").and.include("4 of 4: KP3R.setGovernance(");
      expect(await pending()).to.deep.equal([trader, trader, trader, trader]);
      expect(await shell.read("network roles")).to.match(new RegExp(`offered to +${trader}`));

      expect((await shell.as("passerby", "network accept-governance")).error)
        .to.include(`${shell.addressOf("passerby")} was offered none of the contracts`)
        .and.include("`network roles`");
      await shell.done("trader", "network accept-governance --contract Keep3rHelper");
      await shell.done("trader", "network accept-governance");
      for (const contract of contracts) expect(await contract.governance()).to.equal(trader);
      expect((await shell.as("governance", `network offer-governance --to-owner ${trader}`)).error).to.include(
        "governs none of the contracts",
      );

      await shell.done("trader", `network offer-governance --to-owner ${shell.addressOf("governance")}`);
      await shell.done("governance", "network accept-governance");
    });
  });

  describe("parameters", () => {
    interface Parameters {
      parameters: { contract: string; name: string; value: string; isDefault: boolean }[];
    }

    it("are all shown, with units, bounds and whether they are the default", async () => {
      const { parameters } = await shell.document<Parameters>("network parameters");
      const names = parameters.map(({ contract, name }) => `${contract}.${name}`);
      const known = Object.entries(DEFAULTS).flatMap(([contract, values]) =>
        Object.keys(values).map((name) => `${contract}.${name}`),
      );
      const contracts = new Map<string, BaseContract>(
        Object.entries({ Keep3r: keep3r, Keep3rHelper: helper, Keep3rOracle: oracle }),
      );
      expect(names).to.deep.equal([...known, "Keep3rHelper.fastGasMaxAge"]);
      for (const { contract, name, value } of parameters) {
        const found: unknown = await contracts.get(contract)?.getFunction(name)();
        expect(value, name).to.equal(String(found));
      }
      const output = await shell.read("network parameters");
      expect(output).to.match(/bondTime +3 days \(259200 seconds\); takes 0 seconds to 90 days \(7776000 seconds\)\n/);
      expect(output).to.match(/fee +0.30 % \(30 BPS\); takes 0.00 % \(0 BPS\) to 10.00 % \(1000 BPS\)\n/);
      expect(output).to.match(/minKp3rReserve +\d+ KP3R; takes 1 KP3R to 100000 KP3R\n/);
      expect(output).to.match(/minPriorityFee +1 gwei; takes 0 gwei to 10 gwei\n/);
    });

    it("are set in their units, of whichever contract they are", async () => {
      for (const [line, contract, read, value] of [
        ['--name bondTime --value "36 hours"', "Keep3r", keep3r.bondTime, 1.5 * DAY],
        ["--name Keep3r.unbondTime --value 172800", "Keep3r", keep3r.unbondTime, 2 * DAY],
        ["--name fee --value 45", "Keep3r", keep3r.fee, 45],
        ["--name liquidityMinimum --value 2.5", "Keep3r", keep3r.liquidityMinimum, 25n * 10n ** 17n],
        ["--name minPriorityFee --value 1.5", "Keep3rHelper", helper.minPriorityFee, 1_500_000_000],
        ['--name quoteTwapTime --value "5 hours"', "Keep3rHelper", helper.quoteTwapTime, 18_000],
        ['--name fastGasMaxAge --value "2 hours"', "Keep3rHelper", helper.fastGasMaxAge, 7_200],
        ["--name maxChange --value 4000", "Keep3rOracle", oracle.maxChange, 4_000],
      ] as const) {
        const output = await shell.done("governance", `network set ${line}`);
        expect(output, line).to.include(`1 of 1: ${contract}.set`);
        expect(await read(), line).to.equal(value);
      }
      const { parameters } = await shell.document<Parameters>("network parameters");
      expect(parameters.find(({ name }) => name === "bondTime")).to.deep.include({ value: "129600", isDefault: false });
      expect(await shell.read("network parameters")).to.match(
        /bondTime +36 hours .*\n +NOT THE DEFAULT, which is 3 days \(259200 seconds\)\n/,
      );
    });

    it("aren't set to what their contract wouldn't take", async () => {
      for (const [line, error] of [
        [
          "--name fee --value 1001",
          "--value: Keep3r.fee can't be 10.01 % (1001 BPS). It takes 0.00 % (0 BPS) to 10.00 %",
        ],
        ['--name bondTime --value "91 days"', "It takes 0 seconds to 90 days (7776000 seconds)."],
        [
          '--name rewardPeriodTime --value "31 days"',
          "It takes 24 hours (86400 seconds) to 30 days (2592000 seconds).",
        ],
        ["--name maxBoost --value 10500", "to 500.00 % (50000 BPS), where minBoost is the bound."],
        ["--name minBoost --value 12500", "to 120.00 % (12000 BPS), where maxBoost is the bound."],
      ] as const) {
        const { error: found, output } = await shell.as("governance", `network set ${line}`);
        expect(found, line).to.include(error);
        expect(output, line).to.equal("");
      }
    });
  });
});
