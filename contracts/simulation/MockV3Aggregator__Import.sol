// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

// Chainlink's own mock of a price feed, so that it is compiled
// solhint-disable-next-line no-unused-import
import {MockV3Aggregator} from "@chainlink/contracts/src/v0.8/shared/mocks/MockV3Aggregator.sol";
