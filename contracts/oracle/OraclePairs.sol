// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {EnumerableSet} from "@openzeppelin/contracts/utils/structs/EnumerableSet.sol";
import {IUniswapV2Factory} from "@uniswap/v2-core/contracts/interfaces/IUniswapV2Factory.sol";
import {IUniswapV2Pair} from "@uniswap/v2-core/contracts/interfaces/IUniswapV2Pair.sol";
import {IOraclePairs} from "../interfaces/IOraclePairs.sol";
import {SteadyMath} from "../libraries/SteadyMath.sol";
import {PairState} from "../types/PriceHistory.sol";
import {OracleObservations} from "./OracleObservations.sol";

/// @title OraclePairs
/// @notice Which pairs governance lists
abstract contract OraclePairs is IOraclePairs, OracleObservations {
  using EnumerableSet for EnumerableSet.AddressSet;

  /// @inheritdoc IOraclePairs
  uint256 public constant override MAX_PAIRS = 16;

  /// @inheritdoc IOraclePairs
  uint256 public constant override SUPPLY_LIMIT = 2 ** 94;

  /// @inheritdoc IOraclePairs
  IUniswapV2Factory public immutable override factory;

  /// @inheritdoc IOraclePairs
  address public immutable override kp3r;

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
    _checkReserve(pair, kp3rIsToken0 ? reserve0 : reserve1);
    _checkSupply(token0);
    _checkSupply(token1);
    // A pair that was listed before keeps its scale, and its history with it
    if (state.count == 0) state.shift0 = _scaleFor(pair, reserve0, reserve1);
    else if (reserve0 == 0 || reserve1 == 0) revert PriceOutOfRange(pair);

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
  function updateAll() external override returns (bool) {
    return _updateEach(pairs());
  }

  /// @dev Passes over pairs that aren't listed or due; a pair that is named twice isn't due the second time.
  function _updateEach(address[] memory candidates) internal returns (bool updated) {
    for (uint256 i; i < candidates.length; ++i) {
      if (_updateIfDue(candidates[i])) updated = true;
    }
  }

  // Reads

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

  // Checks

  /// @dev The answer of `token0()` or `token1()`, or zero from what isn't a pair. It proves nothing by itself: the
  /// factory is asked next.
  function _tokenOf(address pair, bytes4 selector) private view returns (address) {
    (bool success, bytes memory answer) = pair.staticcall(abi.encodeWithSelector(selector));
    if (!success || answer.length != 32) return address(0);

    // Whatever truncation makes of a word that isn't an address, the factory has no such pair at this address.
    return address(uint160(uint256(bytes32(answer))));
  }

  function _checkReserve(address pair, uint256 kp3rReserve) private view {
    uint256 minimum = minKp3rReserve();
    if (kp3rReserve < minimum) revert Kp3rReserveTooLow(pair, kp3rReserve, minimum);
  }

  function _checkSupply(address token) private view {
    uint256 totalSupply = IERC20(token).totalSupply();
    if (totalSupply >= SUPPLY_LIMIT) revert SupplyOutOfRange(token, totalSupply, SUPPLY_LIMIT);
  }

  function _scaleFor(address pair, uint256 reserve0, uint256 reserve1) private pure returns (uint8) {
    if (reserve0 == 0) revert PriceOutOfRange(pair);
    (bool inRange, uint256 shift0) = SteadyMath.shiftFor(reserve0, reserve1);
    if (!inRange) revert PriceOutOfRange(pair);

    // Fits: at most 128
    return uint8(shift0);
  }
}
