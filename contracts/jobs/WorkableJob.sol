// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ERC165} from "@openzeppelin/contracts/utils/introspection/ERC165.sol";
import {IERC165} from "@openzeppelin/contracts/utils/introspection/IERC165.sol";
import {IKeep3r} from "../interfaces/IKeep3r.sol";
import {IKeep3rWorkable} from "../interfaces/IKeep3rWorkable.sol";
import {Keep3rJob} from "./Keep3rJob.sol";

/// @title WorkableJob
/// @notice A job that keeper bots find by themselves: it says through ERC-165 that it can be asked for work
abstract contract WorkableJob is Keep3rJob, ERC165, IKeep3rWorkable {
  constructor(IKeep3r keep3r_, address owner_) Keep3rJob(keep3r_, owner_) {}

  /// @inheritdoc IERC165
  function supportsInterface(bytes4 interfaceId) public view virtual override(ERC165, IERC165) returns (bool) {
    return interfaceId == type(IKeep3rWorkable).interfaceId || super.supportsInterface(interfaceId);
  }
}
