// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

/// @notice Calls another contract within a transaction, where there are a base fee and a gas price, and tells what it
/// answered and the gas that it took
contract HelperViews__Harness {
  event Answer(bytes answer, uint256 gasUsed);

  function ask(address target, bytes calldata question) external returns (bytes memory answer, uint256 gasUsed) {
    bytes memory request = question;
    bool success;
    uint256 gasBefore = gasleft();
    assembly ("memory-safe") {
      success := call(gas(), target, 0, add(request, 0x20), mload(request), 0, 0)
    }
    gasUsed = gasBefore - gasleft();
    assembly ("memory-safe") {
      let size := returndatasize()
      answer := mload(0x40)
      mstore(answer, size)
      returndatacopy(add(answer, 0x20), 0, size)
      mstore(0x40, add(add(answer, 0x3f), and(size, not(0x1f))))
      if iszero(success) {
        revert(add(answer, 0x20), size)
      }
    }

    emit Answer(answer, gasUsed);
  }
}
