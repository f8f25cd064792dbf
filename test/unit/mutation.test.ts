import { expect } from "chai";
import solcjs from "solc";
import type { AstNode } from "#tools/mutation/ast";
import { type Mutant, mutantsOf, mutate } from "#tools/mutation/operators";
import { scoreOf } from "#tools/mutation/report";
import { keyOf, type Result } from "#tools/mutation/results";
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
