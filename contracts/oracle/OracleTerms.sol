// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Governable} from "../governance/Governable.sol";
import {IOracleTerms} from "../interfaces/IOracleTerms.sol";

/// @title OracleTerms
/// @notice What governance sets: which pairs are deep enough, and how fast a steady price may follow the market
abstract contract OracleTerms is IOracleTerms, Governable {
  uint256 private constant LOWEST_MIN_KP3R_RESERVE = 1e18;
  uint256 private constant HIGHEST_MIN_KP3R_RESERVE = 100_000e18;
  uint256 private constant LOWEST_MAX_CHANGE = 2_000;
  uint256 private constant HIGHEST_MAX_CHANGE = 10_000;

  // Both in one slot, which every observation reads

  uint128 private _minKp3rReserve = 100e18;
  uint16 private _maxChange = 5_000;

  /// @inheritdoc IOracleTerms
  function setMinKp3rReserve(uint256 minKp3rReserve_) external override onlyGovernance {
    if (minKp3rReserve_ < LOWEST_MIN_KP3R_RESERVE || minKp3rReserve_ > HIGHEST_MIN_KP3R_RESERVE) {
      revert MinKp3rReserveOutOfBounds(minKp3rReserve_, LOWEST_MIN_KP3R_RESERVE, HIGHEST_MIN_KP3R_RESERVE);
    }

    // Fits: its bound
    _minKp3rReserve = uint128(minKp3rReserve_);

    emit MinKp3rReserveChange(minKp3rReserve_);
  }

  /// @inheritdoc IOracleTerms
  function setMaxChange(uint256 maxChange_) external override onlyGovernance {
    if (maxChange_ < LOWEST_MAX_CHANGE || maxChange_ > HIGHEST_MAX_CHANGE) {
      revert MaxChangeOutOfBounds(maxChange_, LOWEST_MAX_CHANGE, HIGHEST_MAX_CHANGE);
    }

    // Fits: its bound
    _maxChange = uint16(maxChange_);

    emit MaxChangeChange(maxChange_);
  }

  /// @inheritdoc IOracleTerms
  function minKp3rReserve() public view override returns (uint256) {
    return _minKp3rReserve;
  }

  /// @inheritdoc IOracleTerms
  function maxChange() public view override returns (uint256) {
    return _maxChange;
  }
}
