import type {
  ArgumentType,
  CallableContractFuture,
  ContractCallFuture,
  CallOptions,
  Future,
  IgnitionModule,
  IgnitionModuleBuilder,
  NamedArtifactContractDeploymentFuture,
} from "@nomicfoundation/ignition-core";

/**
 * Transactions in one order. Ignition sends independent ones in an order that depends on where an interrupted run left off;
 * then a contract would get another nonce, and so another address, than in a run that wasn't interrupted.
 */
export class Sequence {
  readonly #builder: IgnitionModuleBuilder;
  #last: (Future | IgnitionModule)[];

  constructor(builder: IgnitionModuleBuilder, ...before: IgnitionModule[]) {
    this.#builder = builder;
    this.#last = before;
  }

  contract<Name extends string>(name: Name, args: ArgumentType[]): NamedArtifactContractDeploymentFuture<Name> {
    const future = this.#builder.contract(name, args, { after: this.#last });
    this.#last = [future];
    return future;
  }

  call<Name extends string>(
    contract: CallableContractFuture<Name>,
    name: string,
    args: ArgumentType[],
    options: CallOptions = {},
  ): ContractCallFuture<Name, string> {
    const future = this.#builder.call(contract, name, args, { ...options, after: this.#last });
    this.#last = [future];
    return future;
  }
}
