// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {IUniswapV2Pair} from "@uniswap/v2-core/contracts/interfaces/IUniswapV2Pair.sol";
import {IKP3R} from "../../../contracts/interfaces/IKP3R.sol";
import {ERC20__Mock} from "../../../contracts/simulation/ERC20__Mock.sol";
import {PlainJob__Mock} from "../../../contracts/test/Jobs__Mock.sol";
import {
  FeeToken__Mock,
  HostileToken__Mock,
  NoReturnToken__Mock,
  RebasingToken__Mock,
  ReentrantToken__Mock
} from "../../../contracts/test/Tokens__Mock.sol";
import {HonestMarket} from "../model/HonestMarket.sol";
import {Model} from "../model/Model.sol";
import {TokenModel} from "../model/TokenModel.sol";
import {Deployment} from "./Deployment.sol";

/// @notice Who and what takes part: three keepers, two job owners, a cold wallet and a stranger; three jobs, and a token
/// that is a job, too; tokens of every manner. The model begins where the network does.
abstract contract Stage is Deployment {
  /// @dev The least that governance can set: works use up more, so that their payment is known beforehand.
  uint256 internal constant MAX_GAS_PER_WORK = 1_000_000;

  address internal immutable disputer = makeAddr("disputer");
  address internal immutable slasher = makeAddr("slasher");
  address internal immutable stranger = makeAddr("stranger");
  address internal immutable cold = makeAddr("cold wallet");
  address internal immutable trader = makeAddr("trader");

  /// @dev KP3R in each pool that is the trader's, beside 10,000 that are not.
  uint256 internal constant TRADERS_SHARE = 40_000 * WAD;
  /// @dev Without the trader's liquidity a pair is thin.
  uint256 internal constant LEAST_RESERVE = 15_000 * WAD;

  Model public model;
  HonestMarket public market;
  ERC20__Mock internal honest;
  /// @dev 36 decimals, and balances beyond what token credits can hold.
  ERC20__Mock internal wide;
  FeeToken__Mock internal feeToken;
  NoReturnToken__Mock internal noReturn;
  ReentrantToken__Mock internal reentrant;
  HostileToken__Mock internal hostile;
  RebasingToken__Mock internal rebasing;
  /// @dev Mints, but another token than KP3R.
  IKP3R internal wrongMinter;

  address[] internal _keepers;
  address[] internal _owners;
  /// @dev All who hold tokens outside of the network.
  address[] internal _people;
  /// @dev KP3R is the first.
  address[] internal _tokens;
  /// @dev The place of the one that misbehaves.
  uint256 internal constant HOSTILE = 5;
  mapping(address token => string) internal _manners;
  address[] internal _pairs;
  /// @dev The last is the re-entrant token.
  address[] internal _jobs;

  function _setTheStage() internal {
    _deployNetwork();
    _nameAll();
    model = new Model(address(keep3r), address(kp3r), governance);
    market = new HonestMarket(address(kp3r));
    for (uint256 i; i < _pairs.length; ++i) market.addPair(_pairs[i]);
    model.setHelper(helper, market);
    model.setManner(address(feeToken), TokenModel.Manner.Fee);
    model.setManner(address(hostile), TokenModel.Manner.Hostile);
    model.setManner(address(rebasing), TokenModel.Manner.Rebasing);
    for (uint256 i; i < _pairs.length; ++i) model.approveLiquidity(_pairs[i]);

    vm.startPrank(governance);
    keep3r.addDisputer(disputer);
    keep3r.addSlasher(slasher);
    keep3r.setMaxGasPerWork(MAX_GAS_PER_WORK);
    oracle.setMinKp3rReserve(LEAST_RESERVE);
    wrongMinter = IKP3R(deployCode("artifacts/contracts/KP3R.sol/KP3R.json", abi.encode(governance)));
    wrongMinter.addMinter(address(keep3r));
    vm.stopPrank();
    market.setMinKp3rReserve(LEAST_RESERVE);
    _fund();
    _passObserved(30 hours);
    model.setSupply(kp3r.totalSupply());
    for (uint256 i; i < _people.length; ++i) {
      for (uint256 j; j < _tokens.length; ++j) _copyWallet(_people[i], _tokens[j]);
      for (uint256 j; j < _pairs.length; ++j) _copyWallet(_people[i], _pairs[j]);
    }
    _register();
  }

  function hostileToken() external view returns (HostileToken__Mock) {
    return hostile;
  }

  function people() external view returns (address[] memory) {
    return _people;
  }

  function tokens() external view returns (address[] memory) {
    return _tokens;
  }

  function pairs() external view returns (address[] memory) {
    return _pairs;
  }

  function jobs() external view returns (address[] memory) {
    return _jobs;
  }

  function _updateAll() internal override {
    for (uint256 i; i < _pairs.length; ++i) {
      if (market.isListed(_pairs[i])) _update(_pairs[i]);
    }
  }

  function _update(address observed) internal returns (bool done) {
    done = oracle.update(observed);
    require(market.update(observed) == done, "another is due");
  }

  /// @dev Adds KP3R of the trader's to a pool, with as much of the other token as goes with it.
  function _provide(IUniswapV2Pair pool, uint256 kp3rAmount) internal {
    (uint256 kp3rReserve, uint256 reserve) = _reservesOf(pool);
    vm.prank(trader);
    kp3r.transfer(address(pool), kp3rAmount);
    _pairedWith(pool).mint(address(pool), (kp3rAmount * reserve) / kp3rReserve);
    pool.mint(trader);
    market.watch(address(pool));
  }

  function _reservesOf(IUniswapV2Pair pool) internal view returns (uint256 kp3rReserve, uint256 reserve) {
    (kp3rReserve, reserve, ) = pool.getReserves();
    if (pool.token0() != address(kp3r)) (kp3rReserve, reserve) = (reserve, kp3rReserve);
  }

  function _pairedWith(IUniswapV2Pair pool) internal view returns (ERC20__Mock) {
    return ERC20__Mock(pool.token0() == address(kp3r) ? pool.token1() : pool.token0());
  }

  function _nameAll() private {
    honest = new ERC20__Mock("Honest", "HON", 18);
    wide = new ERC20__Mock("Wide", "WIDE", 36);
    feeToken = new FeeToken__Mock();
    noReturn = new NoReturnToken__Mock();
    reentrant = new ReentrantToken__Mock();
    hostile = new HostileToken__Mock();
    rebasing = new RebasingToken__Mock();
    _tokens = [
      address(kp3r),
      address(honest),
      address(feeToken),
      address(noReturn),
      address(reentrant),
      address(hostile),
      address(wide),
      address(rebasing)
    ];
    _manners[address(kp3r)] = "is KP3R";
    _manners[address(honest)] = "is honest";
    _manners[address(feeToken)] = "keeps a fee";
    _manners[address(noReturn)] = "returns nothing";
    _manners[address(reentrant)] = "re-enters";
    _manners[address(hostile)] = "misbehaves";
    _manners[address(wide)] = "has 36 decimals";
    _manners[address(rebasing)] = "rebases";
    _pairs = [address(pair), address(daiPair)];
    _keepers = [makeAddr("keeper 1"), makeAddr("keeper 2"), makeAddr("keeper 3")];
    _owners = [makeAddr("owner 1"), makeAddr("owner 2")];
    _people = [_keepers[0], _keepers[1], _keepers[2], _owners[0], _owners[1], cold, stranger, governance];
    for (uint256 i; i < 3; ++i) _jobs.push(address(new PlainJob__Mock(keep3r)));
    _jobs.push(address(reentrant));
  }

  /// @dev Everyone has plenty of all, and has approved it.
  function _fund() private {
    vm.prank(governance);
    kp3r.transfer(trader, 600_000 * WAD);
    for (uint256 i; i < _pairs.length; ++i) _provide(IUniswapV2Pair(_pairs[i]), TRADERS_SHARE);
    for (uint256 i; i < _people.length; ++i) {
      address person = _people[i];
      honest.mint(person, 1e30);
      feeToken.mint(person, 1e30);
      noReturn.mint(person, 1e30);
      reentrant.mint(person, 1e30);
      hostile.mint(person, 1e30);
      rebasing.mint(person, 1e30);
      wide.mint(person, 2 ** 200);
      vm.startPrank(governance);
      kp3r.transfer(person, 10_000 * WAD);
      pair.transfer(person, pair.balanceOf(governance) / 10);
      daiPair.transfer(person, daiPair.balanceOf(governance) / 10);
      vm.stopPrank();
      vm.startPrank(person);
      for (uint256 j; j < _tokens.length; ++j) _approve(_tokens[j]);
      for (uint256 j; j < _pairs.length; ++j) _approve(_pairs[j]);
      vm.stopPrank();
    }
  }

  /// @dev The tokens that return nothing from `approve` are among them.
  function _approve(address token) private {
    (bool success, ) = token.call(abi.encodeCall(IERC20.approve, (address(keep3r), type(uint256).max)));
    require(success, "can't approve");
  }

  function _register() private {
    for (uint256 i; i < _jobs.length; ++i) {
      vm.prank(_owners[i % 2]);
      keep3r.addJob(_jobs[i]);
      model.addJob(_owners[i % 2], _jobs[i]);
    }
    for (uint256 i; i < _keepers.length; ++i) {
      for (uint256 j; j < _tokens.length; ++j) _bond(_keepers[i], _tokens[j]);
    }
    vm.warp(block.timestamp + 3 days + 1);
    for (uint256 i; i < _keepers.length; ++i) {
      for (uint256 j; j < _tokens.length; ++j) {
        vm.prank(_keepers[i]);
        keep3r.activate(_tokens[j]);
        model.activate(_keepers[i], _keepers[i], _tokens[j]);
      }
    }
    _passObserved(30 hours);
  }

  /// @dev Some of everything, so that there is something to slash; of KP3R there is what a keeper earns.
  function _bond(address keeper, address token) private {
    uint256 amount = token == address(kp3r) ? 0 : 100 * WAD;
    vm.prank(keeper);
    keep3r.bond(token, amount);
    model.bond(keeper, keeper, token, amount);
  }

  function _copyWallet(address person, address token) private {
    model.setWallet(person, token, IERC20(token).balanceOf(person));
  }
}
