import { fact, say, title } from "@keep3r-network/sdk/node";
import { serve, stopWhenAsked } from "#simulation/server";
import { MAINNET } from "#tools/mainnet/contracts";
import { buildStandIn } from "#tools/mainnet/standIn";

/** Another port than `npm run node` has, so that both can run. */
const PORT = Number(process.env.MAINNET_PORT ?? 8546);

/** Builds the stand-in mainnet in this process, then serves it to others until it is stopped. */
async function main(): Promise<void> {
  await buildStandIn();
  const served = await serve(PORT);
  stopWhenAsked(served);

  title("Contracts of mainnet");
  for (const { what, address, absence } of Object.values(MAINNET)) {
    fact(what, absence === undefined ? address : `- (${absence})`);
  }
  say(`\nA stand-in for Ethereum mainnet (chain id 1) is served at ${served.url}`);
  say("Ctrl-C stops it.");
}

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
