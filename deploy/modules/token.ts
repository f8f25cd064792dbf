import { buildModule } from "@nomicfoundation/hardhat-ignition/modules";
import type {
  Artifact,
  IgnitionModule,
  NamedArtifactContractAtFuture,
  NamedArtifactContractDeploymentFuture,
} from "@nomicfoundation/ignition-core";
import routerBuild from "@uniswap/v2-periphery/build/UniswapV2Router02.json";
import { MaxUint256 } from "ethers";
import type { ExistingToken, NewToken, Parameters } from "../parameters";
import { Sequence } from "./sequence";

/** Uniswap's build has less in it than an artifact of Hardhat's. */
const ROUTER = { ...routerBuild, contractName: "UniswapV2Router02", sourceName: "", linkReferences: {} };

type Contract = NamedArtifactContractDeploymentFuture<string> | NamedArtifactContractAtFuture<string>;

/** KP3R, who mints it, and its market. */
export type Token = IgnitionModule<"Token", string, Record<"kp3r" | "minter" | "pair" | "factory" | "weth", Contract>>;

export function tokenModule(parameters: Parameters): Token {
  const { token } = parameters;
  return token.kind === "new" ? newToken(parameters, token) : existingToken(parameters, token);
}

/**
 * Mints the supply, opens the pair, and leaves the token without a minter. The router takes both tokens and mints in one
 * transaction: what lies in a pair between two of them is anyone's.
 */
function newToken(
  { governance, uniswapFactory, weth: wethAddress }: Parameters,
  { supply, router: routerAddress, poolKp3r, poolEth }: NewToken,
): Token {
  return buildModule("Token", (m) => {
    const deployer = m.getAccount(0);
    const factory = m.contractAt("IUniswapV2Factory", uniswapFactory, { id: "UniswapV2Factory" });
    const weth = m.contractAt("IERC20Metadata", wethAddress, { id: "WETH9" });
    const router = m.contractAt("UniswapV2Router02", ROUTER as unknown as Artifact, routerAddress);

    const sequence = new Sequence(m);
    const kp3r = sequence.contract("KP3R", [deployer]);
    sequence.call(kp3r, "addMinter", [deployer]);
    sequence.call(kp3r, "mint", [supply]);
    sequence.call(kp3r, "removeMinter", [deployer]);
    sequence.call(kp3r, "approve", [router, poolKp3r]);
    const opened = sequence.call(
      router,
      "addLiquidityETH",
      [kp3r, poolKp3r, poolKp3r, poolEth, governance, MaxUint256],
      { value: poolEth },
    );
    if (supply > poolKp3r) sequence.call(kp3r, "transfer", [governance, supply - poolKp3r]);

    const address = m.staticCall(factory, "getPair", [kp3r, weth], 0, { after: [opened] });
    const pair = m.contractAt("IUniswapV2Pair", address, { id: "KP3R_WETH" });
    return { kp3r, minter: kp3r, pair, factory, weth };
  });
}

function existingToken({ uniswapFactory, weth: wethAddress }: Parameters, token: ExistingToken): Token {
  return buildModule("Token", (m) => ({
    kp3r: m.contractAt("IERC20Metadata", token.address, { id: "KP3R" }),
    minter: m.contractAt("IKeep3rV1Proxy", token.minter, { id: "Keep3rV1Proxy" }),
    pair: m.contractAt("IUniswapV2Pair", token.pair, { id: "KP3R_WETH" }),
    factory: m.contractAt("IUniswapV2Factory", uniswapFactory, { id: "UniswapV2Factory" }),
    weth: m.contractAt("IERC20Metadata", wethAddress, { id: "WETH9" }),
  }));
}
