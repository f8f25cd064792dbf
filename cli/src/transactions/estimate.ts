import { ether, Failure, isOfKeep3r, refusalOf } from "@keep3r-network/sdk";
import { decodeFunctionData, parseGwei } from "viem";
import type { Call } from "../call.js";
import type { Step } from "../command.js";
import { explain } from "../errors.js";
import type { Session } from "../session.js";

/** What a call may need beyond the estimate when the state moves on in between, in percent. */
const GAS_MARGIN = 20n;
/** How often the base fee may double before a transaction has to wait. */
const BASE_FEES = 2n;
/** What is tipped where the node doesn't say what is usual, wei per gas. */
const USUAL_TIP = parseGwei("1");

/** What is offered for gas, wei: with a base fee, or on a chain without one. */
export type Fees = { maxFeePerGas: bigint; maxPriorityFeePerGas: bigint } | { gasPrice: bigint };

export interface Estimate {
  gas: bigint;
  /** Wei, the most that its gas can cost. */
  cost: bigint;
  fees: Fees;
}

/** Simulates a step on the latest state, and reckons what it takes. */
export async function estimate(session: Session, step: Step): Promise<Estimate> {
  const { client, sender } = session;
  const { to, data, value = 0n } = step.call;
  const request = { to, data, value, account: sender };
  await client.call(request).catch(async (error: unknown) => {
    throw await refused(step, error);
  });
  const fees = await feesOf(session);
  const balance = await client.getBalance({ address: sender });
  const gas = await client.estimateGas(request).catch(async (error: unknown) => {
    throw await refused(step, error);
  });
  const cost = withMargin(gas) * priceOf(fees);
  if (balance < value + cost) {
    throw new Failure(
      `${sender} has ${ether(balance)} ETH, but the transaction may cost ${ether(value + cost)} ETH. Send it ether.`,
    );
  }
  return { gas, cost, fees };
}

/** Before the steps before it the call fails at the token. If Keep3r itself refuses, it would after them too. */
export async function checkDependent({ client, sender }: Session, step: Step): Promise<void> {
  const { to, data, value = 0n } = step.call;
  await client.call({ to, data, value, account: sender }).catch(async (error: unknown) => {
    const refusal = refusalOf(error);
    if (refusal === undefined || isOfKeep3r(refusal)) throw await refused(step, error);
  });
}

/** What the data says, not what it was made from. */
export function describe({ abi, data }: Call): string {
  const { functionName, args = [] } = decodeFunctionData({ abi, data });
  const called = abi.find((item) => item.type === "function" && item.name === functionName);
  const inputs = called?.type === "function" ? called.inputs : [];
  const values = args.map((value, index) => `${inputs[index]?.name ?? ""}: ${String(value)}`);
  return `${functionName}(${values.join(", ")})`;
}

export function priceOf(fees: Fees): bigint {
  return "gasPrice" in fees ? fees.gasPrice : fees.maxFeePerGas;
}

export function withMargin(gas: bigint): bigint {
  return (gas * (100n + GAS_MARGIN)) / 100n;
}

async function refused({ call, advice }: Step, error: unknown): Promise<unknown> {
  const refusal = refusalOf(error);
  if (refusal === undefined) return error;
  const more = await advice?.[refusal.name]?.();
  return new Failure(
    `${call.target} refuses ${describe(call)}:\n  ${explain(refusal, more)}\nNothing of this step was sent.`,
  );
}

/** What is offered for gas now. */
export async function feesOf({ client }: Session): Promise<Fees> {
  const { baseFeePerGas } = await client.getBlock();
  if (baseFeePerGas === null) return { gasPrice: await client.getGasPrice() };
  const tip = await client.request({ method: "eth_maxPriorityFeePerGas" }).then(BigInt, () => USUAL_TIP);
  return { maxFeePerGas: BASE_FEES * baseFeePerGas + tip, maxPriorityFeePerGas: tip };
}
