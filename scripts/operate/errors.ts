import { Interface, isError } from "ethers";
import { IERC20Errors__factory } from "../../typechain-types/factories/@openzeppelin/contracts/interfaces/draft-IERC6093.sol/IERC20Errors__factory";
import { Keep3r__factory } from "../../typechain-types/factories/contracts/Keep3r__factory";
import { IKP3R__factory } from "../../typechain-types/factories/contracts/interfaces/IKP3R__factory";
import { IKeep3rHelper__factory } from "../../typechain-types/factories/contracts/interfaces/IKeep3rHelper__factory";
import { IKeep3rOracle__factory } from "../../typechain-types/factories/contracts/interfaces/IKeep3rOracle__factory";
import { Failure } from "./failure";

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

/** What to do about it. */
const ADVICE: Record<string, string> = {
  AlreadyDisputed: "It is in dispute already; `resolve` ends a dispute.",
  BondsInsufficient: "Less is bonded than was asked for. `report --keeper` shows what is.",
  BondsLocked: "The bond's waiting time isn't over. `report --keeper` shows when it is.",
  BondsUnexistent: "There is no such bond. `bond` comes before `activate`; `report --keeper` shows what there is.",
  Disputed: "The keeper is in dispute. A disputer has to `resolve` it first.",
  ERC20InsufficientAllowance:
    "The token's allowance for Keep3r is too small. Run the command again: it approves what is needed.",
  ERC20InsufficientBalance: "The sender doesn't have as many tokens.",
  InsufficientJobTokenCredits: "The job has fewer credits in this token. `report --job` shows how many.",
  JobAlreadyAdded: "The job is registered already. `report --job` shows its owner.",
  JobDisputed: "The job is in dispute. A disputer has to `resolve` it first.",
  JobLiquidityInsufficient: "The job has less of this liquidity. `report --job` shows how much.",
  JobLiquidityLessThanMin: "What would be bonded is worth less than the minimum. Add more, or unbond all of it.",
  JobLiquidityLimit: "A job holds at most 8 kinds of liquidity.",
  JobLiquidityUnexistent: "The job has no liquidity of this kind. `report --job` shows what it has.",
  JobMigrationImpossible: "A job can't migrate to itself. Check --from-job and --to-job.",
  JobMigrationLocked: "A migration can be accepted a minute after it was proposed. Try again then.",
  JobMigrationUnavailable:
    "This migration wasn't proposed, or --to-job had another owner then. Run `migrate-job` (again).",
  JobTokenInsufficient: "The job has fewer credits in this token. `report --job` shows how many.",
  JobTokenLimit: "A job holds credits in at most 8 tokens.",
  JobTokenUnexistent: "The job has no credits in this token. `report --job` shows what it has.",
  JobUnavailable: "The job isn't registered. Check --job, or run `add-job` first.",
  KeeperBarred: "The keeper was revoked. Only governance can reinstate it.",
  LiquidityNotReceived: "The token takes a part of what is sent: it can't be bonded as liquidity.",
  LiquidityPairApproved: "The liquidity is approved already: there is nothing to do.",
  LiquidityPairInvalid: "The helper can't price this liquidity. It must be a pair with KP3R that the oracle lists.",
  LiquidityPairUnapproved: "Governance hasn't approved this liquidity. `approve-liquidity` does.",
  LiquidityUnpriced: "This liquidity has no price yet. The oracle needs more history of the pair; try again later.",
  MintInsufficient: "The minter of KP3R minted less than it was asked for. Tell governance.",
  NotDisputed: "It isn't in dispute. Only who is can be slashed or resolved: run `dispute` first.",
  OnlyDisputer: "The sender isn't a disputer. Sign with a disputer's key.",
  OnlyGovernance: "The sender isn't governance. Sign with its key, or take the data of a --dry-run --from GOVERNANCE.",
  OnlyJobOwner: "The sender doesn't own the job. Sign with the owner's key; `report --job` shows the owner.",
  OnlyKeeperOwner: "The sender doesn't move this keeper's bonds. Its owner does; `report --keeper` shows the owner.",
  OnlyPendingJobOwner: "The job wasn't offered to the sender. Its owner has to run `offer-job` first.",
  OnlyPendingKeeperOwner: "The keeper wasn't offered to the sender. Its owner has to run `offer-keeper` first.",
  OnlySlasher: "The sender isn't a slasher. Sign with a slasher's key.",
  QuoteOutOfGas: "Too little gas was left to ask for a price. Run the command again.",
  ReentrancyGuardReentrantCall: "The token calls Keep3r in the middle of its transfer: it can't be used.",
  SafeCastOverflowedUintDowncast: "The amount is larger than Keep3r can store. Check --amount.",
  SafeERC20FailedOperation: "The token refused the transfer. Check the sender's balance of it.",
  SlashOutOfGas: "Too little gas was left for the token. Run the command again.",
  TokenUnallowed: "KP3R is credited through liquidity only. Use --liquidity, or another token.",
  UnbondsLocked: "What is unbonded is still locked. The report of the job or keeper shows until when.",
  UnbondsUnexistent: "Nothing is being unbonded for the sender. Unbond first.",
  WithoutCode: "There is no contract at this address. Check the address and the network.",
  ZeroAddress: "An address that is needed isn't set; a liquidity can be approved once Keep3r has a helper.",
  ZeroAmount: "The amount must be more than zero.",
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
  const advice = more === "" ? (ADVICE[name] ?? "") : more;
  return `${text}\n  ${advice === "" ? "Check the options against `report`." : advice}`;
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
