import type {
  ArgumentType,
  Artifact,
  CallableContractFuture,
  Future,
  IgnitionModule,
  IgnitionModuleBuilder,
  StaticCallFuture,
} from "@nomicfoundation/ignition-core";
import routerBuild from "@uniswap/v2-periphery/build/UniswapV2Router02.json";
import { Placed } from "../recipe/placed";
import {
  type Argument,
  type Call,
  DEPLOYER,
  type Deployment,
  type Existing,
  type Lookup,
  type Step,
} from "../recipe/steps";

export type Contract = CallableContractFuture<string>;

/** What others have deployed. */
type Known = (Existing | Lookup)["contract"];

/** The names of the artifacts that it is called by. */
const INTERFACES: Record<Known, string> = {
  KP3R: "IERC20Metadata",
  KP3R_WETH: "IUniswapV2Pair",
  Keep3rV1Proxy: "IKeep3rV1Proxy",
  UniswapV2Factory: "IUniswapV2Factory",
  UniswapV2Router02: "UniswapV2Router02",
  WETH9: "IERC20Metadata",
  FastGasFeed: "AggregatorV3Interface",
};

/** Uniswap's build has less in it than an artifact of Hardhat's. */
const ROUTER = { ...routerBuild, contractName: "UniswapV2Router02", sourceName: "", linkReferences: {} };

/**
 * The steps of a part as futures, one transaction after the other. Ignition sends independent ones in an order that
 * depends on where an interrupted run left off; a contract would then get another nonce, and so another address, than in
 * a run that wasn't interrupted.
 */
export class Sequence {
  readonly #builder: IgnitionModuleBuilder;
  readonly #placed: Placed<Contract>;
  #last: (Future | IgnitionModule)[];

  /**
   * @param contracts Those of the parts before
   * @param last What the first transaction waits for
   */
  constructor(builder: IgnitionModuleBuilder, contracts: Readonly<Record<string, Contract>>, last: IgnitionModule[]) {
    this.#builder = builder;
    this.#placed = new Placed(contracts);
    this.#last = last;
  }

  /** Those of the parts before, and of this one. */
  get contracts(): Record<string, Contract> {
    return { ...this.#placed.all };
  }

  add(step: Step): void {
    switch (step.kind) {
      case "deploy":
        return this.#deploy(step);
      case "existing":
        return this.#name(step.contract, step.address);
      case "lookup":
        return this.#lookUp(step);
      case "call":
        return this.#call(step);
    }
  }

  #deploy({ contract, args }: Deployment): void {
    const future = this.#builder.contract(contract, this.#resolve(args), { after: this.#last });
    this.#placed.put(contract, future);
    this.#last = [future];
  }

  /** Nothing is sent, so that nothing has to wait for it. */
  #lookUp({ contract, on, function: name, args }: Lookup): void {
    const after = this.#last;
    this.#name(contract, this.#builder.staticCall(this.#placed.at(on), name, this.#resolve(args), 0, { after }));
  }

  #name(contract: Known, address: string | StaticCallFuture<string, string>): void {
    const options = { id: contract };
    this.#placed.put(
      contract,
      contract === "UniswapV2Router02"
        ? this.#builder.contractAt(contract, ROUTER as unknown as Artifact, address, options)
        : this.#builder.contractAt(INTERFACES[contract], address, options),
    );
  }

  #call({ on, function: name, args, from, value, id }: Call): void {
    const future = this.#builder.call(this.#placed.at(on), name, this.#resolve(args), {
      after: this.#last,
      ...(from === DEPLOYER ? {} : { from }),
      ...(value === undefined ? {} : { value }),
      ...(id === undefined ? {} : { id }),
    });
    this.#last = [future];
  }

  #resolve(args: readonly Argument[]): ArgumentType[] {
    return this.#placed.resolve(args, this.#builder.getAccount(0));
  }
}
