import type { EIP1193Provider } from "@nomicfoundation/ignition-core";
import { getAddress, keccak256, type Wallet } from "ethers";

interface Request {
  from: string;
  to?: string;
  data: string;
  value: string;
  nonce: string;
  gas: string;
  gasPrice?: string;
  maxFeePerGas?: string;
  maxPriorityFeePerGas?: string;
}

/**
 * Gas that every transaction gets beyond its estimate. Between the estimate and the block a stranger can make a step dearer,
 * most of all the opening of the market, by what lies in the pair then. Gas that isn't used isn't paid.
 */
export const GAS_RESERVE = 250_000n;

/**
 * A node, with the keys that it doesn't have.
 *
 * Ignition writes a transaction's hash into its journal only after it was sent: a process that is killed in between leaves
 * a transaction that nobody knows of. Here `eth_sendTransaction` only signs. The transaction is sent when Ignition asks for
 * it by its hash, which it does as soon as the hash is in the journal. So what isn't in the journal was never sent.
 */
export class Signer implements EIP1193Provider {
  readonly #node: EIP1193Provider;
  readonly #wallets: Map<string, Wallet>;
  readonly #chainId: number;
  readonly #unsent = new Map<string, string>();

  constructor(node: EIP1193Provider, wallets: readonly Wallet[], chainId: number) {
    this.#node = node;
    this.#wallets = new Map(wallets.map((wallet) => [wallet.address, wallet]));
    this.#chainId = chainId;
  }

  async request({ method, params }: { method: string; params?: unknown[] }): Promise<unknown> {
    if (method === "eth_sendTransaction") return this.#sign((params as [Request])[0]);
    if (method === "eth_getTransactionByHash") await this.#send((params as [string])[0]);
    return this.#node.request(params === undefined ? { method } : { method, params });
  }

  async #sign({ from, gas, ...rest }: Request): Promise<string> {
    const wallet = this.#wallets.get(getAddress(from));
    if (wallet === undefined) throw new Error(`There is no key of ${from}.`);
    const request = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined));
    const type = request.gasPrice === undefined ? 2 : 0;
    const signed = await wallet.signTransaction({
      ...request,
      nonce: Number(request.nonce),
      gasLimit: BigInt(gas) + GAS_RESERVE,
      chainId: this.#chainId,
      type,
    });
    const hash = keccak256(signed);
    this.#unsent.set(hash, signed);
    return hash;
  }

  async #send(hash: string): Promise<void> {
    const signed = this.#unsent.get(hash);
    if (signed === undefined) return;
    this.#unsent.delete(hash);
    await this.#node.request({ method: "eth_sendRawTransaction", params: [signed] });
  }
}
