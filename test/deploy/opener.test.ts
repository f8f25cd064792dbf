import { WAD } from "@keep3r-network/sdk";
import { expect } from "chai";
import { MaxUint256, parseEther } from "ethers";
import { ethers } from "hardhat";
import { Chain } from "#simulation/chain";
import { nameAccounts } from "#simulation/accounts";
import { deployUniswap } from "#simulation/uniswap";
import { loadFixture } from "#support/fixture";
import { GAS_RESERVE } from "#deploy/signer";
import { type IUniswapV2Pair, IUniswapV2Pair__factory, IWrappedEther__factory } from "#typechain";

const KP3R_IN = 400n * WAD;
const ETH_IN = 40n * WAD;
/** LP tokens that a pair's first liquidity leaves to nobody. */
const LOCKED = 1_000n;

describe("The opener of a market", () => {
  async function deployGround() {
    const { governance: deployer, keeper: stranger, passerby: provider } = nameAccounts(await ethers.getSigners());
    const chain = await Chain.open(ethers.provider);
    const { router, factory, weth } = await deployUniswap(chain, deployer);
    const kp3r = await ethers.deployContract("KP3R", [deployer]);
    await kp3r.addMinter(deployer);
    await kp3r.mint(1_000n * WAD);
    const wrapped = IWrappedEther__factory.connect(await weth.getAddress(), stranger);

    const deployOpener = async () => {
      const opener = await ethers.deployContract("MarketOpener", [factory, kp3r, weth], deployer);
      await kp3r.approve(opener, MaxUint256);
      return { opener, pair: IUniswapV2Pair__factory.connect(await opener.pair(), deployer) };
    };
    /** Whoever creates the pair first. */
    const createPair = async (): Promise<IUniswapV2Pair> => {
      await factory.connect(stranger).createPair(kp3r, weth);
      return IUniswapV2Pair__factory.connect(await factory.getPair(kp3r, weth), stranger);
    };
    /** A stranger's WETH, of which the pair takes note or doesn't. */
    const leave = async (pair: IUniswapV2Pair, amount: bigint, noted: boolean): Promise<void> => {
      await wrapped.deposit({ value: amount });
      await wrapped.transfer(pair, amount);
      if (noted) await pair.sync();
    };
    return { deployer, stranger, provider, router, factory, weth, kp3r, deployOpener, createPair, leave };
  }

  type Ground = Awaited<ReturnType<typeof deployGround>>;

  /** KP3R and WETH in the pair, as its reserves have them. */
  async function reservesOf(pair: IUniswapV2Pair, { kp3r }: Ground): Promise<[kp3r: bigint, weth: bigint]> {
    const [reserve0, reserve1] = await pair.getReserves();
    return (await pair.token0()) === (await kp3r.getAddress()) ? [reserve0, reserve1] : [reserve1, reserve0];
  }

  /** Rounded down, by Newton. */
  function rootDown(square: bigint): bigint {
    let root = square;
    for (let next = (root + 1n) / 2n; next < root; next = (root + square / root) / 2n) root = next;
    return root;
  }

  it("creates the pair if nobody has", async () => {
    const ground = await loadFixture(deployGround);
    const { opener, pair } = await ground.deployOpener();
    expect(await ground.factory.getPair(ground.kp3r, ground.weth)).to.equal(await pair.getAddress());
    expect(await opener.kp3r()).to.equal(await ground.kp3r.getAddress());
    expect(await opener.weth()).to.equal(await ground.weth.getAddress());
  });

  it("takes the pair that a stranger has created", async () => {
    const ground = await loadFixture(deployGround);
    const created = await ground.createPair();
    const { pair } = await ground.deployOpener();
    expect(await pair.getAddress()).to.equal(await created.getAddress());
  });

  describe("open", () => {
    it("refuses to put in less than can be sure to work", async () => {
      const { provider, deployOpener } = await loadFixture(deployGround);
      const { opener } = await deployOpener();
      const [leastKp3r, leastEth] = [await opener.MIN_KP3R(), await opener.MIN_ETH()];
      await expect(opener.open(leastKp3r - 1n, provider, { value: leastEth }))
        .to.be.revertedWithCustomError(opener, "MarketTooSmall")
        .withArgs(leastKp3r - 1n, leastEth);
      await expect(opener.open(leastKp3r, provider, { value: leastEth - 1n }))
        .to.be.revertedWithCustomError(opener, "MarketTooSmall")
        .withArgs(leastKp3r, leastEth - 1n);
    });

    it("refuses a pair that has liquidity", async () => {
      const { provider, deployOpener } = await loadFixture(deployGround);
      const { opener, pair } = await deployOpener();
      await opener.open(KP3R_IN, provider, { value: ETH_IN });
      await expect(opener.open(KP3R_IN, provider, { value: ETH_IN }))
        .to.be.revertedWithCustomError(opener, "MarketAlreadyOpen")
        .withArgs(pair);
    });

    it("takes KP3R of its caller only", async () => {
      const { stranger, kp3r, deployOpener } = await loadFixture(deployGround);
      const { opener } = await deployOpener();
      await expect(opener.connect(stranger).open(KP3R_IN, stranger, { value: ETH_IN }))
        .to.be.revertedWithCustomError(kp3r, "ERC20InsufficientAllowance")
        .withArgs(opener, 0n, KP3R_IN);
    });

    it("gives an untouched pair the liquidity that Uniswap's router would", async () => {
      const ground = await loadFixture(deployGround);
      const { provider, deployOpener, kp3r } = ground;
      const { opener, pair } = await deployOpener();
      const liquidity = rootDown(KP3R_IN * ETH_IN) - LOCKED;
      await expect(opener.open(KP3R_IN, provider, { value: ETH_IN }))
        .to.emit(opener, "MarketOpening")
        .withArgs(provider, KP3R_IN, ETH_IN, liquidity);
      expect(await pair.balanceOf(provider)).to.equal(liquidity);
      expect(await reservesOf(pair, ground)).to.deep.equal([KP3R_IN, ETH_IN]);
      expect(await kp3r.balanceOf(opener)).to.equal(0n);
    });

    for (const [mess, amount, noted] of [
      ["one wei of WETH", 1n, true],
      ["one wei of WETH that it doesn't know of", 1n, false],
      ["one ether", WAD, true],
      ["one ether that it doesn't know of", WAD, false],
      ["exactly the ether that goes in", ETH_IN, true],
      ["a wei less than goes in", ETH_IN - 1n, true],
      ["a hundred times the ether that goes in", 100n * ETH_IN, true],
    ] as const) {
      it(`opens at the price of the amounts whatever lies in the pair: ${mess}`, async () => {
        const ground = await loadFixture(deployGround);
        const { provider, weth, kp3r, deployer } = ground;
        const stranded = await ground.createPair();
        await ground.leave(stranded, amount, noted);
        const { opener, pair } = await ground.deployOpener();
        const before = await kp3r.balanceOf(deployer);

        await opener.open(KP3R_IN, provider, { value: ETH_IN });

        expect(await reservesOf(pair, ground)).to.deep.equal([KP3R_IN, ETH_IN]);
        expect(await kp3r.balanceOf(pair)).to.equal(KP3R_IN);
        expect(await weth.balanceOf(pair)).to.equal(ETH_IN);
        expect(await pair.balanceOf(provider)).to.equal((await pair.totalSupply()) - LOCKED);
        expect(await kp3r.balanceOf(deployer)).to.equal(before - KP3R_IN);
        // The stranger's WETH is the provider's, and nothing stays behind
        expect(await weth.balanceOf(provider)).to.equal(amount);
        for (const token of [weth, kp3r, pair]) expect(await token.balanceOf(opener)).to.equal(0n);
      });
    }

    it("opens where Uniswap's router reverts for ever", async () => {
      const ground = await loadFixture(deployGround);
      const { router, kp3r, deployer, provider } = ground;
      await ground.leave(await ground.createPair(), 1n, true);
      await kp3r.approve(router, MaxUint256);
      const byRouter = router
        .connect(deployer)
        .addLiquidityETH(kp3r, KP3R_IN, KP3R_IN, ETH_IN, provider, MaxUint256, { value: ETH_IN });
      await expect(byRouter).to.be.revertedWith("UniswapV2Library: INSUFFICIENT_LIQUIDITY");

      const { opener, pair } = await ground.deployOpener();
      await opener.open(KP3R_IN, provider, { value: ETH_IN });
      expect(await reservesOf(pair, ground)).to.deep.equal([KP3R_IN, ETH_IN]);
    });

    it("opens with the least amounts over more WETH than there are ethers to spare", async () => {
      const ground = await loadFixture(deployGround);
      const { provider, stranger } = ground;
      const everything = parseEther("100000000");
      await ethers.provider.send("hardhat_setBalance", [stranger.address, `0x${(2n * everything).toString(16)}`]);
      await ground.leave(await ground.createPair(), everything, true);
      const { opener, pair } = await ground.deployOpener();
      const [kp3rIn, ethIn] = [await opener.MIN_KP3R(), await opener.MIN_ETH()];

      await opener.open(kp3rIn, provider, { value: ethIn });
      expect(await reservesOf(pair, ground)).to.deep.equal([kp3rIn, ethIn]);
      expect(await pair.balanceOf(provider)).to.be.greaterThan(100n * LOCKED);
    });

    it("opens where the factory takes a fee", async () => {
      const ground = await loadFixture(deployGround);
      const { provider, stranger, factory } = ground;
      // The factory's account that may say who gets it is nobody's here: what it would write is stored
      const FEE_TO = "0x0";
      await ethers.provider.send("hardhat_setStorageAt", [
        await factory.getAddress(),
        FEE_TO,
        ethers.zeroPadValue(stranger.address, 32),
      ]);
      await ground.leave(await ground.createPair(), WAD, true);
      const { opener, pair } = await ground.deployOpener();
      await opener.open(KP3R_IN, provider, { value: ETH_IN });
      expect(await reservesOf(pair, ground)).to.deep.equal([KP3R_IN, ETH_IN]);
      expect(await pair.balanceOf(stranger)).to.equal(0n);
    });

    it("needs no more gas than is held ready when the pair is spoiled after the gas was estimated", async () => {
      const ground = await loadFixture(deployGround);
      const { provider } = ground;
      const { opener, pair } = await ground.deployOpener();
      const estimate = await opener.open.estimateGas(KP3R_IN, provider, { value: ETH_IN });
      await ground.leave(pair, WAD, true);
      await ground.leave(pair, WAD, false);

      const open = (gasLimit: bigint) => opener.open(KP3R_IN, provider, { value: ETH_IN, gasLimit });
      await expect(open(estimate)).to.be.rejectedWith(/out of gas|reverted/);
      await open(estimate + GAS_RESERVE);
      expect(await reservesOf(pair, ground)).to.deep.equal([KP3R_IN, ETH_IN]);
    });
  });
});
