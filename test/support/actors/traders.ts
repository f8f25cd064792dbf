import { MaxUint256 } from "ethers";
import type { Account } from "#simulation/accounts";
import type { Network } from "#simulation/network";

/** Spends ether on KP3R in the pool, and returns the KP3R that it bought. */
export async function buy({ chain, kp3r, uniswap }: Network, buyer: Account, ether: bigint): Promise<bigint> {
  const before = await kp3r.balanceOf(buyer);
  await chain.land(() =>
    uniswap.router.connect(buyer).swapExactETHForTokens(0n, [uniswap.weth, kp3r], buyer, MaxUint256, { value: ether }),
  );
  return (await kp3r.balanceOf(buyer)) - before;
}
