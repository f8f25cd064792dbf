import { writeDeployment } from "@keep3r-network/sdk/node";
import { expect } from "chai";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Address } from "viem";
import { keep3r } from "#support/commands/keep3r";
import { RpcServer } from "#support/rpc/server";
import { GROUPS } from "#cli/commands/groups";

const ADDRESS: Address = "0x1cEB5cB57C4D4E2b2433641b95Dd330A33185A44";
const CONTRACTS = {
  Keep3r: ADDRESS,
  KP3R: ADDRESS,
  Keep3rLens: ADDRESS,
  Keep3rOracle: ADDRESS,
  KP3R_WETH: ADDRESS,
  WETH9: ADDRESS,
} as const;
/** How a command ends that found nothing wrong with its options: the node is on chain 1, and the deployment isn't. */
const AT_THE_NODE = "is on chain 1, but";

describe("keep3r: a command line", () => {
  let folder: string;
  let where: string;
  let node: RpcServer;

  before(async () => {
    node = await RpcServer.start(() => ({ result: "0x1" }));
    folder = mkdtempSync(path.join(tmpdir(), "keep3r-command-line-"));
    const file = path.join(folder, "deployment.json");
    writeDeployment(file, { chainId: 5, startBlock: 0, addresses: CONTRACTS });
    where = `--deployment ${file} --rpc ${node.url}`;
  });

  after(async () => {
    await node.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  async function errorOf(line: string): Promise<string> {
    return (await keep3r(line)).error;
  }

  async function outputOf(line: string): Promise<string> {
    const { output, error } = await keep3r(line);
    expect(error, line).to.equal("");
    return output;
  }

  describe("commands", () => {
    it("that don't exist are answered with those that do, or the one that is meant", async () => {
      for (const word of ["frobnicate", "toString", "constructor"]) {
        expect(await errorOf(word)).to.equal(
          `There is no command "${word}". There are: ${Object.keys(GROUPS).join(", ")}.`,
        );
      }
      expect(await errorOf("keeper bind")).to.equal(
        `There is no command "bind". There are: ${Object.keys(GROUPS.keeper!.commands).join(", ")}.`,
      );
      expect(await errorOf("fund")).to.equal('There is no command "fund". Do you mean `job fund`?');
    });

    it("stand before their options", async () => {
      expect(await errorOf("--network node job add")).to.equal(
        "--network stands before the command. Options come after it: COMMAND --network ...",
      );
    });

    it("have the names that they had while they weren't in groups", async () => {
      for (const [old, current] of [
        ["add-job", "job add"],
        ["fund-job", "job fund"],
        ["migrate-job", "job migrate"],
        ["bond", "keeper bond"],
        ["offer-keeper", "keeper offer"],
        ["slash-job", "network slash-job"],
        ["dispute", "network dispute"],
      ]) {
        expect(await outputOf(`${old} --help`), old).to.equal(await outputOf(`${current} --help`));
      }
      for (const [old, current] of [
        [`report --job ${ADDRESS}`, `report job --job ${ADDRESS}`],
        [`report --spend 1 --job=${ADDRESS}`, `report job --spend 1 --job=${ADDRESS}`],
        [`report --keeper ${ADDRESS}`, `report keeper --keeper ${ADDRESS}`],
        ["report", "report prices"],
      ]) {
        const [first, second] = [await errorOf(`${old} ${where}`), await errorOf(`${current} ${where}`)];
        expect(first, old).to.equal(second).and.include(AT_THE_NODE);
      }
    });
  });

  describe("options", () => {
    it("take a value after a space or a sign of equality, and flags none", async () => {
      for (const line of [`job add --job ${ADDRESS}`, `job add --job=${ADDRESS}`, `job add --job ${ADDRESS} --json`]) {
        expect(await errorOf(`${line} ${where} --dry-run --from ${ADDRESS}`), line).to.include(AT_THE_NODE);
      }
      expect(await errorOf(`job add --job a=b ${where}`)).to.include('--job: "a=b" isn\'t an address');
      expect(await errorOf(`job add --job -5 ${where}`)).to.include('--job: "-5" isn\'t an address');
    });

    it("are refused with what is wrong, and why", async () => {
      for (const [line, error] of [
        ["job add job", '"job" isn\'t an option. Options look like --name value.'],
        ["job add -5", '"-5" isn\'t an option. Options look like --name value.'],
        ["job add --job a --job b", "--job is given twice. Give it once."],
        ["job add --json --json", "--json is given twice. Give it once."],
        ["job add --dry-run=yes", '--dry-run takes no value: leave "=yes" out.'],
        ["keeper bond --amount", "--amount needs a value: --amount AMOUNT"],
        ["keeper bond --amount=", "--amount needs a value: --amount AMOUNT"],
        ["keeper bond --amount --json", "--amount needs a value: --amount AMOUNT"],
        ["job migrate", "Missing: --from-job ADDRESS, --to-job ADDRESS."],
        [`job fund --job ${ADDRESS} --amount 1`, "Give either --liquidity, --token or --from-eth."],
        [`job fund --job ${ADDRESS} --token WETH9 --from-eth 1`, "Give either --liquidity, --token or --from-eth."],
        [`job fund --job ${ADDRESS} --token WETH9`, "Missing: --amount AMOUNT."],
        [`job fund --job ${ADDRESS} --from-eth 1 --amount 1`, "--amount doesn't go with --from-eth. Leave it out."],
        [`job fund --job ${ADDRESS} --token WETH9 --kp3r 1`, "--kp3r doesn't go with --token. Leave it out."],
      ] as const) {
        expect(await errorOf(line), line).to.equal(error);
      }
      for (const name of ["jobs", "constructor"]) {
        expect(await errorOf(`job add --${name} a`)).to.match(
          new RegExp(`^There is no option --${name} here\\. There are: --job, --network, `),
        );
      }
    });

    it("are checked before the node is asked, and before the key", async () => {
      const asked = node.calls.length;
      for (const [line, error] of [
        ["keeper bond --amount 1,5", '--amount: "1,5" isn\'t an amount'],
        ["keeper bond --amount -1", '--amount: "-1" isn\'t an amount'],
        [`keeper bond --amount ${"9".repeat(80)}`, '--amount: "9999'],
        ["job fund --from-eth 1 --job Keep3r --slippage 0.4", '--slippage: "0.4" isn\'t a percentage from 0.5 to 10'],
        ["job fund --from-eth 1 --job Keep3r --slippage 1.005", "at most two decimals, such as 1."],
        ["job fund --from-eth 1 --job Keep3r --deviation 51", '--deviation: "51" isn\'t a percentage from 0.5 to 50'],
        ["job fund --from-eth 1 --job Keep3r --deviation -1", '--deviation: "-1" isn\'t a percentage'],
        ["keeper unbond --amount everything", '--amount: "everything" isn\'t an amount'],
        ["keeper activate --keeper 0x12", '--keeper: "0x12" isn\'t an address'],
        [
          "job settle --job Keep3rOracel",
          '--job: "Keep3rOracel" isn\'t an address or the name of a contract in the deployment file, which are: ' +
            "Keep3r, KP3R, Keep3rLens, Keep3rOracle, KP3R_WETH, WETH9.",
        ],
        [`report job --job ${ADDRESS} --days 0`, '--days: "0" isn\'t a whole number of days'],
        [`report job --job ${ADDRESS} --spend x`, '--spend: "x" isn\'t an amount'],
      ] as const) {
        expect(await errorOf(`${line} ${where}`), line).to.include(error);
      }
      expect(node.calls.slice(asked)).to.be.empty;
    });
  });

  it("names the networks that there are to who names another one", async () => {
    const [before, deployments] = [process.cwd(), path.join(folder, "deployments")];
    process.chdir(folder);
    try {
      expect(await errorOf("job list --network goerli")).to.match(
        /^--network: there is no deployment of "goerli": no file .*\. There are no deployments here: `npm run node`/,
      );
      for (const network of ["node", "sepolia"]) {
        const file = path.join(deployments, network, "deployment.json");
        writeDeployment(file, { chainId: 5, startBlock: 0, addresses: CONTRACTS });
      }
      expect(await errorOf("job list --network goerli")).to.match(/There are: node, sepolia\.$/);
      expect(await errorOf("job list")).to.match(/^Which network\? Give --network NAME.* There are: node, sepolia\.$/);
    } finally {
      process.chdir(before);
    }
  });

  it("of a parameter is checked before the node is asked", async () => {
    const asked = node.calls.length;
    for (const [options, error] of [
      ["--name bondtime --value 1", '--name: there is no parameter "bondtime". There are: bondTime, unbondTime, '],
      ['--name bondTime --value "3 fortnights"', '--value: "3 fortnights" isn\'t a time.'],
      ["--name fee --value 0.3", '--value: "0.3" isn\'t a whole number of BPS, hundredths of a per cent, such as 50.'],
      ["--name maxGasPerWork --value 5M", '--value: "5M" isn\'t a whole number of gas, such as 50.'],
      ["--name targetBond --value 200KP3R", '--value: "200KP3R" isn\'t an amount. Write whole KP3R'],
      ["--name minPriorityFee --value 1.0000000001", '--value: "1.0000000001" has 10 decimals, but gwei has 9.'],
    ] as const) {
      expect(await errorOf(`network set ${options} ${where}`), options).to.include(error);
    }
    expect(node.calls.slice(asked)).to.be.empty;
  });

  describe("help", () => {
    it("lists the groups, the commands of one, and the options of a command, aligned", async () => {
      const overview = await outputOf("--help");
      for (const line of ["", "help", "-h"]) expect(await outputOf(line), line).to.equal(overview);
      for (const [name, { about, commands }] of Object.entries(GROUPS)) {
        expect(overview).to.match(new RegExp(`^  ${name} +${about}: ${Object.keys(commands)[0]}`, "m"));
        const group = await outputOf(`${name} --help`);
        expect(await outputOf(name)).to.equal(group);
        for (const command of Object.keys(commands)) expect(group).to.match(new RegExp(`^  ${command}  +\\S`, "m"));
      }
      const bond = await outputOf("keeper bond --help");
      expect(bond).to.match(/^ {2}--amount AMOUNT {4}in whole tokens, such as 12.5 \(required\)$/m);
      expect(bond).to.match(/^ {2}--dry-run {10}simulates/m);
      expect(await outputOf("report prices --help")).not.to.include("--dry-run");
    });

    it("is asked for by the word as well, at each level", async () => {
      expect(await outputOf("help keeper")).to.equal(await outputOf("keeper --help"));
      expect(await outputOf("keeper help bond")).to.equal(await outputOf("keeper bond --help"));
    });

    it("shows examples that can be typed", async () => {
      for (const [group, { commands }] of Object.entries(GROUPS)) {
        for (const [name, { examples, ...command }] of Object.entries(commands)) {
          const help = await outputOf(`${group} ${name} --help`);
          expect(examples, `${group} ${name}`).not.to.be.empty;
          for (const example of examples) {
            const line = [group, name, example].filter((part) => part !== "").join(" ");
            if ("offline" in command) {
              expect(`${help}\n`).to.include(`keep3r ${line}\n`);
              continue;
            }
            expect(help).to.include(`keep3r ${line} --network node`);
            const sender = "plan" in command ? ` --dry-run --from ${ADDRESS}` : "";
            expect(await errorOf(`${line} ${where}${sender}`), line).to.include(AT_THE_NODE);
          }
        }
      }
    });
  });
});
