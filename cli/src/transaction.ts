import {
  count,
  ether,
  Failure,
  gwei,
  isOfKeep3r,
  keep3rAbi,
  kp3rAbi,
  latestBlock,
  refusalOf,
  withoutSecrets,
} from "@keep3r-network/sdk";
import { fact, say, title } from "@keep3r-network/sdk/node";
import { setTimeout } from "node:timers/promises";
import {
  type Abi,
  decodeFunctionData,
  type Hex,
  keccak256,
  parseGwei,
  slice,
  toFunctionSelector,
  type TransactionReceipt,
} from "viem";
import type { Plan, Step } from "./command.js";
import { explain, messageOf } from "./errors.js";
import type { Session } from "./session.js";

/** What a call may need beyond the estimate when the state moves on in between, in percent. */
const GAS_MARGIN = 20n;
/** How long a transaction may take to be mined, and how often it is looked for, in milliseconds. */
const PATIENCE = 600_000;
const POLLING_INTERVAL = 500;
/** How often the base fee may double before a transaction has to wait. */
const BASE_FEES = 2n;
/** What is tipped where the node doesn't say what is usual, wei per gas. */
const USUAL_TIP = parseGwei("1");

/** What is offered for gas, wei: with a base fee, or on a chain without one. */
type Fees = { maxFeePerGas: bigint; maxPriorityFeePerGas: bigint } | { gasPrice: bigint };

interface Estimate {
  gas: bigint;
  /** Wei, the most that it can cost. */
  cost: bigint;
  fees: Fees;
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
    fact("cost", `at most ${ether(cost)} ETH, at ${gwei(priceOf(fees), 4)} gwei`);
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
    fact("cost", `at most ${ether(estimated.cost)} ETH for ${count(estimated.gas)} gas`);
    const { receipt, cost } = await send(session, step, estimated);
    fact("transaction", receipt.transactionHash);
    fact("mined", `in block ${receipt.blockNumber}: ${count(receipt.gasUsed)} gas, ${ether(cost)} ETH`);
    if (index < plan.steps.length - 1) await catchUp(session, receipt);
  }
  say("\nDone.");
}

async function announce({ place, client, sender }: Session, name: string, { facts }: Plan): Promise<void> {
  title(name);
  fact("chain", `${place.chainId}, at ${withoutSecrets(place.rpc)}`);
  fact("Keep3r", place.addresses.Keep3r);
  fact("sender", sender);
  fact("balance", `${ether(await client.getBalance({ address: sender }))} ETH`);
  for (const [label, value] of facts) fact(label, value);
}

function showStep({ target, call }: Step, index: number, steps: number): void {
  say(`\n  ${index + 1} of ${steps}: ${target}.${describe(call.data)}`);
}

/** What the data says, not what it was made from. */
function describe(data: Hex): string {
  for (const abi of [keep3rAbi, kp3rAbi, kp3rAbi] as readonly Abi[]) {
    const called = abi.find((item) => item.type === "function" && toFunctionSelector(item) === slice(data, 0, 4));
    if (called?.type !== "function") continue;
    const { args = [] } = decodeFunctionData({ abi: [called], data });
    const values = called.inputs.map(({ name }, index) => `${name}: ${String(args[index])}`);
    return `${called.name}(${values.join(", ")})`;
  }
  return data;
}

async function estimate(session: Session, step: Step): Promise<Estimate> {
  const { client, sender } = session;
  const request = { ...step.call, account: sender };
  await client.call(request).catch(async (error: unknown) => {
    throw await refused(step, error);
  });
  const fees = await feesOf(session);
  const balance = await client.getBalance({ address: sender });
  const gas = await client.estimateGas(request).catch(async (error: unknown) => {
    throw await refused(step, error);
  });
  const cost = withMargin(gas) * priceOf(fees);
  if (balance < cost) {
    throw new Failure(
      `${sender} has ${ether(balance)} ETH, but the transaction may cost ${ether(cost)} ETH. Send it ether.`,
    );
  }
  return { gas, cost, fees };
}

/** Before the approval the call fails at the token. If Keep3r itself refuses, it would after the approval too. */
async function checkBeforeApproval({ client, sender }: Session, step: Step): Promise<void> {
  await client.call({ ...step.call, account: sender }).catch(async (error: unknown) => {
    const refusal = refusalOf(error);
    if (refusal === undefined || isOfKeep3r(refusal)) throw await refused(step, error);
  });
}

/** A transaction that was mined, and what it cost, wei. */
interface Mined {
  receipt: TransactionReceipt;
  cost: bigint;
}

async function send(session: Session, step: Step, { gas, fees }: Estimate): Promise<Mined> {
  const { account, sender, client, place } = session;
  if (account?.address !== sender) throw new Failure("There is no key of the sender.");

  const nonce = await client.getTransactionCount({ address: sender, blockTag: "pending" });
  const signed = await account.signTransaction({
    ...step.call,
    ...fees,
    chainId: place.chainId,
    nonce,
    gas: withMargin(gas),
  });
  // Known before it is sent: an answer can get lost on a transaction that is mined all the same.
  const hash = keccak256(signed);
  await client.sendRawTransaction({ serializedTransaction: signed }).catch((error: unknown) => {
    throw new Failure(`${messageOf(error)}\n  Look ${hash} up before you send anything again: it may have been sent.`);
  });
  const receipt = await minedReceipt(session, hash);
  if (receipt === undefined) {
    throw new Failure(`${hash} was sent, but isn't known to be mined. Look it up before you send anything again.`);
  }
  const cost = costOf(receipt, fees);
  if (receipt.status !== "success") {
    throw new Failure(
      `${hash} was mined and reverted, for ${ether(cost)} ETH. The state has changed since it was ` +
        "simulated: run the command with --dry-run to see the reason.",
    );
  }
  return { receipt, cost };
}

/** Asked again while the node fails: the transaction is under way. */
async function minedReceipt({ client }: Session, hash: Hex): Promise<TransactionReceipt | undefined> {
  for (const end = Date.now() + PATIENCE; Date.now() < end; await setTimeout(POLLING_INTERVAL)) {
    const receipt = await client.getTransactionReceipt({ hash }).catch(() => undefined);
    if (receipt !== undefined) return receipt;
  }
  return undefined;
}

/** The next step is simulated on what this one has changed, whatever backend answers. */
async function catchUp({ client }: Session, { blockNumber, transactionHash }: TransactionReceipt): Promise<void> {
  await latestBlock(client, { atLeast: blockNumber }).catch((error: unknown) => {
    throw new Failure(`${messageOf(error)}\n  ${transactionHash} is mined; what comes after it wasn't sent.`);
  });
}

async function refused(step: Step, error: unknown): Promise<unknown> {
  const refusal = refusalOf(error);
  if (refusal === undefined) return error;
  const more = await step.advice?.[refusal.name]?.();
  return new Failure(
    `${step.target} refuses ${describe(step.call.data)}:\n  ${explain(refusal, more)}\nNothing of this step was sent.`,
  );
}

async function feesOf({ client }: Session): Promise<Fees> {
  const { baseFeePerGas } = await client.getBlock();
  if (baseFeePerGas === null) return { gasPrice: await client.getGasPrice() };
  const tip = await client.request({ method: "eth_maxPriorityFeePerGas" }).then(BigInt, () => USUAL_TIP);
  return { maxFeePerGas: BASE_FEES * baseFeePerGas + tip, maxPriorityFeePerGas: tip };
}

function priceOf(fees: Fees): bigint {
  return "gasPrice" in fees ? fees.gasPrice : fees.maxFeePerGas;
}

function withMargin(gas: bigint): bigint {
  return (gas * (100n + GAS_MARGIN)) / 100n;
}

/** Some nodes leave the price out, against viem's type: then it is what was offered at the most. */
function costOf({ gasUsed, effectiveGasPrice }: TransactionReceipt, fees: Fees): bigint {
  return gasUsed * ((effectiveGasPrice as bigint | null) ?? priceOf(fees));
}
