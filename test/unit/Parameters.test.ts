import { DAY } from "@keep3r-network/sdk";
import { expect } from "chai";
import { ethers } from "hardhat";
import { shouldBehaveLikeGovernable } from "#support/behaviours/governable";
import { itIsForGovernanceOnly } from "#support/behaviours/guards";
import { PARAMETERS } from "#support/defaults";
import { loadFixture } from "#support/fixture";
import { deployCoreWorld } from "#support/worlds/core";

const { ZeroAddress } = ethers;
const DAYS = BigInt(DAY);

type Getter = keyof typeof PARAMETERS.Keep3r;

/** A parameter that is a number: its setter's name, its first value and its bounds. */
interface Parameter {
  name: string;
  getter: Getter;
  initial: bigint;
  lowest: bigint;
  highest: bigint;
}

const NUMBERS = Object.entries(PARAMETERS.Keep3r).map(([getter, { value, min, max }]): Parameter => {
  const name = getter.charAt(0).toUpperCase() + getter.slice(1);
  return { name, getter: getter as Getter, initial: value, lowest: min, highest: max };
});

/** Errors of V2's for a value that is too low. */
const TOO_LOW: Partial<Record<Getter, string>> = { rewardPeriodTime: "MinRewardPeriod" };

/** A parameter that is a contract. */
const CONTRACTS = [
  { name: "Keep3rHelper", getter: "keep3rHelper" },
  { name: "Keep3rV1Proxy", getter: "keep3rV1Proxy" },
];

async function deployGovernableWorld() {
  const { governance, stranger, other, kp3r, keep3r } = await deployCoreWorld();
  const factory = await ethers.getContractFactory("Keep3r");
  return {
    governance,
    stranger,
    other,
    factory,
    governed: keep3r,
    buildFor: (to: string) => factory.deploy(to, kp3r, kp3r),
  };
}

describe("Keep3r: parameters", () => {
  shouldBehaveLikeGovernable(deployGovernableWorld);

  describe("constructor", () => {
    it("refuses a token without code", async () => {
      const { governance, stranger, kp3r, keep3r } = await loadFixture(deployCoreWorld);
      await expect(ethers.deployContract("Keep3r", [governance, stranger, kp3r]))
        .to.be.revertedWithCustomError(keep3r, "WithoutCode")
        .withArgs(stranger.address);
    });

    it("refuses a minter without code", async () => {
      const { governance, stranger, kp3r, keep3r } = await loadFixture(deployCoreWorld);
      await expect(ethers.deployContract("Keep3r", [governance, kp3r, stranger]))
        .to.be.revertedWithCustomError(keep3r, "WithoutCode")
        .withArgs(stranger.address);
    });

    it("takes the token and its minter, and no helper yet", async () => {
      const { governance, kp3r, token } = await loadFixture(deployCoreWorld);

      const built = await ethers.deployContract("Keep3r", [governance, kp3r, token]);

      expect(await built.keep3rV1()).to.equal(await kp3r.getAddress());
      expect(await built.keep3rV1Proxy()).to.equal(await token.getAddress());
      expect(await built.keep3rHelper()).to.equal(ZeroAddress);
      await expect(built.deploymentTransaction())
        .to.emit(built, "Keep3rV1ProxyChange")
        .withArgs(await token.getAddress());
    });
  });

  for (const { name, getter } of CONTRACTS) {
    describe(`set${name}`, () => {
      itIsForGovernanceOnly(deployCoreWorld, ({ keep3r, stranger, token }) =>
        keep3r.connect(stranger).getFunction(`set${name}`)(token),
      );

      it("refuses an address without code", async () => {
        const { keep3r, stranger } = await loadFixture(deployCoreWorld);
        for (const account of [stranger.address, ZeroAddress]) {
          await expect(keep3r.getFunction(`set${name}`)(account))
            .to.be.revertedWithCustomError(keep3r, "WithoutCode")
            .withArgs(account);
        }
      });

      it("sets it, and nothing else", async () => {
        const { keep3r, token } = await loadFixture(deployCoreWorld);
        const others = await readAllBut(keep3r, getter);
        const address = await token.getAddress();

        await expect(keep3r.getFunction(`set${name}`)(address))
          .to.emit(keep3r, `${name}Change`)
          .withArgs(address);

        expect(await keep3r.getFunction(getter).staticCall()).to.equal(address);
        expect(await readAllBut(keep3r, getter)).to.deep.equal(others);
      });
    });
  }

  for (const { name, getter, initial, lowest, highest } of NUMBERS) {
    describe(`set${name}`, () => {
      itIsForGovernanceOnly(deployCoreWorld, ({ keep3r, stranger }) =>
        keep3r.connect(stranger).getFunction(`set${name}`)(initial),
      );

      if (lowest > 0n) {
        it(`refuses less than ${lowest}`, async () => {
          const { keep3r } = await loadFixture(deployCoreWorld);
          const setting = expect(keep3r.getFunction(`set${name}`)(lowest - 1n)).to.be;
          const tooLow = TOO_LOW[getter];
          if (tooLow !== undefined) {
            await setting.revertedWithCustomError(keep3r, tooLow);
          } else {
            await setting
              .revertedWithCustomError(keep3r, "ParameterOutOfBounds")
              .withArgs(lowest - 1n, lowest, highest);
          }
        });
      }

      it(`refuses more than ${highest}, and values that wouldn't fit`, async () => {
        const { keep3r } = await loadFixture(deployCoreWorld);
        for (const value of [highest + 1n, 2n ** 24n + initial, 2n ** 32n + initial, 2n ** 88n + initial]) {
          if (value <= highest) continue;
          await expect(keep3r.getFunction(`set${name}`)(value))
            .to.be.revertedWithCustomError(keep3r, "ParameterOutOfBounds")
            .withArgs(value, lowest, highest);
        }
      });

      it(`is ${initial} at first`, async () => {
        const { keep3r } = await loadFixture(deployCoreWorld);
        expect(await keep3r.getFunction(getter).staticCall()).to.equal(initial);
      });

      for (const value of [lowest, highest]) {
        it(`sets it to ${value}, and nothing else`, async () => {
          const { keep3r } = await loadFixture(deployCoreWorld);
          const others = await readAllBut(keep3r, getter);

          await expect(keep3r.getFunction(`set${name}`)(value))
            .to.emit(keep3r, `${name}Change`)
            .withArgs(value);

          expect(await keep3r.getFunction(getter).staticCall()).to.equal(value);
          expect(await readAllBut(keep3r, getter)).to.deep.equal(others);
        });
      }
    });
  }

  describe("setRewardPeriodTime and setInflationPeriod", () => {
    it("bound each other", async () => {
      const { keep3r } = await loadFixture(deployCoreWorld);
      await keep3r.setInflationPeriod(10n * DAYS);

      await expect(keep3r.setRewardPeriodTime(10n * DAYS + 1n))
        .to.be.revertedWithCustomError(keep3r, "ParameterOutOfBounds")
        .withArgs(10n * DAYS + 1n, DAYS, 10n * DAYS);
      await keep3r.setRewardPeriodTime(10n * DAYS);
      await expect(keep3r.setInflationPeriod(10n * DAYS - 1n))
        .to.be.revertedWithCustomError(keep3r, "ParameterOutOfBounds")
        .withArgs(10n * DAYS - 1n, 10n * DAYS, 365n * DAYS);
    });
  });

  describe("extsload", () => {
    it("reads any word of storage", async () => {
      const { keep3r, governance, stranger, kp3r } = await loadFixture(deployCoreWorld);
      await keep3r.setGovernance(stranger);
      const words = [governance.address, stranger.address];

      for (const [slot, account] of words.entries()) {
        expect(await keep3r.extsload(ethers.toBeHex(slot, 32))).to.equal(ethers.zeroPadValue(account, 32));
      }
      expect(await keep3r.extsload(ethers.toBeHex(4, 32))).to.equal(ethers.zeroPadValue(await kp3r.getAddress(), 32));
    });

    it("finds the terms where they are said to be", async () => {
      const { keep3r } = await loadFixture(deployCoreWorld);

      const word = BigInt(await keep3r.extsload(ethers.toBeHex(3, 32)));

      const { fee, liquidityMinimum, unbondTime, bondTime } = PARAMETERS.Keep3r;
      const terms = (fee.value << 152n) | (liquidityMinimum.value << 64n) | (unbondTime.value << 32n) | bondTime.value;
      expect(word).to.equal(terms);
    });

    it("is zero where nothing was stored", async () => {
      const { keep3r } = await loadFixture(deployCoreWorld);
      expect(await keep3r.extsload(ethers.id("nothing"))).to.equal(ethers.ZeroHash);
    });
  });
});

/** All parameters but one. */
async function readAllBut(
  keep3r: Awaited<ReturnType<typeof deployCoreWorld>>["keep3r"],
  left: string,
): Promise<unknown[]> {
  const getters = [...NUMBERS, ...CONTRACTS].map(({ getter }) => getter).filter((getter) => getter !== left);
  return Promise.all(getters.map((getter): Promise<unknown> => keep3r.getFunction(getter).staticCall()));
}
