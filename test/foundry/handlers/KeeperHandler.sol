// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IKeeperBonds} from "../../../contracts/interfaces/IKeeperBonds.sol";
import {Actions} from "../support/Actions.sol";

/// @notice Keepers, and who owns them
abstract contract KeeperHandler is Actions {
  /// @dev One in so many is called by somebody who may not.
  uint256 private constant WRONG_CALLER = 12;

  function bond(uint256 seed, uint256 tokenSeed, uint256 amount) external {
    (address keeper, address caller) = _keeperAndCaller(seed);
    address token = _pick(_tokens, tokenSeed);
    amount = _bondable(caller, token, amount);

    _agree(
      "bond",
      caller,
      address(keep3r),
      abi.encodeCall(IKeeperBonds.bondFor, (keeper, token, amount)),
      abi.encodeCall(model.bond, (caller, keeper, token, amount))
    );
  }

  function activate(uint256 seed, uint256 tokenSeed) external {
    (address keeper, address caller) = _keeperAndCaller(seed);
    address token = _findToken(tokenSeed, keeper, _activatable);

    _agree(
      "activate",
      caller,
      address(keep3r),
      abi.encodeCall(IKeeperBonds.activateFor, (keeper, token)),
      abi.encodeCall(model.activate, (caller, keeper, token))
    );
  }

  function unbond(uint256 seed, uint256 tokenSeed, uint256 amount) external {
    (address keeper, address caller) = _keeperAndCaller(seed);
    address token = _findToken(tokenSeed, keeper, _bonded);
    // A tenth more than there is: some ask for too much
    amount = _bound(amount, 0, (model.bonds(keeper, token) * 11) / 10 + 1);

    _agree(
      "unbond",
      caller,
      address(keep3r),
      abi.encodeCall(IKeeperBonds.unbondFor, (keeper, token, amount)),
      abi.encodeCall(model.unbond, (caller, keeper, token, amount))
    );
  }

  /// @dev Job owners and strangers have something to withdraw when their job has displaced them.
  function withdraw(uint256 seed, uint256 tokenSeed) external {
    (address keeper, address caller) = _keeperAndCaller(seed);
    if (seed % 5 == 0) keeper = caller = _pick(_people, seed / 5);
    address token = _findToken(tokenSeed, keeper, _withdrawable);

    _withdraw(caller, keeper, token);
  }

  /// @dev In the last second that is locked, and in the first that isn't.
  function waitForTheSecond(uint256 seed, uint256 tokenSeed) external {
    address keeper = _pick(_keepers, seed);
    address token = _findToken(tokenSeed, keeper, _withdrawable);
    (, uint256 readyAfter) = model.pendingUnbonds(keeper, token);
    if (readyAfter <= block.timestamp) return;

    vm.warp(readyAfter);
    _withdraw(model.ownerOf(keeper), keeper, token);
    vm.warp(readyAfter + 1);
    _withdraw(model.ownerOf(keeper), keeper, token);
    _reach("a keeper waited for the second");
  }

  /// @dev Offers a keeper to the cold wallet or back to itself; what is on offer is accepted, by whom it was offered to or not.
  function handOverKeeper(uint256 seed, bool toCold) external {
    (address keeper, address caller) = _keeperAndCaller(seed);
    (, address pendingOwner, , , ) = model.keepers(keeper);
    address newOwner = toCold ? cold : keeper;

    if (pendingOwner == address(0)) {
      _agree(
        "changeKeeperOwnership",
        caller,
        address(keep3r),
        abi.encodeCall(IKeeperBonds.changeKeeperOwnership, (keeper, newOwner)),
        abi.encodeCall(model.changeKeeperOwnership, (caller, keeper, newOwner))
      );
    } else {
      _agree(
        "acceptKeeperOwnership",
        newOwner,
        address(keep3r),
        abi.encodeCall(IKeeperBonds.acceptKeeperOwnership, (keeper)),
        abi.encodeCall(model.acceptKeeperOwnership, (newOwner, keeper))
      );
    }
  }

  function _withdraw(address caller, address keeper, address token) private {
    _agree(
      "withdraw",
      caller,
      address(keep3r),
      abi.encodeCall(IKeeperBonds.withdrawFor, (keeper, token)),
      abi.encodeCall(model.withdraw, (caller, keeper, token))
    );
  }

  function _keeperAndCaller(uint256 seed) private view returns (address keeper, address caller) {
    keeper = _pick(_keepers, seed);
    caller = (seed / 3) % WRONG_CALLER == 0 ? stranger : model.ownerOf(keeper);
  }

  /// @dev Small enough to be had many times over, large enough to matter; now and then nothing.
  function _bondable(address caller, address token, uint256 amount) private view returns (uint256) {
    if (amount % 16 == 0) return 0;
    if (token == address(kp3r)) return _bound(amount, 0, kp3r.balanceOf(caller) / 8);
    return _bound(amount, 1, token == address(wide) ? 2 ** 130 : 300 * WAD);
  }

  function _bonded(address keeper, address token) private view returns (uint256) {
    return model.bonds(keeper, token);
  }

  function _activatable(address keeper, address token) private view returns (uint256 readyAfter) {
    (, readyAfter) = model.pendingBonds(keeper, token);
  }

  function _withdrawable(address keeper, address token) private view returns (uint256 readyAfter) {
    (, readyAfter) = model.pendingUnbonds(keeper, token);
  }
}
