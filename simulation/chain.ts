import type { BaseContract, ContractTransactionReceipt, ContractTransactionResponse, Provider } from "ethers";

/** Hardhat's own provider, or an ethers JsonRpcProvider of a Hardhat node. */
export type ChainProvider = Provider & { send(method: string, params: unknown[]): Promise<unknown> };

/** Seconds between blocks, as on mainnet. */
const BLOCK_TIME = 12;

/**
 * A development chain and its clock. Every block comes at a time of our choosing, so that a story doesn't depend on how
 * fast the machine tells it.
 */
export class Chain {
  readonly provider: ChainProvider;
  #nextBlockAt: number;

  private constructor(provider: ChainProvider, latestBlockAt: number) {
    this.provider = provider;
    this.#nextBlockAt = latestBlockAt + BLOCK_TIME;
  }

  static async open(provider: ChainProvider): Promise<Chain> {
    const latest = await provider.getBlock("latest");
    if (latest === null) throw new Error("The chain has no block.");
    return new Chain(provider, latest.timestamp);
  }

  /** When the next block comes, in seconds since 1970. */
  get nextBlockAt(): number {
    return this.#nextBlockAt;
  }

  wait(seconds: number): void {
    this.#nextBlockAt += seconds;
  }

  /** Lets a block pass. */
  waitForBlock(): void {
    this.wait(BLOCK_TIME);
  }

  /** Waits until a time, unless it is past. */
  waitUntil(timestamp: number): void {
    this.#nextBlockAt = Math.max(this.#nextBlockAt, timestamp);
  }

  /** Remembers the clock, and returns what sets it back after the chain was. */
  mark(): () => void {
    const nextBlockAt = this.#nextBlockAt;
    return () => {
      this.#nextBlockAt = nextBlockAt;
    };
  }

  /** Sends a transaction and returns what became of it in the next block. */
  async land(send: () => Promise<ContractTransactionResponse>): Promise<ContractTransactionReceipt> {
    await this.#fixTime();
    const response = await send();
    const receipt = await response.wait();
    if (receipt === null) throw new Error(`${response.hash} has no receipt.`);
    this.waitForBlock();
    return receipt;
  }

  /** The same, in a block of this base fee. Those that follow cost next to nothing again, whatever their senders offer. */
  async landAt(baseFee: bigint, send: () => Promise<ContractTransactionResponse>): Promise<ContractTransactionReceipt> {
    await this.#setBaseFee(baseFee);
    const receipt = await this.land(send);
    await this.#setBaseFee(0n);
    return receipt;
  }

  /** Sends a contract's creation and returns the contract once it is there. */
  async deploy<T extends BaseContract>(send: () => Promise<T>): Promise<T> {
    await this.#fixTime();
    const contract = await send();
    await contract.waitForDeployment();
    this.waitForBlock();
    return contract;
  }

  /** For a call that is to answer as of the next block. */
  async asOfNextBlock(): Promise<{ blockTag: "pending" }> {
    await this.#fixTime();
    return { blockTag: "pending" };
  }

  async #setBaseFee(wei: bigint): Promise<void> {
    await this.provider.send("hardhat_setNextBlockBaseFeePerGas", [`0x${wei.toString(16)}`]);
  }

  async #fixTime(): Promise<void> {
    await this.provider.send("evm_setNextBlockTimestamp", [this.#nextBlockAt]);
  }
}
