import type { HardhatEthersSigner } from "@nomicfoundation/hardhat-ethers/signers";
import { expect } from "chai";
import type { BaseContract, ContractFactory } from "ethers";
import { ethers } from "hardhat";
import type { IGovernable } from "#typechain";
import { loadFixture } from "../fixture";

const { ZeroAddress } = ethers;

export interface GovernableWorld {
  governance: HardhatEthersSigner;
  stranger: HardhatEthersSigner;
  other: HardhatEthersSigner;
  governed: IGovernable & BaseContract;
  /** Deploys another such contract, for a governance. */
  factory: ContractFactory;
  buildFor: (governance: string) => Promise<BaseContract>;
}

/** The hand-over in two steps that all contracts under governance share. */
export function shouldBehaveLikeGovernable(deploy: () => Promise<GovernableWorld>): void {
  describe("governance of the new contract", () => {
    it("refuses the zero address", async () => {
      const { factory, buildFor } = await loadFixture(deploy);
      await expect(buildFor(ZeroAddress)).to.be.revertedWithCustomError(factory, "NoGovernanceZeroAddress");
    });

    it("is the address that it was built for, with none proposed", async () => {
      const { governed, governance, buildFor } = await loadFixture(deploy);

      expect(await governed.governance()).to.equal(governance.address);
      expect(await governed.pendingGovernance()).to.equal(ZeroAddress);
      const built = await buildFor(governance.address);
      await expect(built.deploymentTransaction()).to.emit(built, "GovernanceSet").withArgs(governance.address);
    });
  });

  describe("setGovernance", () => {
    it("is for governance only", async () => {
      const { governed, stranger } = await loadFixture(deploy);
      await expect(governed.connect(stranger).setGovernance(stranger)).to.be.revertedWithCustomError(
        governed,
        "OnlyGovernance",
      );
    });

    it("refuses the zero address", async () => {
      const { governed, governance } = await loadFixture(deploy);
      await expect(governed.connect(governance).setGovernance(ZeroAddress)).to.be.revertedWithCustomError(
        governed,
        "NoGovernanceZeroAddress",
      );
    });

    it("proposes, and changes nothing else", async () => {
      const { governed, governance, stranger } = await loadFixture(deploy);

      await expect(governed.connect(governance).setGovernance(stranger))
        .to.emit(governed, "GovernanceProposal")
        .withArgs(stranger.address);

      expect(await governed.pendingGovernance()).to.equal(stranger.address);
      expect(await governed.governance()).to.equal(governance.address);
    });

    it("replaces an earlier proposal", async () => {
      const { governed, governance, stranger, other } = await loadFixture(deploy);

      await governed.connect(governance).setGovernance(stranger);
      await governed.connect(governance).setGovernance(other);

      await expect(governed.connect(stranger).acceptGovernance()).to.be.revertedWithCustomError(
        governed,
        "OnlyPendingGovernance",
      );
    });
  });

  describe("acceptGovernance", () => {
    it("is for the proposed governance only", async () => {
      const { governed, governance, stranger } = await loadFixture(deploy);

      await governed.connect(governance).setGovernance(stranger);

      await expect(governed.connect(governance).acceptGovernance()).to.be.revertedWithCustomError(
        governed,
        "OnlyPendingGovernance",
      );
    });

    it("hands over, once", async () => {
      const { governed, governance, stranger } = await loadFixture(deploy);
      await governed.connect(governance).setGovernance(stranger);

      await expect(governed.connect(stranger).acceptGovernance())
        .to.emit(governed, "GovernanceSet")
        .withArgs(stranger.address);

      expect(await governed.governance()).to.equal(stranger.address);
      expect(await governed.pendingGovernance()).to.equal(ZeroAddress);
      await expect(governed.connect(governance).setGovernance(governance)).to.be.revertedWithCustomError(
        governed,
        "OnlyGovernance",
      );
      await expect(governed.connect(stranger).acceptGovernance()).to.be.revertedWithCustomError(
        governed,
        "OnlyPendingGovernance",
      );
    });
  });
}
