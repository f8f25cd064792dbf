import { formatEther, type FeeData, Interface, keccak256, type TransactionReceipt } from "ethers";
import { IERC20Metadata__factory } from "#typechain/factories/@openzeppelin/contracts/token/ERC20/extensions/IERC20Metadata__factory";
import { Keep3r__factory } from "#typechain/factories/contracts/Keep3r__factory";
import { count, gwei } from "@keep3r-network/sdk";
import { fact, say, title } from "@keep3r-network/sdk/node";
import type { Plan, Step } from "./command";
import { withoutSecrets } from "./deploymentFile";
import { explain, isOfKeep3r, messageOf, refusalOf } from "./errors";
import { Failure } from "@keep3r-network/sdk";
import type { Session } from "./session";

/** What a call may need beyond the estimate when the state moves on in between, in percent. */
const GAS_MARGIN = 20n;
/** How long a transaction may take to be mined, in milliseconds. */
const PATIENCE = 600_000;
const INTERFACES = [Keep3r__factory, IERC20Metadata__factory].map(({ abi }) => Interface.from(abi));

interface Estimate {
  gas: bigint;
  /** Wei, the most that it can cost. */
  cost: bigint;
  fees: FeeData;
}

/** Prints what would be sent, and what it would cost. */
export async function rehearse(session: Session, name: string, plan: Plan): Promise<void> {
  await announce(session, name, plan);
  for (const [index, step] of plan.steps.entries()) {
    showStep(step, index, plan.steps.length);
    fact("to", step.call.to);
    fact("data", step.call.data);
    if (step.afterApproval) {
      await checkBeforeApproval(session, step);
      fact("gas", "can't be estimated before the approval is mined");
      continue;
    }
    const { gas, cost, fees } = await estimate(session, step);
    fact("gas", `${count(gas)}, estimated`);
    fact("cost", `at most ${formatEther(cost)} ETH, at ${gwei(priceOf(fees), 4)} gwei`);
  }
  say("\nA dry run: nothing was sent.");
}

/** Prints what is sent, sends it, and prints what it cost. */
export async function execute(session: Session, name: string, plan: Plan): Promise<void> {
  await announce(session, name, plan);
  // An approval is sent only for a call that nothing else stands in the way of.
  for (const step of plan.steps) if (step.afterApproval) await checkBeforeApproval(session, step);

  for (const [index, step] of plan.steps.entries()) {
    const estimated = await estimate(session, step);
    showStep(step, index, plan.steps.length);
    fact("to", step.call.to);
    fact("cost", `at most ${formatEther(estimated.cost)} ETH for ${count(estimated.gas)} gas`);
    const { hash, blockNumber, gasUsed, fee } = await send(session, step, estimated);
    fact("transaction", hash);
    fact("mined", `in block ${blockNumber}: ${count(gasUsed)} gas, ${formatEther(fee)} ETH`);
  }
  say("\nDone.");
}

async function announce({ place, provider, sender }: Session, name: string, { facts }: Plan): Promise<void> {
  title(name);
  fact("chain", `${place.chainId}, at ${withoutSecrets(place.rpc)}`);
  fact("Keep3r", place.addresses.Keep3r);
  fact("sender", sender);
  fact("balance", `${formatEther(await provider.getBalance(sender))} ETH`);
  for (const [label, value] of facts) fact(label, value);
}

function showStep({ target, call }: Step, index: number, steps: number): void {
  say(`\n  ${index + 1} of ${steps}: ${target}.${describe(call.data)}`);
}

/** What the data says, not what it was made from. */
function describe(data: string): string {
  for (const known of INTERFACES) {
    const parsed = known.parseTransaction({ data });
    if (parsed === null) continue;
    const values = parsed.fragment.inputs.map((input, index) => `${input.name}: ${String(parsed.args[index])}`);
    return `${parsed.name}(${values.join(", ")})`;
  }
  return data;
}

async function estimate(session: Session, step: Step): Promise<Estimate> {
  const { provider, sender } = session;
  const request = { ...step.call, from: sender };
  try {
    await provider.call(request);
  } catch (error) {
    throw await refused(step, error);
  }
  const fees = await provider.getFeeData();
  const balance = await provider.getBalance(sender);
  const gas = await provider.estimateGas(request).catch(async (error: unknown) => {
    throw await refused(step, error);
  });
  const cost = ((gas * (100n + GAS_MARGIN)) / 100n) * priceOf(fees);
  if (balance < cost) {
    throw new Failure(
      `${sender} has ${formatEther(balance)} ETH, but the transaction may cost ${formatEther(cost)} ETH. Send it ether.`,
    );
  }
  return { gas, cost, fees };
}

/** Before the approval the call fails at the token. If Keep3r itself refuses, it would after the approval too. */
async function checkBeforeApproval({ provider, sender }: Session, step: Step): Promise<void> {
  try {
    await provider.call({ ...step.call, from: sender });
  } catch (error) {
    const refusal = refusalOf(error);
    if (refusal === undefined || isOfKeep3r(refusal)) throw await refused(step, error);
  }
}

async function send(session: Session, step: Step, { gas, fees }: Estimate): Promise<TransactionReceipt> {
  const { wallet, sender, provider } = session;
  if (wallet === undefined || wallet.address !== sender) throw new Failure("There is no key of the sender.");
  const { maxFeePerGas, maxPriorityFeePerGas, gasPrice } = fees;
  const price = maxFeePerGas === null ? { gasPrice } : { maxFeePerGas, maxPriorityFeePerGas };
  const gasLimit = (gas * (100n + GAS_MARGIN)) / 100n;
  const signed = await wallet.signTransaction(await wallet.populateTransaction({ ...step.call, ...price, gasLimit }));
  // Known before it is sent: an answer can get lost on a transaction that is mined all the same.
  const hash = keccak256(signed);
  await provider.broadcastTransaction(signed).catch((error: unknown) => {
    throw new Failure(`${messageOf(error)}\n  Look ${hash} up before you send anything again: it may have been sent.`);
  });
  const receipt = await provider.waitForTransaction(hash, 1, PATIENCE).catch(() => null);
  if (receipt === null) {
    throw new Failure(`${hash} was sent, but isn't known to be mined. Look it up before you send anything again.`);
  }
  if (receipt.status !== 1) {
    throw new Failure(
      `${hash} was mined and reverted, for ${formatEther(receipt.fee)} ETH. The state has changed since it was ` +
        "simulated: run the command with --dry-run to see the reason.",
    );
  }
  return receipt;
}

async function refused(step: Step, error: unknown): Promise<unknown> {
  const refusal = refusalOf(error);
  if (refusal === undefined) return error;
  const more = await step.advice?.[refusal.name]?.();
  return new Failure(
    `${step.target} refuses ${describe(step.call.data)}:\n  ${explain(refusal, more)}\nNothing of this step was sent.`,
  );
}

function priceOf({ maxFeePerGas, gasPrice }: FeeData): bigint {
  const price = maxFeePerGas ?? gasPrice;
  if (price === null) throw new Failure("The node doesn't say what gas costs.");
  return price;
}
