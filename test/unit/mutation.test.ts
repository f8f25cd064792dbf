import { Failure } from "@keep3r-network/sdk";
import { expect } from "chai";
import solcjs from "solc";
import type { AstNode } from "#tools/mutation/ast";
import { choose } from "#tools/mutation/choice";
import { type Mutant, mutantsOf, mutate } from "#tools/mutation/operators";
import type { Options } from "#tools/mutation/options";
import { scoreOf } from "#tools/mutation/report";
import { keyOf, type Result, type Snapshot } from "#tools/mutation/results";
import { inSampleOrder } from "#tools/mutation/sample";

const FILE = "contracts/Sample.sol";
const SEED = 3;
/** npm's compiler comes without types. */
const solc = solcjs as { compile(input: string): string };

/** The mutants of a function body, with `a`, `b` and `flag` to work on. */
function mutantsIn(body: string): Mutant[] {
  const source = `// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;
contract Sample {
  event Seen(uint256 a);
  error Refused();
  uint256 total;
  modifier guarded() { _; }
  function act(uint256 a, uint256 b, bool flag) external guarded returns (uint256 result, bool said) { ${body} }
  function twice(uint256 a) internal pure returns (uint256) { return a * 2; }
}`;
  const input = {
    language: "Solidity",
    sources: { [FILE]: { content: source } },
    settings: { outputSelection: { "*": { "": ["ast"] } } },
  };
  const output = JSON.parse(solc.compile(JSON.stringify(input))) as { sources: Record<string, { ast: AstNode }> };
  return mutantsOf(FILE, source, output.sources[FILE]!.ast);
}

/** The changes within a function, as `from → to`. */
function changesIn(body: string, within = "act"): string[] {
  return mutantsIn(body)
    .filter((mutant) => mutant.within === within)
    .map(({ from, to }) => `${from.trim()} → ${to.trim()}`);
}

describe("Mutants", () => {
  const GUARD = "guarded → ";
  for (const { what, body, changes } of [
    { what: "arithmetic", body: "result = a + b;", changes: ["result = a + b; → {}", "+ → -"] },
    {
      what: "a comparison, at its boundary too",
      body: "said = a < b;",
      changes: ["said = a < b; → {}", "< → <=", "< → >="],
    },
    {
      what: "logic",
      body: "said = flag && !said;",
      changes: ["said = flag && !said; → {}", "&& → ||", "!said → said"],
    },
    {
      what: "what a condition says",
      body: "if (flag) revert Refused();",
      changes: ["flag → true", "flag → false", "revert Refused(); → {}"],
    },
    { what: "an assignment that adds", body: "total += a;", changes: ["total += a; → {}", "+= → -="] },
    { what: "an increment", body: "++total;", changes: ["++total; → {}", "++total → --total"] },
    { what: "an event", body: "emit Seen(a);", changes: ["emit Seen(a); → {}"] },
    { what: "a number, with its unit", body: "a = 3 days;", changes: ["a = 3 days; → {}", "3 days → (3 days + 1)"] },
    {
      what: "instructions and words of assembly",
      body: "assembly { a := add(b, 7) }",
      changes: ["add → sub", "7 → 8"],
    },
  ]) {
    it(`change ${what}`, () => {
      expect(changesIn(body)).to.have.members([GUARD, ...changes]);
    });
  }

  it("change what is returned", () => {
    expect(changesIn("", "twice")).to.have.members(["* → /", "2 → (2 + 1)", "a * 2 → 0"]);
  });

  it("are put where they were found, in sources that aren't all ASCII too", () => {
    const source = "/* é */ a + b";
    const mutant = { start: 10, end: 13, to: " - " } as Mutant;
    expect(mutate(source, mutant)).to.equal("/* é */ a - b");
  });

  it("are told apart when one function has the same change twice", () => {
    const keys = mutantsIn("result = a + b; result = b + a;").map(keyOf);
    expect(new Set(keys).size).to.equal(keys.length);
  });
});

describe("A sample of mutants", () => {
  const mutants = ["one", "two", "three"].flatMap((file, index) =>
    Array.from(
      { length: 30 * (index + 1) },
      (_, i) => ({ file, operator: i % 3 === 0 ? "rare" : "common", nth: i }) as Mutant,
    ),
  );

  it(`is the same for the same seed, and another for another (seed ${SEED})`, () => {
    expect(inSampleOrder(mutants, SEED)).to.deep.equal(inSampleOrder(mutants, SEED));
    expect(inSampleOrder(mutants, SEED)).to.not.deep.equal(inSampleOrder(mutants, SEED + 1));
  });

  it(`has of each file and operator as much as there is (seed ${SEED})`, () => {
    const sample = inSampleOrder(mutants, SEED).slice(0, 60);
    const share = (file: string, operator: string) =>
      sample.filter((mutant) => mutant.file === file && mutant.operator === operator).length;
    for (const [index, file] of ["one", "two", "three"].entries()) {
      expect(share(file, "rare"), `rare in ${file}`).to.be.closeTo((10 * (index + 1)) / 3, 1);
      expect(share(file, "common"), `common in ${file}`).to.be.closeTo((20 * (index + 1)) / 3, 1);
    }
  });
});

describe("A choice of mutants", () => {
  const FILES = ["contracts/core/Work.sol", "contracts/core/Roles.sol"] as const;
  const mutants = FILES.flatMap((file) =>
    Array.from(
      { length: 10 },
      (_, nth) =>
        ({ file, within: "act", operator: "literal", from: "1", to: "2", nth, code: "same", line: nth }) as Mutant,
    ),
  );
  const asked: Options = { seed: undefined, size: 6, lanes: 1, files: [], survivors: false, resume: false };
  const resultOf = (mutant: Mutant, outcome: Result["outcome"]): Result => ({ ...mutant, outcome });
  const [killed, survived, changed] = mutants as [Mutant, Mutant, Mutant];
  /** One was killed, one survived, and the code around a third one has changed since. */
  const last: Snapshot = {
    seed: SEED,
    files: [],
    population: mutants.length,
    results: [
      resultOf(killed, "killed"),
      resultOf(survived, "survived"),
      { ...resultOf(changed, "killed"), code: "another" },
    ],
  };

  it("is a new sample by default, of which nothing is known", () => {
    const { order, size, known } = choose(mutants, { ...asked, seed: 7 }, last);
    expect(order).to.deep.equal(inSampleOrder(mutants, 7));
    expect({ size, known }).to.deep.equal({ size: 6, known: [] });
  });

  it("goes on with the seed of the last run, and what it found out of code that is the same", () => {
    const { seed, order, known } = choose(mutants, { ...asked, resume: true }, last);
    expect(seed).to.equal(SEED);
    expect(order).to.deep.equal(inSampleOrder(mutants, SEED));
    expect(known.map(keyOf)).to.have.members([keyOf(killed), keyOf(survived)]);
  });

  for (const how of ["resume", "survivors"] as const) {
    it(`refuses to go on with another seed (--${how})`, () => {
      expect(() => choose(mutants, { ...asked, seed: SEED + 1, [how]: true }, last)).to.throw(
        Failure,
        `--seed ${SEED + 1} would mix two samples`,
      );
      expect(choose(mutants, { ...asked, seed: SEED, [how]: true }, last).seed).to.equal(SEED);
    });

    it(`refuses to go on when nothing was begun (--${how})`, () => {
      expect(() => choose(mutants, { ...asked, [how]: true }, undefined)).to.throw(Failure, "Nothing is known");
    });
  }

  it("is all of the files that are named, and leaves what is known of others", () => {
    const { order, size, known, files } = choose(mutants, { ...asked, files: [FILES[1]] }, last);
    expect(order.map(({ file }) => file)).to.deep.equal(Array(10).fill(FILES[1]));
    expect(size).to.equal(10);
    expect(known.map(keyOf)).to.have.members([keyOf(killed), keyOf(survived)]);
    expect(files).to.deep.equal([FILES[1]]);
  });

  it("tests a file's mutants again, or only those that aren't known", () => {
    const file = { ...asked, files: [FILES[0]] };
    expect(choose(mutants, file, last).again).to.equal(true);
    expect(choose(mutants, { ...file, resume: true }, last).again).to.equal(false);
  });

  it("keeps what is known of files that were tested whole when another sample is drawn", () => {
    const { known, files } = choose(mutants, asked, { ...last, files: [FILES[0]] });
    expect(known.map(keyOf)).to.have.members([keyOf(killed), keyOf(survived)]);
    expect(files).to.deep.equal([FILES[0]]);
  });

  it("is those that survived, which stay known until there is another result", () => {
    const { order, known, again } = choose(mutants, { ...asked, survivors: true }, last);
    expect(order).to.deep.equal([survived]);
    expect(again).to.equal(true);
    expect(known.map(keyOf)).to.have.members([keyOf(killed), keyOf(survived)]);
  });

  it("refuses when there is nothing to test", () => {
    expect(() => choose(mutants, { ...asked, files: ["contracts/core/None.sol"] }, last)).to.throw(
      Failure,
      "There is nothing to test in contracts/core/None.sol",
    );
  });
});

describe("A score of mutants", () => {
  const id = { file: FILE, within: "act", operator: "arithmetic", from: "+", to: "-" };
  const results: Result[] = (["killed", "timeout", "survived", "survived"] as const).map((outcome, i) => ({
    ...id,
    nth: i,
    code: "",
    line: 1,
    outcome,
  }));

  it("is of those that aren't equivalent", () => {
    const equivalents = [{ ...id, nth: 3, why: "It adds nothing." }];
    expect(scoreOf(results, equivalents)).to.deep.equal({
      mutants: 4,
      killed: 2,
      equivalent: 1,
      survived: 1,
      percent: (2 * 100) / 3,
    });
  });

  it("doesn't excuse what was killed", () => {
    expect(scoreOf(results, [{ ...id, nth: 0, why: "Wrong." }]).equivalent).to.equal(0);
  });
});
