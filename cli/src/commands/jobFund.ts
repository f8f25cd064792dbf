import { BPS, Failure, percent, type Token } from "@keep3r-network/sdk";
import type { Address } from "viem";
import { balanceOf, withApproval } from "../approval.js";
import { callOf } from "../call.js";
import type { Command, Plan, Step } from "../command.js";
import { tokenFact } from "../facts.js";
import { BOUND_OPTIONS } from "../market/bounds.js";
import { planEntry } from "../market/entry.js";
import { ALL_WORD, AMOUNT, AMOUNT_OR_ALL, JOB, LIQUIDITY, optional, TOKEN, type Values } from "../options.js";
import type { Session } from "../session.js";
import { ownJob } from "./jobs.js";

/** Where the funds come from: one of them is given. */
const SOURCES = ["liquidity", "token", "from-eth"] as const;
/** What only ether needs. */
const OF_ETHER = ["kp3r", "router", ...Object.keys(BOUND_OPTIONS)];

/** Pays for a job's work. */
export const JOB_FUND: Command = {
  about:
    "bonds LP tokens to a job, made of ether if you like, or credits it with a token; approves exactly that amount",
  options: {
    job: JOB,
    liquidity: optional(LIQUIDITY, "LP tokens, such as KP3R_WETH: they mine KP3R credits"),
    token: optional(TOKEN, "or a token that the job pays with"),
    amount: optional(AMOUNT_OR_ALL, "of these, in whole tokens, such as 12.5, or `all` that the sender has"),
    "from-eth": optional(
      AMOUNT,
      "or ether: buys KP3R with a part of it, adds both to the pool, and bonds the LP tokens",
    ),
    kp3r: optional(AMOUNT, "KP3R that you have, to go with the ether of --from-eth instead of what would be bought"),
    ...BOUND_OPTIONS,
    router: optional(JOB, "the Uniswap V2 router; the deployment file's UniswapV2Router02 if left out"),
  },
  check: checkSource,
  examples: [
    "--job Keep3rOracle --liquidity KP3R_WETH --amount 12.5",
    "--job Keep3rOracle --from-eth 2 --slippage 1",
    "--job Keep3rOracle --token WETH9 --amount 0.5",
  ],
  async plan(session) {
    const job = await session.contract("job");
    if (session.has("from-eth")) {
      return planEntry(session, job, (minted) => bonding(session, job, session.addresses.KP3R_WETH!, minted));
    }
    return session.has("liquidity") ? planLiquidity(session, job) : planCredits(session, job);
  },
};

async function planLiquidity(session: Session, job: Address): Promise<Plan> {
  const token = await session.token("liquidity");
  const amount = await amountOrBalance(session, token);
  return {
    facts: [["job", job], tokenFact("liquidity", amount, token)],
    steps: await withApproval(session, token, amount, bonding(session, job, token.address, amount)),
  };
}

async function planCredits(session: Session, job: Address): Promise<Plan> {
  const { keep3r } = session;
  const token = await session.token("token");
  const amount = await amountOrBalance(session, token);
  const fee = await keep3r.read.fee();
  const call = callOf(keep3r, "addTokenCreditsToJob", [job, token.address, amount]);
  return {
    facts: [
      ["job", job],
      tokenFact("token", amount, token),
      ["fee", `${percent(fee, BPS, 2)} of it, for governance`, { bps: Number(fee) }],
    ],
    steps: await withApproval(session, token, amount, { call, advice: ownJob(session, job) }),
  };
}

function bonding(session: Session, job: Address, liquidity: Address, amount: bigint): Step {
  const call = callOf(session.keep3r, "addLiquidityToJob", [job, liquidity, amount]);
  return { call, advice: ownJob(session, job) };
}

async function amountOrBalance(session: Session, token: Token): Promise<bigint> {
  if (session.text("amount") !== ALL_WORD) return session.amount(token);
  const balance = await balanceOf(session, token);
  if (balance > 0n) return balance;
  throw new Failure(`--amount: ${session.sender} has no ${token.symbol}. Send it some, or sign with another key.`);
}

function checkSource(values: Values): void {
  const given = SOURCES.filter((source) => values.has(source));
  if (given.length !== 1) throw new Failure("Give either --liquidity, --token or --from-eth.");
  const [stray] = values.has("from-eth")
    ? ["amount"].filter((name) => values.has(name))
    : OF_ETHER.filter((name) => values.has(name));
  if (stray !== undefined) throw new Failure(`--${stray} doesn't go with --${given[0]}. Leave it out.`);
  if (!values.has("from-eth") && !values.has("amount")) throw new Failure("Missing: --amount AMOUNT.");
}
