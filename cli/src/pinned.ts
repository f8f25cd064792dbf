import { type BlockHead, pinBlock } from "@keep3r-network/sdk";
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
