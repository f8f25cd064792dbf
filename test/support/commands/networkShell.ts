import type { LocalDeployment, LocalRole } from "@keep3r-network/sdk";
import { expect } from "chai";
import { type JsonRpcProvider, parseUnits, type Wallet } from "ethers";
import type { Address } from "viem";
import { LocalNode } from "../nodes/localNode";
import { keep3r as runKeep3r, type Outcome } from "./keep3r";
import {
  type ERC20__Mock,
  ERC20__Mock__factory,
  type IERC20,
  IERC20__factory,
  type Keep3r,
  Keep3r__factory,
  type PlainJob__Mock,
  PlainJob__Mock__factory,
} from "#typechain";

/** Runs until the process ends: starting one takes longer than most files of tests. */
let running: LocalNode | undefined;

/** Somebody at a shell, beside a local node whose state is theirs until they close. */
export class NetworkShell {
  readonly deployment: LocalDeployment;
  readonly provider: JsonRpcProvider;
  readonly keep3r: Keep3r;
  readonly kp3r: IERC20;
  readonly pair: IERC20;

  private constructor(
    readonly node: LocalNode,
    /** The state that others find again. */
    private readonly untouched: string,
  ) {
    this.deployment = node.deployment;
    this.provider = node.provider;
    const { Keep3r, KP3R, KP3R_WETH } = node.deployment.addresses;
    this.keep3r = Keep3r__factory.connect(Keep3r, node.provider);
    this.kp3r = IERC20__factory.connect(KP3R, node.provider);
    this.pair = IERC20__factory.connect(KP3R_WETH, node.provider);
  }

  /** Starts a node before tests unless one runs, and skips them while coverage is measured. */
  static async open(context: Mocha.Context): Promise<NetworkShell> {
    running ??= await start(context);
    return new NetworkShell(running, (await running.provider.send("evm_snapshot", [])) as string);
  }

  addressOf(role: LocalRole): Address {
    return this.deployment.roles[role].address;
  }

  /** A command that needs no key. */
  run(line: string): Promise<Outcome> {
    return runKeep3r(`${line} --deployment ${this.node.file}`);
  }

  /** A command with the key of a role. */
  as(role: LocalRole, line: string): Promise<Outcome> {
    const env = { KEEP3R_PRIVATE_KEY: this.deployment.roles[role].privateKey };
    return runKeep3r(`${line} --deployment ${this.node.file}`, env);
  }

  /** Fails with the command's own error, or unless a transaction was mined. */
  async done(role: LocalRole, line: string): Promise<string> {
    const { output, error } = await this.as(role, line);
    expect(error, line).to.equal("");
    expect(output, line).to.match(/mined +in block \d+: [\d,]+ gas, 0\.\d+ ETH/);
    return output;
  }

  /** What a command that only reads prints. */
  async read(line: string): Promise<string> {
    const { output, error } = await this.run(line);
    expect(error, line).to.equal("");
    return output;
  }

  /** The document that a command prints with `--json`. */
  async document<T>(line: string, role?: LocalRole): Promise<T> {
    const { output, error } = await (role === undefined ? this.run(`${line} --json`) : this.as(role, `${line} --json`));
    expect(error, line).to.equal("");
    return JSON.parse(output) as T;
  }

  async pass(seconds: number): Promise<void> {
    await this.provider.send("evm_increaseTime", [seconds]);
    await this.provider.send("evm_mine", []);
  }

  signerOf(role: LocalRole): Wallet {
    return this.node.signerOf(role);
  }

  /** A job that isn't registered yet. */
  async deployJob(): Promise<PlainJob__Mock> {
    const owner = this.signerOf("jobOwner");
    const job = await new PlainJob__Mock__factory(owner).deploy(this.deployment.addresses.Keep3r);
    return job.waitForDeployment();
  }

  /** A token with six decimals, of which the owner of jobs has 1,000. */
  async deployDollar(): Promise<ERC20__Mock> {
    const owner = this.signerOf("jobOwner");
    const usd = await new ERC20__Mock__factory(owner).deploy("Dollar", "USD", 6);
    await (await usd.mint(owner, parseUnits("1000", 6))).wait();
    return usd;
  }

  /** What was done is undone. */
  async close(): Promise<void> {
    await this.provider.send("evm_revert", [this.untouched]);
  }
}

async function start(context: Mocha.Context): Promise<LocalNode> {
  const node = await LocalNode.open(context, "keep3r");
  process.once("exit", () => node.close());
  return node;
}
