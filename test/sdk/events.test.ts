import {
  decodePayments,
  keeperWorkEvent,
  keep3rTransport,
  paymentPages,
  readHolders,
  readPayments,
  type Role,
  sumPayments,
  WAD,
} from "@keep3r-network/sdk";
import { expect } from "chai";
import { ethers } from "hardhat";
import {
  type Address,
  createPublicClient,
  encodeAbiParameters,
  encodeEventTopics,
  getAddress,
  type Hash,
  type Hex,
} from "viem";
import { loadFixture } from "#support/fixture";
import { SEED } from "#support/tools/differential";
import { Random } from "#support/tools/random";
import { deployActiveWorld } from "#support/worlds/core";
import { ALICE, BOB, chainNode, CONTRACT, type NodeLog, rangesOf, STRANGER, transfer } from "../support/rpc/chain";
import { hardhatClient } from "../support/rpc/hardhat";
import { failureOf, patience, rpcError } from "../support/rpc/replies";
import { RpcServer } from "../support/rpc/server";

const START = 100n;
const HEAD = 40_000n;

/** A payment to a keeper, in a block. */
function payment(block: bigint, amount: bigint, { keeper = ALICE, index = 0, address = CONTRACT } = {}): NodeLog {
  return {
    ...transfer(block, amount, { address, index }),
    topics: encodeEventTopics({ abi: [keeperWorkEvent], args: { credit: BOB, job: STRANGER, keeper } }) as Hex[],
    data: encodeAbiParameters([{ type: "uint256" }, { type: "uint256" }], [amount, 5n]),
  };
}

async function setup(options: Partial<Parameters<typeof chainNode>[0]>) {
  const server = await RpcServer.start(chainNode({ head: HEAD, ...options }));
  return { server, client: createPublicClient({ transport: keep3rTransport(server.url, patience()) }) };
}

/** Two jobs and two keepers, which were paid in KP3R and in a token. */
async function deployPaidJobs() {
  const world = await deployActiveWorld();
  const { keep3r, kp3r, keeper, other, jobOwner, job, token } = world;
  const newJob = await ethers.deployContract("PlainJob__Mock", [keep3r]);
  await keep3r.connect(jobOwner).addJob(newJob);
  await keep3r.forceLiquidityCreditsToJob(newJob, 50n * WAD);
  await keep3r.connect(jobOwner).addTokenCreditsToJob(newJob, token, 100n * WAD);
  await keep3r.setBondTime(0);
  await keep3r.connect(other).bond(kp3r, 0);
  await keep3r.connect(other).activate(kp3r);
  const startBlock = BigInt(await ethers.provider.getBlockNumber()) + 1n;

  const sent = [
    await job.connect(keeper).work(30_000),
    await newJob.connect(keeper).work(30_000),
    await newJob.connect(other).work(40_000),
    await newJob.connect(other).workForToken(30_000, token, 7n * WAD),
    await job.connect(other).work(50_000),
  ];
  const receipts = await Promise.all(
    sent.map(({ hash }) => hardhatClient().getTransactionReceipt({ hash: hash as Hash })),
  );
  const addresses = { Keep3r: keep3r.target as Address };
  const paid = receipts.flatMap((receipt) =>
    decodePayments(receipt, addresses.Keep3r).map((payment) => ({
      ...payment,
      blockNumber: receipt.blockNumber,
      transactionHash: receipt.transactionHash,
    })),
  );
  return { ...world, newJob, paid, query: { addresses, startBlock, toBlock: startBlock + 4n } };
}

describe("readPayments", () => {
  afterEach(() => RpcServer.stopAll());

  it("finds what the receipts tell, with block and transaction", async () => {
    const { paid, query } = await loadFixture(deployPaidJobs);

    expect(await readPayments(hardhatClient(), query)).to.deep.equal(paid);
    expect(paid).to.have.length(5);
  });

  const filters: [name: string, by: "job" | "keeper" | "credit", places: number[]][] = [
    ["a job", "job", [1, 2, 3]],
    ["a keeper", "keeper", [2, 3, 4]],
    ["a token", "credit", [3]],
  ];
  for (const [name, by, places] of filters) {
    it(`finds the payments of ${name}`, async () => {
      const { paid, query, newJob, other, token } = await loadFixture(deployPaidJobs);
      const wanted = { job: newJob.target, keeper: other.address, credit: token.target }[by] as Address;

      const found = await readPayments(hardhatClient(), { ...query, [by]: wanted });
      expect(found).to.deep.equal(places.map((place) => paid[place]));
    });
  }

  it("finds the payments of a job, a keeper and a token together, and of some blocks", async () => {
    const { paid, query, job, newJob, other, kp3r } = await loadFixture(deployPaidJobs);
    const client = hardhatClient();
    const [keeper, credit] = [other.address as Address, kp3r.target as Address];

    const together = { ...query, job: newJob.target as Address, keeper, credit };
    expect(await readPayments(client, together)).to.deep.equal([paid[2]]);
    expect(
      await readPayments(client, { ...together, job: job.target as Address, toBlock: query.toBlock - 1n }),
    ).to.deep.equal([]);
    const some = { ...query, fromBlock: query.startBlock + 1n, toBlock: query.startBlock + 2n };
    expect(await readPayments(client, some)).to.deep.equal(paid.slice(1, 3));
  });

  it("comes in pages that the node allows, in the order of the chain, and only of the network", async () => {
    const logs = [
      payment(30_000n, 4n),
      payment(150n, 1n, { index: 1 }),
      payment(150n, 2n, { index: 2 }),
      payment(151n, 9n, { address: STRANGER }),
      transfer(152n, 9n),
      { ...payment(153n, 9n), data: "0x" as Hex },
      payment(12_000n, 3n),
    ];
    const logsOf = ({ blocks }: { blocks: bigint }) =>
      blocks > 5_000n ? rpcError(-32_602, "limited to a 5000 block range") : undefined;
    const { server, client } = await setup({ logs, logsOf });
    const query = { addresses: { Keep3r: CONTRACT }, startBlock: START, toBlock: HEAD };

    const amounts: bigint[] = [];
    let next = START;
    for await (const { fromBlock, toBlock, logs } of paymentPages(client, query)) {
      expect(fromBlock).to.equal(next);
      amounts.push(...logs.map(({ payment }) => payment));
      next = toBlock + 1n;
    }
    expect(amounts).to.deep.equal([1n, 2n, 3n, 4n]);
    expect(next).to.equal(HEAD + 1n);
    expect(rangesOf(server.calls).every(([from]) => from >= START)).to.equal(true);
    expect((await readPayments(client, query)).map(({ payment }) => payment)).to.deep.equal(amounts);
  });

  it("fails where the node does", async () => {
    const { client } = await setup({ logsOf: () => rpcError(-32_601, "the method eth_getLogs does not exist") });

    await failureOf(readPayments(client, { addresses: { Keep3r: CONTRACT }, startBlock: START, toBlock: HEAD }));
  });
});

describe("sumPayments", () => {
  it("adds up each token by itself, however its address is written", () => {
    const lower = ALICE.toLowerCase() as Address;
    const payments = [
      { credit: ALICE, payment: 1n },
      { credit: BOB, payment: 10n },
      { credit: lower, payment: 2n },
    ];

    expect([...sumPayments(payments)]).to.deep.equal([
      [getAddress(ALICE), 3n],
      [getAddress(BOB), 10n],
    ]);
    expect(sumPayments([]).size).to.equal(0);
  });

  it("adds up what was paid on the chain", async () => {
    const { paid, kp3r, token } = await loadFixture(deployPaidJobs);

    const sums = sumPayments(paid);
    expect(sums.get(token.target as Address)).to.equal(7n * WAD);
    const inKp3r = paid.filter(({ credit }) => credit === kp3r.target);
    expect(sums.get(kp3r.target as Address)).to.equal(inKp3r.reduce((sum, { payment }) => sum + payment, 0n));
  });
});

describe("readHolders", () => {
  /** The network and its token, both governed by the first signer. */
  async function deployRoles() {
    const { keep3r, kp3r, disputer, slasher } = await deployActiveWorld();
    return {
      Disputer: { contract: keep3r, holders: [disputer.address] },
      Slasher: { contract: keep3r, holders: [slasher.address] },
      Minter: { contract: kp3r, holders: [keep3r.target as string] },
    };
  }
  const latest = async () => BigInt(await ethers.provider.getBlockNumber());

  for (const role of ["Disputer", "Slasher", "Minter"] as const satisfies Role[]) {
    it(`finds every ${role.toLowerCase()} after any appointments and dismissals (seed ${SEED})`, async () => {
      const { contract, holders } = (await loadFixture(deployRoles))[role];
      const random = new Random(SEED);
      const query = { address: contract.target as Address, role, startBlock: 0n };
      const expected = new Set(holders);
      const people = Array.from({ length: 5 }, (_, nth) => ethers.toBeHex(nth + 1_000, 20)).map((hex) =>
        getAddress(hex),
      );
      const before = await latest();

      for (let step = 0; step < 30; step++) {
        const person = random.pick(people as [Address, ...Address[]]);
        const removes = expected.has(person);
        await contract.getFunction(`${removes ? "remove" : "add"}${role}`)(person);
        if (removes) expected.delete(person);
        else expected.add(person);
        if (step % 10 === 9) {
          expect(await readHolders(hardhatClient(), { ...query, toBlock: await latest() })).to.deep.equal([
            ...expected,
          ]);
        }
      }
      expect(await readHolders(hardhatClient(), { ...query, toBlock: before })).to.deep.equal(holders);
      const held = await Promise.all(people.map((person) => contract.getFunction(`${role.toLowerCase()}s`)(person)));
      expect(held).to.deep.equal(people.map((person) => expected.has(person)));
    });
  }

  it("is nobody where nobody was appointed", async () => {
    const { Minter } = await loadFixture(deployRoles);
    const query = { address: Minter.contract.target as Address, startBlock: 0n, toBlock: await latest() };

    expect(await readHolders(hardhatClient(), { ...query, role: "Disputer" })).to.deep.equal([]);
  });
});
