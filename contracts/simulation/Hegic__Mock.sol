// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {AggregatorV3Interface} from "@chainlink/contracts/src/v0.8/shared/interfaces/AggregatorV3Interface.sol";
import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";
import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Address} from "@openzeppelin/contracts/utils/Address.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {IHegicOptions} from "../interfaces/external/IHegicOptions.sol";
import {IHegicPool} from "../interfaces/external/IHegicPool.sol";

/// @notice Hegic v888's liquidity pool: capital of providers, part of it locked for options, and premiums that become the
/// providers' when an option ends. Ether if there is no token.
contract HegicPool__Mock is IHegicPool, Ownable, ERC20 {
  using SafeERC20 for IERC20;

  struct LockedLiquidity {
    uint256 amount;
    uint256 premium;
    bool locked;
  }

  event Profit(uint256 indexed id, uint256 amount);
  event Loss(uint256 indexed id, uint256 amount);

  uint256 private constant INITIAL_RATE = 1000;
  uint256 public constant LOCKUP_PERIOD = 2 weeks;

  IERC20 public immutable token;

  uint256 public lockedAmount;
  uint256 public lockedPremium;
  LockedLiquidity[] public lockedLiquidity;
  mapping(address provider => uint256) public lastProvideTimestamp;

  constructor(IERC20 token_) Ownable(msg.sender) ERC20("Hegic LP Token", "write") {
    token = token_;
  }

  function provide(uint256 amount) external payable {
    uint256 balance = totalBalance();
    if (_isEther()) balance -= msg.value;
    uint256 shares = totalSupply() * balance == 0 ? amount * INITIAL_RATE : (amount * totalSupply()) / balance;
    require(shares > 0, "Pool: Amount is too small");

    lastProvideTimestamp[msg.sender] = block.timestamp;
    _mint(msg.sender, shares);
    _receive(amount);
  }

  function withdraw(uint256 amount) external {
    require(lastProvideTimestamp[msg.sender] + LOCKUP_PERIOD <= block.timestamp, "Pool: Withdrawal is locked up");
    require(amount <= availableBalance(), "Pool: Not enough funds");

    _burn(msg.sender, Math.ceilDiv(amount * totalSupply(), totalBalance()));
    _send(msg.sender, amount);
  }

  function lock(uint256 id, uint256 amount, uint256 premium) external payable onlyOwner {
    require(id == lockedLiquidity.length, "Wrong id");
    uint256 total = totalBalance();
    if (_isEther()) total -= premium;
    require((lockedAmount + amount) * 10 <= total * 8, "Pool: Amount is too large");

    lockedLiquidity.push(LockedLiquidity(amount, premium, true));
    lockedPremium += premium;
    lockedAmount += amount;
    _receive(premium);
  }

  function unlock(uint256 id) external onlyOwner {
    emit Profit(id, _release(id).premium);
  }

  function send(uint256 id, address to, uint256 amount) external onlyOwner {
    LockedLiquidity memory released = _release(id);
    uint256 profit = Math.min(amount, released.amount);
    if (profit <= released.premium) emit Profit(id, released.premium - profit);
    else emit Loss(id, profit - released.premium);

    _send(to, profit);
  }

  function totalBalance() public view override returns (uint256) {
    return (_isEther() ? address(this).balance : token.balanceOf(address(this))) - lockedPremium;
  }

  function availableBalance() public view override returns (uint256) {
    return totalBalance() - lockedAmount;
  }

  function _release(uint256 id) private returns (LockedLiquidity memory released) {
    released = lockedLiquidity[id];
    require(released.locked, "LockedLiquidity with such id has already unlocked");

    lockedLiquidity[id].locked = false;
    lockedPremium -= released.premium;
    lockedAmount -= released.amount;
  }

  function _receive(uint256 amount) private {
    require(msg.value == (_isEther() ? amount : 0), "Wrong value");
    if (!_isEther()) token.safeTransferFrom(msg.sender, address(this), amount);
  }

  function _send(address to, uint256 amount) private {
    if (_isEther()) Address.sendValue(payable(to), amount);
    else token.safeTransfer(to, amount);
  }

  function _isEther() private view returns (bool) {
    return address(token) == address(0);
  }
}

/// @notice Hegic v888's options: bought for a premium and a fee, ended by their holder in time or by anyone after it.
/// Buyers pay in the pool's token; the original's WBTC options change their ether into it first.
contract HegicOptions__Mock is IHegicOptions, Ownable {
  using SafeERC20 for IERC20;

  struct Option {
    State state;
    address holder;
    uint256 strike;
    uint256 amount;
    uint256 lockedAmount;
    uint256 premium;
    uint256 expiration;
    OptionType optionType;
  }

  event Create(uint256 indexed id, address indexed account, uint256 settlementFee, uint256 totalFee);
  event Exercise(uint256 indexed id, uint256 profit);
  event Expire(uint256 indexed id, uint256 premium);

  uint256 private constant PRICE_DECIMALS = 1e8;

  HegicPool__Mock private immutable _pool;
  AggregatorV3Interface public immutable priceProvider;
  address public immutable settlementFeeRecipient;

  Option[] public override options;
  uint256 public impliedVolRate = 5500;

  /// @param token_ The pool's token; zero for ether
  /// @param priceProvider_ USD for the token, 8 decimals
  /// @param settlementFeeRecipient_ Stakers of HEGIC
  constructor(
    IERC20 token_,
    AggregatorV3Interface priceProvider_,
    address settlementFeeRecipient_
  ) Ownable(msg.sender) {
    _pool = new HegicPool__Mock(token_);
    priceProvider = priceProvider_;
    settlementFeeRecipient = settlementFeeRecipient_;
    if (address(token_) != address(0)) token_.forceApprove(address(_pool), type(uint256).max);
  }

  function setImpliedVolRate(uint256 value) external onlyOwner {
    require(value >= 1000, "ImpliedVolRate limit is too small");
    impliedVolRate = value;
  }

  function create(uint256 period, uint256 amount, uint256 strike, OptionType optionType) external payable {
    require(optionType != OptionType.Invalid, "Wrong option type");
    require(period >= 1 days, "Period is too short");
    require(period <= 4 weeks, "Period is too long");
    (uint256 total, uint256 settlementFee, uint256 strikeFee) = fees(period, amount, strike, optionType);
    require(amount > strikeFee, "Price difference is too large");
    _collect(total, settlementFee);

    uint256 id = options.length;
    uint256 premium = total - settlementFee;
    options.push(
      Option(
        State.Active,
        msg.sender,
        strike,
        amount - strikeFee,
        amount,
        premium,
        block.timestamp + period,
        optionType
      )
    );
    _pool.lock{value: _isEther() ? premium : 0}(id, amount, premium);

    emit Create(id, msg.sender, settlementFee, total);
  }

  function exercise(uint256 id) external {
    Option storage option = options[id];
    require(option.expiration >= block.timestamp, "Option has expired");
    require(option.holder == msg.sender, "Wrong msg.sender");
    require(option.state == State.Active, "Wrong state");

    option.state = State.Exercised;
    uint256 profit = _profit(option);
    _pool.send(id, option.holder, profit);

    emit Exercise(id, profit);
  }

  function unlockAll(uint256[] calldata ids) external virtual override {
    for (uint256 i; i < ids.length; ++i) {
      unlock(ids[i]);
    }
  }

  function unlock(uint256 id) public virtual override {
    Option storage option = options[id];
    require(option.expiration < block.timestamp, "Option has not expired yet");
    require(option.state == State.Active, "Option is not active");

    option.state = State.Expired;
    _pool.unlock(id);

    emit Expire(id, option.premium);
  }

  function pool() external view override returns (IHegicPool) {
    return _pool;
  }

  function fees(
    uint256 period,
    uint256 amount,
    uint256 strike,
    OptionType optionType
  ) public view returns (uint256 total, uint256 settlementFee, uint256 strikeFee) {
    (uint256 above, uint256 below) = _sides(strike, optionType);
    settlementFee = amount / 100;
    if (above > below) strikeFee = ((above - below) * amount) / currentPrice();
    total = (((amount * Math.sqrt(period) * impliedVolRate) / PRICE_DECIMALS) * above) / below;
    total += strikeFee + settlementFee;
  }

  function currentPrice() public view returns (uint256) {
    (, int256 answer, , , ) = priceProvider.latestRoundData();
    return uint256(answer);
  }

  function _profit(Option memory option) private view returns (uint256) {
    (uint256 above, uint256 below) = _sides(option.strike, option.optionType);
    require(above >= below, "Current price is on the wrong side");

    return Math.min(((above - below) * option.amount) / currentPrice(), option.lockedAmount);
  }

  /// @dev The two prices in the order in which the option is worth something.
  function _sides(uint256 strike, OptionType optionType) private view returns (uint256 above, uint256 below) {
    uint256 price = currentPrice();
    return optionType == OptionType.Put ? (strike, price) : (price, strike);
  }

  function _collect(uint256 total, uint256 settlementFee) private {
    if (_isEther()) {
      require(msg.value >= total, "Wrong value");
      if (msg.value > total) Address.sendValue(payable(msg.sender), msg.value - total);
      Address.sendValue(payable(settlementFeeRecipient), settlementFee);
    } else {
      require(msg.value == 0, "Wrong value");
      _pool.token().safeTransferFrom(msg.sender, address(this), total);
      _pool.token().safeTransfer(settlementFeeRecipient, settlementFee);
    }
  }

  function _isEther() private view returns (bool) {
    return address(_pool.token()) == address(0);
  }
}
