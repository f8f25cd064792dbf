// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IWork} from "../../../contracts/interfaces/IWork.sol";
import {PlainJob__Mock} from "../../../contracts/test/Jobs__Mock.sol";
import {Actions} from "../support/Actions.sol";

/// @notice Keepers at work. A work uses up more gas than a job pays for, so that its payment is known to the wei.
abstract contract WorkHandler is Actions {
  error Overpaid(uint256 earned, uint256 most);

  uint256 private constant BPS = 10_000;

  function work(uint256 seed, uint256 gasPrice) external {
    _setGasPrice(gasPrice);

    _work(_jobs[seed % 3], _pick(_keepers, seed / 3), helper.firstWorkGas());
  }

  /// @dev Two works in one transaction: the second is paid no second share of the transaction.
  function workTwice(uint256 seed, uint256 gasPrice) external {
    _setGasPrice(gasPrice);

    address keeper = _pick(_keepers, seed / 9);
    bool first = _work(_jobs[seed % 3], keeper, helper.firstWorkGas());
    address other = _jobs[(seed / 3) % 3];
    bool second = _work(other, keeper, first ? model.laterGas(other, helper.laterWorkGas()) : helper.firstWorkGas());
    if (first && second) _reach("two works were paid in one transaction");
  }

  function workForAmount(uint256 seed, uint256 payment) external {
    address job = _jobs[seed % 3];
    address keeper = _pick(_keepers, seed / 3);
    payment = _bound(payment, 0, (keep3r.totalJobCredits(job) * 11) / 10 + 1);

    bool done = _agree(
      "workForAmount",
      keeper,
      job,
      abi.encodeCall(PlainJob__Mock.workForAmount, (0, payment)),
      abi.encodeCall(model.workForAmount, (job, keeper, payment))
    );
    if (!done && model.disputed(job)) _reach("a disputed job was refused to pay");
  }

  function workForToken(uint256 seed, uint256 tokenSeed, uint256 amount) external {
    address job = _jobs[seed % 3];
    address keeper = _pick(_keepers, seed / 3);
    address token = _findToken(tokenSeed, job, _tokenCredits);
    amount = _bound(amount, 0, (model.tokenCredits(job, token) * 11) / 10 + 1);

    bool done = _agree(
      "workForToken",
      keeper,
      job,
      abi.encodeCall(PlainJob__Mock.workForToken, (0, token, amount)),
      abi.encodeCall(model.workForToken, (job, keeper, token, amount))
    );
    if (done && amount != 0) _reach(_paidIn(token));
  }

  /// @dev A job that pays whom it hasn't validated: the barred, too.
  function payUnvalidated(uint256 seed, uint256 payment) external {
    address job = _jobs[seed % 3];
    address keeper = _pick(_keepers, seed / 3);
    payment = _bound(payment, 0, keep3r.totalJobCredits(job));

    _agree(
      "bondedPayment",
      job,
      address(keep3r),
      abi.encodeCall(IWork.bondedPayment, (keeper, payment)),
      abi.encodeCall(model.bondedPayment, (job, keeper, payment))
    );
  }

  /// @dev A meter that was opened in another transaction, or never, pays nothing.
  function payUnmetered(uint256 seed) external {
    address job = _jobs[seed % 3];
    address keeper = _pick(_keepers, seed / 3);

    _refuse("worked", job, abi.encodeCall(IWork.worked, (keeper)), IWork.GasNotInitialized.selector);
    _reach("a payment without a meter was refused");
  }

  function _work(address job, address keeper, uint256 shareGas) private returns (bool done) {
    uint256 earned = keep3r.workCompleted(keeper);
    done = _agree(
      "work",
      keeper,
      job,
      abi.encodeCall(PlainJob__Mock.work, (MAX_GAS_PER_WORK)),
      abi.encodeCall(model.work, (job, keeper, MAX_GAS_PER_WORK + shareGas))
    );
    earned = keep3r.workCompleted(keeper) - earned;

    // PAY-1, at the lowest price of KP3R that the honest market allows for whatever pushes there were
    (, , uint256 mostKp3rPerEth, , , ) = model.quote();
    uint256 cost = (MAX_GAS_PER_WORK + shareGas) * tx.gasprice;
    uint256 most = (cost * helper.maxBoost() * mostKp3rPerEth) / (BPS * WAD);
    if (earned > most) revert Overpaid(earned, most);
    if (done && market.isPushed(address(pair))) _reach("a keeper was paid while the pair was pushed");
  }

  function _setGasPrice(uint256 gasPrice) private {
    vm.fee(_bound(gasPrice, 0, 300 gwei));
    vm.txGasPrice(_bound(gasPrice / 7, block.basefee, block.basefee + 20 gwei));
  }
}
