import { numberToHex } from "viem";
import type { Range } from "./chain";
import { page, refusal, rpcError } from "./replies";
import type { Reply } from "./server";

/** How a provider refuses a range of logs, in its own words. */
export interface Refusal {
  provider: string;
  /** Whether it says how many blocks it would give. */
  suggests: boolean;
  reply: (range: Range, limit: bigint) => Reply;
}

const hexRange = (from: bigint, limit: bigint): string => `[${numberToHex(from)}, ${numberToHex(from + limit - 1n)}]`;
const grouped = (limit: bigint): string => limit.toLocaleString("en");

/** By the number of blocks. */
export const BLOCK_REFUSALS: Refusal[] = [
  {
    provider: "Alchemy",
    suggests: true,
    reply: ({ from }, limit) =>
      rpcError(
        -32_600,
        `Under the Free tier plan, you can make eth_getLogs requests with up to a ${limit} block range. Based on your ` +
          `parameters, this block range should work: ${hexRange(from, limit)}. Upgrade to PAYG for expanded block range.`,
      ),
  },
  {
    provider: "Infura",
    suggests: true,
    reply: ({ blocks }, limit) => rpcError(-32_602, `range ${blocks - 1n} exceeds limit of ${limit}`),
  },
  {
    provider: "QuickNode, with HTTP 413",
    suggests: true,
    reply: (_, limit) => refusal(413, -32_614, `eth_getLogs is limited to a ${grouped(limit)} range`),
  },
  {
    provider: "QuickNode, as documented",
    suggests: true,
    reply: (_, limit) =>
      rpcError(-32_602, `eth_getLogs and eth_newFilter are limited to a ${grouped(limit)} blocks range`),
  },
  {
    provider: "Cloudflare",
    suggests: true,
    reply: (_, limit) =>
      rpcError(-32_047, `Invalid eth_getLogs request. 'fromBlock'-'toBlock' range too large. Max range: ${limit}`),
  },
  {
    provider: "BlockPI",
    suggests: true,
    reply: (_, limit) =>
      rpcError(-32_602, `eth_getLogs is limited to ${limit} block range. Please check the parameters`),
  },
  {
    provider: "Avalanche",
    suggests: true,
    reply: ({ from, to }, limit) =>
      rpcError(-32_000, `requested too many blocks from ${from} to ${to}, maximum is set to ${limit}`),
  },
  {
    provider: "PublicNode",
    suggests: true,
    reply: (_, limit) => rpcError(-32_701, `exceed maximum block range: ${limit}`),
  },
  {
    provider: "dRPC",
    suggests: true,
    reply: (_, limit) => rpcError(35, `ranges over ${limit} blocks are not supported on freetier`),
  },
  {
    provider: "Tenderly, which says it in the data",
    suggests: true,
    reply: ({ blocks }, limit) =>
      rpcError(-32_602, "invalid params", {
        error_id: "4ed94073",
        payload: `range ${blocks} is bigger than range limit ${limit}`,
      }),
  },
  { provider: "Ankr", suggests: false, reply: () => rpcError(-32_600, "block range is too wide") },
  {
    provider: "Chainstack",
    suggests: false,
    reply: () => rpcError(-32_005, "Block range limit exceeded. See more details"),
  },
  { provider: "BNB Smart Chain", suggests: false, reply: () => rpcError(-32_005, "limit exceeded") },
  { provider: "a gateway, with HTTP 413 and no text", suggests: false, reply: () => page(413) },
  {
    provider: "a gateway, with HTTP 400",
    suggests: false,
    reply: () => refusal(400, -32_602, "block range is too large"),
  },
];

/** By the number of results, or their size. */
export const RESULT_REFUSALS: Omit<Refusal, "suggests">[] = [
  {
    provider: "Infura",
    reply: ({ from, blocks }) =>
      rpcError(
        -32_005,
        `query returned more than 10000 results. Try with this block range ${hexRange(from, blocks / 3n)}.`,
        {
          from: numberToHex(from),
          limit: 10_000,
          to: numberToHex(from + blocks / 3n - 1n),
        },
      ),
  },
  {
    provider: "Alchemy",
    reply: ({ from, blocks }) =>
      rpcError(
        -32_602,
        "Log response size exceeded. You can make eth_getLogs requests with up to a 2K block range and no limit on the " +
          "response size, or you can request any block range with a cap of 10K logs in the response. Based on your " +
          `parameters and the response size limit, this block range should work: ${hexRange(from, blocks / 3n)}`,
      ),
  },
  {
    provider: "reth and LlamaRPC",
    reply: ({ from, blocks }) =>
      rpcError(-32_602, `query exceeds max results 20000, retry with the range ${from}-${from + blocks / 3n - 1n}`),
  },
  { provider: "zkEVM", reply: () => rpcError(-32_000, "query returned more than 10000 results") },
  { provider: "Base", reply: () => rpcError(-32_020, "backend response too large") },
  { provider: "Arbitrum", reply: () => rpcError(-32_000, "logs matched by query exceeds limit of 10000") },
  { provider: "1RPC", reply: () => rpcError(-32_000, "response size should not greater than 10000000 bytes") },
];
