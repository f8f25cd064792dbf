import { LOCAL_CHAIN_ID, MAINNET_ID } from "@keep3r-network/sdk";
import { writeDeployment } from "@keep3r-network/sdk/node";
import { expect } from "chai";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { type Address, type Hex, numberToHex, pad } from "viem";
import { keep3r } from "#support/commands/keep3r";
import { type Call, type Reply, RpcServer } from "#support/rpc/server";

const [KEEP3R, KP3R, LENS, OTHER] = [1, 2, 3, 4].map((digit) => `0x${`${digit}`.repeat(40)}`) as [
  Address,
  Address,
  Address,
  Address,
];
const RENEWED =
  /The node may have been started anew, .*`npm run node` describes it in deployments\/node\/deployment\.json.* --reset/;

describe("keep3r: the deployment file of a node that was started anew", () => {
  let folder: string;
  let file: string;

  before(() => {
    folder = mkdtempSync(path.join(tmpdir(), "keep3r-renewed-"));
    file = path.join(folder, "deployment.json");
  });

  after(() => rmSync(folder, { recursive: true, force: true }));
  afterEach(() => RpcServer.stopAll());

  interface Chain {
    chainId?: number;
    codeAt: (address: Address) => Hex;
    /** What contracts answer whatever they are asked. */
    answers?: (address: Address) => Hex;
  }

  /** What a command says to a file of an earlier chain. */
  async function errorAt({ chainId = LOCAL_CHAIN_ID, codeAt, answers = () => "0x" }: Chain): Promise<string> {
    const node = await RpcServer.start(({ method, params }: Call): Reply => {
      if (method === "eth_chainId") return { result: numberToHex(chainId) };
      if (method === "eth_getCode") return { result: codeAt(params[0] as Address) };
      return { result: answers((params[0] as { to: Address }).to) };
    });
    const addresses = { Keep3r: KEEP3R, KP3R, Keep3rLens: LENS };
    writeDeployment(file, { chainId, startBlock: 0, addresses });
    return (await keep3r(`report prices --deployment ${file} --rpc ${node.url}`)).error;
  }

  it("is told from its addresses where there is nothing now, with where the new one is", async () => {
    const error = await errorAt({ codeAt: () => "0x" });
    expect(error)
      .to.include(`${file}, Keep3r: there is no contract at ${KEEP3R} on chain ${LOCAL_CHAIN_ID}.`)
      .and.match(RENEWED);
  });

  it("is told from other contracts that stand there now", async () => {
    const error = await errorAt({ codeAt: () => "0x00" });
    expect(error)
      .to.include(`${file}: Keep3r is ${KEEP3R}, but another contract is there, which isn't a Keep3r.`)
      .and.match(RENEWED);
  });

  it("is told from contracts of another network that stand there now", async () => {
    const error = await errorAt({ codeAt: () => "0x00", answers: () => pad(OTHER) });
    expect(error).to.include(`${file}: KP3R is ${KP3R}, but Keep3r's token is ${OTHER}.`).and.match(RENEWED);
  });

  it("isn't suspected on a chain that can't begin anew", async () => {
    const error = await errorAt({ chainId: MAINNET_ID, codeAt: () => "0x" });
    expect(error).to.include("there is no contract at").and.not.include("anew");
  });
});
