// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

/// @notice A feed that misbehaves
contract FastGasFeed__Mock {
  enum Manner {
    Reverts,
    AnswersTooLittle,
    ReturnsMuch,
    RevertsWithMuch,
    BurnsGas
  }

  uint256 private constant MUCH = 100_000;

  Manner private immutable _manner;

  constructor(Manner manner) {
    _manner = manner;
  }

  // It answers whatever it is asked in its manner.
  // solhint-disable-next-line no-complex-fallback
  fallback() external {
    Manner manner = _manner;
    int256 answer = 30 gwei;
    assembly {
      // A round that would be good, were it whole
      mstore(0x00, 1)
      mstore(0x20, answer)
      mstore(0x40, timestamp())
      mstore(0x60, timestamp())
      mstore(0x80, 1)
      switch manner
      case 0 {
        revert(0, 0)
      }
      case 1 {
        return(0, 0x9f)
      }
      case 2 {
        return(0, MUCH)
      }
      case 3 {
        revert(0, MUCH)
      }
      default {
        invalid()
      }
    }
  }
}
