import { fact, say, title } from "@keep3r-network/sdk/node";
import { serve, stopWhenAsked } from "#simulation/server";
import { MAINNET } from "./contracts";
import { buildStandIn } from "./standIn";

/** Builds the stand-in mainnet in this process, then serves it to others until it is stopped. */
export async function serveStandIn(port: number): Promise<void> {
  await buildStandIn();
  const served = await serve(port);
  stopWhenAsked(served, "Stopped. Nothing of this chain is left.");

  title("Contracts of mainnet");
  for (const { what, address, absence } of Object.values(MAINNET)) {
    fact(what, absence === undefined ? address : `- (${absence})`);
  }
  say(`\nA stand-in for Ethereum mainnet (chain id 1) is served at ${served.url}`);
  if (process.env.MAINNET_RPC_URL) say("It is no fork: only `npm run test:fork` heeds MAINNET_RPC_URL.");
  say("Ctrl-C stops it.");
}
