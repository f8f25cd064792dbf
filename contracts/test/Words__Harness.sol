// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Job, PackedJob} from "../types/Job.sol";
import {Keeper, PackedKeeper} from "../types/Keeper.sol";
import {Observation, observationOf} from "../types/Observation.sol";
import {Position, positionOf} from "../types/Position.sol";
import {RawReading, rawReadingOf} from "../types/RawReading.sol";
import {TokenCredit} from "../types/TokenCredit.sol";
import {WorkConfig} from "../types/WorkConfig.sol";

/// @notice Exposes PackedJob
contract PackedJob__Harness {
  function credits(PackedJob word) external pure returns (uint256) {
    return word.credits();
  }

  function value(PackedJob word) external pure returns (uint256) {
    return word.value();
  }

  function accruedAt(PackedJob word) external pure returns (uint256) {
    return word.accruedAt();
  }

  function workedAt(PackedJob word) external pure returns (uint256) {
    return word.workedAt();
  }

  function liquidityCount(PackedJob word) external pure returns (uint256) {
    return word.liquidityCount();
  }

  function flags(PackedJob word) external pure returns (uint256) {
    return word.flags();
  }

  function withCredits(PackedJob word, uint256 content) external pure returns (PackedJob) {
    return word.withCredits(content);
  }

  function withAccruedAt(PackedJob word, uint256 content) external pure returns (PackedJob) {
    return word.withAccruedAt(content);
  }

  function withFlags(PackedJob word, uint256 content) external pure returns (PackedJob) {
    return word.withFlags(content);
  }

  function toggled(PackedJob word, uint256 content) external pure returns (PackedJob) {
    return word.toggled(content);
  }

  function paid(PackedJob word, uint256 content) external pure returns (PackedJob) {
    return word.paid(content);
  }

  function unpack(PackedJob word) external pure returns (Job memory) {
    return word.unpack();
  }

  function pack(Job memory job) external pure returns (PackedJob) {
    return job.pack();
  }
}

/// @notice Exposes PackedKeeper
contract PackedKeeper__Harness {
  function bond(PackedKeeper word) external pure returns (uint256) {
    return word.bond();
  }

  function earned(PackedKeeper word) external pure returns (uint256) {
    return word.earned();
  }

  function firstSeen(PackedKeeper word) external pure returns (uint256) {
    return word.firstSeen();
  }

  function place(PackedKeeper word) external pure returns (uint256) {
    return word.place();
  }

  function flags(PackedKeeper word) external pure returns (uint256) {
    return word.flags();
  }

  function withBond(PackedKeeper word, uint256 content) external pure returns (PackedKeeper) {
    return word.withBond(content);
  }

  function withFirstSeen(PackedKeeper word, uint256 content) external pure returns (PackedKeeper) {
    return word.withFirstSeen(content);
  }

  function withPlace(PackedKeeper word, uint256 content) external pure returns (PackedKeeper) {
    return word.withPlace(content);
  }

  function withFlags(PackedKeeper word, uint256 content) external pure returns (PackedKeeper) {
    return word.withFlags(content);
  }

  function toggled(PackedKeeper word, uint256 content) external pure returns (PackedKeeper) {
    return word.toggled(content);
  }

  function earn(PackedKeeper word, uint256 content) external pure returns (PackedKeeper) {
    return word.earn(content);
  }

  function unpack(PackedKeeper word) external pure returns (Keeper memory) {
    return word.unpack();
  }
}

/// @notice Exposes Position
contract Position__Harness {
  function amount(Position word) external pure returns (uint256) {
    return word.amount();
  }

  function mining(Position word) external pure returns (bool) {
    return word.mining();
  }

  function liquidity(Position word) external pure returns (address) {
    return word.liquidity();
  }

  function withAmount(Position word, uint256 content) external pure returns (Position) {
    return word.withAmount(content);
  }

  function withMining(Position word, bool content) external pure returns (Position) {
    return word.withMining(content);
  }

  function positionOfKind(address kind) external pure returns (Position) {
    return positionOf(kind);
  }
}

/// @notice Exposes TokenCredit
contract TokenCredit__Harness {
  function amount(TokenCredit word) external pure returns (uint256) {
    return word.amount();
  }

  function spent(TokenCredit word) external pure returns (uint256) {
    return word.spent();
  }

  function add(TokenCredit word, uint256 content) external pure returns (TokenCredit) {
    return word.add(content);
  }

  function reduce(TokenCredit word, uint256 content) external pure returns (TokenCredit) {
    return word.reduce(content);
  }

  function spend(TokenCredit word, uint256 content) external pure returns (TokenCredit) {
    return word.spend(content);
  }

  function book(TokenCredit word) external pure returns (TokenCredit) {
    return word.book();
  }
}

/// @notice Exposes WorkConfig
contract WorkConfig__Harness {
  function helper(WorkConfig word) external pure returns (address) {
    return word.helper();
  }

  function maxGasPerWork(WorkConfig word) external pure returns (uint256) {
    return word.maxGasPerWork();
  }

  function rewardPeriodTime(WorkConfig word) external pure returns (uint256) {
    return word.rewardPeriodTime();
  }

  function inflationPeriod(WorkConfig word) external pure returns (uint256) {
    return word.inflationPeriod();
  }

  function liquiditiesChangedIn(WorkConfig word) external pure returns (uint256) {
    return word.liquiditiesChangedIn();
  }

  function withHelper(WorkConfig word, address content) external pure returns (WorkConfig) {
    return word.withHelper(content);
  }

  function withMaxGasPerWork(WorkConfig word, uint256 content) external pure returns (WorkConfig) {
    return word.withMaxGasPerWork(content);
  }

  function withRewardPeriodTime(WorkConfig word, uint256 content) external pure returns (WorkConfig) {
    return word.withRewardPeriodTime(content);
  }

  function withInflationPeriod(WorkConfig word, uint256 content) external pure returns (WorkConfig) {
    return word.withInflationPeriod(content);
  }

  function withLiquiditiesChangedIn(WorkConfig word, uint256 content) external pure returns (WorkConfig) {
    return word.withLiquiditiesChangedIn(content);
  }
}

/// @notice Exposes Observation
contract Observation__Harness {
  function steady0(Observation word) external pure returns (uint112) {
    return word.steady0();
  }

  function steady1(Observation word) external pure returns (uint112) {
    return word.steady1();
  }

  function timestamp(Observation word) external pure returns (uint32) {
    return word.timestamp();
  }

  function pack(uint256 steady0_, uint256 steady1_, uint256 timestamp_) external pure returns (Observation) {
    return observationOf(steady0_, steady1_, timestamp_);
  }
}

/// @notice Exposes RawReading
contract RawReading__Harness {
  function raw0(RawReading word) external pure returns (uint128) {
    return word.raw0();
  }

  function raw1(RawReading word) external pure returns (uint128) {
    return word.raw1();
  }

  function pack(uint256 raw0_, uint256 raw1_) external pure returns (RawReading) {
    return rawReadingOf(raw0_, raw1_);
  }
}
