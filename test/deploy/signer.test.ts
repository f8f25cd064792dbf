import { Failure, LOCAL_CHAIN_ID, localAccount, RETRY } from "@keep3r-network/sdk";
import { expect } from "chai";
import { toQuantity, Wallet } from "ethers";
import { ethers, network } from "hardhat";
import { patient } from "#deploy/node";
import { GAS_RESERVE, Signer } from "#deploy/signer";

interface Request {
  method: string;
  params?: unknown[];
}

const wallet = new Wallet(localAccount(0).privateKey);
const GAS = 21_000n;
/** As long as there are no waits, tests wait for nothing. */
const AT_ONCE = { ...RETRY, sleep: () => Promise.resolve() };

describe("The deployer's signer", () => {
  /** Hardhat's chain, behind a node that does some things its own way. */
  function signerOver(
    own: (request: Request, chain: (request: Request) => Promise<unknown>) => Promise<unknown>,
  ): Signer {
    const chain = ({ method, params }: Request): Promise<unknown> => network.provider.send(method, params);
    return new Signer({ request: (request) => own(request as Request, chain) }, [wallet], LOCAL_CHAIN_ID, AT_ONCE);
  }

  async function sign(signer: Signer, changes: object = {}): Promise<string> {
    const nonce = toQuantity(await ethers.provider.getTransactionCount(wallet.address));
    const fees = { maxFeePerGas: toQuantity(10n ** 11n), maxPriorityFeePerGas: toQuantity(1n) };
    const request = { from: wallet.address, to: wallet.address, data: "0x", value: "0x0", nonce, gas: toQuantity(GAS) };
    return (await signer.request({
      method: "eth_sendTransaction",
      params: [{ ...request, ...fees, ...changes }],
    })) as string;
  }

  const find = (signer: Signer, hash: string): Promise<unknown> =>
    signer.request({ method: "eth_getTransactionByHash", params: [hash] });
  const pending = async (signer: Signer): Promise<number> =>
    Number(await signer.request({ method: "eth_getTransactionCount", params: [wallet.address, "pending"] }));

  /** What a node answers instead. */
  function refusal(message: string): Error {
    return Object.assign(new Error(message), { code: -32_000 });
  }

  it("sends what it has signed when it is asked for it, with gas in reserve", async () => {
    const signer = signerOver((request, chain) => chain(request));
    const hash = await sign(signer);
    expect(await ethers.provider.getTransaction(hash)).to.equal(null);
    expect(await find(signer, hash)).to.include({ hash, gas: toQuantity(GAS + GAS_RESERVE) });
  });

  for (const words of ["already known", "Transaction already imported", "ALREADY_EXISTS: already known"]) {
    it(`takes it for sent when the node has it: ${words}`, async () => {
      const signer = signerOver(async (request, chain) => {
        const answer = await chain(request);
        if (request.method === "eth_sendRawTransaction") throw refusal(words);
        return answer;
      });
      const hash = await sign(signer);
      expect(await find(signer, hash)).to.include({ hash });
    });
  }

  it("takes it for sent when it was mined and the answer got lost", async () => {
    const signer = signerOver(async (request, chain) => {
      if (request.method !== "eth_sendRawTransaction") return chain(request);
      await chain(request);
      throw refusal("nonce too low: next nonce 8, tx nonce 7");
    });
    const hash = await sign(signer);
    expect(await find(signer, hash)).to.include({ hash });
  });

  it("sends it again when the node has forgotten it", async () => {
    let sends = 0;
    const signer = signerOver((request, chain) =>
      request.method === "eth_sendRawTransaction" && ++sends === 1 ? Promise.resolve("0x") : chain(request),
    );
    const hash = await sign(signer);
    expect(await find(signer, hash)).to.equal(null);
    expect(await find(signer, hash)).to.include({ hash });
    expect(sends).to.equal(2);
  });

  it("says so when another transaction has used the nonce, and when one waits under it", async () => {
    const nonce = await ethers.provider.getTransactionCount(wallet.address);
    const used = signerOver((request, chain) =>
      request.method === "eth_sendRawTransaction" ? Promise.reject(refusal("nonce too low")) : chain(request),
    );
    await expect(find(used, await sign(used))).to.be.rejectedWith(
      Failure,
      `A transaction that isn't this deployment's has used nonce ${nonce} of ${wallet.address}.`,
    );
    const contested = signerOver((request, chain) =>
      request.method === "eth_sendRawTransaction"
        ? Promise.reject(refusal("replacement transaction underpriced"))
        : chain(request),
    );
    await expect(find(contested, await sign(contested))).to.be.rejectedWith(
      Failure,
      `Another transaction with nonce ${nonce} of ${wallet.address} waits to be mined.`,
    );
  });

  it("hands on what else the node refuses", async () => {
    const signer = signerOver((request, chain) =>
      request.method === "eth_sendRawTransaction"
        ? Promise.reject(refusal("insufficient funds for gas"))
        : chain(request),
    );
    await expect(find(signer, await sign(signer))).to.be.rejectedWith("insufficient funds for gas");
  });

  it("counts what it has sent, though the node is one behind", async () => {
    const before = await ethers.provider.getTransactionCount(wallet.address);
    const signer = signerOver((request, chain) =>
      request.method === "eth_getTransactionCount" ? Promise.resolve(toQuantity(before)) : chain(request),
    );
    const hash = await sign(signer);
    expect(await pending(signer)).to.equal(before);
    await find(signer, hash);
    expect(await pending(signer)).to.equal(before + 1);
    const latest = await signer.request({ method: "eth_getTransactionCount", params: [wallet.address, "latest"] });
    expect(Number(latest)).to.equal(before);
  });

  it("signs for nobody else", async () => {
    const signer = signerOver((request, chain) => chain(request));
    const from = localAccount(1).address;
    await expect(sign(signer, { from })).to.be.rejectedWith(Failure, `There is no key of ${from}.`);
  });
});

describe("A node that is asked patiently", () => {
  const URL = "https://node.example/v2/a-secret-key";

  function patientOver(answers: (() => unknown)[]): { node: ReturnType<typeof patient>; asked: () => number } {
    let asked = 0;
    const request = (): Promise<unknown> => {
      const answer = answers[Math.min(asked++, answers.length - 1)];
      return Promise.resolve().then(answer);
    };
    return { node: patient({ request }, URL, "Check KEEP3R_RPC_URL.", AT_ONCE), asked: () => asked };
  }

  const fail = (error: object) => (): never => {
    throw Object.assign(new Error("message" in error ? String(error.message) : "failed"), error);
  };
  const ask = (node: ReturnType<typeof patient>): Promise<unknown> => node.request({ method: "eth_chainId" });

  it("is asked again while it is busy", async () => {
    const busy = fail({ code: -32_005, message: "Too Many Requests error received from node.example" });
    const { node, asked } = patientOver([busy, busy, () => "0x1"]);
    expect(await ask(node)).to.equal("0x1");
    expect(asked()).to.equal(3);
  });

  it("isn't asked again when it has refused", async () => {
    const { node, asked } = patientOver([fail({ code: 3, message: "execution reverted" })]);
    await expect(ask(node)).to.be.rejectedWith("execution reverted");
    expect(asked()).to.equal(1);
  });

  it("is named without its key when it doesn't answer, with what to do", async () => {
    const { node } = patientOver([
      fail({ message: "HH108: Cannot connect to the network mainnet.\nPlease make sure" }),
    ]);
    await expect(ask(node)).to.be.rejectedWith(
      Failure,
      "The node at https://node.example doesn't answer (Cannot connect to the network mainnet). Check KEEP3R_RPC_URL.",
    );
    const { node: nowhere } = patientOver([fail({ code: "ENOTFOUND", message: "getaddrinfo ENOTFOUND node.example" })]);
    await expect(ask(nowhere)).to.be.rejectedWith("The node at https://node.example doesn't answer (ENOTFOUND).");
  });
});
