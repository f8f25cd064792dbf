import { Failure, keep3rAbi } from "@keep3r-network/sdk";
import type { Address } from "viem";
import { type Callee, callOf } from "../call.js";
import type { Commands, Fact, Plan } from "../command.js";
import { choiceOption, NEW_OWNER } from "../options.js";
import type { Session } from "../session.js";

/** In the order in which they are shown. */
const GOVERNED = ["Keep3r", "Keep3rHelper", "Keep3rOracle", "KP3R"] as const;

const ONE_CONTRACT = {
  ...choiceOption("NAME", "one contract, instead of all that the sender can move", GOVERNED),
  required: false,
};

/** Who governs a contract. */
export interface Governance {
  contract: Callee<typeof keep3rAbi>;
  governance: Address;
  pendingGovernance: Address;
}

/** From one governance to another, in two steps, contract by contract. */
export const GOVERNANCE_COMMANDS: Commands = {
  "offer-governance": {
    about: "offers the sender's contracts to another governance",
    options: { "to-owner": NEW_OWNER, contract: ONE_CONTRACT },
    examples: ["--to-owner 0x70997970C51812dc3A010C7d01b50e0d17dc79C8"],
    async plan(session) {
      const owner = session.address("to-owner");
      const contracts = await moved(session, "governance");
      return {
        facts: [["offered to", owner], contractsFact(contracts)],
        steps: contracts.map(({ contract }) => ({ call: callOf(contract, "setGovernance", [owner]) })),
      };
    },
  },

  "accept-governance": {
    about: "makes the sender the governance of the contracts that it was offered",
    options: { contract: ONE_CONTRACT },
    examples: ["", "--contract Keep3rOracle"],
    async plan(session): Promise<Plan> {
      const contracts = await moved(session, "pendingGovernance");
      return {
        facts: [contractsFact(contracts)],
        steps: contracts.map(({ contract }) => ({ call: callOf(contract, "acceptGovernance", []) })),
      };
    },
  },
};

/** Who governs each contract of a network, and to whom it is offered. */
export async function readGovernances(session: Session, at: { blockNumber?: bigint } = {}): Promise<Governance[]> {
  const contracts = await governedContracts(session);
  return Promise.all(
    contracts.map(async (contract) => {
      const { address, abi } = contract;
      const [governance, pendingGovernance] = await Promise.all([
        session.client.readContract({ address, abi, functionName: "governance", ...at }),
        session.client.readContract({ address, abi, functionName: "pendingGovernance", ...at }),
      ]);
      return { contract, governance, pendingGovernance };
    }),
  );
}

/** For governance, all of them have the functions that Keep3r has. */
async function governedContracts(session: Session): Promise<Callee<typeof keep3rAbi>[]> {
  const { keep3r, kp3r } = session;
  const contracts = [keep3r, await session.helper(), await session.oracle(), kp3r];
  return contracts.map(({ name, address }) => ({ name, address, abi: keep3rAbi }));
}

/** The contracts that the sender governs, or may govern; the one of `--contract`, whoever that is. */
async function moved(session: Session, by: "governance" | "pendingGovernance"): Promise<Governance[]> {
  const all = await readGovernances(session);
  if (session.has("contract")) return all.filter(({ contract }) => contract.name === session.text("contract"));

  const own = all.filter((each) => each[by] === session.sender);
  if (own.length > 0) return own;
  const verb = by === "governance" ? "governs" : "was offered";
  throw new Failure(`${session.sender} ${verb} none of the contracts. \`network roles\` shows who governs them.`);
}

function contractsFact(contracts: readonly Governance[]): Fact {
  const names = contracts.map(({ contract }) => contract.name);
  return ["contracts", names.join(", "), names];
}
