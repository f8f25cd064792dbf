// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {IUniswapV2Factory} from "@uniswap/v2-core/contracts/interfaces/IUniswapV2Factory.sol";
import {IUniswapV2Pair} from "@uniswap/v2-core/contracts/interfaces/IUniswapV2Pair.sol";
import {CommonBase} from "forge-std/Base.sol";
import {StdCheats} from "forge-std/StdCheats.sol";
import {IKP3R} from "../../../contracts/interfaces/IKP3R.sol";
import {IKeep3r} from "../../../contracts/interfaces/IKeep3r.sol";
import {IKeep3rHelper} from "../../../contracts/interfaces/IKeep3rHelper.sol";
import {IKeep3rOracle} from "../../../contracts/interfaces/IKeep3rOracle.sol";
import {ERC20__Mock} from "../../../contracts/simulation/ERC20__Mock.sol";

/// @notice The network over Uniswap's own bytecode. Keep3r, KP3R, the helper and the oracle are the artifacts that are
/// deployed in production, not what forge would compile of their sources.
abstract contract Deployment is CommonBase, StdCheats {
  /// @dev 2026-01-01T00:00:00Z, the beginning of a reward period of five days.
  uint256 internal constant GENESIS = 1_767_225_600 - (uint256(1_767_225_600) % 5 days);
  uint256 internal constant WAD = 1e18;

  address internal immutable governance = makeAddr("governance");

  IKeep3r internal keep3r;
  IKP3R internal kp3r;
  IKeep3rHelper internal helper;
  IKeep3rOracle internal oracle;
  ERC20__Mock internal weth;
  ERC20__Mock internal dai;
  /// @dev KP3R/WETH at 10 KP3R an ether, and KP3R/DAI at 100 DAI a KP3R.
  IUniswapV2Pair internal pair;
  IUniswapV2Pair internal daiPair;

  function _deployNetwork() internal {
    vm.warp(GENESIS);
    vm.startPrank(governance);
    _issue();

    weth = new ERC20__Mock("Wrapped Ether", "WETH", 18);
    dai = new ERC20__Mock("Dai", "DAI", 18);
    IUniswapV2Factory factory = IUniswapV2Factory(_deployFactory());
    pair = _createPair(factory, weth, 10_000 * WAD, 1_000 * WAD);
    daiPair = _createPair(factory, dai, 10_000 * WAD, 1_000_000 * WAD);

    _deployCore(factory);
    oracle.addPair(address(daiPair));
    keep3r.approveLiquidity(address(daiPair));
    vm.stopPrank();
  }

  /// @dev Passes time with an observation of both pairs every period, so that the oracle can answer at its end.
  function _passObserved(uint256 duration) internal {
    uint256 end = block.timestamp + duration;
    while (vm.getBlockTimestamp() + 30 minutes <= end) {
      vm.warp(vm.getBlockTimestamp() + 30 minutes);
      _updateAll();
    }
    vm.warp(end);
  }

  function _updateAll() internal virtual {
    oracle.updateAll();
  }

  /// @dev This and `_deployCore` do what deploy/recipe.ts says, in its order: test/deploy/foundry.test.ts compares them.
  function _issue() private {
    kp3r = IKP3R(deployCode("artifacts/contracts/KP3R.sol/KP3R.json", abi.encode(governance)));
    kp3r.addMinter(governance);
    kp3r.mint(1_000_000 * WAD);
    kp3r.removeMinter(governance);
  }

  function _deployCore(IUniswapV2Factory factory) private {
    keep3r = IKeep3r(deployCode("artifacts/contracts/Keep3r.sol/Keep3r.json", abi.encode(governance, kp3r, kp3r)));
    oracle = IKeep3rOracle(
      deployCode(
        "artifacts/contracts/Keep3rOracle.sol/Keep3rOracle.json",
        abi.encode(keep3r, governance, factory, kp3r, address(0))
      )
    );
    helper = IKeep3rHelper(
      deployCode("artifacts/contracts/Keep3rHelper.sol/Keep3rHelper.json", abi.encode(governance, keep3r, oracle, weth))
    );
    kp3r.addMinter(address(keep3r));
    keep3r.setKeep3rHelper(address(helper));
    oracle.addPair(address(pair));
    keep3r.approveLiquidity(address(pair));
  }

  /// @dev Uniswap's build has its bytecode without a prefix, and more than one key of that name: not what getCode reads.
  function _deployFactory() private returns (address factory) {
    string memory build = vm.readFile("node_modules/@uniswap/v2-core/build/UniswapV2Factory.json");
    string memory bytecode = string.concat("0x", vm.parseJsonString(build, ".bytecode"));
    bytes memory creation = bytes.concat(vm.parseBytes(bytecode), abi.encode(address(0)));
    assembly {
      factory := create(0, add(creation, 32), mload(creation))
    }
    require(factory != address(0), "Uniswap's factory can't be deployed");
  }

  function _createPair(
    IUniswapV2Factory factory,
    ERC20__Mock token,
    uint256 kp3rAmount,
    uint256 tokenAmount
  ) private returns (IUniswapV2Pair created) {
    created = IUniswapV2Pair(factory.createPair(address(kp3r), address(token)));
    IERC20(address(kp3r)).transfer(address(created), kp3rAmount);
    token.mint(address(created), tokenAmount);
    created.mint(governance);
  }
}
