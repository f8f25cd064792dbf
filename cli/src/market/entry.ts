import { amount, BPS, ether, Failure, MINUTE, parseAmount, percent, showAmount, WAD } from "@keep3r-network/sdk";
import type { Address } from "viem";
import { approvalsOf, checkBalance } from "../approval.js";
import { payingCallOf } from "../call.js";
import type { Fact, Plan, Step } from "../command.js";
import { amountOf, ETH, KP3R } from "../json.js";
import type { Session } from "../session.js";
import { feesOf, priceOf } from "../transactions/estimate.js";
import { boundsOf, type PriceBounds } from "./bounds.js";
import { type Amounts, boughtFor, etherToSwap, lessPart, mintedFor, takenOf } from "./formulas.js";
import { additionIn, boughtIn } from "./logs.js";
import { checkPrice, type Mean, openPool, type Pool, type PoolState, readMean, readPool } from "./pool.js";

/** How long a transaction may wait to be mined before it does nothing, in seconds. */
const PATIENCE = 10 * MINUTE;
/** Gas that all the transactions take together, at the most: none is sent unless there is ether for all. */
const ENTRY_GAS = 1_000_000n;

/** Liquidity that is made of ether, on its way to a job. */
interface Entry {
  session: Session;
  job: Address;
  pool: Pool;
  bounds: PriceBounds;
  /** Bonds LP tokens to the job. */
  bond: (minted: bigint) => Step;
}

/**
 * Buys KP3R with a part of the ether of `--from-eth`, adds both to the pool, and bonds what is minted to a job. With `--kp3r`
 * nothing is bought: that KP3R goes into the pool, with the ether that belongs to it.
 *
 * Whoever sees the transactions coming may move the pool's price before them. Each says the least that it takes, by
 * `--slippage` of the price at which it was planned; and it is planned only while that price is near the network's mean.
 */
export async function planEntry(session: Session, job: Address, bond: Entry["bond"]): Promise<Plan> {
  const eth = parseAmount("--from-eth", session.text("from-eth"), ETH);
  const entry = { session, job, pool: await openPool(session), bounds: boundsOf(session), bond };
  await checkEther(session, eth);
  if (!session.has("kp3r")) return purchase(entry, eth);

  const kp3r = parseAmount("--kp3r", session.text("kp3r"), KP3R);
  await checkBalance(session, "kp3r", { ...KP3R, address: session.addresses.KP3R }, kp3r);
  return pricedAddition(entry, { kp3r, eth }, [["job", job]]);
}

/** Buys as much KP3R as belongs to the ether that is left then. */
async function purchase(entry: Entry, eth: bigint): Promise<Plan> {
  const { session, job, pool, bounds } = entry;
  const state = await readPool(session, pool);
  const mean = await readMean(session, state.at);
  const spent = etherToSwap(eth, state.eth);
  const expected = boughtFor(spent, state);
  const after = { ...state, kp3r: state.kp3r - expected, eth: state.eth + spent };
  checkPrice(state, mean, bounds);
  const least = leastBought(spent, expected, state, bounds);
  // The addition is planned at that price
  checkPrice(after, mean, bounds);

  const { router, weth } = pool;
  const { KP3R: kp3rAddress } = session.addresses;
  const args = [least, [weth, kp3rAddress], session.sender, await deadline(session, state)] as const;
  const rest = eth - spent;
  return {
    facts: [
      ["job", job],
      ["ether", `${ether(eth)} ETH`, amountOf(eth, ETH)],
      ...priceFacts(state, mean),
      ["buys", `about ${showAmount(expected, KP3R)} for ${ether(spent)} ETH`, amountOf(expected)],
      ["or at least", showAmount(least, KP3R), amountOf(least)],
    ],
    steps: [
      { call: payingCallOf(router, "swapExactETHForTokens", args, spent), advice: whenMoved("Run the command again.") },
    ],
    next: {
      expected: () => addition(entry, { kp3r: expected, eth: rest }, after, { expected: true }),
      after: ({ logs, blockNumber }) => {
        const kp3r = boughtIn(logs, kp3rAddress, pool, session.sender);
        const bought: Fact = ["bought", showAmount(kp3r, KP3R), amountOf(kp3r)];
        return pricedAddition(entry, { kp3r, eth: rest }, [bought], blockNumber);
      },
      left: ({ logs }) => {
        const kp3r = boughtIn(logs, kp3rAddress, pool, session.sender);
        const amounts = `--from-eth ${ether(rest)} --kp3r ${ether(kp3r)}`;
        return `The KP3R is bought, and is the sender's. Go on with \`job fund --job ${job} ${amounts}\` and the other options as before.`;
      },
    },
  };
}

/** An addition at the pool's present price, if that is near the network's mean. */
async function pricedAddition(entry: Entry, given: Amounts, facts: Fact[], atLeast?: bigint): Promise<Plan> {
  const { session, pool, bounds } = entry;
  const state = await readPool(session, pool, atLeast);
  const mean = await readMean(session, state.at);
  checkPrice(state, mean, bounds);
  const plan = await addition(entry, given, state, { expected: false });
  return { ...plan, facts: [...facts, ...priceFacts(state, mean), ...plan.facts] };
}

/** Adds KP3R and ether to the pool, each all or as much as is in proportion. */
async function addition(
  entry: Entry,
  given: Amounts,
  state: PoolState,
  { expected }: { expected: boolean },
): Promise<Plan> {
  const { session, job, pool, bounds } = entry;
  const { sender, addresses } = session;
  const { pair, router } = pool;
  const taken = takenOf(given, state);
  const [leastKp3r, leastEth] = [lessPart(taken.kp3r, bounds.slippage), lessPart(taken.eth, bounds.slippage)];
  const kp3r = { ...KP3R, address: addresses.KP3R };
  const approvals = await approvalsOf(session, kp3r, router.address, given.kp3r);
  const args = [kp3r.address, given.kp3r, leastKp3r, leastEth, sender, await deadline(session, state)] as const;
  const add = payingCallOf(router, "addLiquidityETH", args, given.eth);
  return {
    facts: [["adds", amountsText(taken), documentOf(taken)]],
    steps: [
      ...approvals,
      { call: add, dependent: expected || approvals.length > 0, advice: whenMoved("Wait until it is back.") },
    ],
    next: {
      expected: () => bonding(entry, mintedFor(taken, state, state.supply), taken, given),
      after: ({ logs }) => {
        const { minted, ...added } = additionIn(logs, pool, sender);
        return bonding(entry, minted, added, given);
      },
      left: ({ logs }) => {
        const { minted } = additionIn(logs, pool, sender);
        const amounts = `--liquidity ${pair.address} --amount ${ether(minted)}`;
        return `The LP tokens are minted, and are the sender's. Go on with \`job fund --job ${job} ${amounts}\`.`;
      },
    },
  };
}

/** Approves and bonds exactly what was minted. */
async function bonding({ session, pool, bond }: Entry, minted: bigint, added: Amounts, given: Amounts): Promise<Plan> {
  const left = { kp3r: given.kp3r - added.kp3r, eth: given.eth - added.eth };
  const approvals = await approvalsOf(session, pool.pair, session.addresses.Keep3r, minted);
  return {
    facts: [
      ["minted", showAmount(minted, pool.pair), amountOf(minted, pool.pair)],
      ["left to the sender", amountsText(left), documentOf(left)],
    ],
    steps: [...approvals, { ...bond(minted), dependent: true }],
  };
}

/** The least KP3R that is taken for ether: with the pool's fee and the purchase's own part in the price. */
function leastBought(spent: bigint, expected: bigint, state: PoolState, { slippage }: PriceBounds): bigint {
  const atPrice = (spent * state.kp3r) / state.eth;
  const least = lessPart(atPrice, slippage);
  if (least > 0n && expected >= least) return least;
  throw new Failure(
    `--from-eth: ${ether(spent)} ETH buy ${amount(expected, 4)} KP3R, ${percent(atPrice - expected, atPrice, 2)} less than at the ` +
      `pool's price, its fee included, and --slippage allows ${percent(slippage, BPS, 2)}. The pool is small: give less ether, ` +
      "or allow more by --slippage.",
  );
}

async function checkEther(session: Session, eth: bigint): Promise<void> {
  const balance = await session.client.getBalance({ address: session.sender });
  const gas = ENTRY_GAS * priceOf(await feesOf(session));
  if (balance >= eth + gas) return;
  throw new Failure(
    `--from-eth: ${session.sender} has ${ether(balance)} ETH, but ${ether(eth)} ETH are needed, and up to ${ether(gas)} ETH ` +
      "for gas. Send it the rest, or give less.",
  );
}

/** When a transaction that isn't mined does nothing any more. The node may have mined its latest block long ago. */
async function deadline({ client }: Session, { at }: PoolState): Promise<bigint> {
  const pending = await client.getBlock({ blockTag: "pending" }).then(
    ({ timestamp }) => Number(timestamp),
    () => at.timestamp,
  );
  return BigInt(Math.max(pending, at.timestamp) + PATIENCE);
}

/** The router says why, but not what to do. */
const MOVED = "The pool's price has moved by more than --slippage since it was read, or ten minutes have passed.";

function whenMoved(remedy: string): NonNullable<Step["advice"]> {
  return { Error: () => Promise.resolve(`${MOVED} ${remedy}`) };
}

function priceFacts({ kp3r, eth }: Amounts, { kp3rPerEth, whose }: Mean): Fact[] {
  const spot = (kp3r * WAD) / eth;
  return [
    ["price of the pool", `${amount(spot, 4)} KP3R per ETH`, amountOf(spot)],
    ["to compare", `${amount(kp3rPerEth, 4)} KP3R per ETH, ${whose}`, amountOf(kp3rPerEth)],
  ];
}

function amountsText({ kp3r, eth }: Amounts): string {
  return `${showAmount(kp3r, KP3R)} and ${ether(eth)} ETH`;
}

function documentOf({ kp3r, eth }: Amounts): object {
  return { kp3r: amountOf(kp3r), eth: amountOf(eth, ETH) };
}
