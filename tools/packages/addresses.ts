import { type Addresses, CHAINS } from "@keep3r-network/sdk";
import { DEPLOYMENT_FILE, readDeployment, readJson } from "@keep3r-network/sdk/node";
import { execFileSync } from "node:child_process";
import { readdirSync } from "node:fs";
import path from "node:path";
import type { Address } from "viem";
import { ROOT } from "../root";

const PARAMETERS = path.join(ROOT, "deploy", "parameters");

/** The outside contracts in a file of parameters; a network that gets a token of its own names none. */
interface OutsideContracts {
  chainId: number;
  token: { address?: Address; pair?: Address; minter?: Address };
  fastGasFeed: { address: Address } | null;
}

/**
 * `./addresses.json` of the package: by chain id, the addresses of contracts by the names of `deployment.json`. Every
 * chain has the outside contracts that a network is connected to there. Those of a network are there once its deployment
 * is committed.
 */
export function addressesExport(): string {
  const outside = outsideContracts();
  const networks = committedNetworks();
  const entries = CHAINS.map(({ id, weth, uniswapV2Factory, uniswapV2Router }) => {
    const uniswap = { UniswapV2Factory: uniswapV2Factory, UniswapV2Router02: uniswapV2Router, WETH9: weth };
    return [id, { ...outside.get(id), ...uniswap, ...networks.get(id) }];
  });
  return `${JSON.stringify(Object.fromEntries(entries), null, 2)}\n`;
}

/** What the parameters connect a network to, by chain. */
function outsideContracts(): Map<number, Addresses> {
  const files = readdirSync(PARAMETERS).map((name) => readJson(path.join(PARAMETERS, name)) as OutsideContracts);
  return new Map(
    files.map(({ chainId, token, fastGasFeed }) => [
      chainId,
      {
        ...(token.address !== undefined && { KP3R: token.address }),
        ...(token.pair !== undefined && { KP3R_WETH: token.pair }),
        ...(token.minter !== undefined && { Keep3rV1Proxy: token.minter }),
        ...(fastGasFeed !== null && { FastGasFeed: fastGasFeed.address }),
      },
    ]),
  );
}

/** The networks whose deployments are committed, by chain: somebody's own, on their machine, is nobody else's. */
function committedNetworks(): Map<number, Addresses> {
  const listed = execFileSync("git", ["ls-files", `deployments/*/${DEPLOYMENT_FILE}`], { cwd: ROOT });
  const files = listed.toString().split("\n").filter(Boolean);
  return new Map(
    files.map((file) => readDeployment(path.join(ROOT, file))).map(({ chainId, addresses }) => [chainId, addresses]),
  );
}
