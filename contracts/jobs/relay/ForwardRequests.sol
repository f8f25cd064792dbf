// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ERC2771Forwarder} from "@openzeppelin/contracts/metatx/ERC2771Forwarder.sol";
import {IRelayJob} from "../../interfaces/jobs/IRelayJob.sol";

/// @title ForwardRequests
/// @notice Reads a list of requests from calldata, in the one encoding that has neither gaps nor overlaps: so every byte of
/// calldata belongs to one request, and is paid for once
library ForwardRequests {
  /// @dev An encoded list: where it begins, how many there are, and where each of them begins.
  uint256 private constant LIST_HEAD = 2 * 32;

  /// @dev The words of an encoded request that stand before its payload: seven fields and the payload's length.
  uint256 private constant REQUEST_HEAD = 8 * 32;

  /// @dev The requests in the data of `work`. Each is still to be checked by `checkedEnd`.
  function decode(
    bytes calldata data,
    uint256 max
  ) internal pure returns (ERC2771Forwarder.ForwardRequestData[] calldata requests) {
    if (data.length < LIST_HEAD || uint256(bytes32(data)) != 32) revert IRelayJob.RequestsMalformed();
    uint256 count = uint256(bytes32(data[32:]));
    if (count > max) revert IRelayJob.TooManyRequests(count, max);

    assembly ("memory-safe") {
      requests.offset := add(data.offset, LIST_HEAD)
      requests.length := count
    }
  }

  /// @dev Where the first request has to begin.
  function firstOf(ERC2771Forwarder.ForwardRequestData[] calldata requests) internal pure returns (uint256 start) {
    assembly ("memory-safe") {
      start := add(requests.offset, shl(5, requests.length))
    }
  }

  /// @dev Where the last request has to end.
  function endOf(bytes calldata data) internal pure returns (uint256 end) {
    assembly ("memory-safe") {
      end := add(data.offset, data.length)
    }
  }

  /// @dev Where a request ends that has to begin where the one before it ended.
  function checkedEnd(
    ERC2771Forwarder.ForwardRequestData calldata request,
    uint256 start
  ) internal pure returns (uint256 end) {
    bytes calldata payload = request.data;
    bytes calldata signature = request.signature;
    uint256 requestAt;
    uint256 payloadAt;
    uint256 signatureAt;
    assembly ("memory-safe") {
      requestAt := request
      payloadAt := payload.offset
      signatureAt := signature.offset
    }
    uint256 signatureExpectedAt = payloadAt + _padded(payload.length) + 32;
    if (requestAt != start || payloadAt != start + REQUEST_HEAD || signatureAt != signatureExpectedAt) {
      revert IRelayJob.RequestsMalformed();
    }

    end = signatureAt + _padded(signature.length);
  }

  /// @dev To whole words.
  function _padded(uint256 length) private pure returns (uint256) {
    return (length + 31) & ~uint256(31);
  }
}
