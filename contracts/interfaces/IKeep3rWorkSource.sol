// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IERC165} from "@openzeppelin/contracts/utils/introspection/IERC165.sol";

/// @title A job whose work comes from outside
/// @notice Some work can't be found on the chain: a relay's signed requests lie with whoever collects them. Such a job
/// answers `(false, "")` to `workable`, and says through ERC-165 that it has this interface. A bot without the plugin that
/// `workSource` names leaves it alone; the plugin brings the data for `work`.
interface IKeep3rWorkSource is IERC165 {
  /// @notice What the data of `work` is made from, for a bot to find its plugin by, such as "erc2771-requests"
  function workSource() external view returns (string memory);
}
