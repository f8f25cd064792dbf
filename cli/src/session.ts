import {
  ALL,
  createReader,
  duration,
  Failure,
  keep3rAbi,
  keep3rHelperAbi,
  keep3rLensAbi,
  keep3rOracleAbi,
  kp3rAbi,
  latestBlock,
  LOCAL_CHAIN_ID,
  moment,
  parseAmount,
  refusalOf,
  type Token,
  tokenMetadata,
} from "@keep3r-network/sdk";
import {
  type Abi,
  type Address,
  encodeFunctionData,
  erc20Abi,
  getAddress,
  getContract,
  type GetContractReturnType,
  type Hex,
  type LocalAccount,
  type PublicClient,
  size,
  slice,
  zeroAddress,
} from "viem";
import type { Callee } from "./call.js";
import { ALL_WORD, resolveAddress, type Values } from "./options.js";
import type { Place } from "./place.js";

/** A contract that can be read, and whose calls can be made by `callOf`. */
export type Contract<Known extends Abi> = GetContractReturnType<Known, PublicClient> & Callee<Known>;

/** Who sends. A dry run may do without the key, and a report without anybody. */
export interface Sender {
  address: Address;
  account?: LocalAccount;
}

/** Bytes of a word, and of an address. */
const WORD = 32;
const ADDRESS = 20;
const NO_BYTES = `0x${"00".repeat(WORD - ADDRESS)}`;

/** A local chain begins anew with its node. */
const RENEWED =
  " The node may have been started anew, and its chain is another one then: `npm run node` describes it in " +
  "deployments/node/deployment.json, or at another port in deployments/node-PORT/. What `npm run deploy` had deployed " +
  "is gone; `npm run deploy -- --network localhost --reset` deploys it again.";

const NOBODY: Sender = { address: zeroAddress };

/** A command at work: the chain, the contracts, the options. */
export class Session {
  readonly keep3r: Contract<typeof keep3rAbi>;
  readonly kp3r: Contract<typeof kp3rAbi>;
  readonly lens: Contract<typeof keep3rLensAbi>;

  private constructor(
    readonly place: Place,
    readonly client: PublicClient,
    private readonly values: Values,
    private readonly from: Sender,
  ) {
    const { Keep3r, KP3R, Keep3rLens } = place.addresses;
    this.keep3r = contractOf("Keep3r", keep3rAbi, Keep3r, client);
    this.kp3r = contractOf("KP3R", kp3rAbi, KP3R, client);
    this.lens = contractOf("Keep3rLens", keep3rLensAbi, Keep3rLens, client);
  }

  /** Nothing is asked of a chain before it is known to be the deployment's. */
  static async open(place: Place, values: Values, from: Sender = NOBODY): Promise<Session> {
    const { rpc: url, chainId, file } = place;
    const client = await createReader({ url, chainId, deployment: file });
    const session = new Session(place, client, values, from);
    await session.checkContracts();
    return session;
  }

  get sender(): Address {
    return this.from.address;
  }

  get account(): LocalAccount | undefined {
    return this.from.account;
  }

  /** The helper that Keep3r prices by: governance may have replaced the deployment file's. */
  async helper(): Promise<Contract<typeof keep3rHelperAbi>> {
    return contractOf("Keep3rHelper", keep3rHelperAbi, await this.keep3r.read.keep3rHelper(), this.client);
  }

  /** The oracle of {@link helper}. */
  async oracle(): Promise<Contract<typeof keep3rOracleAbi>> {
    const helper = await this.helper();
    return contractOf("Keep3rOracle", keep3rOracleAbi, await helper.read.oracle(), this.client);
  }

  get addresses(): Place["addresses"] {
    return this.place.addresses;
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
  address(name: string): Address {
    return resolveAddress(name, this.text(name), this.addresses);
  }

  /** An address that may be left out. */
  addressOr(name: string, otherwise: Address): Address {
    return this.has(name) ? this.address(name) : otherwise;
  }

  /** The address of a contract: of an account without code, nothing can be meant by it. */
  async contract(name: string): Promise<Address> {
    const address = this.address(name);
    await this.checkCode(`--${name}`, address);
    return address;
  }

  /** Amounts of a token that doesn't say its decimals are given in its smallest unit. */
  async token(name: string, fallback?: Address): Promise<Token> {
    const address = fallback !== undefined && !this.has(name) ? fallback : await this.contract(name);
    const token = await tokenMetadata(this.client, address);
    if (!token.known && !(await this.hasBalances(address))) {
      throw new Failure(`--${name}: ${address} isn't a token: it says neither its decimals nor a balance.`);
    }
    return token;
  }

  private async hasBalances(token: Address): Promise<boolean> {
    const data = encodeFunctionData({ abi: erc20Abi, functionName: "balanceOf", args: [this.sender] });
    return size(await this.ask(token, data)) >= WORD;
  }

  /** What a contract returns that may be any: nothing if it refuses. */
  private async ask(to: Address, data: Hex): Promise<Hex> {
    const answer = await this.client.call({ to, data }).catch((error: unknown) => {
      if (refusalOf(error) === undefined) throw error;
      return { data: undefined };
    });
    return answer.data ?? "0x";
  }

  amount(token: Pick<Token, "symbol" | "decimals">, zeroAllowed = false): bigint {
    return parseAmount("--amount", this.text("amount"), token, zeroAllowed);
  }

  amountOrAll(token: Pick<Token, "symbol" | "decimals">): bigint {
    return this.text("amount") === ALL_WORD ? ALL : this.amount(token);
  }

  /** What to do about a lock: a sentence for people. */
  async lockedUntil(after: bigint): Promise<string> {
    const { timestamp } = await latestBlock(this.client);
    const left = Number(after) - timestamp;
    const from = left > 0 ? `, ${duration(left)} from now` : "";
    return `It is locked until ${moment(Number(after))} UTC${from}. Run the command again after that.`;
  }

  /** Of a file that was mixed from two networks, the contracts don't know each other. */
  private async checkContracts(): Promise<void> {
    const { Keep3r, KP3R, Keep3rLens } = this.addresses;
    for (const [name, address] of Object.entries({ Keep3r, KP3R, Keep3rLens })) {
      await this.checkCode(`${this.place.file}, ${name}`, address, this.renewal());
    }
    const [kp3r, keep3r] = await Promise.all([
      this.linked("Keep3r", Keep3r, encodeFunctionData({ abi: keep3rAbi, functionName: "keep3rV1" })),
      this.linked("Keep3rLens", Keep3rLens, encodeFunctionData({ abi: keep3rLensAbi, functionName: "keep3r" })),
    ]);
    this.checkSame("Keep3r's token", kp3r, "KP3R");
    this.checkSame("the lens's network", keep3r, "Keep3r");
  }

  /** What a contract that may be any answers, if that is an address. */
  async addressFrom(to: Address, question: Hex): Promise<Address | undefined> {
    const answer = await this.ask(to, question);
    const isAddress = size(answer) === WORD && slice(answer, 0, WORD - ADDRESS) === NO_BYTES;
    return isAddress ? getAddress(slice(answer, WORD - ADDRESS)) : undefined;
  }

  /** The address that a contract of the file names, if it is the contract that it should be. */
  private async linked(name: string, address: Address, question: Hex): Promise<Address> {
    const named = await this.addressFrom(address, question);
    if (named !== undefined) return named;
    throw new Failure(
      `${this.place.file}: ${name} is ${address}, but another contract is there, which isn't a ${name}.` +
        this.renewal(),
    );
  }

  private checkSame(what: string, found: Address, name: "KP3R" | "Keep3r"): void {
    const { file, addresses } = this.place;
    if (found === addresses[name]) return;
    throw new Failure(
      `${file}: ${name} is ${addresses[name]}, but ${what} is ${found}. The file is of another network.` +
        this.renewal(),
    );
  }

  /** What to think of when a local chain doesn't have what its file says. */
  private renewal(): string {
    return this.place.chainId === LOCAL_CHAIN_ID ? RENEWED : "";
  }

  /** @param name What the address is for, as the message names it */
  async checkCode(name: string, address: Address, hint = ""): Promise<void> {
    const code = await this.client.getCode({ address });
    if (code !== undefined && code !== "0x") return;
    throw new Failure(
      `${name}: there is no contract at ${address} on chain ${this.place.chainId}. Check the address and the network.` +
        hint,
    );
  }
}

function contractOf<const Known extends Abi>(
  name: string,
  abi: Known,
  address: Address,
  client: PublicClient,
): Contract<Known> {
  return Object.assign(getContract({ address, abi, client }), { name, abi, address });
}
