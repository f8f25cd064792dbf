// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Test} from "forge-std/Test.sol";
import {IKeep3r} from "@keep3r-network/keep3r/contracts/interfaces/IKeep3r.sol";
import {IKP3R} from "@keep3r-network/keep3r/contracts/interfaces/IKP3R.sol";
import {IUniswapV2Factory} from "@uniswap/v2-core/contracts/interfaces/IUniswapV2Factory.sol";

/// @notice The network with an active keeper, from the package's artifacts: compiling it would take a minute. Without a
/// price history it pays at governance's quote, 10 KP3R for an ether.
abstract contract Network is Test {
  string private constant ARTIFACTS = "node_modules/@keep3r-network/keep3r/artifacts/contracts/";
  address private constant WETH = address(0xee);

  address internal owner = makeAddr("owner");
  address internal keeper = makeAddr("keeper");
  IKeep3r internal keep3r;
  IKP3R internal kp3r;

  function setUp() public virtual {
    // A work is paid for at a gas price, and forge's transactions have none
    vm.fee(10 gwei);
    vm.txGasPrice(11 gwei);
    kp3r = IKP3R(_deploy("KP3R", abi.encode(this)));
    keep3r = IKeep3r(_deploy("Keep3r", abi.encode(this, kp3r, kp3r)));
    address factory = _deployFactory();
    IUniswapV2Factory(factory).createPair(address(kp3r), WETH);
    address oracle = _deploy("Keep3rOracle", abi.encode(keep3r, this, factory, kp3r, address(0)));
    address helper = _deploy("Keep3rHelper", abi.encode(this, keep3r, oracle, WETH));
    kp3r.addMinter(address(keep3r));
    keep3r.setKeep3rHelper(helper);

    vm.prank(keeper);
    keep3r.bond(address(kp3r), 0);
    skip(3 days + 1);
    vm.prank(keeper);
    keep3r.activate(address(kp3r));
  }

  function _deploy(string memory name, bytes memory arguments) private returns (address) {
    return deployCode(string.concat(ARTIFACTS, name, ".sol/", name, ".json"), arguments);
  }

  /// @dev Uniswap's build has its bytecode without 0x, and more than one key of that name: `deployCode` can't read it.
  function _deployFactory() private returns (address factory) {
    string memory build = vm.readFile("node_modules/@uniswap/v2-core/build/UniswapV2Factory.json");
    bytes memory code = vm.parseBytes(string.concat("0x", vm.parseJsonString(build, ".bytecode")));
    bytes memory creation = bytes.concat(code, abi.encode(address(0)));
    assembly ("memory-safe") {
      factory := create(0, add(creation, 32), mload(creation))
    }
  }
}
