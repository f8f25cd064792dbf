import type { Address } from "viem";

/** A chain that a network can be deployed to. */
export interface Chain {
  id: number;
  name: string;
  /** The symbol of what gas is paid in. */
  native: string;
  /** The native token as an ERC-20: Uniswap's `WETH`. */
  weth: Address;
  /** Uniswap V2, as its own list of deployments has it. A deployment asks the chain whether it is so. */
  uniswapV2Factory: Address;
  uniswapV2Router: Address;
}

/** The chain id of a local node. */
export const LOCAL_CHAIN_ID = 31_337;
export const MAINNET_ID = 1;

/** The public chains that are known. Of a local chain, only its deployment file knows the addresses. */
export const CHAINS: readonly Chain[] = [
  {
    id: MAINNET_ID,
    name: "Ethereum",
    native: "ETH",
    weth: "0xC02aaA39b223FE8D0A0e5C4F27eAD9083C756Cc2",
    uniswapV2Factory: "0x5C69bEe701ef814a2B6a3EDD4B1652CB9cc5aA6f",
    uniswapV2Router: "0x7a250d5630B4cF539739dF2C5dAcb4c659F2488D",
  },
  {
    id: 11_155_111,
    name: "Sepolia",
    native: "ETH",
    weth: "0xfFf9976782d46CC05630D1f6eBAb18b2324d6B14",
    uniswapV2Factory: "0xF62c03E08ada871A0bEb309762E260a7a6a880E6",
    uniswapV2Router: "0xeE567Fe1712Faf6149d80dA1E6934E354124CfE3",
  },
  {
    id: 8_453,
    name: "Base",
    native: "ETH",
    weth: "0x4200000000000000000000000000000000000006",
    uniswapV2Factory: "0x8909Dc15e40173Ff4699343b6eB8132c65e18eC6",
    uniswapV2Router: "0x4752ba5DBc23f44D87826276BF6Fd6b1C372aD24",
  },
  {
    id: 10,
    name: "OP Mainnet",
    native: "ETH",
    weth: "0x4200000000000000000000000000000000000006",
    uniswapV2Factory: "0x0c3c1c532F1e39EdF36BE9Fe0bE1410313E074Bf",
    uniswapV2Router: "0x4A7b5Da61326A6379179b40d00F57E5bbDC962c2",
  },
  {
    id: 42_161,
    name: "Arbitrum One",
    native: "ETH",
    weth: "0x82aF49447D8a07e3bd95BD0d56f35241523fBab1",
    uniswapV2Factory: "0xf1D7CC64Fb4452F05c498126312eBE29f30Fbcf9",
    uniswapV2Router: "0x4752ba5DBc23f44D87826276BF6Fd6b1C372aD24",
  },
  {
    id: 137,
    name: "Polygon",
    native: "POL",
    weth: "0x0d500B1d8E8eF31E21C99d1Db9A6444d3ADf1270",
    uniswapV2Factory: "0x9e5A52f57b3038F1B8EeE45F28b3C1967e22799C",
    uniswapV2Router: "0xedf6066a2b290C185783862C7F4776A2C8077AD1",
  },
  {
    id: 56,
    name: "BNB Chain",
    native: "BNB",
    weth: "0xbb4CdB9CBd36B01bD1cBaEBF2De08d9173bc095c",
    uniswapV2Factory: "0x8909Dc15e40173Ff4699343b6eB8132c65e18eC6",
    uniswapV2Router: "0x4752ba5DBc23f44D87826276BF6Fd6b1C372aD24",
  },
];

/** The chain of an id; undefined where it isn't known. */
export function chainOf(id: number): Chain | undefined {
  return CHAINS.find((chain) => chain.id === id);
}

/** A chain as people name it: `Base (8453)`, `chain 4242`. */
export function chainName(id: number): string {
  if (id === LOCAL_CHAIN_ID) return `local chain (${id})`;
  const chain = chainOf(id);
  return chain === undefined ? `chain ${id}` : `${chain.name} (${id})`;
}
