// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IUniswapV2Pair} from "@uniswap/v2-core/contracts/interfaces/IUniswapV2Pair.sol";
import {IKeep3rOracle} from "../../../contracts/interfaces/IKeep3rOracle.sol";
import {IOraclePairs} from "../../../contracts/interfaces/IOraclePairs.sol";
import {Trading} from "../support/Trading.sol";

/// @notice Who pushes prices and moves liquidity at the worst of moments, and who reads the oracle meanwhile
abstract contract PushHandler is Trading {
  uint256 private constant BLOCK = 12;
  /// @dev A price is pushed up to nearly a thousandfold.
  uint256 private constant HIGHEST_TIMES = 30;

  /// @dev Pushes a pair, or lets it go: in between, others act and a while may pass.
  function push(uint256 seed, uint256 times, bool sellsKp3r) external {
    IUniswapV2Pair pool = IUniswapV2Pair(_pick(_pairs, seed));
    bool releases = market.isPushed(address(pool));
    if (releases) _release(pool);
    else _push(pool, sellsKp3r, _bound(times, 1, HIGHEST_TIMES));
    _count(releases ? "release" : "push", 0);
  }

  /// @dev For a few blocks around an observation, or right after one.
  function pushAnObservation(uint256 seed, uint256 times, bool sellsKp3r) external {
    IUniswapV2Pair pool = IUniswapV2Pair(_pick(_pairs, seed));
    if (market.isPushed(address(pool))) _release(pool);
    bool after_ = seed % 5 == 0;
    if (after_ && market.isListed(address(pool))) _update(address(pool));

    _push(pool, sellsKp3r, _bound(times, 1, HIGHEST_TIMES));
    vm.warp(vm.getBlockTimestamp() + BLOCK * ((seed / 5) % 9));
    if (market.isListed(address(pool)) && _update(address(pool))) _reach("a pushed pair was observed");
    _release(pool);
    _count("push (observation)", 0);
  }

  /// @dev The trader's liquidity leaves, and returns most of the time; or it is out, or more than ever in, only while the pair
  /// is observed.
  function moveLiquidity(uint256 seed, uint256 amount) external {
    IUniswapV2Pair pool = IUniswapV2Pair(_pick(_pairs, seed));
    if (market.isPushed(address(pool))) _release(pool);
    bool isIn = pool.balanceOf(trader) != 0;
    bool isBrief = (seed / 2) % 3 == 0;
    if (isIn && (isBrief || (seed / 2) % 3 == 1)) _withdraw(pool);
    else if (!isIn) _provideAsBefore(pool, _bound(amount, TRADERS_SHARE, 2 * TRADERS_SHARE));

    bool wasThin = market.isThin(address(pool));
    bool observed = market.isListed(address(pool)) && _update(address(pool));
    bool isThin = market.isThin(address(pool));
    if (observed && isThin) _reach("a pair was thin");
    if (observed && wasThin && !isThin) _reach("a pair was deep again");
    if (isBrief && isIn) _provideAsBefore(pool, TRADERS_SHARE);
    else if (isBrief && pool.balanceOf(trader) != 0) _withdraw(pool);
    if (isBrief && observed && isIn && isThin) _reach("liquidity left for an observation");
    if (isBrief && observed && !isIn && !isThin) _reach("liquidity was lent for an observation");
    _count("moveLiquidity", 0);
  }

  function read(uint256 seed, uint256 window) external {
    address pool = _pick(_pairs, seed);
    address paired = address(_pairedWith(IUniswapV2Pair(pool)));
    window = _bound(window, 0, 2 days);

    _agreeOnOracle(
      "averagePrice",
      stranger,
      abi.encodeCall(IKeep3rOracle.averagePrice, (pool, (seed / 2) % 2 == 0 ? paired : address(kp3r), window, 30 days))
    );
    _agreeOnOracle(
      "quote",
      stranger,
      abi.encodeCall(IKeep3rOracle.quote, (paired, WAD, address(kp3r), (seed / 4) % 9))
    );
  }

  /// @dev Mostly back on the list before long, else there would be little to price by.
  function changeListing(uint256 seed) external {
    address pool = _pick(_pairs, seed);
    bool removes = (seed / 2) % 8 == 0;

    _agreeOnOracle(
      removes ? "removePair" : "addPair",
      governance,
      removes ? abi.encodeCall(IOraclePairs.removePair, (pool)) : abi.encodeCall(IOraclePairs.addPair, (pool))
    );
  }

  function tuneOracle(uint256 seed, uint256 value) external {
    bool paces = seed % 2 == 0;
    value = paces ? _bound(value, 2_000, 10_000) : _bound(value, LEAST_RESERVE / 2, LEAST_RESERVE);

    _agreeOnOracle(
      paces ? "setMaxChange" : "setMinKp3rReserve",
      governance,
      paces ? abi.encodeCall(oracle.setMaxChange, (value)) : abi.encodeCall(oracle.setMinKp3rReserve, (value))
    );
  }

  /// @dev Anybody may refresh the quote.
  function refresh(uint256 bond) external {
    _agree(
      "workRate",
      stranger,
      address(helper),
      abi.encodeCall(helper.workRate, (bond % 2 ** 88)),
      abi.encodeCall(model.refresh, ())
    );
  }

  /// @dev Unless the trader has pushed the other pair with what it would take.
  function _provideAsBefore(IUniswapV2Pair pool, uint256 amount) private {
    if (kp3r.balanceOf(trader) >= amount) _provide(pool, amount);
  }
}
