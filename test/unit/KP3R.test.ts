import { WAD } from "@keep3r-network/sdk";
import type { HardhatEthersSigner } from "@nomicfoundation/hardhat-ethers/signers";
import { time } from "@nomicfoundation/hardhat-network-helpers";
import { expect } from "chai";
import { ethers } from "hardhat";
import { shouldBehaveLikeGovernable } from "#support/behaviours/governable";
import { itIsForGovernanceOnly } from "#support/behaviours/guards";
import { loadFixture } from "#support/fixture";
import type { KP3R } from "#typechain";

const { MaxUint256, ZeroAddress } = ethers;

async function deployKp3r() {
  const [governance, minter, holder, spender, stranger, other] = (await ethers.getSigners()) as [
    HardhatEthersSigner,
    HardhatEthersSigner,
    HardhatEthersSigner,
    HardhatEthersSigner,
    HardhatEthersSigner,
    HardhatEthersSigner,
  ];
  const factory = await ethers.getContractFactory("KP3R");
  const kp3r = await factory.deploy(governance);
  return { governance, minter, holder, spender, stranger, other, factory, kp3r };
}

async function deployGovernableWorld() {
  const { governance, stranger, other, factory, kp3r } = await deployKp3r();
  return { governance, stranger, other, factory, governed: kp3r, buildFor: (to: string) => factory.deploy(to) };
}

/** 100 KP3R with the holder, minted by an appointed minter. */
async function deploySuppliedKp3r() {
  const world = await deployKp3r();
  const { kp3r, minter, holder } = world;
  await kp3r.addMinter(minter);
  await kp3r.connect(minter).mint(100n * WAD);
  await kp3r.connect(minter).transfer(holder, 100n * WAD);
  return world;
}

interface Permit {
  owner: string;
  spender: string;
  value: bigint;
  nonce: bigint;
  deadline: bigint;
}

const PERMIT_TYPES = {
  Permit: [
    { name: "owner", type: "address" },
    { name: "spender", type: "address" },
    { name: "value", type: "uint256" },
    { name: "nonce", type: "uint256" },
    { name: "deadline", type: "uint256" },
  ],
};

async function sign(kp3r: KP3R, signer: HardhatEthersSigner, permit: Permit) {
  const { chainId } = await ethers.provider.getNetwork();
  const domain = { name: "Keep3r", version: "1", chainId, verifyingContract: await kp3r.getAddress() };
  return ethers.Signature.from(await signer.signTypedData(domain, PERMIT_TYPES, permit));
}

describe("KP3R", () => {
  shouldBehaveLikeGovernable(deployGovernableWorld);

  it("is a token of 18 decimals without a supply of its own", async () => {
    const { kp3r } = await loadFixture(deployKp3r);

    expect(await kp3r.name()).to.equal("Keep3r");
    expect(await kp3r.symbol()).to.equal("KP3R");
    expect(await kp3r.decimals()).to.equal(18n);
    expect(await kp3r.totalSupply()).to.equal(0n);
  });

  describe("addMinter", () => {
    itIsForGovernanceOnly(deployKp3r, ({ kp3r, stranger }) => kp3r.connect(stranger).addMinter(stranger));

    it("refuses the zero address", async () => {
      const { kp3r } = await loadFixture(deployKp3r);
      await expect(kp3r.addMinter(ZeroAddress)).to.be.revertedWithCustomError(kp3r, "MinterZeroAddress");
    });

    it("refuses a minter", async () => {
      const { kp3r, minter } = await loadFixture(deploySuppliedKp3r);
      await expect(kp3r.addMinter(minter)).to.be.revertedWithCustomError(kp3r, "MinterExistent");
    });

    it("appoints a minter beside the others", async () => {
      const { kp3r, minter, other } = await loadFixture(deploySuppliedKp3r);

      await expect(kp3r.addMinter(other)).to.emit(kp3r, "MinterAdded").withArgs(other.address);

      expect(await kp3r.minters(other)).to.be.true;
      expect(await kp3r.minters(minter)).to.be.true;
    });
  });

  describe("removeMinter", () => {
    itIsForGovernanceOnly(deploySuppliedKp3r, ({ kp3r, minter, stranger }) =>
      kp3r.connect(stranger).removeMinter(minter),
    );

    it("refuses an address that isn't a minter", async () => {
      const { kp3r, stranger } = await loadFixture(deployKp3r);
      await expect(kp3r.removeMinter(stranger)).to.be.revertedWithCustomError(kp3r, "MinterUnexistent");
    });

    it("dismisses a minter, and leaves the tokens that it minted", async () => {
      const { kp3r, minter } = await loadFixture(deploySuppliedKp3r);

      await expect(kp3r.removeMinter(minter)).to.emit(kp3r, "MinterRemoved").withArgs(minter.address);

      expect(await kp3r.minters(minter)).to.be.false;
      expect(await kp3r.totalSupply()).to.equal(100n * WAD);
      await expect(kp3r.connect(minter).mint(1n)).to.be.revertedWithCustomError(kp3r, "OnlyMinter");
    });
  });

  describe("mint", () => {
    it("is for minters only, and governance isn't one by itself", async () => {
      const { kp3r, governance } = await loadFixture(deployKp3r);
      await expect(kp3r.connect(governance).mint(1n)).to.be.revertedWithCustomError(kp3r, "OnlyMinter");
    });

    it("creates tokens for the caller", async () => {
      const { kp3r, minter } = await loadFixture(deploySuppliedKp3r);

      const minting = kp3r.connect(minter).mint(7n);

      await expect(minting).to.emit(kp3r, "Transfer").withArgs(ZeroAddress, minter.address, 7n);
      await expect(minting).to.changeTokenBalance(kp3r, minter, 7n);
      expect(await kp3r.totalSupply()).to.equal(100n * WAD + 7n);
    });
  });

  describe("burn", () => {
    it("refuses more than the caller has", async () => {
      const { kp3r, holder } = await loadFixture(deploySuppliedKp3r);
      await expect(kp3r.connect(holder).burn(100n * WAD + 1n))
        .to.be.revertedWithCustomError(kp3r, "ERC20InsufficientBalance")
        .withArgs(holder.address, 100n * WAD, 100n * WAD + 1n);
    });

    it("destroys tokens of the caller", async () => {
      const { kp3r, holder } = await loadFixture(deploySuppliedKp3r);

      const burning = kp3r.connect(holder).burn(40n * WAD);

      await expect(burning)
        .to.emit(kp3r, "Transfer")
        .withArgs(holder.address, ZeroAddress, 40n * WAD);
      await expect(burning).to.changeTokenBalance(kp3r, holder, -40n * WAD);
      expect(await kp3r.totalSupply()).to.equal(60n * WAD);
    });
  });

  describe("permit", () => {
    async function signedPermit() {
      const world = await deploySuppliedKp3r();
      const { kp3r, holder, spender } = world;
      const deadline = BigInt(await time.latest()) + 3_600n;
      const permit = { owner: holder.address, spender: spender.address, value: 5n * WAD, nonce: 0n, deadline };
      const { v, r, s } = await sign(kp3r, holder, permit);
      return { ...world, permit, v, r, s };
    }

    it("refuses a signature after its deadline", async () => {
      const { kp3r, holder, spender, permit, v, r, s } = await loadFixture(signedPermit);
      await time.setNextBlockTimestamp(permit.deadline + 1n);

      await expect(kp3r.permit(holder, spender, permit.value, permit.deadline, v, r, s))
        .to.be.revertedWithCustomError(kp3r, "ERC2612ExpiredSignature")
        .withArgs(permit.deadline);
    });

    it("refuses another's signature", async () => {
      const { kp3r, holder, spender, stranger, permit } = await loadFixture(signedPermit);
      const { v, r, s } = await sign(kp3r, stranger, permit);

      await expect(kp3r.permit(holder, spender, permit.value, permit.deadline, v, r, s))
        .to.be.revertedWithCustomError(kp3r, "ERC2612InvalidSigner")
        .withArgs(stranger.address, holder.address);
    });

    it("approves when anyone hands in the signature, up to its deadline", async () => {
      const { kp3r, holder, spender, stranger, permit, v, r, s } = await loadFixture(signedPermit);
      await time.setNextBlockTimestamp(permit.deadline);

      await expect(kp3r.connect(stranger).permit(holder, spender, permit.value, permit.deadline, v, r, s))
        .to.emit(kp3r, "Approval")
        .withArgs(holder.address, spender.address, permit.value);

      expect(await kp3r.allowance(holder, spender)).to.equal(permit.value);
      expect(await kp3r.nonces(holder)).to.equal(1n);
    });

    it("takes a signature once", async () => {
      const { kp3r, holder, spender, permit, v, r, s } = await loadFixture(signedPermit);
      await kp3r.permit(holder, spender, permit.value, permit.deadline, v, r, s);

      await expect(kp3r.permit(holder, spender, permit.value, permit.deadline, v, r, s)).to.be.revertedWithCustomError(
        kp3r,
        "ERC2612InvalidSigner",
      );
    });

    it("lets Keep3r take a bond without an approval before", async () => {
      const { kp3r, governance, holder } = await loadFixture(signedPermit);
      const keep3r = await ethers.deployContract("Keep3r", [governance, kp3r, kp3r]);
      const deadline = MaxUint256;
      const spender = await keep3r.getAddress();
      const permit = { owner: holder.address, spender, value: 5n * WAD, nonce: 0n, deadline };
      const { v, r, s } = await sign(kp3r, holder, permit);

      await kp3r.permit(holder, spender, permit.value, deadline, v, r, s);
      await keep3r.connect(holder).bond(kp3r, 5n * WAD);

      expect(await keep3r.pendingBonds(holder, kp3r)).to.equal(5n * WAD);
    });
  });
});
