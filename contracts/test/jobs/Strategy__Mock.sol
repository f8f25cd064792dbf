// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {IYearnStrategy} from "../../interfaces/external/IYearnStrategy.sol";
import {ERC20__Mock} from "../../simulation/ERC20__Mock.sol";

/// @notice A vault of Yearn v2, short of its depositors: it lends to strategies and keeps the books of it
contract YearnVault__Mock {
  struct StrategyParams {
    uint256 activation;
    uint256 debtLimit;
    uint256 lastReport;
    uint256 totalDebt;
    uint256 totalGain;
    uint256 totalLoss;
  }

  ERC20__Mock public immutable want;
  mapping(address strategy => StrategyParams) public strategies;

  constructor(ERC20__Mock want_) {
    want = want_;
  }

  function addStrategy(address strategy, uint256 debtLimit) external {
    strategies[strategy].activation = block.timestamp;
    strategies[strategy].lastReport = block.timestamp;
    strategies[strategy].debtLimit = debtLimit;
  }

  function setDebtLimit(address strategy, uint256 debtLimit) external {
    strategies[strategy].debtLimit = debtLimit;
  }

  /// @notice Settles with the calling strategy: takes its profit and repayment, lends what it may still borrow
  function report(uint256 gain, uint256 loss, uint256 debtPayment) external returns (uint256) {
    StrategyParams storage params = strategies[msg.sender];
    require(params.activation != 0, "not a strategy");
    require(want.balanceOf(msg.sender) >= gain + debtPayment, "not there");

    params.totalDebt -= loss;
    params.totalLoss += loss;
    params.totalGain += gain;
    uint256 repaid = Math.min(debtPayment, debtOutstanding(msg.sender));
    uint256 credit = creditAvailable(msg.sender);
    params.totalDebt = params.totalDebt + credit - repaid;
    params.lastReport = block.timestamp;

    uint256 received = gain + repaid;
    if (received < credit) want.transfer(msg.sender, credit - received);
    else want.transferFrom(msg.sender, address(this), received - credit);
    return debtOutstanding(msg.sender);
  }

  function creditAvailable(address strategy) public view returns (uint256) {
    StrategyParams storage params = strategies[strategy];
    if (params.debtLimit <= params.totalDebt) return 0;
    return Math.min(params.debtLimit - params.totalDebt, want.balanceOf(address(this)));
  }

  function debtOutstanding(address strategy) public view returns (uint256) {
    StrategyParams storage params = strategies[strategy];
    return params.totalDebt > params.debtLimit ? params.totalDebt - params.debtLimit : 0;
  }
}

/// @notice A strategy of Yearn v2 whose position yields linearly in time; its want is worth as much as ether
contract YearnStrategy__Mock is IYearnStrategy {
  uint256 private constant WAD = 1e18;
  uint256 private constant BPS = 10_000;

  YearnVault__Mock public immutable vault;
  ERC20__Mock public immutable want;
  address public keeper;

  uint256 public minReportDelay = 6 hours;
  uint256 public maxReportDelay = 7 days;
  uint256 public profitFactor = 10;
  uint256 public tendFactor = 2;
  uint256 public debtThreshold;
  uint256 public lossLimit = 100; // BPS of the debt
  bool public healthCheck = true;

  uint256 public yieldRate; // WAD per second
  uint256 public invested;
  uint256 public accruedAt;

  constructor(YearnVault__Mock vault_, address keeper_, uint256 yieldRate_) {
    vault = vault_;
    want = vault_.want();
    keeper = keeper_;
    yieldRate = yieldRate_;
    vault_.want().approve(address(vault_), type(uint256).max);
  }

  function setKeeper(address keeper_) external {
    keeper = keeper_;
  }

  function setHealthCheck(bool healthCheck_) external {
    healthCheck = healthCheck_;
  }

  /// @notice The position loses a part of what it holds
  function lose(uint256 amount) external {
    invested -= amount;
    want.transfer(address(0xdead), amount);
  }

  function harvest() external override {
    _checkKeeper();
    _claim();

    (, , , uint256 debt, , ) = vault.strategies(address(this));
    uint256 total = want.balanceOf(address(this));
    uint256 profit = total > debt ? total - debt : 0;
    uint256 loss = debt > total ? debt - total : 0;
    require(!healthCheck || loss * BPS <= debt * lossLimit, "!healthcheck");
    healthCheck = true;

    vault.report(profit, loss, Math.min(vault.debtOutstanding(address(this)), total - profit));
    invested = want.balanceOf(address(this));
  }

  function tend() external override {
    _checkKeeper();
    _claim();
    invested = want.balanceOf(address(this));
  }

  function harvestTrigger(uint256 callCostInWei) public view override returns (bool) {
    (uint256 activation, , uint256 lastReport, uint256 debt, , ) = vault.strategies(address(this));
    if (activation == 0) return false;

    uint256 sinceReport = block.timestamp - lastReport;
    if (sinceReport < minReportDelay) return false;
    if (sinceReport >= maxReportDelay) return true;
    if (vault.debtOutstanding(address(this)) > debtThreshold) return true;

    uint256 total = estimatedTotalAssets();
    if (total + debtThreshold < debt) return true;

    uint256 profit = total > debt ? total - debt : 0;
    return profitFactor * callCostInWei < vault.creditAvailable(address(this)) + profit;
  }

  function tendTrigger(uint256 callCostInWei) external view override returns (bool) {
    return !harvestTrigger(callCostInWei) && pendingYield() > tendFactor * callCostInWei;
  }

  function estimatedTotalAssets() public view returns (uint256) {
    return want.balanceOf(address(this)) + pendingYield();
  }

  function pendingYield() public view returns (uint256) {
    return (invested * yieldRate * (block.timestamp - accruedAt)) / WAD;
  }

  function _claim() private {
    want.mint(address(this), pendingYield());
    accruedAt = block.timestamp;
  }

  function _checkKeeper() private view {
    require(msg.sender == keeper, "!authorized");
  }
}
