// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IDisputes} from "../../../contracts/interfaces/IDisputes.sol";
import {Actions} from "../support/Actions.sol";

/// @notice The disputer and the slasher
abstract contract DisputeHandler is Actions {
  /// @dev Mostly one at a time: what is disputed is slashed, and resolved before the next.
  function dispute(uint256 seed, bool ofJob) external {
    address disputedOne = _findDisputed(ofJob ? _jobs : _keepers, seed);
    bool resolves = model.disputed(disputedOne) == (seed % 8 != 0);

    _agree(
      resolves ? "resolve" : "dispute",
      disputer,
      address(keep3r),
      resolves ? abi.encodeCall(IDisputes.resolve, (disputedOne)) : abi.encodeCall(IDisputes.dispute, (disputedOne)),
      resolves ? abi.encodeCall(model.resolve, (disputedOne)) : abi.encodeCall(model.dispute, (disputedOne))
    );
  }

  function slash(uint256 seed, uint256 tokenSeed, uint256 amount) external {
    address keeper = _findDisputed(_keepers, seed);
    address token = _findToken(tokenSeed % 3 == 0 ? HOSTILE : tokenSeed, keeper, _slashable);
    (uint256 unbonding, ) = model.pendingUnbonds(keeper, token);
    amount = _bound(amount, 0, ((model.bonds(keeper, token) + unbonding) * 11) / 10 + 1);

    bool done = _agree(
      "slash",
      slasher,
      address(keep3r),
      abi.encodeCall(IDisputes.slash, (keeper, token, amount / 2, amount - amount / 2)),
      abi.encodeCall(model.slash, (keeper, token, amount / 2, amount - amount / 2))
    );
    if (done && unbonding != 0) _reach("what a keeper was unbonding was slashed");
    if (done) _reach(_slashedOf(token));
  }

  function revoke(uint256 seed) external {
    address keeper = _findDisputed(_keepers, seed);

    _agree(
      "revoke",
      slasher,
      address(keep3r),
      abi.encodeCall(IDisputes.revoke, (keeper)),
      abi.encodeCall(model.revoke, (keeper))
    );
  }

  function slashTokens(uint256 seed, uint256 tokenSeed, uint256 amount) external {
    address job = _findDisputed(_jobs, seed);
    address token = _findToken(tokenSeed % 3 == 0 ? HOSTILE : tokenSeed, job, _tokenCredits);
    amount = _bound(amount, 0, (model.tokenCredits(job, token) * 11) / 10 + 1);

    bool done = _agree(
      "slashTokenFromJob",
      slasher,
      address(keep3r),
      abi.encodeCall(IDisputes.slashTokenFromJob, (job, token, amount)),
      abi.encodeCall(model.slashTokenFromJob, (job, token, amount))
    );
    if (done) _reach("a disputed job was slashed");
  }

  function slashLiquidity(uint256 seed, uint256 kindSeed, uint256 amount) external {
    address job = _findDisputed(_jobs, seed);
    address kind = _pick(_pairs, kindSeed);
    (uint256 unbonding, ) = model.jobUnbonds(job, kind, keep3r.jobOwner(job));
    amount = _bound(amount, 0, ((keep3r.liquidityAmount(job, kind) + unbonding) * 11) / 10 + 1);

    bool done = _agree(
      "slashLiquidityFromJob",
      slasher,
      address(keep3r),
      abi.encodeCall(IDisputes.slashLiquidityFromJob, (job, kind, amount)),
      abi.encodeCall(model.slashLiquidityFromJob, (job, kind, amount))
    );
    if (done) _reach("liquidity of a disputed job was slashed");
  }

  function slashUnbonding(uint256 seed, uint256 kindSeed, uint256 ownerSeed, uint256 amount) external {
    address job = _findDisputed(_jobs, seed);
    address kind = _pick(_pairs, kindSeed);
    address owner = _findUnbonding(job, kind, ownerSeed);
    (uint256 unbonding, ) = model.jobUnbonds(job, kind, owner);
    amount = _bound(amount, 0, (unbonding * 11) / 10 + 1);

    _agree(
      "slashUnbondingLiquidityFromJob",
      slasher,
      address(keep3r),
      abi.encodeCall(IDisputes.slashUnbondingLiquidityFromJob, (job, kind, owner, amount)),
      abi.encodeCall(model.slashLiquidity, (job, kind, owner, amount))
    );
  }

  function _slashable(address keeper, address token) private view returns (uint256) {
    (uint256 unbonding, ) = model.pendingUnbonds(keeper, token);
    return model.bonds(keeper, token) + unbonding;
  }

  /// @dev The first of a list that is disputed, if any is: else the slasher finds the door closed.
  function _findDisputed(address[] storage list, uint256 seed) private view returns (address) {
    for (uint256 i; i < list.length; ++i) {
      address candidate = list[((seed % list.length) + i) % list.length];
      if (model.disputed(candidate)) return candidate;
    }
    return list[seed % list.length];
  }
}
