import type { HardhatEthersSigner } from "@nomicfoundation/hardhat-ethers/signers";
import { expect } from "chai";
import { Interface } from "ethers";
import { IGovernable__factory, IKeep3rJob__factory } from "#typechain";
import { loadFixture } from "../fixture";

const GOVERNABLE = { interface: IGovernable__factory.createInterface() };
const JOB = { interface: IKeep3rJob__factory.createInterface() };
const OWNABLE = { interface: new Interface(["error OwnableUnauthorizedAccount(address account)"]) };

/** A call in a world that its guard has to refuse. */
type Call<W> = (world: W) => Promise<unknown>;

/** A test for a contract under governance, which `call` calls as another account. */
export function itIsForGovernanceOnly<W>(deploy: () => Promise<W>, call: Call<W>): void {
  it("is for governance only", async () => {
    const world = await loadFixture(deploy);
    await expect(call(world)).to.be.revertedWithCustomError(GOVERNABLE, "OnlyGovernance").withArgs();
  });
}

/** A test for a contract on OpenZeppelin's Ownable, which `call` calls as the stranger. */
export function itIsForTheOwnerOnly<W extends { stranger: HardhatEthersSigner }>(
  deploy: () => Promise<W>,
  call: Call<W>,
): void {
  it("is for the owner only", async () => {
    const world = await loadFixture(deploy);
    await expect(call(world))
      .to.be.revertedWithCustomError(OWNABLE, "OwnableUnauthorizedAccount")
      .withArgs(world.stranger.address);
  });
}

/** A test for a job on Keep3rJob, which `call` works as an account that isn't a keeper. */
export function itIsForKeepersOnly<W>(deploy: () => Promise<W>, call: Call<W>): void {
  it("is for keepers only", async () => {
    const world = await loadFixture(deploy);
    await expect(call(world)).to.be.revertedWithCustomError(JOB, "KeeperNotValid").withArgs();
  });
}
