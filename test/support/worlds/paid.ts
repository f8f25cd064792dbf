import { BPS, DAY, WAD } from "@keep3r-network/sdk";
import { ethers } from "hardhat";
import {
  type ERC20__Mock,
  type IUniswapV2Pair,
  IUniswapV2Pair__factory,
  type Keep3rHelper,
  type Keep3rOracle,
} from "#typechain";
import { activateKeeper } from "../actors/keepers";
import { PERIOD_SIZE } from "../defaults";
import { type CoreWorld, deployCoreWorld } from "./core";
import { observe } from "./oracle";
import { deployByRecipe } from "./recipe";
import { deployUniswapV2Factory } from "./uniswap";

/** What 500 KP3R for 50 WETH come to. */
export const KP3R_PER_ETH = 10n * WAD;

export interface PaidWorld extends CoreWorld {
  helper: Keep3rHelper;
  oracle: Keep3rOracle;
  weth: ERC20__Mock;
  pair: IUniswapV2Pair;
}

/**
 * Keep3r with the real helper over the real oracle and a pair at 10 KP3R per ETH, past its first day; boost 1.0, and a
 * keeper with no bond.
 */
export async function deployPaidWorld(): Promise<PaidWorld> {
  const world = await deployCoreWorld();
  const { governance, keeper, kp3r, keep3r } = world;
  const weth = await ethers.deployContract("ERC20__Mock", ["Wrapped Ether", "WETH", 18]);
  const factory = await deployUniswapV2Factory();
  await factory.createPair(kp3r, weth);
  const pair = IUniswapV2Pair__factory.connect(await factory.getPair(kp3r, weth), governance);
  await kp3r.transfer(pair, 500n * WAD);
  await weth.mint(pair, 50n * WAD);
  await pair.mint(governance);

  const { Keep3rOracle: oracle, Keep3rHelper: helper } = await deployByRecipe(["Keep3rOracle", "Keep3rHelper"], {
    Keep3r: keep3r,
    KP3R: kp3r,
    UniswapV2Factory: factory,
    WETH9: weth,
    KP3R_WETH: pair,
  });
  await helper.setMinBoost(BPS);
  await keep3r.setKeep3rHelper(helper);
  await activateKeeper(keep3r, keeper, kp3r, 0n);
  await observe(oracle, pair, DAY / PERIOD_SIZE);
  await helper.workRate(0);
  return { ...world, helper, oracle, weth, pair };
}
