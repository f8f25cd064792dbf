import { logPages } from "@keep3r-network/sdk";
import { expect } from "chai";
import fc from "fast-check";
import { createPublicClient, custom } from "viem";
import { chainNode, CONTRACT, type Range, transfer, transferEvent } from "../support/rpc/chain";
import { rpcError } from "../support/rpc/replies";
import type { Reply } from "../support/rpc/server";

const START = 1_000_000n;
const SEED = { seed: 20_260_101, numRuns: 100 };

interface Attempts {
  answered: number;
  refused: number;
}

/** A node within this process, so that thousands of requests take no time. */
function setup(blocks: bigint, logged: readonly bigint[], refuse: (range: Range, found: number) => Reply | undefined) {
  const attempts: Attempts = { answered: 0, refused: 0 };
  const node = chainNode({
    head: START + blocks,
    logs: logged.map((block) => transfer(START + block, block)),
    logsOf: (range, found) => {
      const reply = refuse(range, found.length);
      attempts[reply === undefined ? "answered" : "refused"]++;
      return reply;
    },
  });
  const request = ({ method, params }: { method: string; params: unknown[] }) => {
    const reply = node({ method, params, path: "", headers: {} }, 0) as { result: unknown; error?: object };
    return reply.error === undefined
      ? Promise.resolve(reply.result)
      : Promise.reject(Object.assign(new Error(), reply.error));
  };
  return { attempts, client: createPublicClient({ transport: custom({ request }, { retryCount: 0 }) }) };
}

/** Reads everything, makes sure that pages follow one another without a gap, and gives the values. */
async function readAll({ client }: ReturnType<typeof setup>, blocks: bigint): Promise<bigint[]> {
  const values: bigint[] = [];
  let next = START;
  const query = { address: CONTRACT, event: transferEvent, startBlock: START, toBlock: START + blocks - 1n } as const;
  for await (const { fromBlock, toBlock, logs } of logPages(client, query)) {
    expect(fromBlock).to.equal(next);
    values.push(...logs.map(({ args }) => args.value));
    next = toBlock + 1n;
  }
  expect(next).to.equal(START + blocks);
  return values;
}

const log2 = (value: number): number => Math.max(0, Math.ceil(Math.log2(value)));

describe("logPages, of any node", () => {
  const range = fc.bigInt(1n, 60_000n);
  const sparse = fc.uniqueArray(fc.bigInt(0n, 59_999n), { maxLength: 30 });

  it("finds every log once, within the requests that are promised, at any limit of blocks", async () => {
    const limits = fc.bigInt(1n, 40_000n);
    await fc.assert(
      fc.asyncProperty(range, limits, fc.boolean(), sparse, async (wished, limit, named, places) => {
        const blocks = wished < limit * 500n ? wished : limit * 500n;
        const logged = places.filter((place) => place < blocks).sort((a, b) => Number(a - b));
        const words = named ? `limited to a ${limit} block range` : "block range is too wide";
        const node = setup(blocks, logged, (asked) => (asked.blocks > limit ? rpcError(-32_602, words) : undefined));

        expect(await readAll(node, blocks)).to.deep.equal(logged);
        const [most, wide] = [Number(blocks) / Number(limit), log2(10_000 / Number(limit))];
        expect(node.attempts.answered).to.be.at.most(Math.ceil(most / 0.94) + 3);
        expect(node.attempts.refused).to.be.at.most((named ? 1 : wide + 5) + log2(most / 8 + 1));
      }),
      SEED,
    );
  });

  it("finds every log once at any limit of results", async () => {
    const clusters = fc.array(fc.tuple(fc.bigInt(0n, 59_000n), fc.integer({ min: 1, max: 60 })), { maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(range, fc.integer({ min: 1, max: 50 }), clusters, sparse, async (blocks, most, busy, places) => {
        const crowded = busy.flatMap(([from, size]) => Array.from({ length: size }, (_, nth) => from + BigInt(nth)));
        const logged = [...new Set([...crowded, ...places])]
          .filter((place) => place < blocks)
          .sort((a, b) => Number(a - b));
        const node = setup(blocks, logged, (_, found) => {
          return found > most ? rpcError(-32_005, `query returned more than ${most} results`) : undefined;
        });

        expect(await readAll(node, blocks)).to.deep.equal(logged);
        const { answered, refused } = node.attempts;
        expect(answered + refused).to.be.at.most(40 + 6 * logged.length);
      }),
      SEED,
    );
  });
});
