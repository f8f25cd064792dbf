import { expect } from "chai";
import { compileSources } from "#support/tools/solidity";
import { differencesOf } from "#tools/committed";
import { type Layout, layoutOf } from "#tools/solidity/layout";
import { faultsOfSlots } from "#tools/solidity/slots";
import { faultsOfWord } from "#tools/solidity/words";

const STATE = `
  type Word is uint256;
  struct Terms { uint32 time; uint88 least; }
  abstract contract Storage {
    uint128 internal _first;
    Terms internal _terms;
    mapping(address keeper => Word) internal _keepers;
    uint256 internal transient _gas;
  }
  contract Keep3r is Storage {}
  contract Stateless {}`;

describe("The check of the layout", () => {
  const layoutFrom = async (source: string, name = "contracts/Keep3r.sol"): Promise<Layout> =>
    layoutOf([await compileSources({ [name]: source })]);

  it("tells where variables and members of structs lie, of what can be deployed and has a state", async () => {
    expect(await layoutFrom(STATE)).to.deep.equal({
      "Keep3r._first": "slot 0, offset 0, bytes 16: uint128",
      "Keep3r._terms": "slot 1, offset 0, bytes 32: struct Terms",
      "Keep3r._keepers": "slot 2, offset 0, bytes 32: mapping(address => Word)",
      "Keep3r._gas": "transient slot 0, offset 0, bytes 32: uint256",
      "struct Terms.time": "slot 0, offset 0, bytes 4: uint32",
      "struct Terms.least": "slot 0, offset 4, bytes 11: uint88",
    });
  });

  it("tells the fields of packed words", async () => {
    const word = "/// a 8 | b 248\ntype Word is uint256;\ncontract Keep3r { Word internal _word; }";
    expect(await layoutFrom(word)).to.deep.include({ "word Word": "a 8 | b 248" });
  });

  it("reports a variable and a member that moved", async () => {
    const moved = STATE.replace("uint128 internal _first;", "uint128 internal _first; uint256 internal _new;").replace(
      "uint32 time; uint88 least;",
      "uint88 least; uint32 time;",
    );
    const [before, after] = [await layoutFrom(STATE), await layoutFrom(moved)].map((layout) =>
      JSON.stringify(layout, null, 2),
    );
    const differences = differencesOf(before ?? "", after ?? "");

    expect(differences).to.include('-   "Keep3r._terms": "slot 1, offset 0, bytes 32: struct Terms",');
    expect(differences).to.include('+   "Keep3r._terms": "slot 2, offset 0, bytes 32: struct Terms",');
    expect(differences).to.include('+   "Keep3r._new": "slot 1, offset 0, bytes 32: uint256",');
    expect(differences).to.include('+   "struct Terms.time": "slot 0, offset 11, bytes 4: uint32"');
  });

  it("reports lines that only changed places", () => {
    expect(differencesOf("a\nb\n", "b\na\n")).to.have.length(1);
    expect(differencesOf("a\nb\n", "a\nb\n")).to.be.empty;
  });

  it("fails when there is no variable to look at", async () => {
    await expect(layoutFrom("contract Keep3r {}")).to.be.rejectedWith("No contract has a variable");
    for (const source of ["contracts/test/Keep3r__Mock.sol", "contracts/simulation/Keep3r__Mock.sol"]) {
      await expect(layoutFrom(STATE, source)).to.be.rejectedWith("No contract has a variable");
    }
  });

  it("fails when two variables of a contract have one name, as private ones can", async () => {
    const twins = "contract Base { uint256 private x; } contract Keep3r is Base { uint256 private x; }";
    await expect(layoutFrom(twins)).to.be.rejectedWith("Keep3r.x lies in two places");
  });
});

describe("The check of Keep3rSlots", () => {
  const LAYOUT: Layout = {
    "Keep3r._keeperList": "slot 7, offset 0, bytes 32: address[]",
    "Keep3r._small": "slot 8, offset 4, bytes 4: uint32",
  };
  const constant = (name: string, slot: number): string =>
    `  bytes32 internal constant ${name} = bytes32(uint256(${slot}));\n`;

  it("accepts the slot of the variable that a constant names", () => {
    expect(faultsOfSlots(constant("KEEPER_LIST", 7), LAYOUT)).to.be.empty;
  });

  it("reports another slot, one that is shared, and a variable that there isn't", () => {
    expect(faultsOfSlots(constant("KEEPER_LIST", 8), LAYOUT)).to.deep.equal([
      "Keep3rSlots.KEEPER_LIST is 8, and _keeperList lies in slot 7, offset 0, bytes 32: address[]",
    ]);
    expect(faultsOfSlots(constant("SMALL", 8), LAYOUT)).to.have.length(1);
    expect(faultsOfSlots(constant("JOB_LIST", 7), LAYOUT)).to.deep.equal([
      "Keep3rSlots.JOB_LIST is 7, and _jobList lies in no slot: Keep3r has none",
    ]);
  });

  it("reports constants that it can't read, and that there are none", () => {
    expect(faultsOfSlots("  bytes32 internal constant A = keccak256('a');\n", LAYOUT)).to.have.length(1);
    expect(faultsOfSlots("", LAYOUT)).to.have.length(1);
  });
});

describe("The check of packed words", () => {
  const word = (fields: string, ...starts: number[]): string =>
    `/// @notice A word\n/// ${fields}\ntype Word is uint256;\n\n` +
    starts.map((start, index) => `uint256 constant F${index}_SHIFT = ${start};\n`).join("");

  it("accepts fields that fit, and constants that say where they begin", () => {
    expect(faultsOfWord(word("a 88 | b 8 | c 160", 88, 96))).to.be.empty;
  });

  it("reports fields that don't fit, overlap, or aren't documented", () => {
    expect(faultsOfWord(word("a 88 | b 8 | c 161", 88, 96))).to.deep.equal([
      "Word: its fields take 257 bits, a word has 256",
    ]);
    expect(faultsOfWord(word("a 88 | b 8 | c 160", 80, 96))).to.deep.equal([
      "Word: F0_SHIFT is 80, and b begins at bit 88",
    ]);
    expect(faultsOfWord(word("a 88 | b 8 | c 160", 88))).to.deep.equal([
      "Word: it has 1 constants for where 2 fields begin",
    ]);
    expect(faultsOfWord(word("something"))).to.have.length(1);
  });
});
