import { createPublicClient, type PublicClient } from "viem";
import { diagnose } from "./diagnosis.js";
import { BadAnswer, NodeSilent, WrongChain } from "./errors.js";
import { withoutSecrets } from "./redact.js";
import { RETRY, type Retry } from "./retry.js";
import { keep3rTransport, type Keep3rTransport, type TransportOptions } from "./transport.js";

/** Which node to read from, and what it must be. */
export interface ReaderOptions extends TransportOptions {
  /** Where the node is. */
  url: string;
  /** The chain that it must be on. */
  chainId: number;
  /** What is of that chain, as messages name it: the deployment's file or network. */
  deployment?: string;
}

/**
 * A client that reads through {@link keep3rTransport}. The node's chain is asked for once, and nothing else before it.
 * Nothing is remembered between reads, and no lookup off the chain (ERC-3668) is made for a contract.
 * @throws {@link Failure} when the URL isn't one of http or https
 * @throws {@link NodeSilent} when the node doesn't answer
 * @throws {@link WrongChain} when it is on another chain
 */
export async function createReader(options: ReaderOptions): Promise<PublicClient<Keep3rTransport>> {
  const { url, chainId, deployment = "the deployment" } = options;
  // viem would answer with a block number of some seconds ago, and fetch what URL a contract tells it to.
  const client = createPublicClient({ transport: keep3rTransport(url, options), cacheTime: 0, ccipRead: false });
  await checkChain(client, chainId, deployment);
  return client;
}

/**
 * Makes sure that a node is on the chain that is meant. One request.
 * @param deployment What is of that chain, as the message names it
 * @throws {@link NodeSilent} when the node doesn't answer
 * @throws {@link WrongChain} when it is on another chain
 */
export async function checkChain(client: NodeClient, chainId: number, deployment: string): Promise<void> {
  const answer = await client.request({ method: "eth_chainId" }).catch((error: unknown) => {
    throw new NodeSilent(nodeOf(client), diagnose(error, "eth_chainId").reason);
  });
  if (!/^0x[0-9a-f]{1,64}$/i.test(String(answer))) throw new BadAnswer(nodeOf(client), "eth_chainId", "isn't a number");
  if (BigInt(answer) !== BigInt(chainId)) {
    throw new WrongChain(nodeOf(client), BigInt(answer), BigInt(chainId), deployment);
  }
}

/** What readers need of a viem client, whatever its transport. */
export type NodeClient = Pick<PublicClient, "request" | "transport">;

/** A node as messages name it: its origin, or "the node" where the transport has no URL. */
export function nodeOf({ transport }: NodeClient): string {
  const { url } = transport as { url?: unknown };
  return typeof url === "string" ? withoutSecrets(url) : "the node";
}

/** How a client asks again: as its transport does, or as {@link RETRY}. */
export function retryOf({ transport }: NodeClient): Retry {
  return (transport as { retry?: Retry }).retry ?? RETRY;
}
