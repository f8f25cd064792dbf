// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {IKeep3rV1} from "../../interfaces/external/IKeep3rV1.sol";
import {IKeep3rV1Proxy} from "../../interfaces/external/IKeep3rV1Proxy.sol";

/// @notice KP3R as it is on mainnet, as far as it is a token: governance alone mints, to itself
contract Keep3rV1__Mock is ERC20, IKeep3rV1 {
  address public governance;

  constructor(address governance_) ERC20("Keep3rV1", "KP3R") {
    governance = governance_;
  }

  function mint(uint256 amount) external {
    require(msg.sender == governance, "mint: !gov");
    _mint(governance, amount);
  }

  function burn(uint256 amount) external override {
    _burn(msg.sender, amount);
  }
}

/// @notice The governance of KP3R on mainnet, as far as it mints: to one minter, or for its own governance to anyone
contract Keep3rV1Proxy__Mock is IKeep3rV1Proxy {
  error OnlyGovernance();
  error OnlyMinter();
  error ZeroAddress();

  Keep3rV1__Mock public keep3rV1;
  address public governance;
  address public minter;

  constructor(address governance_, Keep3rV1__Mock keep3rV1_) {
    governance = governance_;
    keep3rV1 = keep3rV1_;
  }

  modifier onlyGovernance() {
    if (msg.sender != governance) revert OnlyGovernance();
    _;
  }

  function setMinter(address minter_) external onlyGovernance {
    if (minter_ == address(0)) revert ZeroAddress();
    minter = minter_;
  }

  function mint(uint256 amount) external override {
    if (msg.sender != minter) revert OnlyMinter();
    _mint(msg.sender, amount);
  }

  function mint(address account, uint256 amount) external onlyGovernance {
    _mint(account, amount);
  }

  function _mint(address account, uint256 amount) private {
    keep3rV1.mint(amount);
    require(keep3rV1.transfer(account, amount));
  }
}
