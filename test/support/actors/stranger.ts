import { WAD } from "@keep3r-network/sdk";
import { type ContractTransactionResponse, getCreateAddress, MaxUint256, ZeroAddress } from "ethers";
import { ethers } from "hardhat";
import type { Account } from "#simulation/accounts";
import type { Uniswap } from "#simulation/uniswap";
import {
  IUniswapV2Pair__factory,
  IWrappedEther__factory,
  Keep3r__factory,
  Keep3rOracle__factory,
  KP3R__factory,
  MarketOpener__factory,
} from "#typechain";

/** Where the deployer's contracts are or will be. The address of a KP3R that is there already isn't the deployer's. */
export interface Target {
  deployer: string;
  firstNonce: number;
  kp3r?: string;
}

/**
 * Somebody with ether and ill will, who knows beforehand at which addresses a deployer's contracts will be. Acts fail
 * whenever it is too early or too late for them; `done` counts those that didn't.
 */
export class Stranger {
  readonly done = new Map<Act, number>();
  readonly #account: Account;
  readonly #uniswap: Uniswap;
  readonly #target: Target;
  readonly #created: string[] = [];
  #seen = 0;

  constructor(account: Account, uniswap: Uniswap, target: Target) {
    this.#account = account;
    this.#uniswap = uniswap;
    this.#target = target;
  }

  /** Tries all acts, or some. */
  async act(acts: readonly Act[] = ACTS): Promise<void> {
    for (const act of acts) {
      for (const send of await this.#attempts(act)) {
        const done = await send()
          .then((sent) => sent.wait())
          .then(
            () => 1,
            () => 0,
          );
        this.done.set(act, (this.done.get(act) ?? 0) + done);
      }
    }
  }

  async #attempts(act: Act): Promise<Attempt[]> {
    const { factory, weth, router } = this.#uniswap;
    const { deployer } = this.#target;
    const { created, next } = await this.#contracts();
    const kp3r = KP3R__factory.connect(this.#kp3r, this.#account);
    const market = await factory.getPair(kp3r, weth);
    if (market === ZeroAddress && !EARLY.includes(act)) return [];
    const pair = IUniswapV2Pair__factory.connect(market, this.#account);
    const wrapped = IWrappedEther__factory.connect(await weth.getAddress(), this.#account);
    switch (act) {
      case "create the pair":
        return [() => factory.connect(this.#account).createPair(kp3r, weth)];
      case "leave ether in the pair":
        return [() => wrapped.deposit({ value: 3n }), () => wrapped.transfer(pair, 1n), () => pair.sync()];
      case "leave ether beside the reserves":
        return [() => wrapped.deposit({ value: WAD / 100n }), () => wrapped.transfer(pair, WAD / 100n)];
      case "skim the pair":
        return [() => pair.skim(this.#account)];
      case "register jobs":
        return created.map((network) => () => Keep3r__factory.connect(network, this.#account).addJob(next));
      case "accept what isn't offered to it":
        return created.flatMap((contract, index) => [
          () => KP3R__factory.connect(contract, this.#account).acceptGovernance(),
          // The oracle, which is a job, comes after the network
          () => Keep3r__factory.connect(contract, this.#account).acceptJobOwnership(created[index + 1] ?? next),
        ]);
      case "buy KP3R and give it away":
        return [
          () =>
            router
              .connect(this.#account)
              .swapExactETHForTokens(0n, [weth, kp3r], this.#account, MaxUint256, { value: WAD / 1_000n }),
          () => kp3r.transfer(deployer, 1n),
          ...[...created, next].map((contract) => () => kp3r.transfer(contract, 1n)),
        ];
      case "add liquidity and give it away":
        return [
          () => kp3r.approve(router, MaxUint256),
          () =>
            router
              .connect(this.#account)
              .addLiquidityETH(kp3r, WAD / 10_000n, 0n, 0n, deployer, MaxUint256, { value: WAD / 10_000n }),
        ];
      case "open the market":
        return created.flatMap((opener) => [
          () => kp3r.approve(opener, MaxUint256),
          () => MarketOpener__factory.connect(opener, this.#account).open(WAD, this.#account, { value: WAD }),
        ]);
      case "observe the pair":
        return created.map((oracle) => () => Keep3rOracle__factory.connect(oracle, this.#account).update(pair));
    }
  }

  get #kp3r(): string {
    const { deployer: from, firstNonce: nonce, kp3r } = this.#target;
    return kp3r ?? getCreateAddress({ from, nonce });
  }

  /** The deployer's contracts so far, and where one would be that is created next. */
  async #contracts(): Promise<{ created: string[]; next: string }> {
    const { deployer: from, firstNonce } = this.#target;
    const nonce = await ethers.provider.getTransactionCount(from);
    while (this.#seen < nonce - firstNonce) {
      const address = getCreateAddress({ from, nonce: firstNonce + this.#seen++ });
      if ((await ethers.provider.getCode(address)) !== "0x") this.#created.push(address);
    }
    return { created: this.#created, next: getCreateAddress({ from, nonce }) };
  }
}

type Attempt = () => Promise<ContractTransactionResponse>;

export const ACTS = [
  "create the pair",
  "leave ether in the pair",
  "leave ether beside the reserves",
  "skim the pair",
  "register jobs",
  "accept what isn't offered to it",
  "buy KP3R and give it away",
  "add liquidity and give it away",
  "open the market",
  "observe the pair",
] as const;

export type Act = (typeof ACTS)[number];

/** What needs no pair. */
const EARLY: readonly Act[] = ["create the pair", "register jobs", "accept what isn't offered to it"];
