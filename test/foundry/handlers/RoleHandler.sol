// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IDisputes} from "../../../contracts/interfaces/IDisputes.sol";
import {IGovernable} from "../../../contracts/interfaces/IGovernable.sol";
import {IParameters} from "../../../contracts/interfaces/IParameters.sol";
import {IRoles} from "../../../contracts/interfaces/IRoles.sol";
import {Actions} from "../support/Actions.sol";

/// @notice Roles that are given, taken away and given back: in between, who had one is a stranger
abstract contract RoleHandler is Actions {
  /// @dev One action, so that these take no more of the calls than others.
  function changeRoles(uint256 seed) external {
    if (seed % 4 == 0) _handOverGovernance();
    else if (seed % 4 == 1) _dismissDisputer();
    else if (seed % 4 == 2) _dismissSlasher(_pick(_keepers, seed / 4));
    else _changeMinter((seed / 4) % 4 == 0);
  }

  /// @dev To the cold wallet and back.
  function _handOverGovernance() private {
    _handOver(governance, cold);
    _handOver(cold, governance);
    _reach("governance went and came back");
  }

  function _dismissDisputer() private {
    bytes memory appoint = abi.encodeCall(IRoles.addDisputer, (disputer));
    bytes memory dismiss = abi.encodeCall(IRoles.removeDisputer, (disputer));

    _refuse("addDisputer", governance, appoint, IRoles.DisputerExistent.selector);
    _done("removeDisputer", governance, dismiss);
    _refuse("removeDisputer", governance, dismiss, IRoles.DisputerUnexistent.selector);
    _refuse("dispute", disputer, abi.encodeCall(IDisputes.dispute, (stranger)), IRoles.OnlyDisputer.selector);
    _done("addDisputer", governance, appoint);
  }

  function _dismissSlasher(address keeper) private {
    bytes memory appoint = abi.encodeCall(IRoles.addSlasher, (slasher));
    bytes memory dismiss = abi.encodeCall(IRoles.removeSlasher, (slasher));

    _refuse("addSlasher", governance, appoint, IRoles.SlasherExistent.selector);
    _done("removeSlasher", governance, dismiss);
    _refuse("removeSlasher", governance, dismiss, IRoles.SlasherUnexistent.selector);
    _refuse("revoke", slasher, abi.encodeCall(IDisputes.revoke, (keeper)), IRoles.OnlySlasher.selector);
    _done("addSlasher", governance, appoint);
  }

  /// @dev Another token's minter mints no KP3R; soon it is the right one again, else no bond would return.
  function _changeMinter(bool wrong) private {
    address minter = wrong ? address(wrongMinter) : address(kp3r);

    _agree(
      "setKeep3rV1Proxy",
      governance,
      address(keep3r),
      abi.encodeCall(IParameters.setKeep3rV1Proxy, (minter)),
      abi.encodeCall(model.setMints, (!wrong))
    );
  }

  function _handOver(address from, address to) private {
    bytes memory accept = abi.encodeCall(IGovernable.acceptGovernance, ());
    bytes memory govern = abi.encodeCall(IParameters.setFee, (0));

    _done("setGovernance", from, abi.encodeCall(IGovernable.setGovernance, (to)));
    _refuse("acceptGovernance", from, accept, IGovernable.OnlyPendingGovernance.selector);
    _refuse("setFee", to, govern, IGovernable.OnlyGovernance.selector);
    _done("acceptGovernance", to, accept);
    _refuse("setFee", from, govern, IGovernable.OnlyGovernance.selector);
  }
}
