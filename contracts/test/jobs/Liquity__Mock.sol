// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {AggregatorV3Interface} from "@chainlink/contracts/src/v0.8/shared/interfaces/AggregatorV3Interface.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {ITroveManager} from "../../interfaces/external/ITroveManager.sol";
import {EtherPool__Mock, LUSDToken__Mock, PriceFeed__Mock} from "./LiquityParts__Mock.sol";

/// @notice Liquity V1 in small: troves, normal and recovery mode, offset against a stability pool, redistribution of what
/// it can't absorb, gas compensation. Left out: fees, redemptions, the pool's depositors. A redistribution is written to
/// every trove at once, where Liquity keeps sums.
contract TroveManager__Mock is ITroveManager {
  enum Status {
    NonExistent,
    Active,
    ClosedByOwner,
    ClosedByLiquidation
  }

  struct Trove {
    uint256 debt;
    uint256 coll;
    Status status;
  }

  struct Totals {
    uint256 debt;
    uint256 lusdCompensation;
    uint256 ethCompensation;
  }

  uint256 public constant MCR = 1.1e18;
  uint256 public constant CCR = 1.5e18;
  uint256 public constant LUSD_GAS_COMPENSATION = 200e18;
  uint256 public constant MIN_NET_DEBT = 1_800e18;
  uint256 public constant PERCENT_DIVISOR = 200;
  uint256 private constant ONE = 1e18;

  PriceFeed__Mock public immutable priceFeed;
  LUSDToken__Mock private immutable _lusd = new LUSDToken__Mock();
  EtherPool__Mock private immutable _activePool = new EtherPool__Mock();
  EtherPool__Mock public immutable stabilityPool = new EtherPool__Mock();
  address public immutable gasPool = address(uint160(uint256(keccak256("gas pool"))));

  mapping(address borrower => Trove) public troves;
  mapping(address borrower => uint256) public collSurplus;
  uint256 public totalSurplus;
  /// @dev By nominal collateral ratio, the safest first.
  address[] private _sorted;

  constructor(AggregatorV3Interface feed) {
    priceFeed = new PriceFeed__Mock(feed);
  }

  // What borrowers and depositors do

  function openTrove(uint256 lusdAmount) external payable {
    uint256 price = priceFeed.fetchPrice();
    Trove memory trove = Trove(lusdAmount + LUSD_GAS_COMPENSATION, msg.value, Status.Active);
    require(troves[msg.sender].status != Status.Active, "BorrowerOps: Trove is active");
    require(lusdAmount >= MIN_NET_DEBT, "BorrowerOps: Trove's net debt must be greater than minimum");
    uint256 least = checkRecoveryMode(price) ? CCR : MCR;
    require(_ratio(trove.coll, trove.debt, price) >= least, "BorrowerOps: ICR too low");

    troves[msg.sender] = trove;
    uint256 place = _sorted.length;
    _sorted.push(msg.sender);
    for (; place != 0 && _nominal(_sorted[place - 1]) < _nominal(msg.sender); --place) {
      _sorted[place] = _sorted[place - 1];
    }
    _sorted[place] = msg.sender;

    _lusd.mint(msg.sender, lusdAmount);
    _lusd.mint(gasPool, LUSD_GAS_COMPENSATION);
    (bool success, ) = address(_activePool).call{value: msg.value}("");
    require(success, "ActivePool: refused");
  }

  function provideToSP(uint256 amount) external {
    _lusd.returnFromPool(msg.sender, address(stabilityPool), amount);
  }

  // Liquidation

  function liquidateTroves(uint256 n) external override {
    uint256 price = priceFeed.fetchPrice();
    Totals memory totals;
    uint256 place = _sorted.length;
    for (uint256 i; i < n && place != 0; ++i) {
      address borrower = _sorted[--place];
      bool stop = !checkRecoveryMode(price) || _lusd.balanceOf(address(stabilityPool)) == 0;
      if (stop && getCurrentICR(borrower, price) >= MCR) break;
      _liquidate(borrower, price, totals);
    }
    _finish(totals);
  }

  function batchLiquidateTroves(address[] calldata borrowers) external override {
    require(borrowers.length != 0, "TroveManager: Calldata address array must not be empty");
    uint256 price = priceFeed.fetchPrice();
    Totals memory totals;
    for (uint256 i; i < borrowers.length; ++i) {
      if (troves[borrowers[i]].status == Status.Active) _liquidate(borrowers[i], price, totals);
    }
    _finish(totals);
  }

  /// @dev Skips a trove that can't be liquidated.
  function _liquidate(address borrower, uint256 price, Totals memory totals) private {
    Trove memory trove = troves[borrower];
    uint256 icr = getCurrentICR(borrower, price);
    uint256 pool = _lusd.balanceOf(address(stabilityPool));
    uint256 surplus;
    uint256 offset = Math.min(trove.debt, pool);
    if (!checkRecoveryMode(price)) {
      if (icr >= MCR) return;
    } else {
      if (_sorted.length <= 1) return;
      if (icr <= ONE) offset = 0;
      if (icr >= MCR) {
        if (icr >= _ratio(getEntireSystemColl(), getEntireSystemDebt(), price) || trove.debt > pool) return;
        surplus = trove.coll - (trove.debt * MCR) / price;
      }
    }
    require(_sorted.length > 1, "TroveManager: Only one trove in the system");
    _close(borrower);

    uint256 coll = trove.coll - surplus;
    uint256 compensation = coll / PERCENT_DIVISOR;
    totals.debt += trove.debt;
    totals.lusdCompensation += LUSD_GAS_COMPENSATION;
    totals.ethCompensation += compensation;
    coll -= compensation;

    uint256 offsetColl = (coll * offset) / trove.debt;
    _lusd.burn(address(stabilityPool), offset);
    _activePool.sendETH(address(stabilityPool), offsetColl);
    collSurplus[borrower] += surplus;
    totalSurplus += surplus;
    _redistribute(coll - offsetColl, trove.debt - offset);
  }

  /// @dev In proportion to collateral, the rest of the divisions to the safest.
  function _redistribute(uint256 coll, uint256 debt) private {
    uint256 all;
    for (uint256 i; i < _sorted.length; ++i) {
      all += troves[_sorted[i]].coll;
    }
    (uint256 collLeft, uint256 debtLeft) = (coll, debt);
    for (uint256 i = _sorted.length - 1; i != 0; --i) {
      Trove storage trove = troves[_sorted[i]];
      (uint256 collShare, uint256 debtShare) = ((coll * trove.coll) / all, (debt * trove.coll) / all);
      trove.coll += collShare;
      trove.debt += debtShare;
      collLeft -= collShare;
      debtLeft -= debtShare;
    }
    troves[_sorted[0]].coll += collLeft;
    troves[_sorted[0]].debt += debtLeft;
  }

  function _close(address borrower) private {
    troves[borrower] = Trove(0, 0, Status.ClosedByLiquidation);
    uint256 place;
    while (_sorted[place] != borrower) ++place;
    for (; place + 1 < _sorted.length; ++place) {
      _sorted[place] = _sorted[place + 1];
    }
    _sorted.pop();
  }

  function _finish(Totals memory totals) private {
    _requireLiquidated(totals.debt);
    _lusd.returnFromPool(gasPool, msg.sender, totals.lusdCompensation);
    _activePool.sendETH(msg.sender, totals.ethCompensation);
  }

  function _requireLiquidated(uint256 debt) internal pure virtual {
    require(debt != 0, "TroveManager: nothing to liquidate");
  }

  // Views

  function lusdToken() external view override returns (address) {
    return address(_lusd);
  }

  function activePool() external view override returns (address) {
    return address(_activePool);
  }

  function getTroveOwnersCount() external view override returns (uint256) {
    return _sorted.length;
  }

  function getCurrentICR(address borrower, uint256 price) public view returns (uint256) {
    return _ratio(troves[borrower].coll, troves[borrower].debt, price);
  }

  function checkRecoveryMode(uint256 price) public view returns (bool) {
    return _ratio(getEntireSystemColl(), getEntireSystemDebt(), price) < CCR;
  }

  /// @notice The sum over the troves
  function getEntireSystemColl() public view returns (uint256 coll) {
    for (uint256 i; i < _sorted.length; ++i) {
      coll += troves[_sorted[i]].coll;
    }
  }

  /// @notice The sum over the troves
  function getEntireSystemDebt() public view returns (uint256 debt) {
    for (uint256 i; i < _sorted.length; ++i) {
      debt += troves[_sorted[i]].debt;
    }
  }

  function _nominal(address borrower) private view returns (uint256) {
    return _ratio(troves[borrower].coll, troves[borrower].debt, 100 * ONE);
  }

  function _ratio(uint256 coll, uint256 debt, uint256 price) private pure returns (uint256) {
    return debt == 0 ? type(uint256).max : (coll * price) / debt;
  }
}

/// @notice A fork that doesn't mind when nothing is liquidated
contract SilentTroveManager__Mock is TroveManager__Mock {
  constructor(AggregatorV3Interface feed) TroveManager__Mock(feed) {}

  function _requireLiquidated(uint256) internal pure override {}
}
