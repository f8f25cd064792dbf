// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {AggregatorV3Interface} from "@chainlink/contracts/src/v0.8/shared/interfaces/AggregatorV3Interface.sol";
import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";

/// @notice What of Liquity belongs to its trove manager
abstract contract LiquityPart__Mock {
  address public immutable troveManager = msg.sender;

  modifier onlyTroveManager() {
    require(msg.sender == troveManager, "Caller is not TroveManager");
    _;
  }
}

/// @notice LUSD: its supply is the system's debt
contract LUSDToken__Mock is ERC20("LUSD Stablecoin", "LUSD"), LiquityPart__Mock {
  function mint(address account, uint256 amount) external onlyTroveManager {
    _mint(account, amount);
  }

  function burn(address account, uint256 amount) external onlyTroveManager {
    _burn(account, amount);
  }

  function returnFromPool(address pool, address receiver, uint256 amount) external onlyTroveManager {
    _transfer(pool, receiver, amount);
  }

  function transfer(address to, uint256 amount) public override returns (bool) {
    require(to != address(0) && to != address(this) && to != troveManager, "LUSD: Cannot transfer there");
    return super.transfer(to, amount);
  }
}

/// @notice Holds the collateral of all troves, or what the stability pool bought of it
contract EtherPool__Mock is LiquityPart__Mock {
  receive() external payable {}

  function sendETH(address account, uint256 amount) external onlyTroveManager {
    (bool success, ) = account.call{value: amount}("");
    require(success, "ActivePool: sending ETH failed");
  }
}

/// @notice Takes ether's price from a Chainlink feed, and keeps the last good one while the feed has none
contract PriceFeed__Mock {
  uint256 private constant TIMEOUT = 4 hours;

  AggregatorV3Interface private immutable _feed;
  uint256 public lastGoodPrice;

  constructor(AggregatorV3Interface feed_) {
    _feed = feed_;
  }

  function fetchPrice() external returns (uint256) {
    (, int256 answer, , uint256 updatedAt, ) = _feed.latestRoundData();
    if (answer > 0 && block.timestamp - updatedAt <= TIMEOUT) {
      lastGoodPrice = uint256(answer) * 10 ** (18 - _feed.decimals());
    }
    return lastGoodPrice;
  }
}
