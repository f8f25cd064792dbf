// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {EnumerableSet} from "@openzeppelin/contracts/utils/structs/EnumerableSet.sol";
import {IUniswapV2Factory} from "@uniswap/v2-core/contracts/interfaces/IUniswapV2Factory.sol";
import {IUniswapV2Pair} from "@uniswap/v2-core/contracts/interfaces/IUniswapV2Pair.sol";
import {Governable} from "../governance/Governable.sol";
import {IOraclePairs} from "../interfaces/IOraclePairs.sol";
import {ObservationRing} from "../libraries/ObservationRing.sol";
import {TwapMath} from "../libraries/TwapMath.sol";
import {Observation, PairState, PriceHistory} from "../types/PriceHistory.sol";

/// @title OraclePairs
/// @notice Which pairs the oracle knows, and what it has observed of them
abstract contract OraclePairs is IOraclePairs, Governable {
  using EnumerableSet for EnumerableSet.AddressSet;
  using ObservationRing for PriceHistory;
  using ObservationRing for PairState;

  /// @inheritdoc IOraclePairs
  uint256 public constant override MAX_PAIRS = 16;

  /// @inheritdoc IOraclePairs
  /// @dev A price is below supply * 2^112, so what it accumulates in MAX_SPAN is below 2^(94 + 112 + 18) = 2^224.
  uint256 public constant override SUPPLY_LIMIT = 2 ** 94;

  uint256 private constant LOWEST_MIN_KP3R_RESERVE = 1e18;
  uint256 private constant HIGHEST_MIN_KP3R_RESERVE = 100_000e18;

  /// @inheritdoc IOraclePairs
  IUniswapV2Factory public immutable override factory;

  /// @inheritdoc IOraclePairs
  address public immutable override kp3r;

  /// @inheritdoc IOraclePairs
  uint256 public override minKp3rReserve = 100e18;

  mapping(address pair => PriceHistory) internal _histories;
  mapping(address pairedToken => address pair) private _pairOf;
  EnumerableSet.AddressSet private _pairs;

  constructor(IUniswapV2Factory factory_, address kp3r_) {
    if (address(factory_) == address(0) || kp3r_ == address(0)) revert OracleZeroAddress();

    factory = factory_;
    kp3r = kp3r_;
  }

  // Pairs

  /// @inheritdoc IOraclePairs
  function addPair(address pair) external override onlyGovernance {
    PairState storage state = _histories[pair].state;
    if (state.listed) revert PairAlreadyListed(pair);
    if (_pairs.length() >= MAX_PAIRS) revert TooManyPairs(MAX_PAIRS);

    address token0 = _tokenOf(pair, IUniswapV2Pair.token0.selector);
    address token1 = _tokenOf(pair, IUniswapV2Pair.token1.selector);
    if (token0 == address(0) || factory.getPair(token0, token1) != pair) revert NotAFactoryPair(pair);

    bool kp3rIsToken0 = token0 == kp3r;
    if (!kp3rIsToken0 && token1 != kp3r) revert PairWithoutKp3r(pair);

    (uint256 reserve0, uint256 reserve1, ) = IUniswapV2Pair(pair).getReserves();
    uint256 kp3rReserve = kp3rIsToken0 ? reserve0 : reserve1;
    if (kp3rReserve < minKp3rReserve) revert Kp3rReserveTooLow(pair, kp3rReserve, minKp3rReserve);

    _checkSupply(token0);
    _checkSupply(token1);

    address pairedToken = kp3rIsToken0 ? token1 : token0;
    state.pairedToken = pairedToken;
    state.kp3rIsToken0 = kp3rIsToken0;
    state.listed = true;
    _pairOf[pairedToken] = pair;
    _pairs.add(pair);

    emit PairAddition(pair, pairedToken);

    _updateIfDue(pair);
  }

  /// @inheritdoc IOraclePairs
  function removePair(address pair) external override onlyGovernance {
    PairState storage state = _histories[pair].state;
    if (!state.listed) revert PairNotListed(pair);

    state.listed = false;
    delete _pairOf[state.pairedToken];
    _pairs.remove(pair);

    emit PairRemoval(pair);
  }

  /// @inheritdoc IOraclePairs
  function setMinKp3rReserve(uint256 minKp3rReserve_) external override onlyGovernance {
    if (minKp3rReserve_ < LOWEST_MIN_KP3R_RESERVE || minKp3rReserve_ > HIGHEST_MIN_KP3R_RESERVE) {
      revert MinKp3rReserveOutOfBounds(minKp3rReserve_, LOWEST_MIN_KP3R_RESERVE, HIGHEST_MIN_KP3R_RESERVE);
    }

    minKp3rReserve = minKp3rReserve_;

    emit MinKp3rReserveChange(minKp3rReserve_);
  }

  // Observations

  /// @inheritdoc IOraclePairs
  function update(address pair) external override returns (bool) {
    if (!_histories[pair].state.listed) revert PairNotListed(pair);

    return _updateIfDue(pair);
  }

  /// @dev Passes over pairs that aren't listed or due; a pair that is named twice isn't due the second time.
  function _updateIfDue(address pair) internal returns (bool) {
    PriceHistory storage history = _histories[pair];
    PairState memory state = history.state;
    if (!state.listed || !state.isDue()) return false;

    uint224 price0Cumulative = _cumulativeNow(pair, 0);
    uint224 price1Cumulative = _cumulativeNow(pair, 1);
    history.push(price0Cumulative, price1Cumulative);

    emit PairUpdate(pair, price0Cumulative, price1Cumulative);
    return true;
  }

  /// @dev The pair's accumulator in a direction (0 for token0 in, 1 for token1 in), extended to now.
  function _cumulativeNow(address pair, uint256 direction) internal view returns (uint224) {
    IUniswapV2Pair pool = IUniswapV2Pair(pair);
    (uint112 reserve0, uint112 reserve1, uint32 touchedAt) = pool.getReserves();
    // Truncation is meant: the pair keeps its timestamps modulo 2^32.
    uint32 duration = TwapMath.elapsed(touchedAt, uint32(block.timestamp));

    return
      direction == 0
        ? TwapMath.extend(pool.price0CumulativeLast(), reserve0, reserve1, duration)
        : TwapMath.extend(pool.price1CumulativeLast(), reserve1, reserve0, duration);
  }

  function _pairCount() internal view returns (uint256) {
    return _pairs.length();
  }

  // Reads

  /// @inheritdoc IOraclePairs
  function periodSize() external pure override returns (uint256) {
    return ObservationRing.PERIOD_SIZE;
  }

  /// @inheritdoc IOraclePairs
  function pairs() public view override returns (address[] memory) {
    return _pairs.values();
  }

  /// @inheritdoc IOraclePairs
  function isListed(address pair) external view override returns (bool) {
    return _histories[pair].state.listed;
  }

  /// @inheritdoc IOraclePairs
  function pairFor(address tokenA, address tokenB) public view override returns (address pair) {
    if (tokenA == kp3r) pair = _pairOf[tokenB];
    else if (tokenB == kp3r) pair = _pairOf[tokenA];

    if (pair == address(0)) revert NoListedPair(tokenA, tokenB);
  }

  /// @inheritdoc IOraclePairs
  function observationCount(address pair) external view override returns (uint256) {
    return _histories[pair].state.count;
  }

  /// @inheritdoc IOraclePairs
  function observationAt(
    address pair,
    uint256 back
  ) external view override returns (uint32 timestamp, uint224 price0Cumulative, uint224 price1Cumulative) {
    PriceHistory storage history = _histories[pair];
    PairState memory state = history.state;
    if (back >= state.count) revert ObservationNotHeld(pair, back, state.count);

    Observation storage observation = history.read(state, 0, back);
    return (observation.timestamp, observation.priceCumulative, history.read(state, 1, back).priceCumulative);
  }

  /// @inheritdoc IOraclePairs
  function historyOf(address pair) external view override returns (uint256 oldestAge, uint256 newestAge) {
    PriceHistory storage history = _histories[pair];
    PairState memory state = history.state;
    if (state.count == 0) return (0, 0);

    uint32 oldest = history.read(state, 0, state.count - 1).timestamp;
    return (ObservationRing.ageOf(oldest), ObservationRing.ageOf(state.newestTimestamp));
  }

  /// @dev The answer of `token0()` or `token1()`, or zero from what isn't a pair. It proves nothing by itself: the
  /// factory is asked next.
  function _tokenOf(address pair, bytes4 selector) private view returns (address) {
    (bool success, bytes memory answer) = pair.staticcall(abi.encodeWithSelector(selector));
    if (!success || answer.length != 32) return address(0);

    // Whatever truncation makes of a word that isn't an address, the factory has no such pair at this address.
    return address(uint160(uint256(bytes32(answer))));
  }

  function _checkSupply(address token) private view {
    uint256 totalSupply = IERC20(token).totalSupply();
    if (totalSupply >= SUPPLY_LIMIT) revert SupplyOutOfRange(token, totalSupply, SUPPLY_LIMIT);
  }
}
