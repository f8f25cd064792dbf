// SPDX-License-Identifier: MIT
// The registry's own version
// solhint-disable-next-line compiler-version
pragma solidity 0.8.19;

/// @notice An upkeep without any work, so that what a report of it costs is the registry's own
contract EmptyUpkeep {
  // The registry calls it by its name alone.
  // solhint-disable-next-line comprehensive-interface
  function performUpkeep(bytes calldata) external {}
}
