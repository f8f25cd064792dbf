import { expect } from "chai";
import type { BaseContract } from "ethers";
import fc from "fast-check";
import { ethers } from "hardhat";
import { loadFixture } from "#support/fixture";
import { cases, describeDifferential, seeded, upTo } from "#support/tools/differential";

const CASES = 150;

/** A field of a packed word, from the lowest bit on. */
interface Field {
  name: string;
  bits: number;
  /** What replaces the field in a word, if anything does alone. */
  setter?: string;
}

/** As the comments in contracts/types say. */
const JOB: Field[] = [
  { name: "credits", bits: 88, setter: "withCredits" },
  { name: "value", bits: 88 },
  { name: "accruedAt", bits: 32, setter: "withAccruedAt" },
  { name: "workedAt", bits: 32 },
  { name: "liquidityCount", bits: 8 },
  { name: "flags", bits: 8 },
];
const KEEPER: Field[] = [
  { name: "bond", bits: 88, setter: "withBond" },
  { name: "earned", bits: 88 },
  { name: "firstSeen", bits: 32, setter: "withFirstSeen" },
  { name: "place", bits: 32, setter: "withPlace" },
  { name: "flags", bits: 16 },
];
const POSITION: Field[] = [
  { name: "amount", bits: 88, setter: "withAmount" },
  { name: "mining", bits: 8, setter: "withMining" },
  { name: "liquidity", bits: 160 },
];
const TOKEN_CREDIT: Field[] = [
  { name: "amount", bits: 128 },
  { name: "spent", bits: 128 },
];
const WORK_CONFIG: Field[] = [
  { name: "helper", bits: 160, setter: "withHelper" },
  { name: "maxGasPerWork", bits: 24, setter: "withMaxGasPerWork" },
  { name: "rewardPeriodTime", bits: 24, setter: "withRewardPeriodTime" },
  { name: "inflationPeriod", bits: 32, setter: "withInflationPeriod" },
  { name: "liquiditiesChangedIn", bits: 16, setter: "withLiquiditiesChangedIn" },
];
const OBSERVATION: Field[] = [
  { name: "steady0", bits: 112 },
  { name: "steady1", bits: 112 },
  { name: "timestamp", bits: 32 },
];
const RAW_READING: Field[] = [
  { name: "raw0", bits: 128 },
  { name: "raw1", bits: 128 },
];
const WORDS = {
  PackedJob: JOB,
  PackedKeeper: KEEPER,
  Position: POSITION,
  TokenCredit: TOKEN_CREDIT,
  WorkConfig: WORK_CONFIG,
  Observation: OBSERVATION,
  RawReading: RAW_READING,
};

type Values = Record<string, bigint>;

const contentOf = ({ name, bits }: Field): fc.Arbitrary<bigint> => (name === "mining" ? upTo(1) : upTo(bits));

const valuesOf = (fields: readonly Field[]): fc.Arbitrary<Values> =>
  fc.record(Object.fromEntries(fields.map((field) => [field.name, contentOf(field)])));

function wordOf(fields: readonly Field[], values: Values): bigint {
  let [word, offset] = [0n, 0n];
  for (const { name, bits } of fields) {
    word |= (values[name] ?? 0n) << offset;
    offset += BigInt(bits);
  }
  return word;
}

/** As the ABI has it. */
function argument({ name, bits }: Field, value: bigint): unknown {
  if (name === "mining") return value === 1n;
  return bits === 160 ? ethers.getAddress(ethers.toBeHex(value, 20)) : value;
}

async function deployWords() {
  const harnesses: Record<string, BaseContract> = {};
  for (const name of Object.keys(WORDS)) harnesses[name] = await ethers.deployContract(`${name}__Harness`);
  return harnesses;
}

async function harnessOf(name: keyof typeof WORDS): Promise<BaseContract> {
  return (await loadFixture(deployWords))[name] as BaseContract;
}

const ask = (harness: BaseContract, name: string, ...args: unknown[]): Promise<unknown> =>
  harness.getFunction(name).staticCall(...args) as Promise<unknown>;

describeDifferential("Packed words", () => {
  for (const [name, fields] of Object.entries(WORDS) as [keyof typeof WORDS, Field[]][]) {
    it(seeded(`${name} gives back each field, and replaces one without touching the others`), async () => {
      const harness = await harnessOf(name);
      await fc.assert(
        fc.asyncProperty(valuesOf(fields), valuesOf(fields), async (values, others) => {
          const word = wordOf(fields, values);
          for (const field of fields) {
            expect(await ask(harness, field.name, word), field.name).to.equal(
              argument(field, values[field.name] ?? 0n),
            );
            if (field.setter === undefined) continue;

            const other = others[field.name] ?? 0n;
            const replaced = await ask(harness, field.setter, word, argument(field, other));
            expect(replaced, field.setter).to.equal(wordOf(fields, { ...values, [field.name]: other }));
          }
        }),
        cases(CASES),
      );
    });
  }

  for (const [name, fields] of [
    ["PackedJob", JOB],
    ["PackedKeeper", KEEPER],
  ] as const) {
    it(seeded(`${name} unpacks to its fields, raises flags and toggles them`), async () => {
      const harness = await harnessOf(name);
      const flagBits = fields.at(-1)?.bits ?? 0;
      await fc.assert(
        fc.asyncProperty(valuesOf(fields), upTo(flagBits), async (values, flags) => {
          const word = wordOf(fields, values);
          const before = values.flags ?? 0n;
          expect(await ask(harness, "unpack", word)).to.deep.equal(fields.map((field) => values[field.name]));
          expect(await ask(harness, "withFlags", word, flags)).to.equal(
            wordOf(fields, { ...values, flags: before | flags }),
          );
          expect(await ask(harness, "toggled", word, flags)).to.equal(
            wordOf(fields, { ...values, flags: before ^ flags }),
          );
        }),
        cases(CASES),
      );
    });
  }

  it(seeded("PackedJob packs what it unpacks, and refuses amounts beyond 88 bits"), async () => {
    const harness = await harnessOf("PackedJob");
    await fc.assert(
      fc.asyncProperty(valuesOf(JOB), fc.constantFrom("credits", "value"), upTo(100), async (values, wide, more) => {
        const word = wordOf(JOB, values);
        const fieldsOf = (each: Values) => JOB.map((field) => each[field.name]);
        expect(await ask(harness, "pack", fieldsOf(values))).to.equal(word);
        const beyond = { ...values, [wide]: 2n ** 88n + more };
        await expect(ask(harness, "pack", fieldsOf(beyond))).to.be.revertedWithCustomError(
          harness,
          "SafeCastOverflowedUintDowncast",
        );
      }),
      cases(CASES),
    );
  });

  it(seeded("PackedJob pays: less credits, worked at the time it is settled to, and WORKED"), async () => {
    const harness = await harnessOf("PackedJob");
    await fc.assert(
      fc.asyncProperty(valuesOf(JOB), upTo(88), async (values, payment) => {
        const { credits = 0n, accruedAt = 0n, flags = 0n } = values;
        if (payment > credits) return;
        const expected = { ...values, credits: credits - payment, workedAt: accruedAt, flags: flags | 4n };
        expect(await ask(harness, "paid", wordOf(JOB, values), payment)).to.equal(wordOf(JOB, expected));
      }),
      cases(2 * CASES),
    );
  });

  it(
    seeded("PackedKeeper earns on its bond and in its lifetime, or refuses a value that doesn't fit either"),
    async () => {
      const harness = await harnessOf("PackedKeeper");
      await fc.assert(
        fc.asyncProperty(valuesOf(KEEPER), upTo(88), async (values, payment) => {
          const [bond, earned] = [(values.bond ?? 0n) + payment, (values.earned ?? 0n) + payment];
          const earn = ask(harness, "earn", wordOf(KEEPER, values), payment);
          if (bond < 2n ** 88n && earned < 2n ** 88n)
            expect(await earn).to.equal(wordOf(KEEPER, { ...values, bond, earned }));
          else await expect(earn).to.be.revertedWithCustomError(harness, "SafeCastOverflowedUintDowncast");
        }),
        cases(2 * CASES),
      );
    },
  );

  for (const [name, fields] of [
    ["Observation", OBSERVATION],
    ["RawReading", RAW_READING],
  ] as const) {
    // Accumulators and times are kept modulo a power of two: what doesn't fit is cut off on purpose, and nothing is refused
    it(seeded(`${name} keeps of each what its field holds, and lets nothing into its neighbours`), async () => {
      const harness = await harnessOf(name);
      const wide = fc.tuple(...fields.map(() => upTo(256)));
      await fc.assert(
        fc.asyncProperty(wide, async (contents) => {
          const kept = fields.map(({ name: field, bits }, i) => [field, (contents[i] ?? 0n) % (1n << BigInt(bits))]);
          const word = wordOf(fields, Object.fromEntries(kept) as Values);
          expect(await ask(harness, "pack", ...contents)).to.equal(word);
        }),
        cases(CASES),
      );
    });
  }

  it("PackedKeeper and Position refuse amounts beyond 88 bits", async () => {
    for (const [name, setter] of [
      ["PackedKeeper", "withBond"],
      ["Position", "withAmount"],
    ] as const) {
      const harness = await harnessOf(name);
      await expect(ask(harness, setter, 0n, 2n ** 88n))
        .to.be.revertedWithCustomError(harness, "SafeCastOverflowedUintDowncast")
        .withArgs(88, 2n ** 88n);
    }
  });

  it(seeded("Position of a kind is empty"), async () => {
    const harness = await harnessOf("Position");
    await fc.assert(
      fc.asyncProperty(upTo(160), async (kind) => {
        const liquidity = ethers.getAddress(ethers.toBeHex(kind, 20));
        expect(await ask(harness, "positionOfKind", liquidity)).to.equal(wordOf(POSITION, { liquidity: kind }));
      }),
      cases(CASES),
    );
  });

  it(seeded("TokenCredit adds, reduces, spends and books"), async () => {
    const harness = await harnessOf("TokenCredit");
    await fc.assert(
      fc.asyncProperty(upTo(128), upTo(127), upTo(127), async (amount, spent, change) => {
        const word = wordOf(TOKEN_CREDIT, { amount, spent });
        const add = ask(harness, "add", word, change);
        if (amount + change < 2n ** 128n) expect(await add).to.equal(word + change);
        else await expect(add).to.be.revertedWithCustomError(harness, "SafeCastOverflowedUintDowncast");
        expect(await ask(harness, "book", word)).to.equal(amount);
        if (change > amount) return;
        const left = amount - change;
        expect(await ask(harness, "reduce", word, change)).to.equal(wordOf(TOKEN_CREDIT, { amount: left, spent }));
        expect(await ask(harness, "spend", word, change)).to.equal(
          wordOf(TOKEN_CREDIT, { amount: left, spent: spent + change }),
        );
      }),
      cases(2 * CASES),
    );
  });
});
