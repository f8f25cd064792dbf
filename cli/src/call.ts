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
}

/** A call of a function that sends no ether. */
export function callOf<const Known extends Abi, Name extends ContractFunctionName<Known, "nonpayable">>(
  { name, address, abi }: Callee<Known>,
  functionName: Name,
  args: ContractFunctionArgs<Known, "nonpayable", Name>,
): Call {
  // viem can't relate the arguments to a name that isn't known yet; the signature above has.
  const encoded = { abi, functionName, args } as unknown as EncodeFunctionDataParameters;
  return { target: name, abi, to: address, data: encodeFunctionData(encoded) };
}
