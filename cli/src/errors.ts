import { Failure } from "@keep3r-network/sdk";
import { Interface, isError } from "ethers";
import { IERC20Errors__factory } from "#typechain/factories/@openzeppelin/contracts/interfaces/draft-IERC6093.sol/IERC20Errors__factory";
import { Keep3r__factory } from "#typechain/factories/contracts/Keep3r__factory";
import { IKP3R__factory } from "#typechain/factories/contracts/interfaces/IKP3R__factory";
import { IKeep3rHelper__factory } from "#typechain/factories/contracts/interfaces/IKeep3rHelper__factory";
import { IKeep3rOracle__factory } from "#typechain/factories/contracts/interfaces/IKeep3rOracle__factory";
import type { Explanation } from "#tools/solidity/errorsPage";
import explanations from "./explanations.json.js";

/** What a contract said when it refused. */
export interface Refusal {
  /** "" when it gave no reason. */
  name: string;
  /** With its values: BondsInsufficient(bonded: 1, amount: 2) */
  text: string;
}

const KEEP3R = Keep3r__factory.createInterface();
const OTHERS = [IKP3R__factory, IKeep3rHelper__factory, IKeep3rOracle__factory, IERC20Errors__factory].map(({ abi }) =>
  Interface.from(abi),
);

/** By the error's name: written by `npm run docs` from the contracts' own comments. */
const EXPLANATIONS: Record<string, Explanation> = explanations;

/** What the commands add to that. */
export const HINTS: Record<string, string> = {
  BondsInsufficient: "`report --keeper` shows what is bonded.",
  BondsLocked: "`report --keeper` shows when that is.",
  BondsUnexistent: "`report --keeper` shows what there is.",
  ERC20InsufficientAllowance: "Run the command again: it approves what is needed.",
  InsufficientJobTokenCredits: "`report --job` shows how many the job has.",
  JobAlreadyAdded: "`report --job` shows the owner.",
  JobLiquidityInsufficient: "`report --job` shows how much there is.",
  JobLiquidityUnexistent: "`report --job` shows what the job has.",
  JobMigrationImpossible: "Check --from-job and --to-job.",
  JobMigrationUnavailable: "Run `migrate-job` (again).",
  JobTokenInsufficient: "`report --job` shows how many the job has.",
  JobTokenUnexistent: "`report --job` shows what the job has.",
  JobUnavailable: "Check --job, or run `add-job` first.",
  LiquidityPairUnapproved: "`approve-liquidity` does.",
  OnlyDisputer: "Sign with a disputer's key.",
  OnlyGovernance: "Sign with its key, or take the data of a --dry-run --from GOVERNANCE.",
  OnlyJobOwner: "Sign with the owner's key; `report --job` shows the owner.",
  OnlyKeeperOwner: "`report --keeper` shows the owner; --keeper names the keeper.",
  OnlyPendingJobOwner: "Its owner has to run `offer-job` first.",
  OnlyPendingKeeperOwner: "Its owner has to run `offer-keeper` first.",
  OnlySlasher: "Sign with a slasher's key.",
  SafeCastOverflowedUintDowncast: "Check --amount.",
  TokenUnallowed: "Use --liquidity, or another --token.",
  UnbondsLocked: "The report of the job or keeper shows until when.",
};

/** The refusal in an error of ethers; undefined when it is another error. */
export function refusalOf(error: unknown): Refusal | undefined {
  if (!isError(error, "CALL_EXCEPTION")) return undefined;
  const { data, reason } = error;
  if (data === null || data === undefined || data === "0x") {
    return { name: "", text: reason ?? "the contract gave no reason" };
  }
  for (const known of [KEEP3R, ...OTHERS]) {
    const refusal = parse(known, data);
    if (refusal !== undefined) return refusal;
  }
  return { name: "", text: reason ?? `an error that isn't known here: ${data.slice(0, 138)}` };
}

function parse(known: Interface, data: string): Refusal | undefined {
  try {
    const parsed = known.parseError(data);
    if (parsed === null) return undefined;
    if (parsed.name === "Error") return { name: "Error", text: `"${String(parsed.args[0])}"` };
    const values = parsed.fragment.inputs.map((input, index) => `${input.name}: ${String(parsed.args[index])}`);
    return { name: parsed.name, text: `${parsed.name}(${values.join(", ")})` };
  } catch {
    // A token may say anything, also what only begins like an error.
    return undefined;
  }
}

/** Whether Keep3r itself refused, not a token that it called. */
export function isOfKeep3r({ name }: Refusal): boolean {
  return name !== "SafeERC20FailedOperation" && name !== "Error" && name !== "Panic" && KEEP3R.getError(name) !== null;
}

export function explain({ name, text }: Refusal, more = ""): string {
  if (more !== "") return `${text}\n  ${more}`;
  const { thrown, remedy } = EXPLANATIONS[name] ?? {};
  if (thrown === undefined) return `${text}\n  Check the options against \`report\`.`;
  return [`${text}\n  It does so ${thrown}.`, remedy, HINTS[name]].filter((part) => part !== undefined).join(" ");
}

/** The text for what a program's end is due to. */
export function messageOf(error: unknown): string {
  if (error instanceof Failure) return error.message;
  const refusal = refusalOf(error);
  if (refusal !== undefined) return `The contract refuses: ${explain(refusal)}`;
  if (isError(error, "INSUFFICIENT_FUNDS")) return "The sender has too little ether for the gas.";
  if (isError(error, "NONCE_EXPIRED")) return "Another transaction of the sender came first. Run the command again.";
  if (isError(error, "TIMEOUT")) return "The node didn't answer in time. Try again, or another --rpc.";
  if (error instanceof Error) {
    const { shortMessage, error: cause } = error as { shortMessage?: string; error?: { message?: string } };
    return [shortMessage ?? error.message, cause?.message].filter((part) => part !== undefined).join(": ");
  }
  return String(error);
}
