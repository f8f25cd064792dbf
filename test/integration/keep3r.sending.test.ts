import { DAY, GWEI, type LocalRole } from "@keep3r-network/sdk";
import { writeDeployment } from "@keep3r-network/sdk/node";
import { expect } from "chai";
import { Wallet } from "ethers";
import { exec, execFile } from "node:child_process";
import path from "node:path";
import { promisify } from "node:util";
import { keep3r as run, type Outcome } from "#support/commands/keep3r";
import { NetworkShell } from "#support/commands/networkShell";
import { freePort } from "#support/nodes/localNode";
import { startProxy, type Tweak } from "#support/rpc/proxy";

const REPOSITORY = path.join(__dirname, "..", "..");
const KEEP3R = path.join(REPOSITORY, "cli", "bin", "keep3r.js");

describe("keep3r: what is sent, and what isn't", () => {
  let shell: NetworkShell;
  let job: string;

  before(async function () {
    shell = await NetworkShell.open(this);
    job = await (await shell.deployJob()).getAddress();
  });

  after(() => shell?.close());

  describe("a dry run", () => {
    /** All that a transaction would change. */
    async function stateOf(role: LocalRole): Promise<unknown[]> {
      const address = shell.addressOf(role);
      return Promise.all([
        shell.provider.getTransactionCount(address),
        shell.provider.getBalance(address),
        shell.provider.getBlockNumber(),
        shell.kp3r.balanceOf(address),
        shell.kp3r.allowance(address, shell.keep3r),
      ]);
    }

    it("says what would be sent to whom and what it costs, and changes nothing", async () => {
      const before = await stateOf("trader");
      const { output, error } = await shell.as("trader", "keeper bond --amount 3 --dry-run");

      expect(error).to.equal("");
      expect(output).to.include("1 of 2: KP3R.approve(").and.include("2 of 2: Keep3r.bond(");
      expect(output).to.match(new RegExp(`to +${shell.deployment.addresses.Keep3r}\n +data +0xa515366a`));
      expect(output).to.match(/gas +[\d,]+, estimated\n +cost +at most 0\.\d+ ETH/);
      expect(output).to.include("nothing was sent");
      expect(await stateOf("trader")).to.deep.equal(before);
    });

    it("needs no key for an address", async () => {
      const line = `network revoke-keeper --keeper ${shell.addressOf("trader")} --dry-run --from ${shell.addressOf("slasher")}`;
      expect((await shell.run(line)).error).to.include("NotDisputed()");
      const dispute = `network dispute --account ${shell.addressOf("trader")} --dry-run`;
      expect(await shell.read(`${dispute} --from ${shell.addressOf("disputer")}`)).to.include("nothing was sent");
      expect(
        (await shell.as("disputer", `network dispute --account ${job} --from ${shell.addressOf("disputer")}`)).error,
      ).to.include("--from is for --dry-run");
    });

    it("finds what would fail after an approval, as a real run does before it", async () => {
      for (const line of [
        `keeper bond --keeper ${shell.addressOf("slasher")} --amount 3`,
        `keeper bond --keeper ${job} --amount 3 --dry-run`,
      ]) {
        const before = await stateOf("trader");
        expect((await shell.as("trader", line)).error, line).to.include("OnlyKeeperOwner()");
        expect(await stateOf("trader"), line).to.deep.equal(before);
      }
    });
  });

  describe("a node that isn't perfect", () => {
    async function throughProxy(line: string, tweak: Tweak): Promise<Outcome> {
      const proxy = await startProxy(shell.deployment.url, tweak);
      try {
        return await shell.as("trader", `${line} --rpc ${proxy.url}`);
      } finally {
        proxy.close();
      }
    }

    it("that lags behind a receipt doesn't hide that the transaction was mined (regression)", async () => {
      const before = await shell.provider.getBlockNumber();
      const { output, error } = await throughProxy("keeper bond --amount 0", async ({ method, params, ask }) => {
        if (method !== "eth_getBlockByNumber" || params[0] !== "latest") return undefined;
        return { result: await ask(method, [`0x${before.toString(16)}`, false]) };
      });
      expect(error).to.equal("");
      expect(output).to.match(/transaction +0x[0-9a-f]{64}\n +mined +in block/);
    });

    it("that fails while a transaction is mined is asked again (regression)", async () => {
      let failures = 0;
      const { output, error } = await throughProxy("keeper bond --amount 0", ({ method }) =>
        Promise.resolve(
          method === "eth_getTransactionReceipt" && failures++ < 5
            ? { error: { code: -32_603, message: "internal error" } }
            : undefined,
        ),
      );
      expect(error).to.equal("");
      expect(output).to.match(/mined +in block/);
      expect(failures).to.be.above(5);
    });

    it("that leaves out what a receipt cost is no reason to fail, and one that knows no tip none to give none", async () => {
      const { output, error } = await throughProxy("keeper bond --amount 0", async ({ method, params, ask }) => {
        if (method === "eth_maxPriorityFeePerGas") return { error: { code: -32_601, message: "method not found" } };
        if (method !== "eth_getTransactionReceipt") return undefined;
        const receipt = (await ask(method, params)) as object | null;
        return { result: receipt && { ...receipt, effectiveGasPrice: undefined } };
      });
      expect(error).to.equal("");
      const [, hash = ""] = /transaction +(0x[0-9a-f]{64})/.exec(output) ?? [];
      expect((await shell.provider.getTransaction(hash))?.maxPriorityFeePerGas).to.equal(GWEI);
    });
  });

  describe("mistakes", () => {
    it("of the chain or the deployment are found before anything is sent", async () => {
      const other = path.join(shell.node.folder, "other.json");
      writeDeployment(other, { ...shell.deployment, chainId: 1 });
      const env = { KEEP3R_PRIVATE_KEY: shell.deployment.roles.trader.privateKey };
      const nonce = await shell.provider.getTransactionCount(shell.addressOf("trader"));

      expect((await run(`keeper bond --amount 1 --deployment ${other}`, env)).error).to.match(
        /is on chain 31337, but .*other\.json is of chain 1\. Check --network and --rpc/,
      );
      const { addresses } = shell.deployment;
      writeDeployment(other, { ...shell.deployment, addresses: { ...addresses, Keep3r: shell.addressOf("slasher") } });
      expect((await run(`keeper bond --amount 1 --deployment ${other}`, env)).error).to.include(
        `Keep3r: there is no contract at ${shell.addressOf("slasher")} on chain 31337`,
      );
      writeDeployment(other, { ...shell.deployment, addresses: { ...addresses, KP3R: addresses.WETH9 } });
      expect((await run(`keeper bond --amount 1 --deployment ${other}`, env)).error).to.include(
        "but Keep3r's token is",
      );
      for (const name of ["Keep3r", "Keep3rLens"] as const) {
        writeDeployment(other, { ...shell.deployment, addresses: { ...addresses, [name]: addresses.WETH9 } });
        expect((await run(`keeper bond --amount 1 --deployment ${other}`, env)).error).to.include(
          `${other}: ${name} is ${addresses.WETH9}, but another contract is there, which isn't a ${name}.`,
        );
      }
      const port = await freePort();
      expect((await shell.as("trader", `keeper bond --amount 1 --rpc http://127.0.0.1:${port}/secret`)).error)
        .to.include(`The node at http://127.0.0.1:${port} doesn't answer (ECONNREFUSED)`)
        .and.not.include("secret");
      expect(await shell.provider.getTransactionCount(shell.addressOf("trader"))).to.equal(nonce);
    });

    it("of the key are explained", async () => {
      expect((await shell.run("keeper bond --amount 1")).error).to.include("There is no key to sign with");
      const { privateKey } = shell.deployment.roles.trader;
      const { error, output } = await shell.as("trader", `keeper bond --amount 1 --token ${privateKey}`);
      expect(error).to.include("must not be an argument");
      expect(error + output).not.to.include(privateKey.slice(2));
    });

    it("of an option are named", async () => {
      for (const [line, error] of [
        ["keeper bond --amount 1.5.0", '--amount: "1.5.0" isn\'t an amount'],
        ["keeper bond --amount -1", '--amount: "-1" isn\'t an amount'],
        ["keeper unbond --amount 0", "--amount: the amount must be more than zero"],
        ["keeper bond --amount 1 --token 0x12", '--token: "0x12" isn\'t an address'],
        [`keeper bond --amount 1 --token ${shell.addressOf("slasher")}`, "--token: there is no contract at"],
        [`keeper bond --amount 1 --token ${job}`, "isn't a token"],
        [`job add --job ${shell.addressOf("slasher")}`, "--job: there is no contract at"],
        [`job fund --job ${job} --amount 1`, "Give either --liquidity, --token or --from-eth"],
        ["keeper bond --amount 99999", "but 99999 KP3R are needed"],
        ["keeper bond", "Missing: --amount AMOUNT"],
      ] as const) {
        expect((await shell.as("trader", line)).error, line).to.include(error);
      }
      for (const [line, error] of [
        ["report job --job Keep3rOracle --days 0", '--days: "0" isn\'t a whole number of days'],
        ["report job --job Keep3rOracle --spend x", '--spend: "x" isn\'t an amount'],
      ] as const) {
        expect((await shell.run(line)).error, line).to.include(error);
      }
    });

    it("of a poor sender are told with what is missing", async () => {
      const poor = Wallet.createRandom().address;
      const line = `network dispute --account ${job} --dry-run --from ${poor}`;
      await (await shell.keep3r.connect(shell.signerOf("governance")).addDisputer(poor)).wait();
      expect((await shell.run(line)).error).to.match(
        new RegExp(`${poor} has 0\\.0 ETH, but the transaction may cost 0\\.`),
      );
    });

    it("end the program with 1 and no stack, and npm's own --dry-run isn't lost", async () => {
      const npm = (line: string): Promise<{ code: number; stderr: string }> =>
        promisify(exec)(`npm run --silent operate ${line}`, {
          cwd: REPOSITORY,
          env: { ...process.env, KEEP3R_PRIVATE_KEY: shell.deployment.roles.trader.privateKey },
        }).then(
          ({ stderr }) => ({ code: 0, stderr }),
          (error: unknown) => error as { code: number; stderr: string },
        );
      const failed = await npm(`-- bond --amount x --deployment ${shell.node.file}`);
      expect(failed.code).to.equal(1);
      expect(failed.stderr).to.include('Error: --amount: "x" isn\'t an amount').and.not.include("    at ");
      expect((await npm("bond --dry-run")).stderr).to.include("npm took --dry-run for itself");
      expect(
        (await npm(`-- report --keeper ${shell.addressOf("trader")} --deployment ${shell.node.file}`)).code,
      ).to.equal(0);
    });
  });

  describe("for programs", () => {
    interface Sent {
      dryRun: boolean;
      facts: { amount: object; canBeActivated: object };
      transactions: { target: string; call: string; data: string; transactionHash?: string; gasUsed?: string }[];
    }

    it("a dry run is one document, with amounts in base units", async () => {
      const document = await shell.document<Sent>("keeper bond --amount 1.5 --dry-run", "trader");
      expect(document).to.deep.include({ command: "keeper bond", dryRun: true, sender: shell.addressOf("trader") });
      expect(document.facts.amount).to.deep.equal({
        ...{ amount: "1500000000000000000", decimals: 18, symbol: "KP3R" },
        token: shell.deployment.addresses.KP3R,
      });
      expect(document.facts.canBeActivated).to.deep.equal({ afterSeconds: 3 * DAY });
      const [approval, bond] = document.transactions;
      expect(approval).to.include({ target: "KP3R" }).and.have.property("gas").that.matches(/^\d+$/);
      expect(bond).to.include({ target: "Keep3r", to: shell.deployment.addresses.Keep3r }).and.not.have.property("gas");
      expect(bond?.data).to.match(/^0xa515366a/);
    });

    it("so is what was sent", async () => {
      const document = await shell.document<Sent>("keeper bond --amount 1.5", "trader");
      expect(document.dryRun).to.be.false;
      expect(document.transactions.map(({ target }) => target)).to.deep.equal(["KP3R", "Keep3r"]);
      for (const { transactionHash = "", gasUsed } of document.transactions) {
        const receipt = await shell.provider.getTransactionReceipt(transactionHash);
        expect(gasUsed).to.equal(receipt?.gasUsed.toString());
      }
    });

    it("an error is a document on stderr, and names what was mined before it", async () => {
      const keep3r = async (line: string): Promise<{ code: number; stdout: string; stderr: string }> =>
        promisify(execFile)(process.execPath, [KEEP3R, ...line.split(" ")], {
          env: { ...process.env, KEEP3R_PRIVATE_KEY: shell.deployment.roles.trader.privateKey },
        }).then(
          ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
          (error: unknown) => error as { code: number; stdout: string; stderr: string },
        );
      const refused = await keep3r(`keeper unbond --amount 1000000 --json --deployment ${shell.node.file}`);
      expect(refused).to.include({ code: 1, stdout: "" });
      expect((JSON.parse(refused.stderr) as { error: string }).error).to.include("BondsInsufficient(bonded: 0");

      let sends = 0;
      const proxy = await startProxy(shell.deployment.url, ({ method }) =>
        Promise.resolve(
          method === "eth_sendRawTransaction" && sends++ > 0
            ? { error: { code: -32_000, message: "transaction pool is full" } }
            : undefined,
        ),
      );
      const halved = await keep3r(`keeper bond --amount 1.5 --json --deployment ${shell.node.file} --rpc ${proxy.url}`);
      proxy.close();
      expect(halved).to.include({ code: 1, stdout: "" });
      const { error, sent } = JSON.parse(halved.stderr) as { error: string; sent: string[] };
      expect(error).to.include("transaction pool is full");
      expect(sent).to.have.lengthOf(1);
      expect((await shell.provider.getTransactionReceipt(sent[0]!))?.to).to.equal(shell.deployment.addresses.KP3R);
    });
  });
});
