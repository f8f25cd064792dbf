import { moment, showAmount, type Token } from "@keep3r-network/sdk";
import { fact, title } from "@keep3r-network/sdk/node";
import { type Address, zeroAddress } from "viem";
import type { Answer, Command } from "../command.js";
import { addressOrNull, amountOf, KP3R, momentOrNull } from "../json.js";
import { KEEPER, optional, TOKEN } from "../options.js";
import { asOf, openReport, ready, type Report } from "../pinned.js";

/** What a keeper may do, and what it has. */
export const KEEPER_REPORT: Command = {
  about: "shows a keeper's state, its bonds, and what is locked",
  options: { keeper: KEEPER, token: optional(TOKEN, "a token that the keeper bonds, besides KP3R") },
  examples: ["--keeper 0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC"],
  async read(session) {
    const { addresses, lens } = session;
    const keeper = session.address("keeper");
    const others = session.has("token") ? [await session.token("token")] : [];
    const report = await openReport(session);
    const { at, pinned } = report;
    const state = await lens.read.keeperState([keeper], pinned);
    const pendingOwner = await lens.read.keeperPendingOwner([keeper], pinned);
    const bonds: Answer[] = [];
    for (const token of [{ address: addresses.KP3R, ...KP3R }, ...others]) {
      bonds.push(await readBond(report, keeper, token));
    }
    const { owner, active, disputed, barred, firstSeen, earned } = state;
    return {
      document: {
        keeper,
        asOf: asOf(at),
        owner: addressOrNull(owner) ?? keeper,
        pendingOwner: addressOrNull(pendingOwner),
        ...{ active, disputed, revoked: barred, firstSeen: momentOrNull(firstSeen) },
        earned: amountOf(earned),
        bonds: bonds.map(({ document }) => document),
      },
      show() {
        title(`Keeper ${keeper}`);
        fact("as of", `${moment(at.timestamp)} UTC, the latest block`);
        fact("owner", owner === zeroAddress ? "itself" : owner);
        if (pendingOwner !== zeroAddress) fact("offered to", pendingOwner);
        fact("active", active ? "yes" : "no");
        fact("in dispute", disputed ? "yes: it can't bond, withdraw or be paid" : "no");
        if (barred) fact("revoked", "yes: only governance can reinstate it");
        fact("first active", firstSeen === 0n ? "never" : `${moment(Number(firstSeen))} UTC`);
        fact("earned", showAmount(earned, KP3R));
        for (const { show } of bonds) show();
      },
    };
  },
};

async function readBond({ session, at, pinned }: Report, keeper: Address, token: Token): Promise<Answer> {
  const { read } = session.keep3r;
  const bond = [keeper, token.address] as const;
  const [bonded, handedIn, canActivateAfter, unbonding, canWithdrawAfter] = await Promise.all([
    read.bonds(bond, pinned),
    read.pendingBonds(bond, pinned),
    read.canActivateAfter(bond, pinned),
    read.pendingUnbonds(bond, pinned),
    read.canWithdrawAfter(bond, pinned),
  ]);
  return {
    document: {
      bonded: amountOf(bonded, token),
      handedIn: amountOf(handedIn, token),
      canActivateAfter: momentOrNull(canActivateAfter),
      unbonding: amountOf(unbonding, token),
      canWithdrawAfter: momentOrNull(canWithdrawAfter),
    },
    show() {
      fact("bonded", showAmount(bonded, token));
      if (canActivateAfter > 0n) {
        fact("handed in", `${showAmount(handedIn, token)}, ${ready(canActivateAfter, at, "activate")}`);
      }
      if (canWithdrawAfter > 0n) fact("unbonding", `${showAmount(unbonding, token)}, ${ready(canWithdrawAfter, at)}`);
    },
  };
}
