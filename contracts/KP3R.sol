// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {ERC20Permit, IERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Permit.sol";
import {Governable} from "./governance/Governable.sol";
import {IKP3R} from "./interfaces/IKP3R.sol";
import {IKeep3rV1Proxy} from "./interfaces/external/IKeep3rV1Proxy.sol";

/// @title KP3R
/// @notice The network's token. Votes come from bonded KP3R, not from balances.
contract KP3R is IKP3R, ERC20Permit, Governable {
  /// @inheritdoc IKP3R
  mapping(address minter => bool) public override minters;

  /// @param governance_ Who appoints minters
  constructor(address governance_) ERC20("Keep3r", "KP3R") ERC20Permit("Keep3r") Governable(governance_) {}

  /// @inheritdoc IKP3R
  function addMinter(address minter) external override onlyGovernance {
    if (minter == address(0)) revert MinterZeroAddress();
    if (minters[minter]) revert MinterExistent();

    minters[minter] = true;

    emit MinterAdded(minter);
  }

  /// @inheritdoc IKP3R
  function removeMinter(address minter) external override onlyGovernance {
    if (!minters[minter]) revert MinterUnexistent();

    delete minters[minter];

    emit MinterRemoved(minter);
  }

  /// @inheritdoc IKeep3rV1Proxy
  function mint(uint256 amount) external override {
    if (!minters[msg.sender]) revert OnlyMinter();

    _mint(msg.sender, amount);
  }

  /// @inheritdoc IKP3R
  function burn(uint256 amount) external override {
    _burn(msg.sender, amount);
  }

  /// @inheritdoc IERC20Permit
  function nonces(address owner) public view override(ERC20Permit, IERC20Permit) returns (uint256) {
    return super.nonces(owner);
  }
}
