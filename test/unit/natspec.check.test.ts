import { expect } from "chai";
import { compileSources } from "#support/tools/solidity";
import { faultsOfDocs } from "#tools/solidity/natspec";

const SOURCE = "contracts/IDoor.sol";
const HEAD = "/// @title A door\n";

async function faultsOf(body: string, source = SOURCE): Promise<string[]> {
  const { output } = await compileSources({ [source]: body });
  return faultsOfDocs(Object.values(output.sources).map(({ ast }) => ast)).map((fault) =>
    fault.replace(`${source}: `, ""),
  );
}

describe("The check of the documentation", () => {
  it("accepts what is documented", async () => {
    const faults = await faultsOf(`${HEAD}interface IDoor {
      /// @notice What opens it
      struct Key { uint256 code; }

      /// @notice Emitted when it opens
      /// @param who Who opened it
      event Opening(address indexed who);

      /// @notice Thrown when the key is another
      /// @param code The key's
      /// @custom:remedy Take the right key.
      error WrongKey(uint256 code);

      /// @notice Opens it
      /// @dev Reverts with \`WrongKey\`
      /// @param key The key
      /// @return opened Whether it wasn't open
      /// @return times How many times it was opened
      function open(Key calldata key) external returns (bool opened, uint256 times);

      /// @notice As \`open\`, for somebody else
      /// @param who Whom
      function openFor(address who, Key calldata key) external returns (bool opened, uint256 times);

      /// @notice Whether it is open
      function isOpen() external view returns (bool);
    }

    /// @title Door
    abstract contract Door is IDoor {
      uint256 internal _code;

      /// @inheritdoc IDoor
      bool public override isOpen;

      /// @dev Reverts with \`WrongKey\`
      modifier onlyWith(Key calldata key) virtual;

      function _close() internal { isOpen = false; }
    }`);
    expect(faults).to.deep.equal(["onlyWith has no @param for key"]);
  });

  it("reports what isn't", async () => {
    const faults = await faultsOf(`interface IDoor {
      struct Key { uint256 code; }
      enum State { Open }
      event Opening(address who);
      error WrongKey(uint256 code);
      function open() external;
    }
    contract Door {
      bool public isOpen;
      modifier always() { _; }
      constructor(uint256 code) {}
      receive() external payable {}
      function close() public {}
    }`);
    expect(faults).to.deep.equal([
      "IDoor has no @title",
      "Key has neither @notice nor @dev",
      "State has neither @notice nor @dev",
      'Opening has no @notice that begins with "Emitted"',
      "Opening has no @param for who",
      'WrongKey has no @notice that begins with "Thrown"',
      "WrongKey has no @custom:remedy",
      "WrongKey has no @param for code",
      "open has neither @notice nor @dev",
      "Door has no @title",
      "isOpen has neither @notice nor @dev",
      "always has neither @notice nor @dev",
      "constructor has no @param for code",
      "receive has neither @notice nor @dev",
      "close has neither @notice nor @dev",
    ]);
  });

  it("reports parameters and results one by one, also those whose names begin alike", async () => {
    const faults = await faultsOf(`${HEAD}interface IDoor {
      /// @notice Opens it
      /// @param code The key's
      function open(uint256 code, uint256 codeOfOwner) external returns (bool opened);

      /// @notice As \`shut\`, slowly
      function close(uint256 code) external;

      /// @notice Two numbers
      function numbers() external view returns (uint256, uint256);
    }`);
    expect(faults).to.deep.equal([
      "open has no @param for codeOfOwner",
      "open has no @return for opened",
      "close has no @param for code",
      "numbers has no @return for a value without a name",
      "numbers has no @return for a value without a name",
    ]);
  });

  it("leaves what only tests and the local chain use, and fails when there is nothing else", async () => {
    for (const source of ["contracts/test/Door__Mock.sol", "contracts/simulation/Door__Mock.sol"]) {
      await expect(faultsOf("contract Door__Mock {}", source)).to.be.rejectedWith("There is no source to check");
    }
  });
});
