import { WAD } from "@keep3r-network/sdk";
import { expect } from "chai";
import { activate, bond, leave } from "#simulation/keeper";
import { actAs } from "#support/actors/impersonation";
import { buy } from "#support/actors/traders";
import { loadFixture } from "#support/fixture";
import { deployForkWorld } from "#support/worlds/fork";
import { GROUND, mainnet } from "#support/worlds/mainnet";

describe("Keep3r over mainnet's KP3R", () => {
  const { kp3r, kp3rProxy, kp3rWeth, uniswapFactory, weth } = mainnet(...GROUND);

  /** A keeper has bonded KP3R that it bought. */
  async function deployKeeperWorld() {
    const network = await deployForkWorld();
    const { chain, accounts } = network;
    const supply = await kp3r.totalSupply();
    const bought = await buy(network, accounts.keeper, WAD);
    chain.waitUntil((await bond(network, bought)) + 1);
    const burned = await activate(network);
    return { ...network, supply, bought, burned };
  }

  it("finds KP3R governed by its proxy, and traded at the factory's pair", async () => {
    expect(await kp3r.governance.staticCall()).to.equal(await kp3rProxy.getAddress());
    expect(await kp3rProxy.keep3rV1()).to.equal(await kp3r.getAddress());
    expect(await uniswapFactory.getPair(kp3r, weth)).to.equal(await kp3rWeth.getAddress());
    expect(await kp3r.decimals()).to.equal(18);
  });

  it("is built over the token, its proxy, the pair and the feed", async () => {
    const { keep3r, helper } = await loadFixture(deployForkWorld);

    expect(await keep3r.keep3rV1()).to.equal(await kp3r.getAddress());
    expect(await keep3r.keep3rV1Proxy()).to.equal(await kp3rProxy.getAddress());
    expect(await helper.kp3rWethPair()).to.equal(await kp3rWeth.getAddress());
  });

  it("becomes the only minter, for which Keep3r V2 ceases to be one", async () => {
    const { keep3r, proxy, formerMinter } = await loadFixture(deployForkWorld);

    expect(formerMinter).not.to.equal(await keep3r.getAddress());
    expect(await proxy.minter()).to.equal(await keep3r.getAddress());
    const former = proxy.connect(await actAs(formerMinter));
    await expect(former["mint(uint256)"](1)).to.be.revertedWithCustomError(proxy, "OnlyMinter");
  });

  it("SOL-2: burns a bond of KP3R when it is activated, and mints it when it is withdrawn", async () => {
    const network = await loadFixture(deployKeeperWorld);
    const { supply, bought, burned } = network;
    expect(burned).to.equal(bought);
    expect(await kp3r.totalSupply()).to.equal(supply - bought);

    const { withdrawn, balanceBefore, balanceAfter } = await leave(network);

    expect(withdrawn).to.equal(bought);
    expect(balanceAfter - balanceBefore).to.equal(bought);
    expect(await kp3r.totalSupply()).to.equal(supply);
  });

  it("keeps what a keeper has bonded while V2 is the minter again, and pays it out once it is back", async () => {
    const network = await loadFixture(deployKeeperWorld);
    const { chain, accounts, keep3r, proxy, formerMinter, bought } = network;
    const { keeper } = accounts;
    await chain.land(() => keep3r.connect(keeper).unbond(kp3r, bought));
    chain.waitUntil(Number(await keep3r.canWithdrawAfter(keeper, kp3r)) + 1);
    const { withdraw } = keep3r.connect(keeper);

    await chain.land(() => proxy.setMinter(formerMinter));
    await expect(withdraw.staticCall(kp3r, await chain.asOfNextBlock())).to.be.revertedWithCustomError(
      proxy,
      "OnlyMinter",
    );
    expect(await keep3r.pendingUnbonds(keeper, kp3r)).to.equal(bought);

    await chain.land(() => proxy.setMinter(keep3r));
    await chain.land(() => withdraw(kp3r));
    expect(await kp3r.balanceOf(keeper)).to.equal(bought);
  });
});
