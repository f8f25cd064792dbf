import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { type ContractName, FILE_NAME } from "#simulation/deployment";
import { Failure } from "@keep3r-network/sdk";
import type { Values } from "./options";
import { parseAddress } from "@keep3r-network/sdk";

const FOLDER = path.join(__dirname, "..", "..", "deployments");
const LOCAL_RPC = "http://127.0.0.1:8545";
const NEEDED = ["Keep3r", "KP3R", "Keep3rLens"] as const;

/** What the scripts need of a deployment file. */
export interface Place {
  file: string;
  chainId: number;
  addresses: Partial<Record<ContractName, string>> & Record<(typeof NEEDED)[number], string>;
  rpc: string;
}

/** Where to send to: the deployment of `--network`, or the file of `--deployment`. */
export function readPlace(values: Values, env: NodeJS.ProcessEnv): Place {
  const network = values.get("network");
  const file = values.get("deployment") ?? fileOf(network);
  const { chainId, addresses, url } = readFile(file);
  const rpc =
    values.get("rpc") ?? nonEmpty(env.KEEP3R_RPC_URL) ?? url ?? (network === "localhost" ? LOCAL_RPC : undefined);
  if (rpc === undefined) throw new Failure("There is no node to ask. Give --rpc URL, or set KEEP3R_RPC_URL.");
  if (!/^https?:\/\//.test(rpc)) throw new Failure("The node's URL must begin with http:// or https://.");
  return { file, chainId, addresses, rpc };
}

/** A URL without what may be an access key. */
export function withoutSecrets(url: string): string {
  return URL.canParse(url) ? new URL(url).origin : "the node";
}

export function nonEmpty(text: string | undefined): string | undefined {
  return text === undefined || text === "" ? undefined : text;
}

function fileOf(network: string | undefined): string {
  if (network === undefined) throw new Failure("Which network? Give --network NAME, or --deployment FILE.");
  if (!/^[\w-]+$/.test(network)) throw new Failure(`--network: "${network}" isn't the name of a network.`);
  return path.join(FOLDER, network, FILE_NAME);
}

function readFile(file: string): Pick<Place, "chainId" | "addresses"> & { url: string | undefined } {
  if (!existsSync(file)) {
    throw new Failure(`There is no deployment file ${file}. Check --network, or give --deployment FILE.`);
  }
  const { chainId, addresses, url } = parse(file);
  if (typeof chainId !== "number" || !Number.isSafeInteger(chainId))
    throw new Failure(`${file}: chainId isn't a number.`);
  if (typeof addresses !== "object" || addresses === null) throw new Failure(`${file}: there are no addresses.`);

  const checked = Object.entries(addresses as Record<string, unknown>).map(([name, address]) => [
    name,
    parseAddress(`${file}, ${name}`, String(address)),
  ]);
  const known = Object.fromEntries(checked) as Place["addresses"];
  for (const name of NEEDED) {
    if (known[name] === undefined) throw new Failure(`${file}: there is no address of ${name}.`);
  }
  return { chainId, addresses: known, url: typeof url === "string" ? url : undefined };
}

function parse(file: string): Record<string, unknown> {
  try {
    return Object(JSON.parse(readFileSync(file, "utf8"))) as Record<string, unknown>;
  } catch {
    throw new Failure(`${file} can't be read as JSON.`);
  }
}
