import { encodeAbiParameters, encodeEventTopics, keccak256, numberToHex, parseAbi, type Address, type Hex } from "viem";
import { result, rpcError } from "./replies";
import type { Call, Reply } from "./server";

export const CONTRACT: Address = "0x1111111111111111111111111111111111111111";
export const STRANGER: Address = "0x2222222222222222222222222222222222222222";
export const ALICE: Address = "0x00000000000000000000000000000000000A11cE";
export const BOB: Address = "0x0000000000000000000000000000000000000B0b";
export const CHAIN_ID = 31_337;

export const [transferEvent, approvalEvent] = parseAbi([
  "event Transfer(address indexed from, address indexed to, uint256 value)",
  "event Approval(address indexed owner, address indexed spender, uint256 value)",
]);

/** A log as a node keeps it. */
export interface NodeLog {
  address: Address;
  topics: Hex[];
  data: Hex;
  blockNumber: Hex;
  blockHash: Hex;
  transactionHash: Hex;
  transactionIndex: Hex;
  logIndex: Hex;
  removed?: boolean;
}

/** What was asked of `eth_getLogs`. */
export interface Range {
  from: bigint;
  to: bigint;
  blocks: bigint;
}

export interface ChainOptions {
  head: bigint;
  logs?: NodeLog[];
  /** Seconds between blocks; block 0 has time 0. */
  interval?: number;
  /** Refuses logs, or answers otherwise than with them. */
  logsOf?: (range: Range, found: NodeLog[], nth: number) => Reply | undefined;
}

/** Hash of a block, of a kind that shows its number. */
export function hashOf(block: bigint): Hex {
  return keccak256(numberToHex(block));
}

/** A transfer in a block. */
export function transfer(block: bigint, value: bigint, { address = CONTRACT, to = BOB, index = 0 } = {}): NodeLog {
  return {
    address,
    topics: encodeEventTopics({ abi: [transferEvent], args: { from: ALICE, to } }) as Hex[],
    data: encodeAbiParameters([{ type: "uint256" }], [value]),
    blockNumber: numberToHex(block),
    blockHash: hashOf(block),
    transactionHash: keccak256(numberToHex(block * 1000n + BigInt(index))),
    transactionIndex: "0x0",
    logIndex: numberToHex(index),
  };
}

/** A node with blocks and logs that answers as it should. */
export function chainNode({ head, logs = [], interval = 10, logsOf = () => undefined }: ChainOptions) {
  const placed = logs.map((log) => ({ log, at: BigInt(log.blockNumber) }));
  return ({ method, params }: Call, nth: number): Reply => {
    switch (method) {
      case "eth_chainId":
        return result(numberToHex(CHAIN_ID));
      case "eth_getBlockByNumber": {
        const number = params[0] === "latest" ? head : BigInt(params[0] as Hex);
        return result(number > head ? null : block(number, interval));
      }
      case "eth_getLogs": {
        const filter = params[0] as {
          address: Address[];
          topics: (Hex | Hex[] | null)[];
          fromBlock: Hex;
          toBlock: Hex;
        };
        const [from, to] = [BigInt(filter.fromBlock), BigInt(filter.toBlock)];
        const found = placed.filter(({ at }) => at >= from && at <= to).map(({ log }) => log);
        return logsOf({ from, to, blocks: to - from + 1n }, found, nth) ?? result(found);
      }
      default:
        return rpcError(-32_601, `the method ${method} does not exist/is not available`);
    }
  };
}

/** What was asked of a server's `eth_getLogs`, in order. */
export function rangesOf(calls: readonly Call[]): [from: bigint, to: bigint][] {
  return calls
    .filter(({ method }) => method === "eth_getLogs")
    .map(({ params }) => {
      const { fromBlock, toBlock } = params[0] as { fromBlock: Hex; toBlock: Hex };
      return [BigInt(fromBlock), BigInt(toBlock)];
    });
}

export function block(number: bigint, interval = 10): { number: Hex; hash: Hex; timestamp: Hex } {
  return { number: numberToHex(number), hash: hashOf(number), timestamp: numberToHex(number * BigInt(interval)) };
}
