import { type BlockHead, duration, moment, pinBlock } from "@keep3r-network/sdk";
import type { Session } from "./session.js";

/** What a report stands on: all its reads are of one block. */
export interface Report {
  session: Session;
  at: BlockHead;
  /** The same, as viem's reads take it. */
  pinned: { blockNumber: bigint };
}

/** Pins a report to the latest block. */
export async function openReport(session: Session): Promise<Report> {
  const at = await pinBlock(session.client);
  return { session, at, pinned: { blockNumber: at.number } };
}

/** The block of a report, for programs. */
export function asOf({ number, timestamp }: BlockHead): object {
  return { blockNumber: Number(number), timestamp };
}

/** When something that is locked can be taken. */
export function ready(after: bigint, at: BlockHead, verb = "withdraw"): string {
  const left = Number(after) - at.timestamp;
  return left < 0 ? `ready to ${verb}` : `locked until ${moment(Number(after))} UTC (${duration(left)})`;
}
