import { type AbiEvent, type Address, getAbiItem, getAddress, type Hash } from "viem";
import { keep3rAbi, kp3rAbi } from "./abis/index.js";
import type { NodeClient } from "./chain/client.js";
import { logPages, type LogPage, readLogs } from "./chain/logs.js";
import type { NetworkAddresses } from "./jobs/list.js";
import { keeperWorkEvent, type Payment, paymentIn } from "./payments.js";

/** A payment, and where it is on the chain. */
export interface MinedPayment extends Payment {
  blockNumber: bigint;
  transactionHash: Hash;
}

/** Which payments to read. */
export interface PaymentQuery {
  addresses: NetworkAddresses<"Keep3r">;
  /** The deployment's block: nothing before it is asked for. */
  startBlock: bigint;
  /** The first block: `startBlock` unless given. */
  fromBlock?: bigint;
  /** The last block, one that is known to exist: `(await pinBlock(client)).number`. */
  toBlock: bigint;
  /** Of this job only. */
  job?: Address;
  /** To this keeper only. */
  keeper?: Address;
  /** In this token only. */
  credit?: Address;
}

/**
 * Reads payments in the order of the chain, in pages of as many blocks as the node gives at once; a page may be empty.
 * @throws As {@link logPages}
 */
export async function* paymentPages(
  client: NodeClient,
  { addresses, job, keeper, credit, ...blocks }: PaymentQuery,
): AsyncGenerator<LogPage<MinedPayment>, void, undefined> {
  const args = {
    ...(job === undefined ? {} : { job }),
    ...(keeper === undefined ? {} : { keeper }),
    ...(credit === undefined ? {} : { credit }),
  };
  const pages = logPages(client, { ...blocks, address: addresses.Keep3r, event: keeperWorkEvent, args });
  for await (const { logs, ...range } of pages) {
    const payments = logs.map((log) => {
      const { blockNumber, transactionHash } = log;
      return { ...paymentIn(log), blockNumber, transactionHash };
    });
    yield { ...range, logs: payments };
  }
}

/** All of {@link paymentPages} at once. */
export async function readPayments(client: NodeClient, query: PaymentQuery): Promise<MinedPayment[]> {
  const payments: MinedPayment[] = [];
  for await (const { logs } of paymentPages(client, query)) for (const payment of logs) payments.push(payment);
  return payments;
}

/**
 * What payments come to in each token.
 * @returns Sums by the token's address, with its checksum, each in the token's smallest unit
 */
export function sumPayments(payments: Iterable<Pick<Payment, "credit" | "payment">>): Map<Address, bigint> {
  const sums = new Map<Address, bigint>();
  for (const { credit, payment } of payments) {
    const token = getAddress(credit);
    sums.set(token, (sums.get(token) ?? 0n) + payment);
  }
  return sums;
}

/** A role whose holders only events tell: disputers and slashers of `Keep3r`, minters of `KP3R`. */
export type Role = "Disputer" | "Slasher" | "Minter";

const ROLES: Readonly<Record<Role, readonly [added: AbiEvent, removed: AbiEvent]>> = {
  Disputer: [
    getAbiItem({ abi: keep3rAbi, name: "DisputerAdded" }),
    getAbiItem({ abi: keep3rAbi, name: "DisputerRemoved" }),
  ],
  Slasher: [
    getAbiItem({ abi: keep3rAbi, name: "SlasherAdded" }),
    getAbiItem({ abi: keep3rAbi, name: "SlasherRemoved" }),
  ],
  Minter: [getAbiItem({ abi: kp3rAbi, name: "MinterAdded" }), getAbiItem({ abi: kp3rAbi, name: "MinterRemoved" })],
};

/** Whose role, and up to when. */
export interface HolderQuery {
  /** The contract that gives the role: `Keep3r`, or for minters `KP3R`. */
  address: Address;
  role: Role;
  /** The contract's block, or one before it. A later one misses those who were appointed before. */
  startBlock: bigint;
  /** The block whose holders are meant, one that is known to exist. */
  toBlock: bigint;
}

/**
 * Who holds a role at the end of a block, in the order of their last appointment: all events of the role are read and
 * followed in the order of the chain. Beware of mainnet's KP3R of 2020, which tells of its minter by no event.
 * @returns Addresses with their checksum, each once
 * @throws As {@link logPages}
 */
export async function readHolders(client: NodeClient, { role, ...query }: HolderQuery): Promise<Address[]> {
  const [added, removed] = ROLES[role];
  const holders = new Set<Address>();
  for (const { eventName, args } of await readLogs(client, { ...query, events: [added, removed] as const })) {
    const [holder] = Object.values(args as object) as [Address];
    if (eventName === added.name) holders.add(holder);
    else holders.delete(holder);
  }
  return [...holders];
}
