// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

/// @notice What the naive variants of credits share: everyone is a keeper, any job pays, and an LP token is worth a KP3R
abstract contract NaiveCredits__Mock {
  uint256 internal constant INFLATION_PERIOD = 34 days;

  uint256 public rewardPeriodTime = 5 days;
  mapping(address job => uint256) public jobLiquidityCredits;
  mapping(address job => mapping(address liquidity => uint256)) public liquidityAmount;
  mapping(address keeper => uint256) public workCompleted;

  function bondedPayment(address keeper, uint256 payment) external {
    _settle(msg.sender);
    jobLiquidityCredits[msg.sender] -= payment;
    workCompleted[keeper] += payment;
  }

  function isKeeper(address) external pure returns (bool) {
    return true;
  }

  function totalJobCredits(address job) public view virtual returns (uint256) {
    return jobLiquidityCredits[job];
  }

  function _settle(address job) internal virtual {}

  function _periodCreditsOf(uint256 value) internal view returns (uint256) {
    return (value * rewardPeriodTime) / INFLATION_PERIOD;
  }
}

/// @notice Hands out a period's credits when liquidity is added, as Keep3r V1 did, and takes back those that are left
contract NaiveDeposits__Mock is NaiveCredits__Mock {
  function addLiquidityToJob(address job, address liquidity, uint256 amount) external {
    liquidityAmount[job][liquidity] += amount;
    jobLiquidityCredits[job] += _periodCreditsOf(amount);
  }

  function unbondLiquidityFromJob(address job, address liquidity, uint256 amount) external {
    uint256 leaving = _periodCreditsOf(amount);
    uint256 left = jobLiquidityCredits[job];
    jobLiquidityCredits[job] = left > leaving ? left - leaving : 0;
    liquidityAmount[job][liquidity] -= amount;
  }
}

/// @notice Credits by periods, as in Keep3r V2: a job keeps what it mines in one, and is brought to the next one's prices by
/// their quotient
contract NaivePeriods__Mock is NaiveCredits__Mock {
  mapping(address job => uint256) public jobPeriodCredits;
  mapping(address job => uint256) public rewardedAt;
  mapping(address job => address[]) private _kinds;
  mapping(address liquidity => bool) private _revoked;

  function setRewardPeriodTime(uint256 rewardPeriodTime_) external {
    rewardPeriodTime = rewardPeriodTime_;
  }

  function revokeLiquidity(address liquidity) external {
    _revoked[liquidity] = true;
  }

  function forceLiquidityCreditsToJob(address job, uint256 amount) external {
    jobLiquidityCredits[job] += amount;
    rewardedAt[job] = block.timestamp;
  }

  function addLiquidityToJob(address job, address liquidity, uint256 amount) external {
    _settle(job);
    _capToPeriod(job);
    if (liquidityAmount[job][liquidity] == 0) _kinds[job].push(liquidity);
    liquidityAmount[job][liquidity] += amount;
    jobPeriodCredits[job] += _periodCreditsOf(amount);
  }

  function unbondLiquidityFromJob(address job, address liquidity, uint256 amount) external {
    _settle(job);
    uint256 leaving = _periodCreditsOf(amount);
    if (jobPeriodCredits[job] != 0) {
      jobLiquidityCredits[job] -= (jobLiquidityCredits[job] * leaving) / jobPeriodCredits[job];
      jobPeriodCredits[job] -= leaving;
    }
    liquidityAmount[job][liquidity] -= amount;
  }

  function acceptJobMigration(address fromJob, address toJob) external {
    _settle(fromJob);
    _capToPeriod(fromJob);
    jobLiquidityCredits[toJob] += jobLiquidityCredits[fromJob];
    jobLiquidityCredits[fromJob] = 0;
  }

  function addJob(address) external pure {}

  function migrateJob(address, address) external pure {}

  function totalJobCredits(address job) public view override returns (uint256) {
    return jobLiquidityCredits[job] + _minedSince(job);
  }

  function _settle(address job) internal override {
    uint256 mined = _minedSince(job);
    if (rewardedAt[job] < block.timestamp - (block.timestamp % rewardPeriodTime)) {
      uint256 fresh;
      for (uint256 i; i < _kinds[job].length; ++i) {
        address kind = _kinds[job][i];
        if (!_revoked[kind]) fresh += _periodCreditsOf(liquidityAmount[job][kind]);
      }
      if (jobLiquidityCredits[job] != 0) {
        jobLiquidityCredits[job] = (jobLiquidityCredits[job] * fresh) / jobPeriodCredits[job];
      }
      jobPeriodCredits[job] = fresh;
    }
    jobLiquidityCredits[job] += mined;
    rewardedAt[job] = block.timestamp;
  }

  function _capToPeriod(address job) private {
    if (jobLiquidityCredits[job] > jobPeriodCredits[job]) jobLiquidityCredits[job] = jobPeriodCredits[job];
  }

  function _minedSince(address job) private view returns (uint256) {
    return ((block.timestamp - rewardedAt[job]) * jobPeriodCredits[job]) / rewardPeriodTime;
  }
}
