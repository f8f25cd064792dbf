import { expect } from "chai";
import { id } from "ethers";
import { compileSources } from "#support/tools/solidity";
import { errorsOf, faultsOfErrors, type KnownError } from "#tools/solidity/errors";
import { explanationsOf, pageOf, remediesModule } from "#tools/solidity/errorsPage";

const DOOR = `
  /// @title A door
  interface IDoor {
    enum State { Open }
    /// @notice Thrown when the key is another
    /// @custom:remedy Take the right key.
    error WrongKey(State state, uint256 code);
    /// @notice Thrown by nobody
    /// @custom:remedy Forget it.
    error Never();
    /// @notice Thrown when it is shut
    error Shut();
  }
  abstract contract Hinge is IDoor {
    function _turn() internal pure { revert WrongKey(State.Open, 1); }
  }
  contract Keep3r is Hinge {
    function open() external pure { if (true) revert Shut(); _turn(); }
  }`;

function selectorOf(signature: string): string {
  return id(signature).slice(0, 10);
}

async function errorsFrom(sources: Record<string, string>): Promise<KnownError[]> {
  return errorsOf([await compileSources(sources)]);
}

describe("The page of errors", () => {
  it("says what an error is, who throws it where, and what to do", async () => {
    const [, , error] = await errorsFrom({ "contracts/Door.sol": DOOR });

    expect(error).to.deep.include({
      owner: "IDoor",
      title: "A door",
      signature: "WrongKey(IDoor.State state, uint256 code)",
      selector: selectorOf("WrongKey(uint8,uint256)"),
      thrown: "when the key is another",
      remedy: "Take the right key.",
    });
    expect([...(error?.by ?? [])]).to.deep.equal(["Keep3r"]);
    expect([...(error?.where ?? [])]).to.deep.equal(["Hinge"]);
  });

  it("is a table for each interface", async () => {
    const errors = await errorsFrom({ "contracts/Door.sol": DOOR });
    expect(pageOf(errors)).to.include("## IDoor\n\nA door. Thrown by `Keep3r`.\n");
    expect(pageOf(errors)).to.match(
      /\| `WrongKey\(.*\)` \| `0x[0-9a-f]{8}` \| when the key is another \| Take the right key. \| `Hinge` \|/,
    );
  });

  it("has a module beside it that explains an error by its selector", async () => {
    const errors = await errorsFrom({ "contracts/Door.sol": DOOR });
    expect(explanationsOf(errors)[selectorOf("WrongKey(uint8,uint256)")]).to.deep.equal({
      name: "WrongKey",
      thrown: "when the key is another",
      remedy: "Take the right key.",
    });
    expect(remediesModule(errors)).to.include('"Take the right key."');
  });

  it("explains an error as the network does, and others that share a selector each by its contract", async () => {
    const declare = (contract: string, text: string): string => `
      contract ${contract} {
        /// @notice Thrown when ${text}
        /// @custom:remedy Wait for ${text}.
        error Shared();
        function f() external pure { revert Shared(); }
      }`;
    const jobs = { "contracts/Jobs.sol": declare("FirstJob", "it rains") + declare("SecondJob", "it snows") };
    const network = { "contracts/Keep3r.sol": declare("Keep3r", "it hails") };

    const shared = selectorOf("Shared()");
    expect(explanationsOf(await errorsFrom(jobs))[shared]).to.deep.equal({
      name: "Shared",
      thrown: "when it rains (`FirstJob`), or when it snows (`SecondJob`)",
      remedy: "`FirstJob`: Wait for it rains. `SecondJob`: Wait for it snows.",
    });
    expect(explanationsOf(await errorsFrom({ ...jobs, ...network }))[shared]).to.deep.equal({
      name: "Shared",
      thrown: "when it hails",
      remedy: "Wait for it hails.",
    });
  });

  it("reports an error without a remedy, and one that nobody throws", async () => {
    const faults = faultsOfErrors(await errorsFrom({ "contracts/Door.sol": DOOR }));
    expect(faults).to.include("IDoor.Shut: it isn't said what to do about it, in contracts/Door.sol");
    expect(faults).to.include("IDoor.Never: no contract throws it");
    expect(faults.filter((fault) => fault.includes("WrongKey"))).to.be.empty;
  });

  it("has a package's errors that our contracts throw, and reports those that nothing is said of", async () => {
    const errors = await errorsFrom({
      "package/Guard.sol":
        "abstract contract Guard { error Reentrant(); error Unused(); function f() internal pure { revert Reentrant(); } }",
      "contracts/Door.sol": `import {Guard} from "package/Guard.sol"; contract Keep3r is Guard { function g() external pure { f(); } }`,
    });
    expect(faultsOfErrors(errors)).to.include(
      "Guard.Reentrant: it isn't said what to do about it, in tools/solidity/libraryErrors.ts",
    );
  });

  it("reports what is said of a package's error that no contract throws", async () => {
    const faults = faultsOfErrors(await errorsFrom({ "contracts/Door.sol": DOOR }));
    expect(faults).to.include("FailedCall in tools/solidity/libraryErrors.ts: no contract throws it");
  });

  it("fails when there is no error at all", async () => {
    await expect(errorsFrom({ "contracts/Door.sol": "contract Door {}" })).to.be.rejectedWith(
      "No contract has an error",
    );
  });
});
