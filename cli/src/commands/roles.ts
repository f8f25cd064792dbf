import { type BlockHead, readHolders, type Role } from "@keep3r-network/sdk";
import { fact, title } from "@keep3r-network/sdk/node";
import type { Address } from "viem";
import { callOf } from "../call.js";
import type { Commands, Plan } from "../command.js";
import { addressOrNull } from "../json.js";
import { addressOption, choiceOption } from "../options.js";
import { asOf, openReport } from "../pinned.js";
import type { Session } from "../session.js";
import { readGovernances } from "./governance.js";

/** What governance appoints and dismisses by. */
const APPOINTMENTS = {
  disputer: { grant: "addDisputer", revoke: "removeDisputer" },
  slasher: { grant: "addSlasher", revoke: "removeSlasher" },
} as const;

type Appointed = keyof typeof APPOINTMENTS;

const ROLE = choiceOption("ROLE", "what it may do", Object.keys(APPOINTMENTS));
const EXAMPLE = "--role disputer --account 0x976EA74026E726554dB657fA54763abd0C3a0aa9";

/** Who may do what. */
export const ROLE_COMMANDS: Commands = {
  roles: {
    about: "shows who governs the contracts, who disputes, slashes and mints",
    options: {},
    examples: [""],
    async read(session) {
      const { at, pinned } = await openReport(session);
      const governances = await readGovernances(session, pinned);
      const disputers = await holdersOf(session, at, "Disputer");
      const slashers = await holdersOf(session, at, "Slasher");
      const minters = await mintersOf(session, at);
      return {
        document: {
          asOf: asOf(at),
          contracts: governances.map(({ contract, governance, pendingGovernance }) => ({
            contract: contract.name,
            address: contract.address,
            governance,
            pendingGovernance: addressOrNull(pendingGovernance),
          })),
          ...{ disputers, slashers, minters: minters ?? null },
        },
        show() {
          for (const { contract, governance, pendingGovernance } of governances) {
            title(`${contract.name} ${contract.address}`);
            fact("governance", governance);
            fact("offered to", addressOrNull(pendingGovernance) ?? "nobody");
          }
          title("Roles");
          showHolders("disputers", disputers);
          showHolders("slashers", slashers);
          if (minters === undefined) fact("minters", "not known: this KP3R tells of its minter by no event");
          else showHolders("minters", minters);
        },
      };
    },
  },

  grant: {
    about: "makes an account a disputer or slasher (governance)",
    options: { role: ROLE, account: addressOption("who gets the role") },
    examples: [EXAMPLE],
    plan: (session) => appoint(session, "grant"),
  },

  "revoke-role": {
    about: "takes the role of a disputer or slasher from an account (governance)",
    options: { role: ROLE, account: addressOption("who loses the role") },
    examples: [EXAMPLE],
    plan: (session) => appoint(session, "revoke"),
  },
};

function appoint(session: Session, action: "grant" | "revoke"): Plan {
  const role = session.text("role") as Appointed;
  const account = session.address("account");
  return {
    facts: [
      ["role", role],
      ["account", account],
    ],
    steps: [{ call: callOf(session.keep3r, APPOINTMENTS[role][action], [account]) }],
  };
}

function holdersOf({ client, place }: Session, at: BlockHead, role: Role): Promise<Address[]> {
  const address = role === "Minter" ? place.addresses.KP3R : place.addresses.Keep3r;
  return readHolders(client, { address, role, startBlock: BigInt(place.startBlock), toBlock: at.number });
}

/** Undefined for mainnet's KP3R of 2020, through whose proxy Keep3r mints. */
async function mintersOf(session: Session, at: BlockHead): Promise<Address[] | undefined> {
  const proxy = await session.keep3r.read.keep3rV1Proxy({ blockNumber: at.number });
  return proxy === session.addresses.KP3R ? holdersOf(session, at, "Minter") : undefined;
}

function showHolders(label: string, holders: readonly Address[]): void {
  fact(label, holders.length === 0 ? "nobody" : holders.join(", "));
}
