import { Failure, uniswapV2PairAbi } from "@keep3r-network/sdk";
import { type Address, erc20Abi, isAddressEqual, type Log, parseEventLogs, zeroAddress } from "viem";
import type { Amounts } from "./formulas.js";
import type { Pool } from "./pool.js";

/** What an addition of liquidity took and gave. */
export interface Addition extends Amounts {
  /** LP tokens. */
  minted: bigint;
}

/** The KP3R that the pool has sent to a buyer. */
export function boughtIn(logs: readonly Log[], kp3r: Address, pool: Pool, buyer: Address): bigint {
  return sentIn(logs, kp3r, pool.pair.address, buyer);
}

/** What the pool has taken for an addition, and the LP tokens that were minted to a provider. */
export function additionIn(logs: readonly Log[], { pair, kp3rFirst }: Pool, provider: Address): Addition {
  const [mint] = parseEventLogs({ abi: uniswapV2PairAbi, eventName: "Mint", logs: of(logs, pair.address) });
  if (mint === undefined)
    throw new Failure("The router has added nothing to the pair KP3R_WETH. Look the transaction up.");
  const { amount0, amount1 } = mint.args;
  const [kp3r, eth] = kp3rFirst ? [amount0, amount1] : [amount1, amount0];
  return { kp3r, eth, minted: sentIn(logs, pair.address, zeroAddress, provider) };
}

function sentIn(logs: readonly Log[], token: Address, from: Address, to: Address): bigint {
  return parseEventLogs({ abi: erc20Abi, eventName: "Transfer", logs: of(logs, token) })
    .filter(({ args }) => isAddressEqual(args.from, from) && isAddressEqual(args.to, to))
    .reduce((sum, { args }) => sum + args.value, 0n);
}

function of(logs: readonly Log[], contract: Address): Log[] {
  return logs.filter(({ address }) => isAddressEqual(address, contract));
}
