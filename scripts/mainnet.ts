import { chosenPort } from "#simulation/server";
import { run } from "#tools/entry";
import { serveStandIn } from "#tools/mainnet/serve";

// Another port than `npm run node` has, so that both can run
run(async () => serveStandIn(await chosenPort("MAINNET_PORT", 8546)));
