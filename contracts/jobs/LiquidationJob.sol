// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Address} from "@openzeppelin/contracts/utils/Address.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {IKeep3r} from "../interfaces/IKeep3r.sol";
import {IKeep3rWorkable} from "../interfaces/IKeep3rWorkable.sol";
import {ITroveManager} from "../interfaces/external/ITroveManager.sol";
import {ILiquidationJob} from "../interfaces/jobs/ILiquidationJob.sol";
import {OwnedJob} from "./OwnedJob.sol";

/// @title LiquidationJob
/// @notice Liquidates troves of Liquity V1, and passes on what Liquity pays for it
contract LiquidationJob is ILiquidationJob, OwnedJob, ReentrancyGuardTransient {
  using SafeERC20 for IERC20;
  using Address for address payable;

  /// @inheritdoc ILiquidationJob
  uint256 public constant override MAX_TROVES = 20;

  /// @dev The words of an encoded number and empty list: the number, the list's offset and its length.
  uint256 private constant EMPTY_WORK_DATA = 3 * 32;

  /// @dev What a treasury gets to receive ether with, and what comes on top when it is sent, a new account included.
  uint256 private constant TREASURY_GAS = 100_000;
  uint256 private constant SEND_MARGIN = 40_000;

  /// @dev What sending ether to an account without code takes after the payment, and the guard around it.
  uint256 private constant KEEPER_SEND_GAS = 7_200;

  /// @inheritdoc ILiquidationJob
  ITroveManager public immutable override troveManager;

  /// @inheritdoc ILiquidationJob
  IERC20 public immutable override lusd;

  /// @inheritdoc ILiquidationJob
  address public immutable override activePool;

  /// @inheritdoc ILiquidationJob
  address public override treasury;

  /// @inheritdoc ILiquidationJob
  Beneficiary public override beneficiary;

  /// @dev The bytes of the data that is worked on.
  uint256 private transient _dataLength;

  /// @dev Ether that the working keeper is sent once it has been paid, wei.
  uint256 private transient _owedToKeeper;

  /// @param keep3r_ The network
  /// @param owner_ Who sets the parameters, and who the job is offered to; not the zero address
  /// @param troveManager_ Liquity's, which names its token and its active pool
  /// @param treasury_ As for `setTreasury`
  /// @param beneficiary_ As for `setBeneficiary`
  constructor(
    IKeep3r keep3r_,
    address owner_,
    ITroveManager troveManager_,
    address treasury_,
    Beneficiary beneficiary_
  ) OwnedJob(keep3r_, owner_) {
    troveManager = troveManager_;
    lusd = IERC20(troveManager_.lusdToken());
    activePool = troveManager_.activePool();
    _setTreasury(treasury_);
    _setBeneficiary(beneficiary_);
  }

  /// @notice Takes the ether of a liquidation, and no other
  /// @dev Reverts with `UnexpectedEther`
  // An interface can't declare it.
  // solhint-disable-next-line comprehensive-interface
  receive() external payable {
    if (msg.sender != activePool) revert UnexpectedEther(msg.sender);
  }

  // Parameters

  /// @inheritdoc ILiquidationJob
  function setTreasury(address treasury_) external override onlyOwner {
    _setTreasury(treasury_);
  }

  /// @inheritdoc ILiquidationJob
  function setBeneficiary(Beneficiary beneficiary_) external override onlyOwner {
    _setBeneficiary(beneficiary_);
  }

  function _setTreasury(address treasury_) private {
    if (treasury_ == address(0) || treasury_ == address(this)) revert TreasuryInvalid(treasury_);

    treasury = treasury_;
    emit TreasuryChange(treasury_);
  }

  function _setBeneficiary(Beneficiary beneficiary_) private {
    beneficiary = beneficiary_;
    emit BeneficiaryChange(beneficiary_);
  }

  // Work

  /// @inheritdoc IKeep3rWorkable
  /// @dev The guard lies around the payment, so that nothing here moves while the keeper is sent its ether.
  function work(bytes calldata data) external override nonReentrant {
    _liquidateForGas(data);

    // After the payment and whatever measures it: from here on the keeper's code runs
    uint256 owed = _owedToKeeper;
    if (owed == 0) return;

    _owedToKeeper = 0;
    payable(msg.sender).sendValue(owed);
  }

  function _liquidateForGas(bytes calldata data) private validateAndPayKeeper(msg.sender) {
    (uint256 n, address[] memory borrowers) = abi.decode(data, (uint256, address[]));
    uint256 expected = EMPTY_WORK_DATA + 32 * borrowers.length;
    if (data.length != expected) revert WorkDataLength(data.length, expected);

    _dataLength = expected;

    // What was here before, held or donated, isn't this work's
    uint256 lusdBefore = lusd.balanceOf(address(this));
    uint256 ethBefore = address(this).balance;
    uint256 troves = _liquidate(n, borrowers);
    _passOn(troves, lusd.balanceOf(address(this)) - lusdBefore, address(this).balance - ethBefore);
  }

  /// @inheritdoc ILiquidationJob
  function dryRun(uint256 n, address[] calldata borrowers) external override {
    _liquidate(n, borrowers);

    revert DryRunSucceeded();
  }

  /// @inheritdoc IKeep3rWorkable
  /// @dev Tries the work out: that answers for prices, recovery mode and the last trove by Liquity's own rules.
  function workable() external override returns (bool canWork, bytes memory data) {
    if (!_mayWork(msg.sender)) return (false, "");

    address[] memory none;
    try this.dryRun(MAX_TROVES, none) {} catch (bytes memory reason) {
      if (bytes4(reason) == DryRunSucceeded.selector) return (true, abi.encode(MAX_TROVES, none));
    }
    return (false, "");
  }

  /// @dev The number of open troves can't be changed by a keeper while Liquity liquidates: all that it calls is its own,
  /// and this contract, which only receives.
  function _liquidate(uint256 n, address[] memory borrowers) private returns (uint256 closed) {
    if ((n == 0) == (borrowers.length == 0)) revert NotOneForm(n, borrowers.length);

    uint256 count = n + borrowers.length;
    if (count > MAX_TROVES) revert TooManyTroves(count, MAX_TROVES);

    uint256 open = troveManager.getTroveOwnersCount();
    if (n != 0) troveManager.liquidateTroves(n);
    else troveManager.batchLiquidateTroves(borrowers);
    closed = open - troveManager.getTroveOwnersCount();

    uint256 needed = n != 0 ? 1 : borrowers.length;
    if (closed < needed) revert TooFewClosed(closed, needed);
  }

  // Compensation

  function _passOn(uint256 troves, uint256 lusdAmount, uint256 ethAmount) private {
    if (beneficiary == Beneficiary.Keeper) {
      _owedToKeeper = ethAmount;
      emit Liquidation(msg.sender, msg.sender, troves, lusdAmount, ethAmount);

      lusd.safeTransfer(msg.sender, lusdAmount);
      return;
    }

    address recipient = treasury;
    emit Liquidation(msg.sender, recipient, troves, lusdAmount, ethAmount);

    if (lusd.trySafeTransfer(recipient, lusdAmount)) lusdAmount = 0;
    if (_trySend(recipient, ethAmount)) ethAmount = 0;
    if (lusdAmount + ethAmount != 0) emit CompensationHeld(lusdAmount, ethAmount);
  }

  /// @dev The keeper chooses the gas: with less than the treasury may need, it could have the ether held back (EIP-150).
  function _trySend(address recipient, uint256 amount) private returns (bool sent) {
    uint256 gasGiven = gasleft();
    uint256 gasNeeded = (TREASURY_GAS * 64) / 63 + SEND_MARGIN;
    if (gasGiven < gasNeeded) revert TreasuryOutOfGas(gasGiven, gasNeeded);

    assembly ("memory-safe") {
      sent := call(TREASURY_GAS, recipient, amount, 0, 0, 0, 0)
    }
  }

  /// @dev Only a keeper's share is sent after the payment.
  function _gasAfterPayment() internal view virtual override returns (uint256) {
    return super._gasAfterPayment() + (_owedToKeeper == 0 ? 0 : KEEPER_SEND_GAS);
  }

  /// @inheritdoc ILiquidationJob
  function sweep(IERC20 token) external override nonReentrant {
    uint256 amount = token.balanceOf(address(this));
    if (amount == 0) revert NothingToSweep(address(token));

    address recipient = treasury;
    emit Sweep(address(token), recipient, amount);

    token.safeTransfer(recipient, amount);
  }

  /// @inheritdoc ILiquidationJob
  function sweepEther() external override nonReentrant {
    uint256 amount = address(this).balance;
    if (amount == 0) revert NothingToSweep(address(0));

    address recipient = treasury;
    emit Sweep(address(0), recipient, amount);

    payable(recipient).sendValue(amount);
  }

  /// @dev `work(bytes)` with just this number or list: a selector, then the offset and length of data before the data.
  function _paidCalldata() internal view virtual override returns (uint256) {
    return 4 + 2 * 32 + _dataLength;
  }
}
