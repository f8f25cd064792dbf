// Written by `npm run abis` from the compiled contracts.
/** The ABI of `MarketOpener`. */
export const marketOpenerAbi = [
  {"inputs":[{"internalType":"contract IUniswapV2Factory","name":"factory","type":"address"},{"internalType":"contract IERC20","name":"kp3r_","type":"address"},{"internalType":"contract IWrappedEther","name":"weth_","type":"address"}],"stateMutability":"nonpayable","type":"constructor"},
  {"inputs":[{"internalType":"address","name":"pair","type":"address"}],"name":"MarketAlreadyOpen","type":"error"},
  {"inputs":[{"internalType":"uint256","name":"kp3rAmount","type":"uint256"},{"internalType":"uint256","name":"ethAmount","type":"uint256"}],"name":"MarketTooSmall","type":"error"},
  {"inputs":[{"internalType":"address","name":"token","type":"address"}],"name":"SafeERC20FailedOperation","type":"error"},
  {"anonymous":false,"inputs":[{"indexed":true,"internalType":"address","name":"provider","type":"address"},{"indexed":false,"internalType":"uint256","name":"kp3rAmount","type":"uint256"},{"indexed":false,"internalType":"uint256","name":"ethAmount","type":"uint256"},{"indexed":false,"internalType":"uint256","name":"liquidity","type":"uint256"}],"name":"MarketOpening","type":"event"},
  {"inputs":[],"name":"MIN_ETH","outputs":[{"internalType":"uint256","name":"","type":"uint256"}],"stateMutability":"view","type":"function"},
  {"inputs":[],"name":"MIN_KP3R","outputs":[{"internalType":"uint256","name":"","type":"uint256"}],"stateMutability":"view","type":"function"},
  {"inputs":[],"name":"kp3r","outputs":[{"internalType":"contract IERC20","name":"","type":"address"}],"stateMutability":"view","type":"function"},
  {"inputs":[{"internalType":"uint256","name":"kp3rAmount","type":"uint256"},{"internalType":"address","name":"provider","type":"address"}],"name":"open","outputs":[],"stateMutability":"payable","type":"function"},
  {"inputs":[],"name":"pair","outputs":[{"internalType":"contract IUniswapV2Pair","name":"","type":"address"}],"stateMutability":"view","type":"function"},
  {"inputs":[],"name":"weth","outputs":[{"internalType":"contract IWrappedEther","name":"","type":"address"}],"stateMutability":"view","type":"function"},
] as const;
