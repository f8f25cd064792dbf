import { expect } from "chai";
import { compileSources } from "#support/tools/solidity";
import { warningsOf } from "#tools/solidity/warnings";

const UNUSED = "contract Door { function open() external pure { uint256 key; } }";

describe("The check of the compiler's warnings", () => {
  it("reports those of our sources, tests' contracts included", async () => {
    for (const source of [
      "contracts/Door.sol",
      "contracts/simulation/Door__Mock.sol",
      "contracts/test/Door__Mock.sol",
    ]) {
      const [warning, ...others] = warningsOf([await compileSources({ [source]: UNUSED })]);
      expect(warning).to.include("Unused local variable");
      expect(others).to.be.empty;
    }
  });

  it("leaves those of packages, and of sources that were compiled anew since", async () => {
    const build = await compileSources({ "contracts/Door.sol": UNUSED });
    expect(warningsOf([{ ...build, current: new Set() }])).to.be.empty;
    expect(warningsOf([await compileSources({ "package/Door.sol": UNUSED })])).to.be.empty;
  });
});
