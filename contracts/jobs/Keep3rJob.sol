// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IKeep3r} from "../interfaces/IKeep3r.sol";
import {IKeep3rJob} from "../interfaces/IKeep3rJob.sol";
import {IKeep3rPricing} from "../interfaces/IKeep3rPricing.sol";
import {PaymentMath} from "../libraries/PaymentMath.sol";

/// @title Keep3rJob
/// @notice The contract to inherit for a job. Put `validateAndPayKeeper(msg.sender)` on a function that reverts when
/// there is nothing to do, and whoever keeps it running is paid.
///
/// The modifiers open and close the gas meter in one call frame and add what the meter can't see: the calldata of a
/// transaction that an account without code sends straight to the job.
abstract contract Keep3rJob is IKeep3rJob {
  /// @dev How the transaction's calldata was paid for.
  enum CalldataPaid {
    Not,
    ByStandard,
    ByFloor
  }

  /// @dev What the transaction executes outside of the modifier: the way in, and the settlement that follows.
  /// It only weighs when the calldata is so long that its floor price exceeds all that is executed.
  uint256 private constant GAS_OUTSIDE_MODIFIER = 25_000;

  /// @dev The same once the job is settled and the quote is fresh.
  uint256 private constant GAS_OUTSIDE_SETTLED_MODIFIER = 11_800;

  /// @inheritdoc IKeep3rJob
  IKeep3r public immutable override keep3r;

  /// @dev Calldata belongs to the transaction, so the first payment takes it all.
  CalldataPaid private transient _calldataPaid;

  /// @dev For keepers that the network accepts; pays for the gas used.
  /// @param keeper Who is paid, as a rule `msg.sender`
  modifier validateAndPayKeeper(address keeper) {
    uint256 gasAtStart = gasleft();
    _validateKeeper(keeper);
    _beforeWork(keeper);
    _;
    _beforePayment(keeper);
    _payKeeper(keeper, gasAtStart);
    _afterPayment(keeper);
  }

  /// @dev For keepers that meet requirements; pays for the gas used.
  /// @param keeper Who is paid
  /// @param requirements What it must have bonded and earned, and since when it must be known
  modifier validateAndPayBondedKeeper(address keeper, KeeperRequirements memory requirements) {
    uint256 gasAtStart = gasleft();
    _validateBondedKeeper(keeper, requirements);
    _beforeWork(keeper);
    _;
    _beforePayment(keeper);
    _payKeeper(keeper, gasAtStart);
    _afterPayment(keeper);
  }

  /// @dev Pays a token amount from the job's token credits.
  /// @param keeper Who is paid
  /// @param token The token to pay with
  /// @param amount In the token's own unit
  modifier validateAndPayKeeperInToken(address keeper, address token, uint256 amount) {
    _validateKeeper(keeper);
    _beforeWork(keeper);
    _;
    // First, since a token may call the keeper: what it earns from others meanwhile isn't this payment's
    keep3r.directTokenPayment(token, keeper, amount);
    _beforePayment(keeper);
    _afterPayment(keeper);
  }

  /// @dev Pays a KP3R amount from the job's credits, whatever gas was used.
  /// @param keeper Who is paid
  /// @param payment KP3R, 18 decimals
  modifier validateAndPayKeeperAmount(address keeper, uint256 payment) {
    _validateKeeper(keeper);
    _beforeWork(keeper);
    _;
    _beforePayment(keeper);
    keep3r.bondedPayment(keeper, payment);
    _afterPayment(keeper);
  }

  /// @param keep3r_ The network
  /// @param owner_ Who is to own the job. Unless zero, the job registers itself here, so that nobody can do it first,
  /// and the owner takes it over by `acceptJobOwnership`. Zero leaves the registration to a later `addJob`.
  constructor(IKeep3r keep3r_, address owner_) {
    if (address(keep3r_) == address(0)) revert Keep3rZeroAddress();

    keep3r = keep3r_;

    if (owner_ != address(0)) {
      keep3r_.addJob(address(this));
      keep3r_.changeJobOwnership(address(this), owner_);
    }
  }

  // What mixins hook into. Whoever overrides one calls `super`, so that they add up in any order

  /// @dev Runs before every paid work, inside of the meter. Reverts to refuse the work.
  /// @param keeper Who is to be paid
  function _beforeWork(address keeper) internal virtual {}

  /// @dev Runs right before every payment, inside of the meter; for a payment in a token right after it, since that earns
  /// no KP3R and the token may call the keeper.
  /// @param keeper Who is to be paid
  function _beforePayment(address keeper) internal virtual {}

  /// @dev Runs after every payment, outside of the meter: see `_gasAfterPayment`. Reverts to refuse work and payment.
  /// Whoever pays in it calls `super` last, and whoever measures payments calls it first, so that none is missed.
  /// @param keeper Who was paid
  function _afterPayment(address keeper) internal virtual {}

  /// @dev Gas that `_afterPayment` takes, or whatever else lies outside of the meter; paid for as if it was metered.
  function _gasAfterPayment() internal view virtual returns (uint256) {
    return 0;
  }

  /// @dev Whether the mixins would let a keeper work now. For `workable` to ask: with what a bot simulates as its keeper,
  /// `msg.sender` is the keeper.
  function _mayWork(address) internal view virtual returns (bool) {
    return true;
  }

  // Payment

  /// @dev How many bytes of calldata the job pays for. Declare what its functions need: bytes beyond it are the
  /// keeper's own expense, so nobody earns a margin on padding.
  function _paidCalldata() internal view virtual returns (uint256) {
    return 1024;
  }

  function _validateKeeper(address keeper) private {
    if (!keep3r.isKeeper(keeper)) revert KeeperNotValid();
  }

  function _validateBondedKeeper(address keeper, KeeperRequirements memory requirements) private {
    bool valid = keep3r.isBondedKeeper(
      keeper,
      requirements.bond,
      requirements.minBond,
      requirements.earned,
      requirements.age
    );
    if (!valid) revert KeeperNotValid();
  }

  function _payKeeper(address keeper, uint256 gasAtStart) private {
    uint256 gasAfter = _gasAfterPayment();
    keep3r.workedFor(keeper, _takeCalldataGas(gasAtStart, gasAfter) + gasAfter);
  }

  /// @dev A contract can make calldata up in memory, where it costs next to nothing; only the sender of a transaction
  /// that has no code is known to have paid for it.
  /// @param gasAtStart What was left when the work began
  /// @param gasAfter What the work takes once it is paid
  function _takeCalldataGas(uint256 gasAtStart, uint256 gasAfter) private returns (uint256) {
    // The origin is compared with the sender, never trusted by itself.
    // solhint-disable-next-line avoid-tx-origin
    if (msg.sender != tx.origin || msg.sender.code.length != 0) return 0;
    // The floor price covers what is executed after it was paid, too: that isn't paid again
    if (_calldataPaid == CalldataPaid.ByFloor) revert CalldataFloorPaid();
    if (_calldataPaid == CalldataPaid.ByStandard) return 0;

    _calldataPaid = CalldataPaid.ByStandard;

    uint256 length = msg.data.length;
    uint256 paid = _paidCalldata();
    if (paid < length) length = paid;

    (uint256 standard, uint256 floor) = PaymentMath.calldataPrices(length, PaymentMath.nonZeroCalldata(0, length));
    uint256 executed = gasAtStart - gasleft() + gasAfter + GAS_OUTSIDE_MODIFIER;
    if (floor <= standard + executed) return standard;

    // The floor price covers all that is executed, so all that the settlement may have to do is done before it is measured
    _calldataPaid = CalldataPaid.ByFloor;
    keep3r.settle(address(this));
    IKeep3rPricing(keep3r.keep3rHelper()).workRate(0);
    executed = gasAtStart - gasleft() + gasAfter + GAS_OUTSIDE_SETTLED_MODIFIER;
    return PaymentMath.calldataGas(standard, floor, executed);
  }
}
