import { readJson } from "@keep3r-network/sdk/node";
import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import {
  DEFAULTS,
  FAST_GAS_MAX_AGE,
  Failure,
  type Parameter,
  parseAddress,
  parseAmount,
  parseQuantity,
  showRange,
  type Tunable,
  WAD,
} from "@keep3r-network/sdk";
import { formatUnits } from "viem";
import type { Address } from "./recipe/steps";
import type { Change, ExistingToken, NewToken, Terms } from "./recipe/terms";

/** KP3R, wei: what the opener of the market takes at least, and one less than the oracle's SUPPLY_LIMIT. */
const SUPPLY = [WAD, 2n ** 94n - 1n] as const;
const POOL_KP3R = SUPPLY;
/** Ether, wei: what the opener of the market takes at least, and more than there is. */
const POOL_ETH = [WAD / 1_000n, 10n ** 9n * WAD] as const;

/** What is wanted, by unit. */
const HOW: Readonly<Record<Parameter["unit"], string>> = {
  seconds: 'a time, "259200" or "3 days",',
  BPS: 'hundredths of a percent, "50",',
  gas: 'an amount of gas, "8500",',
  gwei: 'gwei, "0.1",',
  KP3R: 'an amount of KP3R, "12.5",',
  "KP3R per ETH": 'an amount of KP3R, "12.5",',
};

/** The terms of a network, from a file that docs/deploy.md describes. */
export interface Parameters extends Terms {
  file: string;
  chainId: number;
  /** Gets it all: the oracle as a job, too. */
  governance: Address;
}

/** Beside the modules. */
export function parameterFile(ignition: string, network: string): string {
  return path.join(ignition, "parameters", `${network}.json`);
}

/** Reads a file and refuses what can't be meant, by the name of its key. */
export function readParameters(file: string): Parameters {
  const root = new Entry(file, "", load(file));
  root.refuseOthers([
    ...["chainId", "governance", "disputers", "slashers", "token", "uniswapFactory", "weth", "fastGasFeed"],
    "settings",
  ]);
  const [chainId, governance] = [root.at("chainId").integer(), root.at("governance").address()];
  return {
    file,
    chainId,
    governance,
    oracleOwner: governance,
    disputers: root.at("disputers").addresses(),
    slashers: root.at("slashers").addresses(),
    token: readToken(root.at("token")),
    uniswapFactory: root.at("uniswapFactory").address(),
    weth: root.at("weth").address(),
    fastGasFeed: readFeed(root.at("fastGasFeed")),
    changes: readSettings(root.at("settings")),
  };
}

function readToken(token: Entry): NewToken | ExistingToken {
  if (token.has("address")) {
    token.refuseOthers(["address", "minter", "pair"]);
    return {
      kind: "existing",
      address: token.at("address").address(),
      minter: token.at("minter").address(),
      pair: token.at("pair").address(),
    };
  }
  token.refuseOthers(["supply", "pool"]);
  const pool = token.at("pool");
  pool.refuseOthers(["router", "kp3r", "eth"]);
  const supply = token.at("supply").amount("KP3R", SUPPLY);
  const poolKp3r = pool.at("kp3r").amount("KP3R", POOL_KP3R);
  if (poolKp3r > supply) pool.at("kp3r").refuse("the pool can't get more KP3R than there are (token.supply).");
  return {
    kind: "new",
    supply,
    pool: { router: pool.at("router").address(), kp3r: poolKp3r, eth: pool.at("eth").amount("ETH", POOL_ETH) },
  };
}

function readFeed(feed: Entry): Terms["fastGasFeed"] {
  if (feed.isNull()) return undefined;
  feed.refuseOthers(["address", "maxAge"]);
  return { address: feed.at("address").address(), maxAge: feed.at("maxAge").age() };
}

/** What differs from the contracts' own values, in the file's order, which is the order of the transactions. */
function readSettings(settings: Entry): Change[] {
  settings.refuseOthers(Object.keys(DEFAULTS));
  return settings.keys().flatMap((name) => {
    const contract = name as Tunable;
    const defaults: Readonly<Record<string, Parameter>> = DEFAULTS[contract];
    const chosen = settings.at(contract);
    chosen.refuseOthers(Object.keys(defaults));
    return chosen.keys().flatMap((getter) => {
      const parameter = defaults[getter] ?? chosen.refuse("isn't known.");
      const value = chosen.at(getter).quantity(parameter);
      return value === parameter.value ? [] : [{ contract, getter, value }];
    });
  });
}

function load(file: string): unknown {
  if (!existsSync(file)) {
    const folder = path.dirname(file);
    const known = existsSync(folder) ? readdirSync(folder).map((name) => path.parse(name).name) : [];
    const others = known.length === 0 ? "" : ` There are: ${known.sort().join(", ")}.`;
    throw new Failure(
      `There is no parameter file ${file}.${others} Check --network, or write one: docs/deploy.md says how.`,
    );
  }
  return readJson(file);
}

/** A value of the file, and where it stands. */
class Entry {
  constructor(
    private readonly file: string,
    private readonly key: string,
    private readonly value: unknown,
  ) {}

  get #name(): string {
    return this.key === "" ? this.file : `${this.file}, ${this.key}`;
  }

  at(key: string): Entry {
    return new Entry(this.file, this.key === "" ? key : `${this.key}.${key}`, this.#object()[key]);
  }

  has(key: string): boolean {
    return Object.hasOwn(this.#object(), key);
  }

  keys(): string[] {
    return Object.keys(this.#object());
  }

  isNull(): boolean {
    return this.value === null;
  }

  refuse(why: string): never {
    throw new Failure(`${this.#name}: ${why}`);
  }

  /** A mistyped key would be a value that is silently left out. */
  refuseOthers(known: readonly string[]): void {
    const strange = this.keys().find((key) => !known.includes(key));
    if (strange !== undefined) this.at(strange).refuse(`there is no such key. There are: ${known.join(", ")}.`);
  }

  address(): Address {
    return parseAddress(this.#name, this.#text("an address"));
  }

  addresses(): Address[] {
    if (!Array.isArray(this.value)) this.refuse("give a list of addresses, [] for none.");
    return this.value.map((value, index) => new Entry(this.file, `${this.key}[${index}]`, value).address());
  }

  integer(): number {
    if (this.value === null || this.value === undefined) this.refuse("give a whole number; it can't be known here.");
    if (typeof this.value !== "number" || !Number.isSafeInteger(this.value) || this.value < 1) {
      this.refuse(`${JSON.stringify(this.value)} isn't a whole number above zero.`);
    }
    return this.value;
  }

  amount(symbol: "KP3R" | "ETH", [least, most]: readonly [least: bigint, most: bigint]): bigint {
    const decimals = 18;
    const amount = parseAmount(this.#name, this.#text('an amount as text, such as "12.5"'), { symbol, decimals }, true);
    if (amount < least)
      this.refuse(
        `"${String(this.value)}" is too little. It takes at least ${formatUnits(least, decimals)} ${symbol}.`,
      );
    if (amount > most)
      this.refuse(`"${String(this.value)}" is too much. It takes at most ${formatUnits(most, decimals)} ${symbol}.`);
    return amount;
  }

  quantity(parameter: Parameter): bigint {
    return this.#within(this.#text(`${HOW[parameter.unit]} as text`), parameter);
  }

  /** Seconds as a number, or a time as text. */
  age(): number {
    const text = typeof this.value === "number" ? String(this.value) : this.#text("a time in seconds, or as text");
    return Number(this.#within(text, FAST_GAS_MAX_AGE));
  }

  #within(text: string, parameter: Parameter): bigint {
    const value = parseQuantity(this.#name, text, parameter);
    if (value < parameter.min || value > parameter.max) {
      this.refuse(`"${text}" is out of bounds. It takes ${showRange(parameter, parameter)}.`);
    }
    return value;
  }

  #text(what: string): string {
    if (this.value === null || this.value === undefined) this.refuse(`give ${what}; it can't be known here.`);
    if (typeof this.value !== "string") this.refuse(`${JSON.stringify(this.value)} isn't ${what}.`);
    return this.value;
  }

  #object(): Record<string, unknown> {
    if (typeof this.value !== "object" || this.value === null || Array.isArray(this.value)) {
      throw new Failure(`${this.#name}: an object is missing here. docs/deploy.md describes the file.`);
    }
    return this.value as Record<string, unknown>;
  }
}
