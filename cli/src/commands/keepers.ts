import { type Address, zeroAddress } from "viem";
import { callOf } from "../call.js";
import type { Commands, Step } from "../command.js";
import { KEEPER, NEW_OWNER, optional } from "../options.js";
import type { Session } from "../session.js";

/** A keeper whose bonds the sender moves: itself, unless it is said. */
export const OWNED = optional(KEEPER, "a keeper that the sender owns; the sender itself if left out");

/** Who moves a keeper's bonds. */
export const KEEPER_OWNERSHIP_COMMANDS: Commands = {
  offer: {
    about: "offers a keeper to an owner, who moves its bonds from then on",
    options: { keeper: OWNED, "to-owner": NEW_OWNER },
    examples: ["--to-owner 0x70997970C51812dc3A010C7d01b50e0d17dc79C8"],
    plan(session) {
      const { keeper, advice } = keeperOf(session);
      const owner = session.address("to-owner");
      const call = callOf(session.keep3r, "changeKeeperOwnership", [keeper, owner]);
      return {
        facts: [
          ["keeper", keeper],
          ["offered to", owner],
        ],
        steps: [{ call, advice }],
      };
    },
  },

  accept: {
    about: "makes the sender the owner of a keeper that was offered to it",
    options: { keeper: KEEPER },
    examples: ["--keeper 0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC"],
    plan(session) {
      const keeper = session.address("keeper");
      const call = callOf(session.keep3r, "acceptKeeperOwnership", [keeper]);
      return { facts: [["keeper", keeper]], steps: [{ call }] };
    },
  },
};

/** A keeper that the sender moves the bonds of. */
export interface MovedKeeper {
  keeper: Address;
  /** The keeper, if it isn't the sender. */
  owned: Address | undefined;
  advice: NonNullable<Step["advice"]>;
}

export function keeperOf(session: Session): MovedKeeper {
  const { lens, sender } = session;
  const keeper = session.addressOr("keeper", sender);
  const OnlyKeeperOwner = async (): Promise<string> => {
    const owner = await lens.read.keeperOwner([keeper]);
    const mover = owner === zeroAddress ? keeper : owner;
    return `The bonds of ${keeper} are moved by ${mover}, not by ${sender}. Sign with that key.`;
  };
  return { keeper, owned: keeper === sender ? undefined : keeper, advice: { OnlyKeeperOwner } };
}
