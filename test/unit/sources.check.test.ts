import { expect } from "chai";
import { includes, isOurs, isProduction, scopeOf, SCOPES } from "#tools/solidity/sources";

describe("The scopes of sources", () => {
  it("are the tests', the local chain's, and production's for all others", () => {
    expect(scopeOf("contracts/test/security/Door__Mock.sol")).to.equal("tests");
    expect(scopeOf("contracts/simulation/Door__Mock.sol")).to.equal("simulation");
    for (const source of ["contracts/Door.sol", "contracts/core/Door.sol", "contracts/jobs/test/Door.sol"]) {
      expect(scopeOf(source), source).to.equal("production");
    }
  });

  it("have all before them", () => {
    const included = SCOPES.map((scope) => SCOPES.filter((other) => includes(scope, other)).length);
    expect(included).to.deep.equal([1, 2, 3]);
  });

  it("leave to production what is ours and neither the tests' nor the local chain's", () => {
    expect(["contracts/Door.sol", "contracts/testing/Door.sol"].every(isProduction)).to.be.true;
    expect(["contracts/test/Door.sol", "contracts/simulation/Door.sol", "package/Door.sol"].some(isProduction)).to.be
      .false;
    expect(isOurs("package/contracts/Door.sol")).to.be.false;
  });
});
