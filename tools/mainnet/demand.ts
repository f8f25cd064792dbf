import {
  BadAnswer,
  createReader,
  Failure,
  MAINNET_ID,
  NodeSilent,
  withoutSecrets,
  WrongChain,
} from "@keep3r-network/sdk";
import type { Address } from "viem";
import { PINNED_BLOCK } from "./backing";
import { MAINNET } from "./contracts";

/** The first block of Ethereum. */
const GENESIS = "0xd4e56740f876aef8c010b86a40d5f56745a118d0906a34e69aec8c0db1cb8fa3";
const REMEDY = "Name an archive node of Ethereum, or unset it to test over the stand-in.";

/**
 * Makes sure that MAINNET_RPC_URL names a node that mainnet can be forked by.
 * @throws {@link Failure} in one sentence, without the URL's secrets
 */
export async function demandMainnet(url: string): Promise<void> {
  const refuse = (why: string): never => {
    throw new Failure(`MAINNET_RPC_URL: ${why} ${REMEDY}`);
  };
  if (!/^https?:\/\//i.test(url) || !URL.canParse(url)) return refuse("it isn't a URL that begins with https://.");

  const node = withoutSecrets(url);
  const client = await createReader({ url, chainId: MAINNET_ID, retries: 1 }).catch((error: unknown) => {
    if (error instanceof NodeSilent)
      return refuse(`${node} doesn't answer${error.reason ? ` (${error.reason})` : ""}.`);
    if (error instanceof WrongChain) return refuse(`${node} is on chain ${error.found}, not on mainnet.`);
    if (error instanceof BadAnswer) return refuse(`${node} doesn't answer as a node does.`);
    throw error;
  });
  const first = await client.getBlock({ blockNumber: 0n }).catch(() => undefined);
  if (first?.hash !== GENESIS) {
    refuse(`${node} has mainnet's chain id, but not its first block: it is a local chain.`);
  }
  const address = MAINNET.kp3r.address as Address;
  const code = await client.getCode({ address, blockNumber: BigInt(PINNED_BLOCK) }).catch(() => undefined);
  if (code === undefined) refuse(`${node} doesn't know the contracts of block ${PINNED_BLOCK}.`);
}
