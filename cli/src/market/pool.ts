import {
  type BlockHead,
  BPS,
  duration,
  Failure,
  amount,
  keep3rHelperAbi,
  percent,
  pinBlock,
  readPrices,
  remedyOf,
  requireAddresses,
  tokenMetadata,
  type Token,
  uniswapV2PairAbi,
  WAD,
} from "@keep3r-network/sdk";
import { type Address, encodeFunctionData, parseAbi } from "viem";
import type { Callee } from "../call.js";
import type { Session } from "../session.js";
import type { PriceBounds } from "./bounds.js";
import type { Amounts } from "./formulas.js";

/** What is used of `UniswapV2Router02`. */
const ROUTER_ABI = parseAbi([
  "function factory() view returns (address)",
  "function WETH() view returns (address)",
  "function swapExactETHForTokens(uint256 amountOutMin, address[] path, address to, uint256 deadline) payable returns (uint256[] amounts)",
  "function addLiquidityETH(address token, uint256 amountTokenDesired, uint256 amountTokenMin, uint256 amountETHMin, address to, uint256 deadline) payable returns (uint256 amountToken, uint256 amountETH, uint256 liquidity)",
]);

export type Router = Callee<typeof ROUTER_ABI>;

/** The pair of KP3R and WETH, and the router through which ether gets into it. */
export interface Pool {
  pair: Token;
  router: Router;
  weth: Address;
  /** Whether KP3R is the pair's first token. */
  kp3rFirst: boolean;
}

/** The pool at a block. */
export interface PoolState extends Amounts {
  /** LP tokens that there are. */
  supply: bigint;
  at: BlockHead;
}

/** What KP3R costs on average. */
export interface Mean {
  /** WAD. */
  kp3rPerEth: bigint;
  /** Whose it is, as messages say it. */
  whose: string;
}

/**
 * The pool of a network, through the router of `--router` or of the deployment file.
 * @throws {@link Failure} when there is no router, or it is one of another pair
 */
export async function openPool(session: Session): Promise<Pool> {
  const { client, place } = session;
  const { KP3R, KP3R_WETH } = requireAddresses(place.file, place, ["KP3R", "KP3R_WETH"]);
  const [given, address] = await routerOf(session);

  const pair = { address: KP3R_WETH, abi: uniswapV2PairAbi } as const;
  const router: Router = { name: "UniswapV2Router02", address, abi: ROUTER_ABI };
  const [factory, token0, token1, ofRouter, weth] = await Promise.all([
    client.readContract({ ...pair, functionName: "factory" }),
    client.readContract({ ...pair, functionName: "token0" }),
    client.readContract({ ...pair, functionName: "token1" }),
    session.addressFrom(address, encodeFunctionData({ abi: ROUTER_ABI, functionName: "factory" })),
    session.addressFrom(address, encodeFunctionData({ abi: ROUTER_ABI, functionName: "WETH" })),
  ]);
  if (ofRouter === undefined || weth === undefined) {
    throw new Failure(`${given}: ${address} isn't a router of Uniswap V2: it doesn't name its factory and its WETH.`);
  }
  const kp3rFirst = token0 === KP3R;
  if (ofRouter !== factory || (kp3rFirst ? token1 : token0) !== weth) {
    throw new Failure(
      `${given}: ${address} isn't the router of the pair KP3R_WETH, ${KP3R_WETH}: it has another factory or another WETH. ` +
        "Give the Uniswap V2 router of that pair.",
    );
  }
  return { pair: await tokenMetadata(client, KP3R_WETH), router, weth, kp3rFirst };
}

/** What a pool holds at the latest block, or at a later one than was seen. */
export async function readPool({ client }: Session, pool: Pool, atLeast = 0n): Promise<PoolState> {
  const at = await pinBlock(client, { atLeast });
  const pair = { address: pool.pair.address, abi: uniswapV2PairAbi, blockNumber: at.number } as const;
  const [[reserve0, reserve1], supply] = await Promise.all([
    client.readContract({ ...pair, functionName: "getReserves" }),
    client.readContract({ ...pair, functionName: "totalSupply" }),
  ]);
  const [kp3r, eth] = pool.kp3rFirst ? [reserve0, reserve1] : [reserve1, reserve0];
  if (supply === 0n || kp3r === 0n || eth === 0n) {
    throw new Failure(
      `KP3R_WETH: the pair ${pool.pair.address} is empty, so that it has no price. Open the market first.`,
    );
  }
  return { kp3r, eth, supply, at };
}

/**
 * Compares a pool's price with the network's mean: anybody can move the price for a moment, and hardly the mean.
 * @throws {@link Failure} when they differ by more than the bound
 */
export function checkPrice(pool: Amounts, { kp3rPerEth, whose }: Mean, { deviation }: PriceBounds): void {
  const spot = (pool.kp3r * WAD) / pool.eth;
  const difference = spot > kp3rPerEth ? spot - kp3rPerEth : kp3rPerEth - spot;
  if (difference * BPS <= deviation * kp3rPerEth) return;
  throw new Failure(
    `The pool gives ${amount(spot, 4)} KP3R per ETH, but ${whose} is ${amount(kp3rPerEth, 4)}: they are ` +
      `${percent(difference, kp3rPerEth, 2)} apart, and --deviation allows ${percent(deviation, BPS, 2)}. Somebody may have ` +
      "moved the pool's price. Wait until the two agree again (`report prices` shows the mean), or allow more by --deviation.",
  );
}

async function routerOf(session: Session): Promise<[given: string, address: Address]> {
  if (session.has("router")) return ["--router", await session.contract("router")];
  const { file, addresses } = session.place;
  const address = addresses.UniswapV2Router02;
  if (address === undefined) {
    throw new Failure(
      `--from-eth: ${file} has no address of UniswapV2Router02, through which KP3R is bought. Give the Uniswap V2 router ` +
        "of this chain by --router ADDRESS.",
    );
  }
  const given = `${file}: UniswapV2Router02`;
  await session.checkCode(given, address);
  return [given, address];
}

/**
 * What the oracle answers, or what work is paid by while it doesn't.
 * @throws {@link Failure} when there is neither
 */
export async function readMean(session: Session, at: BlockHead): Promise<Mean> {
  const { address: Keep3rHelper } = await session.helper();
  const { answer, bootstrapped, kp3rPerEth, quoteLeft } = await readPrices(session.client, { Keep3rHelper }, at);
  if (!("refusal" in answer)) {
    return { kp3rPerEth: answer.kp3rPerEth, whose: `the network's mean of ${duration(answer.span)}` };
  }
  if (!bootstrapped) {
    const helper = { address: Keep3rHelper, abi: keep3rHelperAbi, blockNumber: at.number } as const;
    const quote = await session.client.readContract({ ...helper, functionName: "bootstrapKp3rPerEth" });
    return { kp3rPerEth: quote, whose: "governance's quote" };
  }
  if (quoteLeft >= 0) return { kp3rPerEth, whose: "the last quote of payments" };
  throw new Failure(
    `--from-eth: the network has no price to compare the pool's with: the oracle doesn't answer. ${remedyOf(answer.refusal)}`,
  );
}
