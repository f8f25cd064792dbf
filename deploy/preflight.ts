import { amount, DEFAULTS, duration, Failure, LOCAL_CHAIN_ID, MAINNET_ID } from "@keep3r-network/sdk";
import type { EIP1193Provider } from "@nomicfoundation/ignition-core";
import { BrowserProvider, Contract, formatEther, type Provider } from "ethers";
import { AggregatorV3Interface__factory } from "#typechain/factories/@chainlink/contracts/src/v0.8/shared/interfaces/AggregatorV3Interface__factory";
import { IERC20Metadata__factory } from "#typechain/factories/@openzeppelin/contracts/token/ERC20/extensions/IERC20Metadata__factory";
import { IUniswapV2Factory__factory } from "#typechain/factories/@uniswap/v2-core/contracts/interfaces/IUniswapV2Factory__factory";
import { IUniswapV2Pair__factory } from "#typechain/factories/@uniswap/v2-core/contracts/interfaces/IUniswapV2Pair__factory";
import type { Parameters } from "./parameters";
import { ageOfAnswer, isNear, kp3rPerEthIn, kp3rPerEthOf } from "./prices";
import type { ExistingToken, Pool, Terms } from "./recipe/terms";

const ROUTER = ["function factory() view returns (address)", "function WETH() view returns (address)"];
const PROXY = ["function keep3rV1() view returns (address)"];
/** Programs that serve chains of their own. */
const DEVELOPMENT = /^(?:hardhat|anvil|ganache|edr)/i;
/** An account without a contract that has lent itself a contract's code (EIP-7702) is still its key's. */
const DELEGATION = "0xef0100";

export async function checkChain({ file, chainId }: Parameters, node: EIP1193Provider): Promise<void> {
  const found = Number(await node.request({ method: "eth_chainId" }));
  if (found === chainId) return;
  throw new Failure(
    `${file}, chainId: the node is on chain ${found}, but the file is for ${chainId}. Check --network.`,
  );
}

/** A chain of a developer's that calls itself another one is told: what is deployed there isn't on that one. */
export async function developmentChain({ chainId }: Parameters, node: EIP1193Provider): Promise<string> {
  if (chainId === LOCAL_CHAIN_ID) return "";
  const version = await ask(() => node.request({ method: "web3_clientVersion" }));
  return DEVELOPMENT.test(version)
    ? `, as ${version.split("/")[0]} calls itself: a development chain, not the real one`
    : "";
}

/**
 * Compares the parameters with the chain, and refuses all that is wrong at once. What only shows when it is executed, such
 * as a parameter out of its bounds, comes to light in the rehearsal.
 */
export async function checkParameters(parameters: Parameters, node: EIP1193Provider, deployer: string): Promise<void> {
  const { file, governance } = parameters;
  const provider = new BrowserProvider(node, undefined, { cacheTimeout: -1 });
  const problems = [...(await checkGovernance(provider, parameters)), ...(await checkCode(provider, parameters))];
  if (governance === deployer) {
    problems.push(`governance: ${governance} is the deployer, which is to be left without power. Use another key.`);
  }
  // What has no code can't be asked for more.
  if (problems.length === 0) problems.push(...(await checkContracts(provider, parameters)));
  if (problems.length > 0) throw new Failure([`${file}:`, ...problems.map((problem) => `  ${problem}`)].join("\n"));
}

async function checkGovernance(provider: Provider, { chainId, governance }: Parameters): Promise<string[]> {
  if (chainId !== MAINNET_ID) return [];
  const code = await provider.getCode(governance);
  if (code !== "0x" && !code.startsWith(DELEGATION)) return [];
  return [`governance: ${governance} is a single key. On mainnet it must be a contract: a Safe or a timelock.`];
}

async function checkCode(provider: Provider, parameters: Parameters): Promise<string[]> {
  const { token, uniswapFactory, weth, fastGasFeed } = parameters;
  const contracts = {
    ...(token.kind === "new"
      ? { "token.pool.router": token.pool.router }
      : { "token.address": token.address, "token.minter": token.minter, "token.pair": token.pair }),
    uniswapFactory,
    weth,
    ...(fastGasFeed === undefined ? {} : { "fastGasFeed.address": fastGasFeed.address }),
  };
  const problems: string[] = [];
  for (const [key, address] of Object.entries(contracts)) {
    if ((await provider.getCode(address)) === "0x") problems.push(`${key}: there is no contract at ${address}.`);
  }
  if (problems.length === Object.keys(contracts).length && parameters.chainId !== LOCAL_CHAIN_ID) {
    problems.push(
      `chainId: the node says that it is chain ${parameters.chainId}, and has none of the file's contracts. It seems to be a ` +
        `local chain that was started with that id: check KEEP3R_RPC_URL.`,
    );
  }
  return problems;
}

async function checkContracts(provider: Provider, parameters: Parameters): Promise<string[]> {
  const { token, weth, fastGasFeed } = parameters;
  return [
    ...(await checkDecimals(provider, "weth", weth)),
    ...(token.kind === "new"
      ? await checkRouter(provider, parameters, token.pool)
      : await checkToken(provider, parameters, token)),
    ...(fastGasFeed === undefined ? [] : await checkFeed(provider, fastGasFeed)),
    ...(await checkBootstrap(provider, parameters)),
  ];
}

async function checkRouter(provider: Provider, parameters: Parameters, { router }: Pool): Promise<string[]> {
  const contract = new Contract(router, ROUTER, provider);
  const found = [await ask(() => contract.getFunction("factory")()), await ask(() => contract.getFunction("WETH")())];
  if (found[0] === parameters.uniswapFactory && found[1] === parameters.weth) return [];
  return [`token.pool.router: ${router} is of the factory ${found[0]} and WETH ${found[1]}, not of the file's.`];
}

async function checkToken(provider: Provider, parameters: Parameters, token: ExistingToken): Promise<string[]> {
  const { address, minter, pair } = token;
  const { uniswapFactory, weth } = parameters;
  const problems = await checkDecimals(provider, "token.address", address);

  // Not every minter says which token it mints; a wrong one shows when `deploy:check` simulates it.
  const minted = await ask(() => new Contract(minter, PROXY, provider).getFunction("keep3rV1")());
  if (minted !== NO_ANSWER && minted !== address) problems.push(`token.minter: ${minter} mints ${minted}.`);

  const known = IUniswapV2Pair__factory.connect(pair, provider);
  const tokens = [await ask(() => known.token0()), await ask(() => known.token1())];
  if (![address, weth].every((expected) => tokens.includes(expected))) {
    problems.push(`token.pair: ${pair} is a pair of ${tokens.join(" and ")}, not of the file's KP3R and WETH.`);
  }
  const listed = await ask(() => IUniswapV2Factory__factory.connect(uniswapFactory, provider).getPair(address, weth));
  if (listed !== pair) problems.push(`token.pair: ${pair} isn't the factory's; that is ${listed}.`);
  return problems;
}

async function checkDecimals(provider: Provider, key: string, token: string): Promise<string[]> {
  const decimals = await ask(() => IERC20Metadata__factory.connect(token, provider).decimals());
  return decimals === "18" ? [] : [`${key}: ${token} must have 18 decimals; asked for them it gives ${decimals}.`];
}

async function checkFeed(provider: Provider, { address: feed, maxAge }: Feed): Promise<string[]> {
  const contract = AggregatorV3Interface__factory.connect(feed, provider);
  const decimals = await ask(() => contract.decimals());
  if (decimals !== "0") {
    return [
      `fastGasFeed.address: ${feed} must answer wei per gas, with 0 decimals; asked for them it gives ${decimals}.`,
    ];
  }
  const answer = await ask(async () => (await contract.latestRoundData()).answer);
  if (!/^[1-9]/.test(answer)) return [`fastGasFeed.address: ${feed} must answer more than zero; it gives ${answer}.`];
  const age = await ageOfAnswer(provider, feed);
  if (age <= maxAge) return [];
  return [
    `fastGasFeed: the last answer of ${feed} is ${duration(age)} old, and maxAge is ${duration(maxAge)}. Payments would do ` +
      `without it: take a feed that answers, a longer maxAge, or null for none.`,
  ];
}

/** Payments go by it for a day or more, so it has to be about the pool's price. */
async function checkBootstrap(provider: Provider, { token, changes, weth }: Parameters): Promise<string[]> {
  const chosen = changes.find(({ getter }) => getter === "bootstrapKp3rPerEth");
  const bootstrap = chosen?.value ?? DEFAULTS.Keep3rHelper.bootstrapKp3rPerEth.value;
  const price = token.kind === "new" ? kp3rPerEthIn(token.pool) : await kp3rPerEthOf(provider, token.pair, weth);
  if (price === undefined || price === 0n) return [];
  if (isNear(bootstrap, price)) return [];
  return [
    `settings.Keep3rHelper.bootstrapKp3rPerEth: it is ${amount(bootstrap)} KP3R per ETH, and the pool's price is ` +
      `${amount(price)}. Payments go by it until the oracle has a day of prices: write "${formatEther(price)}".`,
  ];
}

type Feed = NonNullable<Terms["fastGasFeed"]>;

const NO_ANSWER = "no answer";

async function ask(call: () => Promise<unknown>): Promise<string> {
  return call().then(String, () => NO_ANSWER);
}
