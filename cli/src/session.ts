import { FetchRequest, JsonRpcProvider, Network, type Wallet } from "ethers";
import type { Keep3r, Keep3rLens } from "#typechain";
import { IERC20Metadata__factory } from "#typechain/factories/@openzeppelin/contracts/token/ERC20/extensions/IERC20Metadata__factory";
import { Keep3r__factory } from "#typechain/factories/contracts/Keep3r__factory";
import { Keep3rLens__factory } from "#typechain/factories/contracts/Keep3rLens__factory";
import { duration, moment } from "@keep3r-network/sdk";
import { type Place, withoutSecrets } from "./deploymentFile";
import { Failure } from "@keep3r-network/sdk";
import type { Values } from "./options";
import { ALL, parseAddress, parseAmount, type Token } from "@keep3r-network/sdk";

/** How long the node may take to answer, in milliseconds. */
const PATIENCE = 30_000;

/** A command at work: the chain, the contracts, the options. */
export class Session {
  readonly keep3r: Keep3r;
  readonly lens: Keep3rLens;

  private constructor(
    readonly place: Place,
    readonly provider: JsonRpcProvider,
    private readonly values: Values,
    /** Who sends; a report has nobody. */
    readonly sender: string,
    /** Signs; a dry run may do without. */
    readonly wallet: Wallet | undefined,
  ) {
    this.keep3r = Keep3r__factory.connect(place.addresses.Keep3r, provider);
    this.lens = Keep3rLens__factory.connect(place.addresses.Keep3rLens, provider);
  }

  /** Nothing is asked of a chain before it is known to be the one of the deployment. */
  static async open(place: Place, values: Values, sender: string, wallet?: Wallet): Promise<Session> {
    const request = new FetchRequest(place.rpc);
    request.timeout = PATIENCE;
    const provider = new JsonRpcProvider(request, Network.from(place.chainId), {
      staticNetwork: true,
      cacheTimeout: -1,
    });
    provider.pollingInterval = 500;
    const session = new Session(place, provider, values, sender, wallet?.connect(provider));
    try {
      await session.checkChain();
    } catch (error) {
      session.close();
      throw error;
    }
    return session;
  }

  close(): void {
    this.provider.destroy();
  }

  get kp3r(): string {
    return this.place.addresses.KP3R;
  }

  has(name: string): boolean {
    return this.values.has(name);
  }

  text(name: string): string {
    const text = this.values.get(name);
    if (text === undefined) throw new Failure(`--${name} is missing.`);
    return text;
  }

  /** An address, or the name of a contract in the deployment file. */
  account(name: string): string {
    const text = this.text(name);
    const { addresses } = this.place;
    const named = Object.hasOwn(addresses, text) ? addresses[text as keyof typeof addresses] : undefined;
    return named ?? parseAddress(`--${name}`, text);
  }

  async contract(name: string): Promise<string> {
    const address = this.account(name);
    await this.checkCode(`--${name}`, address);
    return address;
  }

  async token(name: string, fallback?: string): Promise<Token> {
    const address = fallback !== undefined && !this.has(name) ? fallback : await this.contract(name);
    return this.tokenAt(address, `--${name}`);
  }

  async tokenAt(address: string, name: string): Promise<Token> {
    const token = IERC20Metadata__factory.connect(address, this.provider);
    try {
      const [symbol, decimals] = await Promise.all([token.symbol(), token.decimals()]);
      return { address, symbol: symbol.replace(/[^\x20-\x7e]/g, "?").slice(0, 20), decimals: Number(decimals) };
    } catch {
      throw new Failure(`${name}: ${address} isn't a token: it doesn't say its symbol and decimals.`);
    }
  }

  amount(token: Token, zeroAllowed = false): bigint {
    return parseAmount("--amount", this.text("amount"), token, zeroAllowed);
  }

  amountOrAll(token: Token): bigint {
    return this.text("amount") === "all" ? ALL : this.amount(token);
  }

  /** The latest block's time: what locks are compared to, whatever clock this machine has. */
  async now(): Promise<number> {
    const block = await this.provider.getBlock("latest");
    if (block === null) throw new Failure("The node has no latest block.");
    return block.timestamp;
  }

  /** What to do about a lock: a sentence for people. */
  async lockedUntil(after: bigint): Promise<string> {
    const left = Number(after) - (await this.now());
    const from = left > 0 ? `, ${duration(left)} from now` : "";
    return `It is locked until ${moment(Number(after))} UTC${from}. Run the command again after that.`;
  }

  private async checkChain(): Promise<void> {
    const { file, chainId, rpc, addresses } = this.place;
    const node = withoutSecrets(rpc);
    const answer = await (this.provider.send("eth_chainId", []) as Promise<string>).catch((error: unknown) => {
      const code = error instanceof Error && "code" in error ? ` (${String(error.code)})` : "";
      throw new Failure(`The node at ${node} doesn't answer${code}. Check --rpc or KEEP3R_RPC_URL, and that it runs.`);
    });
    if (BigInt(answer) !== BigInt(chainId)) {
      throw new Failure(
        `The node at ${node} is on chain ${BigInt(answer)}, but ${file} is of chain ${chainId}. ` +
          "Check --network and --rpc. Nothing was sent.",
      );
    }
    for (const name of ["Keep3r", "KP3R", "Keep3rLens"] as const) await this.checkCode(name, addresses[name]);
    const [kp3r, keep3r] = await Promise.all([this.keep3r.keep3rV1(), this.lens.keep3r()]);
    this.checkSame("Keep3r's token", kp3r, "KP3R");
    this.checkSame("the lens's network", keep3r, "Keep3r");
  }

  private checkSame(what: string, found: string, name: "KP3R" | "Keep3r"): void {
    const { file, addresses } = this.place;
    if (found === addresses[name]) return;
    throw new Failure(
      `${file}: ${name} is ${addresses[name]}, but ${what} is ${found}. The file is of another network.`,
    );
  }

  private async checkCode(name: string, address: string): Promise<void> {
    if ((await this.provider.getCode(address)) !== "0x") return;
    throw new Failure(
      `${name}: there is no contract at ${address} on chain ${this.place.chainId}. Check the address and the network.`,
    );
  }
}
