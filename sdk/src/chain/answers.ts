import type { Hex } from "viem";
import * as z from "zod";

const hex = (pattern: RegExp) => z.custom<Hex>((value) => typeof value === "string" && pattern.test(value));

/** A block's number, a time or gas: no more than a number can hold. */
export const Quantity = hex(/^0x[0-9a-f]{1,13}$/i);
const Hash = hex(/^0x[0-9a-f]{64}$/i);

/** A block, as far as it is used, or that there is none. */
export const RpcBlock = z.object({ number: Quantity, hash: Hash, timestamp: Quantity }).nullable();

/** Logs; those of pending blocks have no place yet. */
export const RpcLogs = z.array(
  z.object({
    address: hex(/^0x[0-9a-f]{40}$/i),
    topics: z.array(Hash).max(4),
    data: hex(/^0x(?:[0-9a-f]{2})*$/i),
    blockNumber: Quantity.nullable(),
    blockHash: Hash.nullable(),
    transactionHash: Hash.nullable(),
    transactionIndex: Quantity.nullable(),
    logIndex: Quantity.nullable(),
    removed: z.boolean().default(false),
  }),
);

/** What a call returned. */
export const RpcData = hex(/^0x(?:[0-9a-f]{2})*$/i);
