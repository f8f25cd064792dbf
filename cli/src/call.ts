import {
  type Abi,
  type Address,
  type ContractFunctionArgs,
  type ContractFunctionName,
  encodeFunctionData,
  type EncodeFunctionDataParameters,
  type Hex,
} from "viem";

/** A contract whose functions are called. */
export interface Callee<Known extends Abi = Abi> {
  /** What messages and summaries call it. */
  name: string;
  address: Address;
  abi: Known;
}

/** A call as a transaction carries it, and by what it can be read. */
export interface Call {
  target: string;
  abi: Abi;
  to: Address;
  data: Hex;
  /** Ether that is sent along, wei; none unless given. */
  value?: bigint;
}

/** A call of a function that sends no ether. */
export function callOf<const Known extends Abi, Name extends ContractFunctionName<Known, "nonpayable">>(
  callee: Callee<Known>,
  functionName: Name,
  args: ContractFunctionArgs<Known, "nonpayable", Name>,
): Call {
  return encode(callee, functionName, args);
}

/**
 * A call of a function that takes ether.
 * @param value Wei
 */
export function payingCallOf<const Known extends Abi, Name extends ContractFunctionName<Known, "payable">>(
  callee: Callee<Known>,
  functionName: Name,
  args: ContractFunctionArgs<Known, "payable", Name>,
  value: bigint,
): Call {
  return { ...encode(callee, functionName, args), value };
}

/** viem can't relate the arguments to a name that isn't known yet; the signatures above have. */
function encode({ name, address, abi }: Callee, functionName: string, args: unknown): Call {
  const encoded = { abi, functionName, args } as EncodeFunctionDataParameters;
  return { target: name, abi, to: address, data: encodeFunctionData(encoded) };
}
