// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {IKeeperBonds} from "../interfaces/IKeeperBonds.sol";
import {IKeep3rPricing} from "../interfaces/IKeep3rPricing.sol";
import {IKeep3rV1} from "../interfaces/external/IKeep3rV1.sol";
import {IKeep3rV1Proxy} from "../interfaces/external/IKeep3rV1Proxy.sol";
import {CreditMath} from "../libraries/CreditMath.sol";
import {Job, JobFlags, PackedJob} from "../types/Job.sol";
import {Position, positionOf} from "../types/Position.sol";
import {TokenCredit} from "../types/TokenCredit.sol";
import {Liquidity, Pending} from "../types/Types.sol";
import {WorkConfig} from "../types/WorkConfig.sol";
import {Keep3rBase} from "./Keep3rBase.sol";

/// @title Accounting
/// @notice What moves value: tokens in and out, credits settled, liquidity valued
abstract contract Accounting is Keep3rBase {
  using SafeCast for uint256;
  using SafeERC20 for IERC20;

  /// @dev See WorkConfig.liquiditiesChangedIn: seconds are divided by 2 ** 16, about 18 hours.
  uint256 internal constant CHANGE_UNIT_BITS = 16;

  /// @dev What a quote of liquidity may use. With less at hand its failure doesn't count, so that nobody keeps an old price
  /// in force by sending too little gas.
  uint256 private constant LIQUIDITY_QUOTE_GAS = 250_000;

  /// @dev A call gets at most 63/64 of what is left (EIP-150); the rest is for what comes before it.
  uint256 private constant LIQUIDITY_QUOTE_GAS_NEEDED = (LIQUIDITY_QUOTE_GAS * 64) / 63 + 5_000;

  /// @dev How long a failed quote isn't tried again.
  uint256 private constant QUOTE_RETRY_TIME = 30 minutes;

  /// @dev What each call to a token may use while it is slashed.
  uint256 internal constant SLASH_CALL_GAS = 300_000;

  // Tokens
  //
  // What is owed of each token is summed up, so that dust can be told from it. Credits that are spent are subtracted later,
  // when they are booked: until then more counts as owed than is, which takes nothing from anybody. Liquidity that is
  // bonded to jobs isn't summed up at all, and is never dust

  /// @dev Takes tokens from the caller and owes what has arrived.
  function _pull(address token, uint256 amount) internal returns (uint256 received) {
    received = _take(token, amount);

    _owed[token] += received;
  }

  /// @dev Takes tokens from the caller. What arrives counts, not what was sent.
  function _take(address token, uint256 amount) internal returns (uint256 received) {
    uint256 before = _balanceOf(token);
    IERC20(token).safeTransferFrom(msg.sender, address(this), amount);
    received = _balanceOf(token) - before;
  }

  /// @dev Sends tokens that were owed.
  function _push(address token, address to, uint256 amount) internal {
    _owed[token] -= amount;

    IERC20(token).safeTransfer(to, amount);
  }

  /// @dev Brings what is owed of a token up to date with what a job has spent of it.
  function _book(address job, address token) internal {
    TokenCredit credit = _jobTokenCredits[job][token];
    _jobTokenCredits[job][token] = credit.book();
    _owed[token] -= credit.spent();
  }

  /// @dev Burns KP3R that was owed: from here on it exists as a bond only.
  function _burnOwed(uint256 amount) internal {
    _owed[keep3rV1] -= amount;

    IKeep3rV1(keep3rV1).burn(amount);
  }

  /// @dev Mints KP3R that existed as a bond. A minter that fails to mint must not reach for what others are owed.
  function _mint(address to, uint256 amount) internal {
    uint256 before = _balanceOf(keep3rV1);
    IKeep3rV1Proxy(_keep3rV1Proxy).mint(amount);
    uint256 minted = _balanceOf(keep3rV1) - before;
    if (minted < amount) revert MintInsufficient(minted, amount);

    IERC20(keep3rV1).safeTransfer(to, amount);
  }

  function _balanceOf(address token) internal view returns (uint256) {
    return IERC20(token).balanceOf(address(this));
  }

  /// @dev Sends slashed tokens to governance, and holds aside what doesn't leave: whatever the token does, this ends, in
  /// bounded gas. What counts is the balance, not what the token says.
  function _seize(address token, uint256 amount) internal {
    // Three calls, each of which gets at most 63/64 of what is left
    if (gasleft() < 4 * SLASH_CALL_GAS) revert SlashOutOfGas();

    uint256 before = _boundedBalance(token);
    // Without a balance to go by it couldn't be told what has left: then nothing is to leave
    if (before >= amount) {
      bytes memory data = abi.encodeCall(IERC20.transfer, (governance, amount));
      assembly ("memory-safe") {
        // What it answers doesn't matter
        pop(call(SLASH_CALL_GAS, token, 0, add(data, 32), mload(data), 0, 0))
      }
    }
    uint256 remaining = _boundedBalance(token);

    uint256 sent = Math.min(Math.saturatingSub(before, remaining), amount);
    _owed[token] -= sent;

    uint256 held = amount - sent;
    if (held == 0) return;
    _slashHeld[token] += held;
    emit SlashHeld(token, held);
  }

  /// @dev 0 when the token fails to answer.
  function _boundedBalance(address token) private view returns (uint256) {
    (, uint256 balance) = _boundedView(SLASH_CALL_GAS, token, abi.encodeCall(IERC20.balanceOf, (address(this))));
    return balance;
  }

  /// @dev Calls a view with bounded gas and takes one word of what it returns, so that it can't make its caller copy more.
  /// @return success Whether it returned a word
  /// @return result The word; 0 without success
  function _boundedView(
    uint256 gasLimit,
    address target,
    bytes memory data
  ) private view returns (bool success, uint256 result) {
    assembly ("memory-safe") {
      success := staticcall(gasLimit, target, add(data, 32), mload(data), 0, 32)
      success := and(success, gt(returndatasize(), 31))
      if success {
        result := mload(0)
      }
    }
  }

  /// @dev Adds to what waits for its owner and restarts the clock.
  function _addPending(Pending storage pending, uint256 amount, uint256 delay) internal {
    pending.amount = (pending.amount + amount).toUint224();
    pending.readyAfter = _after(delay);
  }

  /// @dev Starts the clock of liquidity that has left a job's position.
  function _unbondLiquidity(address job, address liquidity, address owner, uint256 amount) internal {
    _addPending(_jobPendingUnbonds[job][liquidity][owner], amount, _terms.unbondTime);

    emit Unbonding(job, liquidity, amount);
  }

  /// @dev Empties what is ready to be withdrawn.
  function _takePending(Pending storage pending) internal returns (uint256 amount) {
    uint256 readyAfter = pending.readyAfter;
    if (readyAfter == 0) revert UnbondsUnexistent();
    if (block.timestamp <= readyAfter) revert UnbondsLocked();

    amount = pending.amount;
    pending.amount = 0;
    pending.readyAfter = 0;
  }

  /// @dev Slashes up to `amount` from what is pending; nothing is left of an emptied one.
  function _slashPending(Pending storage pending, uint256 amount) internal returns (uint256 slashed) {
    uint256 available = pending.amount;
    slashed = Math.min(amount, available);
    // What remains is less than what fitted
    pending.amount = uint224(available - slashed);
    if (slashed == available) pending.readyAfter = 0;
  }

  // Bonds

  /// @inheritdoc IKeeperBonds
  function bonds(address keeper, address bond_) public view override returns (uint256) {
    return bond_ == keep3rV1 ? _keepers[keeper].bond() : _tokenBonds[keeper][bond_];
  }

  function _setBond(address keeper, address bond_, uint256 amount) internal {
    if (bond_ == keep3rV1) {
      _keepers[keeper] = _keepers[keeper].withBond(amount);
    } else {
      _tokenBonds[keeper][bond_] = amount;
    }
  }

  // Credits

  /// @dev A job with its credits brought up to now and, when its prices may be outdated, its liquidity valued anew. The
  /// caller stores it. Calls nothing but views.
  function _settled(address jobAddress, WorkConfig config) internal returns (PackedJob job) {
    job = _jobs[jobAddress];
    uint256 accruedAt = job.accruedAt();
    job = job.withAccruedAt(block.timestamp);
    // Without liquidity nothing is mined
    if (job.liquidityCount() == 0) return job;

    job = job.withCredits(_accrued(job, accruedAt, config));

    bool newPeriod = accruedAt < _periodStart(config.rewardPeriodTime());
    bool liquiditiesChanged = accruedAt >> CHANGE_UNIT_BITS <= config.liquiditiesChangedIn();
    if (newPeriod || liquiditiesChanged || job.flags() & JobFlags.STALE != 0) {
      Job memory revalued = job.unpack();
      _revalue(jobAddress, revalued, config, newPeriod);
      job = revalued.pack();
    }
  }

  /// @dev What a job's credits are by now.
  function _accrued(PackedJob job, uint256 accruedAt, WorkConfig config) internal view returns (uint256) {
    uint256 elapsed;
    unchecked {
      // Never later than now
      elapsed = block.timestamp - accruedAt;
    }
    return CreditMath.accrue(job.credits(), job.value(), elapsed, config.rewardPeriodTime(), config.inflationPeriod());
  }

  /// @dev What mining fills the credits of a value to.
  function _cap(uint256 value, WorkConfig config) internal pure returns (uint256) {
    return CreditMath.periodCredits(value, config.rewardPeriodTime(), config.inflationPeriod());
  }

  /// @dev Values a job at the prices in force and drops what was revoked, with its share of the mined credits.
  function _revalue(address jobAddress, Job memory job, WorkConfig config, bool newPeriod) private {
    uint256 kept;
    uint256 dropped;
    uint256 resumed;
    bool stale;

    for (uint256 i; i < job.liquidityCount; ++i) {
      Position position = _positions[jobAddress][i];
      if (_liquidities[position.liquidity()].place != 0) {
        (uint256 price, bool current) = _updatedPrice(position.liquidity(), config, false);
        uint256 worth = CreditMath.worth(position.amount(), price);
        if (!current) stale = true;
        if (position.mining()) {
          kept += worth;
        } else {
          resumed += worth;
          _positions[jobAddress][i] = position.withMining(true);
        }
      } else if (position.mining()) {
        dropped += CreditMath.worth(position.amount(), _liquidities[position.liquidity()].price);
        _positions[jobAddress][i] = position.withMining(false);
      }
    }

    uint256 valueBefore = job.value;
    // As unbonding does: the share of what is worth that much at the prices in force
    job.value = _cappedValue(kept + dropped);
    _removeShare(job, config, dropped);
    job.value = _cappedValue(kept + resumed);
    job.flags = stale ? job.flags | JobFlags.STALE : job.flags & ~JobFlags.STALE;

    if (newPeriod || job.value != valueBefore) _emitReward(jobAddress, job, config);
  }

  /// @dev Takes the credits that leave with `removed` of the job's value.
  function _removeShare(Job memory job, WorkConfig config, uint256 removed) internal pure {
    job.credits -= CreditMath.leaving(job.credits, _cap(job.value, config), removed, job.value);
  }

  /// @dev The worth of all that mines for a job, at the prices in force: exact after any change of an amount, as
  /// value - floor(old amount * price) + floor(new amount * price) is.
  function _valueOf(address jobAddress, uint256 liquidityCount) internal view returns (uint256) {
    uint256 value;
    for (uint256 i; i < liquidityCount; ++i) {
      Position position = _positions[jobAddress][i];
      if (position.mining()) value += CreditMath.worth(position.amount(), _liquidities[position.liquidity()].price);
    }
    return _cappedValue(value);
  }

  /// @dev Takes liquidity out of a job, with its share of the mined credits. The last position fills the gap.
  /// @return position What remains
  function _reduceLiquidity(
    address jobAddress,
    address liquidity,
    uint256 amount
  ) internal returns (Position position) {
    WorkConfig config = _config;
    Job memory job = _settled(jobAddress, config).unpack();
    uint256 index = _findPosition(jobAddress, liquidity, job.liquidityCount);
    if (index == job.liquidityCount) revert JobLiquidityUnexistent();
    position = _positions[jobAddress][index];
    uint256 amountBefore = position.amount();
    if (amount > amountBefore) revert JobLiquidityInsufficient();

    uint256 remaining = amountBefore - amount;
    if (position.mining()) {
      uint256 price = _liquidities[liquidity].price;
      _removeShare(job, config, CreditMath.worth(amountBefore, price) - CreditMath.worth(remaining, price));
    }

    position = position.withAmount(remaining);
    _positions[jobAddress][index] = position;
    if (remaining == 0) {
      Position last = _popPosition(jobAddress, job);
      if (index != job.liquidityCount) _positions[jobAddress][index] = last;
    }
    job.value = _valueOf(jobAddress, job.liquidityCount);
    _jobs[jobAddress] = job.pack();
  }

  /// @dev Adds liquidity to a settled job. The caller values the job.
  /// @return added Whether the job had none of that kind
  /// @return total LP tokens of that kind that the job now has
  function _addPosition(
    address jobAddress,
    Job memory job,
    address liquidity,
    uint256 amount,
    bool mining
  ) internal returns (bool added, uint256 total) {
    uint256 index = _findPosition(jobAddress, liquidity, job.liquidityCount);
    added = index == job.liquidityCount;
    if (added) {
      if (index == MAX_KINDS) revert JobLiquidityLimit();
      ++job.liquidityCount;
    }
    total = amount + _positions[jobAddress][index].amount();
    _positions[jobAddress][index] = positionOf(liquidity).withMining(mining).withAmount(total);
  }

  /// @dev Takes the last liquidity off a job. The caller sees to its value.
  function _popPosition(address jobAddress, Job memory job) internal returns (Position position) {
    uint256 last = --job.liquidityCount;
    position = _positions[jobAddress][last];
    _positions[jobAddress][last] = Position.wrap(0);
  }

  /// @dev The index of a liquidity among a job's positions, or the count of them.
  function _findPosition(address job, address liquidity, uint256 count) internal view returns (uint256 index) {
    while (index < count && _positions[job][index].liquidity() != liquidity) ++index;
  }

  /// @dev Makes room for a token among those of a job: its own place, a new one, or that of a token that is spent.
  function _listToken(address job, address token) internal {
    uint256 count = _registrations[job].tokenCount;
    uint256 place = count;
    for (uint256 i; i < count; ++i) {
      address listed = _jobTokens[job][i];
      if (listed == token) return;
      if (_jobTokenCredits[job][listed].amount() == 0) place = i;
    }

    if (place == MAX_KINDS) revert JobTokenLimit();
    // A count of at most MAX_KINDS fits
    if (place == count) _registrations[job].tokenCount = uint8(count + 1);
    else _book(job, _jobTokens[job][place]);
    _jobTokens[job][place] = token;
  }

  /// @dev Takes the last token off a job that is to lose all, with its credits.
  function _popToken(address job) internal returns (address token, uint256 credits) {
    uint256 last = --_registrations[job].tokenCount;
    token = _jobTokens[job][last];
    _book(job, token);
    credits = _jobTokenCredits[job][token].amount();
    delete _jobTokens[job][last];
    _jobTokenCredits[job][token] = TokenCredit.wrap(0);
  }

  /// @dev Forgets who a job was offered to, and where it was to migrate to.
  function _withdrawOffers(address job) internal {
    delete _jobPendingOwners[job];
    delete _migrations[job];
  }

  // Lists

  /// @dev Removes what is at a place, counted from 1; the last of the list takes it.
  function _removeFromList(address[] storage list, uint256 place) internal returns (address moved) {
    moved = list[list.length - 1];
    list[place - 1] = moved;
    list.pop();
  }

  // Prices

  /// @dev The price of a liquidity in force, taken anew if it isn't of this period.
  /// @param impatient Whether to ask also shortly after a quote failed
  /// @return price KP3R per LP token, WAD; 0 if it never had one
  /// @return current Whether it is of this period
  function _updatedPrice(
    address liquidityAddress,
    WorkConfig config,
    bool impatient
  ) internal returns (uint256 price, bool current) {
    Liquidity storage liquidity = _liquidities[liquidityAddress];
    price = liquidity.price;
    if (_isCurrent(liquidity, config)) return (price, true);
    if (!impatient && block.timestamp < liquidity.triedAt + QUOTE_RETRY_TIME) return (price, false);

    uint256 quoted = _nextPrice(liquidityAddress, price, config.helper());
    if (quoted == 0) {
      liquidity.triedAt = _after(0);
      emit LiquidityQuoteFailed(liquidityAddress, price);
      return (price, false);
    }
    liquidity.price = uint128(quoted);
    liquidity.pricedAt = _after(0);
    emit LiquidityPriceUpdate(liquidityAddress, quoted);
    return (quoted, true);
  }

  /// @dev Whether a liquidity's price is of this period.
  function _isCurrent(Liquidity storage liquidity, WorkConfig config) internal view returns (bool) {
    return liquidity.pricedAt >= _periodStart(config.rewardPeriodTime());
  }

  /// @dev What the helper quotes now; at most 25 % above the last price, but a first one is free. Fits uint128.
  /// @return 0 when there is no quote
  function _nextPrice(address liquidity, uint256 price, address helper) internal view returns (uint256) {
    uint256 gasGiven = gasleft();
    (bool success, uint256 quoted) = _boundedView(
      LIQUIDITY_QUOTE_GAS,
      helper,
      abi.encodeCall(IKeep3rPricing.quoteLiquidity, (liquidity))
    );
    if (!success && gasGiven < LIQUIDITY_QUOTE_GAS_NEEDED) revert QuoteOutOfGas(gasGiven, LIQUIDITY_QUOTE_GAS_NEEDED);

    uint256 ceiling = price == 0 ? type(uint128).max : CreditMath.priceCeiling(price);
    if (ceiling > type(uint128).max) ceiling = type(uint128).max;
    return Math.min(quoted, ceiling);
  }

  /// @dev Makes every job take a fresh look at its liquidities when it is next touched.
  function _markLiquiditiesChanged() internal {
    _config = _config.withLiquiditiesChangedIn(block.timestamp >> CHANGE_UNIT_BITS);
  }

  function _periodStart(uint256 rewardPeriodTime) internal view returns (uint256) {
    unchecked {
      // A remainder is at most what it remains of
      return block.timestamp - (block.timestamp % rewardPeriodTime);
    }
  }

  /// @dev A value beyond 309 million KP3R counts as that much: to revert would lock the job, and less favours the network.
  function _cappedValue(uint256 value) private pure returns (uint256) {
    return Math.min(value, type(uint88).max);
  }

  function _emitReward(address jobAddress, Job memory job, WorkConfig config) private {
    emit LiquidityCreditsReward(jobAddress, block.timestamp, job.credits, _cap(job.value, config));
  }
}
