import { listKeepers, moment, showAmount } from "@keep3r-network/sdk";
import { fact, say, title } from "@keep3r-network/sdk/node";
import { type Address, zeroAddress } from "viem";
import type { Command } from "../command.js";
import { amountOf, KP3R, momentOrNull } from "../json.js";
import { asOf, openReport, type Report } from "../pinned.js";
import type { Session } from "../session.js";

/** Keepers that are read at a time. */
const AT_ONCE = 8;

type KeeperState = Awaited<ReturnType<Session["lens"]["read"]["keeperState"]>>;
type ListedKeeper = readonly [keeper: Address, state: KeeperState];

/** Who works, and with what at stake. */
export const KEEPER_LIST: Command = {
  about: "shows all active keepers: owner, bond, earnings, dispute",
  options: {},
  examples: [""],
  async read(session) {
    const report = await openReport(session);
    const keepers = await readKeepers(report);
    return {
      document: { asOf: asOf(report.at), keepers: keepers.map(documentOf) },
      show() {
        if (keepers.length === 0) say("There are no active keepers. `keep3r keeper bond` makes the first step.");
        for (const keeper of keepers) show(keeper);
      },
    };
  },
};

async function readKeepers({ session, pinned }: Report): Promise<ListedKeeper[]> {
  const { client, addresses, lens } = session;
  const keepers = await listKeepers(client, addresses, pinned);
  const listed: ListedKeeper[] = [];
  for (let start = 0; start < keepers.length; start += AT_ONCE) {
    const some = keepers.slice(start, start + AT_ONCE);
    listed.push(
      ...(await Promise.all(
        some.map(async (keeper) => [keeper, await lens.read.keeperState([keeper], pinned)] as const),
      )),
    );
  }
  return listed;
}

function documentOf([keeper, { owner, bonded, earned, disputed, firstSeen }]: ListedKeeper): object {
  return {
    keeper,
    owner: owner === zeroAddress ? keeper : owner,
    bonded: amountOf(bonded),
    earned: amountOf(earned),
    disputed,
    firstSeen: momentOrNull(firstSeen),
  };
}

function show([keeper, { owner, bonded, earned, disputed, firstSeen }]: ListedKeeper): void {
  title(keeper);
  fact("owner", owner === zeroAddress ? "itself" : owner);
  fact("bonded", showAmount(bonded, KP3R));
  fact("earned", showAmount(earned, KP3R));
  fact("in dispute", disputed ? "yes: it can't bond, withdraw or be paid" : "no");
  fact("first active", firstSeen === 0n ? "never" : `${moment(Number(firstSeen))} UTC`);
}
