import { diagnose, Failure, type Retry, RETRY, retrying } from "@keep3r-network/sdk";
import type { EIP1193Provider } from "@nomicfoundation/ignition-core";
import { getAddress, keccak256, toQuantity, type Wallet } from "ethers";

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

/** A transaction that is signed. */
interface Signed {
  raw: string;
  hash: string;
  from: string;
  nonce: number;
  /** Whether a node has taken it. */
  sent: boolean;
}

/**
 * Gas that every transaction gets beyond its estimate. Between the estimate and the block a stranger can make a step dearer,
 * most of all the opening of the market, by what lies in the pair then. Gas that isn't used isn't paid.
 */
export const GAS_RESERVE = 250_000n;

/** How nodes say that they have a transaction already: geth, erigon and Nethermind, besu, OpenEthereum. */
const KNOWN = /already known|already imported|known transaction|already_exists|alreadyknown/i;
/** How they say that a nonce is used up: geth and erigon, Hardhat, Nethermind, besu. */
const USED_UP = /nonce.{0,4}too.{0,4}low|nonce has already been used|oldnonce|nonce below/i;
/** How they say that another transaction waits under the same nonce. */
const CONTESTED = /replacement transaction underpriced|replacementnotallowed|transaction underpriced to replace/i;

/**
 * A node, with the keys that it doesn't have.
 *
 * Ignition writes a transaction's hash into its journal only after it was sent: a process that is killed in between leaves
 * a transaction that nobody knows of. Here `eth_sendTransaction` only signs. The transaction is sent when Ignition asks for
 * it by its hash, which it does as soon as the hash is in the journal. So what isn't in the journal was never sent.
 *
 * What is signed is sent again whenever the node doesn't know it: the answer may have been lost, or the node have forgotten
 * it. That is safe, since the chain takes the same transaction only once.
 */
export class Signer implements EIP1193Provider {
  readonly #node: EIP1193Provider;
  readonly #wallets: Map<string, Wallet>;
  readonly #chainId: number;
  readonly #retry: Retry;
  readonly #signed = new Map<string, Signed>();

  constructor(node: EIP1193Provider, wallets: readonly Wallet[], chainId: number, retry: Retry = RETRY) {
    this.#node = node;
    this.#wallets = new Map(wallets.map((wallet) => [wallet.address, wallet]));
    this.#chainId = chainId;
    this.#retry = retry;
  }

  async request({ method, params }: { method: string; params?: unknown[] }): Promise<unknown> {
    if (method === "eth_sendTransaction") return this.#sign((params as [Request])[0]);
    if (method === "eth_getTransactionByHash") return this.#find((params as [string])[0]);
    if (method === "eth_getTransactionCount") return this.#count(params as [string, string]);
    return this.#node.request(params === undefined ? { method } : { method, params });
  }

  async #sign({ from, gas, ...rest }: Request): Promise<string> {
    const wallet = this.#wallets.get(getAddress(from));
    if (wallet === undefined) throw new Failure(`There is no key of ${from}.`);
    const request = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined));
    const nonce = Number(request.nonce);
    const type = request.gasPrice === undefined ? 2 : 0;
    const raw = await wallet.signTransaction({
      ...request,
      nonce,
      gasLimit: BigInt(gas) + GAS_RESERVE,
      chainId: this.#chainId,
      type,
    });
    const hash = keccak256(raw);
    this.#signed.set(hash, { raw, hash, from: wallet.address, nonce, sent: false });
    return hash;
  }

  async #find(hash: string): Promise<unknown> {
    const signed = this.#signed.get(hash);
    if (signed?.sent === false) await this.#send(signed);
    const found = await this.#node.request({ method: "eth_getTransactionByHash", params: [hash] });
    if (found === null && signed !== undefined) await this.#sendAgain(signed);
    return found;
  }

  async #send(signed: Signed): Promise<void> {
    try {
      await this.#broadcast(signed);
    } catch (error) {
      const { words } = diagnose(error, "eth_sendRawTransaction");
      if (USED_UP.test(words)) await this.#demandMined(signed);
      else if (CONTESTED.test(words)) throw new Failure(this.#contested(signed));
      else if (!KNOWN.test(words)) throw error;
    }
    signed.sent = true;
  }

  /** As well as can be: it may have been mined meanwhile, or replaced by one that pays more. Whoever asks, asks again. */
  async #sendAgain(signed: Signed): Promise<void> {
    await this.#broadcast(signed).catch(() => undefined);
  }

  async #broadcast({ raw }: Signed): Promise<void> {
    await this.#node.request({ method: "eth_sendRawTransaction", params: [raw] });
  }

  /** The nonce is used up: by this very transaction, whose answer was lost, by one that it replaces, or by a stranger to it. */
  async #demandMined({ from, nonce }: Signed): Promise<void> {
    const own = [...this.#signed.values()].filter((known) => known.from === from && known.nonce === nonce);
    const isMined = async (): Promise<void> => {
      for (const { hash } of own) {
        if ((await this.#node.request({ method: "eth_getTransactionReceipt", params: [hash] })) !== null) return;
      }
      throw new Failure(
        `A transaction that isn't this deployment's has used nonce ${nonce} of ${from}. Use the key for nothing else ` +
          `until the deployment is through, then run the command again: it goes on with the next nonce.`,
      );
    };
    // The backend that counts the transaction may not be the one that knows its receipt
    await retrying(this.#retry, isMined, () => 0);
  }

  #contested({ from, nonce }: Signed): string {
    return (
      `Another transaction with nonce ${nonce} of ${from} waits to be mined. If it is one of an earlier run, or of yours, run ` +
      `the command again when it is.`
    );
  }

  /** What was sent here is counted at least, though the node that is asked may be behind the one that it was sent to. */
  async #count([address, tag]: [string, string]): Promise<unknown> {
    const answer = await this.#node.request({ method: "eth_getTransactionCount", params: [address, tag] });
    if (tag !== "pending") return answer;
    const own = [...this.#signed.values()].filter(({ from, sent }) => sent && from === getAddress(address));
    return toQuantity(Math.max(Number(answer), ...own.map(({ nonce }) => nonce + 1)));
  }
}
