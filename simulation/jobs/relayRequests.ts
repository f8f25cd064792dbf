import { AbiCoder, type AddressLike, resolveAddress, type Signer, type TypedDataDomain } from "ethers";
import type { ERC2771Forwarder } from "#typechain";

/** What a user wants to have called in its name. */
export interface RelayCall {
  to: AddressLike;
  /** What the target is called with. */
  data: string;
  /** Gas that the target may use. */
  gas: bigint;
  /** Until when it may be done, seconds since 1970. */
  deadline: number;
  /** The forwarder's next nonce of the user, unless requests are signed ahead. */
  nonce?: bigint;
  /** Wei; the job relays no request that carries any. */
  value?: bigint;
}

/** A signed request, as the forwarder takes it. */
export interface RelayRequest {
  from: string;
  to: string;
  value: bigint;
  gas: bigint;
  deadline: number;
  data: string;
  signature: string;
}

/** What is signed, by EIP-712. The nonce is signed and not sent: the forwarder knows it. */
const REQUEST_TYPES = {
  ForwardRequest: [
    { name: "from", type: "address" },
    { name: "to", type: "address" },
    { name: "value", type: "uint256" },
    { name: "gas", type: "uint256" },
    { name: "nonce", type: "uint256" },
    { name: "deadline", type: "uint48" },
    { name: "data", type: "bytes" },
  ],
};

const REQUEST_LIST =
  "tuple(address from, address to, uint256 value, uint256 gas, uint48 deadline, bytes data, bytes signature)[]";

/** Signs a request as the user that it comes from. */
export async function signRequest(forwarder: ERC2771Forwarder, user: Signer, call: RelayCall): Promise<RelayRequest> {
  const from = await user.getAddress();
  const request = {
    from,
    to: await resolveAddress(call.to),
    value: call.value ?? 0n,
    gas: call.gas,
    deadline: call.deadline,
    data: call.data,
  };
  const nonce = call.nonce ?? (await forwarder.nonces(from));
  const signature = await user.signTypedData(await domainOf(forwarder), REQUEST_TYPES, { ...request, nonce });
  return { ...request, signature };
}

/** The data of the job's `work`. */
export function encodeRequests(requests: readonly RelayRequest[]): string {
  return AbiCoder.defaultAbiCoder().encode([REQUEST_LIST], [requests]);
}

async function domainOf(forwarder: ERC2771Forwarder): Promise<TypedDataDomain> {
  const { name, version, chainId, verifyingContract } = await forwarder.eip712Domain();
  return { name, version, chainId, verifyingContract };
}
