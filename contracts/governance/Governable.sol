// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IGovernable} from "../interfaces/IGovernable.sol";

/// @title Governable
/// @notice Base of every contract of the network that governance looks after
abstract contract Governable is IGovernable {
  /// @inheritdoc IGovernable
  address public override governance;

  /// @inheritdoc IGovernable
  address public override pendingGovernance;

  /// @dev Reverts with `OnlyGovernance`
  modifier onlyGovernance() {
    _checkGovernance();
    _;
  }

  constructor(address governance_) {
    if (governance_ == address(0)) revert NoGovernanceZeroAddress();

    governance = governance_;

    emit GovernanceSet(governance_);
  }

  /// @inheritdoc IGovernable
  function setGovernance(address governance_) external override onlyGovernance {
    if (governance_ == address(0)) revert NoGovernanceZeroAddress();

    pendingGovernance = governance_;

    emit GovernanceProposal(governance_);
  }

  /// @inheritdoc IGovernable
  function acceptGovernance() external override {
    if (msg.sender != pendingGovernance) revert OnlyPendingGovernance();

    governance = msg.sender;
    delete pendingGovernance;

    emit GovernanceSet(msg.sender);
  }

  /// @dev A function rather than inlined in the modifier: it is used often and size is scarce.
  function _checkGovernance() internal view {
    if (msg.sender != governance) revert OnlyGovernance();
  }
}
