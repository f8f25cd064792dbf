// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IWork} from "../../interfaces/IWork.sol";

/// @notice Pays for gas as Keep3r V2 did: one meter in storage for all jobs and keepers, which no payment closes, and which
/// sees neither calldata nor refunds. The overhead of a transaction is paid with every work, out of no credits at all; KP3R
/// has the constant price of V1's first helper
contract NaiveMeter__Mock {
  uint256 private constant OVERHEAD = 34_000;
  uint256 private constant PRICE = 10;

  uint256 private immutable _leastGasPrice;
  uint256 private _gasAtStart;

  constructor(uint256 leastGasPrice) {
    _leastGasPrice = leastGasPrice;
  }

  function isKeeper(address) external returns (bool) {
    _gasAtStart = _gasLeft();
    return true;
  }

  function workedFor(address keeper, uint256) external {
    worked(keeper);
  }

  function worked(address keeper) public {
    uint256 gasLeft = _gasLeft();
    uint256 gasPrice = tx.gasprice > _leastGasPrice ? tx.gasprice : _leastGasPrice;
    uint256 payment = (_gasAtStart - gasLeft + OVERHEAD) * gasPrice * PRICE;

    emit IWork.KeeperWork(address(0), msg.sender, keeper, payment, gasLeft);
  }

  function _gasLeft() private view returns (uint256) {
    return (gasleft() * 64) / 63;
  }
}
