import {
  amount,
  DAY,
  DEFAULTS,
  duration,
  ether,
  FAST_GAS_MAX_AGE,
  HOUR,
  kp3rAbi,
  messageOf,
  type NetworkDeployment,
  type Parameter,
  pinBlock,
  priceWarning,
  type PriceState,
  readHolders,
  readLogs,
  readPrices,
  type Role,
  showQuantity,
  type Tunable,
} from "@keep3r-network/sdk";
import type { EIP1193Provider } from "@nomicfoundation/ignition-core";
import { BrowserProvider, Contract, type Provider, ZeroAddress } from "ethers";
import type { Artifacts } from "hardhat/types";
import { type Address, createPublicClient, custom, getAbiItem, type PublicClient } from "viem";
import { IUniswapV2Pair__factory } from "#typechain/factories/@uniswap/v2-core/contracts/interfaces/IUniswapV2Pair__factory";
import { Keep3r__factory } from "#typechain/factories/contracts/Keep3r__factory";
import { Keep3rHelper__factory } from "#typechain/factories/contracts/Keep3rHelper__factory";
import { Keep3rLens__factory } from "#typechain/factories/contracts/Keep3rLens__factory";
import { Keep3rOracle__factory } from "#typechain/factories/contracts/Keep3rOracle__factory";
import { KP3R__factory } from "#typechain/factories/contracts/KP3R__factory";
import { differenceOfCode } from "./codes";
import type { Parameters } from "./parameters";
import { ageOfAnswer, isNear, kp3rPerEthOf, TOLERANCE } from "./prices";
import { governed, stepsOf } from "./recipe";
import { createsOwn } from "./recipe/steps";

/** What is looked at of a deployment. */
type Deployed = Pick<NetworkDeployment, "startBlock" | "deployer" | "addresses">;

/** A line of the table. */
export interface Row {
  contract: string;
  what: string;
  found: string;
  /** What the parameters want, if it isn't what was found. */
  expected?: string;
}

const NOBODY = "nobody";

/** The age of an observation, in seconds, from which on nobody seems to look after the oracle. */
const NEGLECTED = 2 * DAY;

/** Bits that the oracle keeps of a price in range at the first listing, and how many more or fewer are none of its fault. */
const KEPT_BITS = 41;
const DRIFT_BITS = 10;
const FITTING = "fits the price";

const LASTING = "lasts";

/** Reads all of a deployment that its parameters decide, and who has power over it. */
export async function checkDeployment(
  node: EIP1193Provider,
  artifacts: Artifacts,
  parameters: Parameters,
  deployment: Deployed,
): Promise<Row[]> {
  const check = new Check(node, parameters, deployment);
  await check.codes(artifacts);
  for (const section of ["connections", "settings", "market", "powers", "roles"] as const) await check.section(section);
  return check.rows;
}

class Check {
  readonly rows: Row[] = [];
  readonly #provider: Provider;
  readonly #client: PublicClient;
  readonly #parameters: Parameters;
  readonly #deployment: Deployed;
  readonly #keep3r;
  readonly #oracle;
  readonly #helper;

  constructor(node: EIP1193Provider, parameters: Parameters, deployment: Deployed) {
    const provider = new BrowserProvider(node, undefined, { cacheTimeout: -1 });
    this.#provider = provider;
    this.#client = createPublicClient({ transport: custom(node) });
    this.#parameters = parameters;
    this.#deployment = deployment;
    const { Keep3r, Keep3rOracle, Keep3rHelper } = deployment.addresses;
    this.#keep3r = Keep3r__factory.connect(Keep3r, provider);
    this.#oracle = Keep3rOracle__factory.connect(Keep3rOracle, provider);
    this.#helper = Keep3rHelper__factory.connect(Keep3rHelper, provider);
  }

  async codes(artifacts: Artifacts): Promise<void> {
    for (const { contract: name } of stepsOf(this.#parameters, false).filter(createsOwn)) {
      const code = await this.#provider.getCode(this.#deployment.addresses[name]);
      const difference = await differenceOfCode(artifacts, name, code);
      this.#row(name, "bytecode", difference ?? "as compiled", "as compiled");
    }
  }

  /** An address that is another contract's doesn't answer: what differs is still shown, and the rest is looked at. */
  async section(name: "connections" | "settings" | "market" | "powers" | "roles"): Promise<void> {
    try {
      await this[name]();
    } catch (error) {
      const [reason = ""] = messageOf(error).split("\n");
      this.#row(
        name,
        "the rest of them",
        `can't be read: ${reason}`,
        "answers, as of the contracts that belong at the addresses",
      );
    }
  }

  async connections(): Promise<void> {
    const { token, uniswapFactory } = this.#parameters;
    const { Keep3r, KP3R, Keep3rOracle, Keep3rHelper, Keep3rLens, KP3R_WETH } = this.#deployment.addresses;
    const [kp3r, minter] = token.kind === "new" ? [KP3R, KP3R] : [token.address, token.minter];
    const lens = Keep3rLens__factory.connect(Keep3rLens, this.#provider);

    this.#row("Keep3r", "keep3rV1", await this.#keep3r.keep3rV1(), kp3r);
    this.#row("Keep3r", "keep3rV1Proxy", await this.#keep3r.keep3rV1Proxy(), minter);
    this.#row("Keep3r", "keep3rHelper", await this.#keep3r.keep3rHelper(), Keep3rHelper);
    this.#row("Keep3rOracle", "keep3r", await this.#oracle.keep3r(), Keep3r);
    this.#row("Keep3rOracle", "kp3r", await this.#oracle.kp3r(), kp3r);
    this.#row("Keep3rOracle", "factory", await this.#oracle.factory(), uniswapFactory);
    this.#row("Keep3rHelper", "keep3rV2", await this.#helper.keep3rV2(), Keep3r);
    this.#row("Keep3rHelper", "oracle", await this.#helper.oracle(), Keep3rOracle);
    this.#row("Keep3rHelper", "kp3rWethPair", await this.#helper.kp3rWethPair(), KP3R_WETH);
    this.#row("Keep3rLens", "keep3r", await lens.keep3r(), Keep3r);
    this.#row("Keep3r", "can mint KP3R", await this.#minting(minter), "yes");
  }

  async settings(): Promise<void> {
    const { changes, fastGasFeed } = this.#parameters;
    const contracts: Record<Tunable, Contract> = {
      Keep3r: new Contract(this.#keep3r, Keep3r__factory.abi, this.#provider),
      Keep3rOracle: new Contract(this.#oracle, Keep3rOracle__factory.abi, this.#provider),
      Keep3rHelper: new Contract(this.#helper, Keep3rHelper__factory.abi, this.#provider),
    };
    for (const contract of Object.keys(DEFAULTS) as Tunable[]) {
      for (const [getter, parameter] of Object.entries<Parameter>(DEFAULTS[contract])) {
        const change = changes.find((known) => known.contract === contract && known.getter === getter);
        const found = (await contracts[contract].getFunction(getter)()) as bigint;
        this.#row(
          contract,
          getter,
          showQuantity(found, parameter),
          showQuantity(change?.value ?? parameter.value, parameter),
        );
      }
    }
    const none = { address: ZeroAddress, maxAge: Number(FAST_GAS_MAX_AGE.value) };
    const { address, maxAge } = fastGasFeed ?? none;
    this.#row("Keep3rHelper", "fastGasFeed", await this.#helper.fastGasFeed(), address);
    const show = (seconds: bigint | number): string => showQuantity(BigInt(seconds), FAST_GAS_MAX_AGE);
    this.#row("Keep3rHelper", "fastGasMaxAge", show(await this.#helper.fastGasMaxAge()), show(maxAge));
    if (fastGasFeed !== undefined) await this.#feed(address, maxAge);
  }

  async market(): Promise<void> {
    const pair = this.#deployment.addresses.KP3R_WETH;
    this.#row("Keep3r", "approvedLiquidities", (await this.#keep3r.approvedLiquidities()).join(", "), pair);
    this.#row("Keep3rOracle", "pairs", (await this.#oracle.pairs()).join(", "), pair);
    const prices = await readPrices(this.#client, this.#deployment.addresses, await pinBlock(this.#client));
    this.#warmUp(prices);
    await this.#bootstrap(prices, pair);
    this.#row("Keep3rOracle", "the pair is thin", prices.thin ? "yes" : "no", "no");
    this.#row("Keep3rOracle", "scale", await this.#scale(pair), FITTING);
    this.#row("Keep3rHelper", "quote", priceWarning(prices) ?? LASTING, LASTING);
  }

  async powers(): Promise<void> {
    const { governance, token } = this.#parameters;
    const { addresses } = this.#deployment;
    for (const name of governed(this.#parameters)) {
      const contract = KP3R__factory.connect(addresses[name], this.#provider);
      this.#row(name, "governance", await contract.governance(), governance);
      this.#row(name, "pendingGovernance", await contract.pendingGovernance(), ZeroAddress);
    }
    this.#row("Keep3r", "jobOwner(oracle)", await this.#keep3r.jobOwner(this.#oracle), governance);
    this.#row("Keep3r", "jobPendingOwner(oracle)", await this.#keep3r.jobPendingOwner(this.#oracle), ZeroAddress);
    if (token.kind === "new")
      this.#row("KP3R", "kept by the deployer", `${ether(await this.#kept(token.supply))} KP3R`, "0.0 KP3R");
  }

  /** What the deployer didn't pass on of the supply. What it holds says nothing: strangers can send it some. */
  async #kept(supply: bigint): Promise<bigint> {
    const { addresses, deployer, startBlock } = this.#deployment;
    const { number: toBlock } = await pinBlock(this.#client);
    const logs = await readLogs(this.#client, {
      ...{ address: addresses.KP3R, startBlock: BigInt(startBlock), toBlock },
      ...{ event: getAbiItem({ abi: kp3rAbi, name: "Transfer" }), args: { from: deployer } },
    });
    const passedOn = logs.reduce((sum, { args }) => sum + args.value, 0n);
    return passedOn < supply ? supply - passedOn : 0n;
  }

  /** Nobody but those who are in the parameters, the deployer included. */
  async roles(): Promise<void> {
    const { token, disputers, slashers } = this.#parameters;
    const { addresses } = this.#deployment;
    this.#row("Keep3r", "disputers", await this.#holders(addresses.Keep3r, "Disputer"), list(disputers));
    this.#row("Keep3r", "slashers", await this.#holders(addresses.Keep3r, "Slasher"), list(slashers));
    if (token.kind === "existing") return;
    this.#row("KP3R", "minters", await this.#holders(addresses.KP3R, "Minter"), list([addresses.Keep3r]));
  }

  #row(contract: string, what: string, found: string, expected: string): void {
    this.rows.push({ contract, what, found, ...(found === expected ? {} : { expected }) });
  }

  /** A feed that has fallen silent is left out of payments. */
  async #feed(address: string, maxAge: number): Promise<void> {
    const age = await ageOfAnswer(this.#provider, address);
    const fresh = `at most ${duration(maxAge)} old`;
    this.#row("Keep3rHelper", "last answer of fastGasFeed", age <= maxAge ? fresh : `${duration(age)} old`, fresh);
  }

  /** Until the oracle has a day of prices, payments go by what governance has set. */
  async #bootstrap({ bootstrapped }: PriceState, pair: Address): Promise<void> {
    if (bootstrapped) return;
    const price = await kp3rPerEthOf(this.#provider, pair, this.#parameters.weth);
    if (price === undefined) return;
    const near = `within ${TOLERANCE} % of the pool's price`;
    const quote = await this.#helper.bootstrapKp3rPerEth();
    const far = `${amount(quote)} KP3R per ETH, where the pool has ${amount(price)}`;
    this.#row("Keep3rHelper", "bootstrapKp3rPerEth is", isNear(quote, price) ? near : far, near);
  }

  /** Simulated, so that it holds for whatever the minter is. */
  async #minting(minter: string): Promise<string> {
    const kp3r = KP3R__factory.connect(minter, this.#provider);
    return kp3r.mint.staticCall(1n, { from: this.#keep3r }).then(
      () => "yes",
      () => "no",
    );
  }

  /** A young history is no difference: the helper quotes its bootstrap price meanwhile. One that nobody keeps up is. */
  #warmUp({ oldestAge, newestAge }: PriceState): void {
    const young = `${(oldestAge / HOUR).toFixed(1)} h of 24 h, bootstrap price until then`;
    const warm = oldestAge >= DAY ? "a day and more" : young;
    this.#row("Keep3rOracle", "price history", warm, warm);
    const fresh = newestAge <= NEGLECTED;
    this.#row("Keep3rOracle", "newest observation", fresh ? "fresh" : `${duration(newestAge)} old`, "fresh");
  }

  /** Whether the scale, which the first listing fixed for ever, leaves enough bits of the pool's price. */
  async #scale(pair: Address): Promise<string> {
    const { shift0 } = await this.#oracle.scaleOf(pair);
    const [reserve0, reserve1] = await IUniswapV2Pair__factory.connect(pair, this.#provider).getReserves();
    if (reserve0 === 0n) return "the pair is empty";
    const bits = ((reserve1 << 112n) / reserve0).toString(2).length - Number(shift0);
    return Math.abs(bits - KEPT_BITS) <= DRIFT_BITS
      ? FITTING
      : `leaves ${bits} bits of the price instead of ${KEPT_BITS}`;
  }

  async #holders(address: Address, role: Role): Promise<string> {
    const { startBlock } = this.#deployment;
    const { number: toBlock } = await pinBlock(this.#client);
    return list(await readHolders(this.#client, { address, role, startBlock: BigInt(startBlock), toBlock }));
  }
}

function list(addresses: readonly string[]): string {
  return addresses.length === 0 ? NOBODY : [...addresses].sort().join(", ");
}
