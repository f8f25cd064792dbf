import { WAD } from "@keep3r-network/sdk";
import { time } from "@nomicfoundation/hardhat-network-helpers";
import { expect } from "chai";
import { ethers } from "hardhat";
import { activateKeeper } from "#support/actors/keepers";
import { loadFixture } from "#support/fixture";
import { addTokens, lessFee } from "#support/tokens/credits";
import { grant } from "#support/tokens/grants";
import { expectGuarded, GUARD_ERROR } from "#support/tokens/reentrant";
import { deployCoreWorld } from "#support/worlds/core";
import { inOneBlock } from "#support/worlds/uniswap";
import type { ERC20__Mock } from "#typechain";

const DEPOSIT = 100n * WAD;

async function deployCreditedWorld() {
  const world = await deployCoreWorld();
  await world.keep3r.connect(world.jobOwner).addTokenCreditsToJob(world.job, world.token, DEPOSIT);
  return world;
}

/** A job with credits in 8 tokens. */
async function deployFullWorld() {
  const world = await deployCoreWorld();
  return { ...world, tokens: await addTokens(world, world.job, 8) };
}

/** The job's owner and the stranger hold 1000 of a token that behaves oddly. */
async function deployOddTokenWorld(name: "FeeToken__Mock" | "NoReturnToken__Mock" | "ReentrantToken__Mock") {
  const world = await deployCoreWorld();
  const odd = (await ethers.deployContract(name)) as unknown as ERC20__Mock;
  await grant(odd, [world.jobOwner, world.stranger], world.keep3r, 1_000n * WAD);
  return { ...world, odd };
}
const deployFeeTokenWorld = () => deployOddTokenWorld("FeeToken__Mock");
const deployNoReturnTokenWorld = () => deployOddTokenWorld("NoReturnToken__Mock");

/** A re-entrant token that owns the job, and has been credited to it. */
async function deployReentrantWorld() {
  const world = await deployOddTokenWorld("ReentrantToken__Mock");
  const { keep3r, jobOwner, job, odd } = world;
  const reentrant = await ethers.getContractAt("ReentrantToken__Mock", odd);
  await keep3r.connect(jobOwner).addTokenCreditsToJob(job, odd, DEPOSIT);
  await keep3r.connect(jobOwner).changeJobOwnership(job, odd);
  await reentrant.arm(keep3r, keep3r.interface.encodeFunctionData("acceptJobOwnership", [await job.getAddress()]));
  await odd.mint(jobOwner, 1n);
  return { ...world, reentrant, address: await job.getAddress() };
}

describe("TokenCredits", () => {
  describe("addTokenCreditsToJob", () => {
    it("refuses KP3R", async () => {
      const { keep3r, kp3r, jobOwner, job } = await loadFixture(deployCoreWorld);
      await expect(keep3r.connect(jobOwner).addTokenCreditsToJob(job, kp3r, DEPOSIT)).to.be.revertedWithCustomError(
        keep3r,
        "TokenUnallowed",
      );
    });

    it("refuses a token without code", async () => {
      const { keep3r, jobOwner, other, job } = await loadFixture(deployCoreWorld);
      await expect(keep3r.connect(jobOwner).addTokenCreditsToJob(job, other, DEPOSIT))
        .to.be.revertedWithCustomError(keep3r, "WithoutCode")
        .withArgs(other.address);
    });

    it("refuses a job that isn't registered", async () => {
      const { keep3r, jobOwner, other, token } = await loadFixture(deployCoreWorld);
      await expect(keep3r.connect(jobOwner).addTokenCreditsToJob(other, token, DEPOSIT)).to.be.revertedWithCustomError(
        keep3r,
        "JobUnavailable",
      );
    });

    it("refuses a ninth token", async () => {
      const { keep3r, jobOwner, job, token } = await loadFixture(deployFullWorld);
      await expect(keep3r.connect(jobOwner).addTokenCreditsToJob(job, token, DEPOSIT)).to.be.revertedWithCustomError(
        keep3r,
        "JobTokenLimit",
      );
    });

    it("refuses a token that is new to the job from anyone but its owner", async () => {
      const { keep3r, governance, stranger, job, token } = await loadFixture(deployCoreWorld);
      for (const caller of [stranger, governance]) {
        await expect(keep3r.connect(caller).addTokenCreditsToJob(job, token, DEPOSIT)).to.be.revertedWithCustomError(
          keep3r,
          "OnlyJobOwner",
        );
      }
    });

    it("refuses to be credited with nothing", async () => {
      const { keep3r, jobOwner, job, token } = await loadFixture(deployCoreWorld);
      await expect(keep3r.connect(jobOwner).addTokenCreditsToJob(job, token, 0)).to.be.revertedWithCustomError(
        keep3r,
        "ZeroAmount",
      );
    });

    it("fails if the tokens can't be had", async () => {
      const { keep3r, jobOwner, job, token } = await loadFixture(deployCoreWorld);
      await expect(keep3r.connect(jobOwner).addTokenCreditsToJob(job, token, 1_001n * WAD))
        .to.be.revertedWithCustomError(token, "ERC20InsufficientBalance")
        .withArgs(jobOwner.address, 1_000n * WAD, 1_001n * WAD);
    });

    it("credits the deposit less the fee, which goes to governance", async () => {
      const { keep3r, lens, governance, jobOwner, job, token } = await loadFixture(deployCoreWorld);
      const fee = DEPOSIT - lessFee(DEPOSIT);
      const adding = keep3r.connect(jobOwner).addTokenCreditsToJob(job, token, DEPOSIT);
      await expect(adding).to.changeTokenBalances(
        token,
        [jobOwner, keep3r, governance],
        [-DEPOSIT, DEPOSIT - fee, fee],
      );
      await expect(adding)
        .to.emit(keep3r, "TokenCreditAddition")
        .withArgs(await job.getAddress(), await token.getAddress(), jobOwner.address, DEPOSIT);
      expect(await keep3r.jobTokenCredits(job, token)).to.equal(DEPOSIT - fee);
      expect(await lens.owed(token)).to.equal(DEPOSIT - fee);
    });

    for (const [amount, credited] of [
      [1n, 0n],
      [2n, 1n],
      [333n, 332n],
      [334n, 332n],
      [10_000n, 9_970n],
      [10_001n, 9_970n],
    ] as const) {
      it(`rounds the fee up: ${credited} of ${amount} are credited`, async () => {
        const { keep3r, jobOwner, job, token } = await loadFixture(deployCoreWorld);
        await keep3r.connect(jobOwner).addTokenCreditsToJob(job, token, amount);
        expect(await keep3r.jobTokenCredits(job, token)).to.equal(credited);
      });
    }

    it("takes the current fee, which may be none", async () => {
      const { keep3r, governance, jobOwner, job, token } = await loadFixture(deployCoreWorld);
      await keep3r.setFee(0);
      await expect(keep3r.connect(jobOwner).addTokenCreditsToJob(job, token, 7)).to.changeTokenBalance(
        token,
        governance,
        0,
      );
      await keep3r.setFee(1_000);
      await expect(keep3r.connect(jobOwner).addTokenCreditsToJob(job, token, 11)).to.changeTokenBalance(
        token,
        governance,
        2,
      );
      expect(await keep3r.jobTokenCredits(job, token)).to.equal(7 + 9);
    });

    it("sends governance nothing when there is no fee, not even a transfer of nothing", async () => {
      const { keep3r, jobOwner, job, token } = await loadFixture(deployCoreWorld);
      await keep3r.setFee(0);
      const receipt = await (await keep3r.connect(jobOwner).addTokenCreditsToJob(job, token, 7)).wait();
      const transfers = await token.queryFilter(token.filters.Transfer, receipt?.blockNumber);
      expect(transfers.map(({ args }) => args.slice(0, 3))).to.deep.equal([
        [jobOwner.address, await keep3r.getAddress(), 7n],
      ]);
    });

    it("takes a token that the job knows from anyone", async () => {
      const { keep3r, stranger, job, token } = await loadFixture(deployCreditedWorld);
      await keep3r.connect(stranger).addTokenCreditsToJob(job, token, DEPOSIT);
      expect(await keep3r.jobTokenCredits(job, token)).to.equal(2n * lessFee(DEPOSIT));
    });

    it("takes a spent token from the owner only: it takes a place again", async () => {
      const { keep3r, jobOwner, stranger, job, token } = await loadFixture(deployCreditedWorld);
      await keep3r.connect(jobOwner).withdrawTokenCreditsFromJob(job, token, lessFee(DEPOSIT), jobOwner);
      await expect(keep3r.connect(stranger).addTokenCreditsToJob(job, token, DEPOSIT)).to.be.revertedWithCustomError(
        keep3r,
        "OnlyJobOwner",
      );
      await keep3r.connect(jobOwner).addTokenCreditsToJob(job, token, DEPOSIT);
      expect(await keep3r.jobTokenCredits(job, token)).to.equal(lessFee(DEPOSIT));
    });

    it("gives the place of a spent token to a new one", async () => {
      const { keep3r, lens, jobOwner, stranger, job, token, tokens } = await loadFixture(deployFullWorld);
      const [, , spent] = tokens as [ERC20__Mock, ERC20__Mock, ERC20__Mock];
      await keep3r.connect(jobOwner).withdrawTokenCreditsFromJob(job, spent, 997, jobOwner);
      await expect(keep3r.connect(stranger).addTokenCreditsToJob(job, token, DEPOSIT)).to.be.revertedWithCustomError(
        keep3r,
        "OnlyJobOwner",
      );
      await keep3r.connect(jobOwner).addTokenCreditsToJob(job, token, DEPOSIT);
      const listed = (await lens.jobState(job)).tokens.map((state) => state.token);
      expect(await lens.owed(spent)).to.equal(0);
      const expected = await Promise.all(tokens.map((known) => (known === spent ? token : known).getAddress()));
      expect(listed).to.deep.equal(expected);
      await expect(keep3r.connect(jobOwner).addTokenCreditsToJob(job, spent, 10n)).to.be.revertedWithCustomError(
        keep3r,
        "JobTokenLimit",
      );
    });

    it("refuses more than 2^128 - 1 of a token", async () => {
      const { keep3r, governance, jobOwner, job, token } = await loadFixture(deployCreditedWorld);
      await keep3r.connect(governance).setFee(0);
      const room = 2n ** 128n - 1n - lessFee(DEPOSIT);
      await token.mint(jobOwner, 2n ** 128n);
      await expect(keep3r.connect(jobOwner).addTokenCreditsToJob(job, token, room + 1n))
        .to.be.revertedWithCustomError(keep3r, "SafeCastOverflowedUintDowncast")
        .withArgs(128, 2n ** 128n);

      await keep3r.connect(jobOwner).addTokenCreditsToJob(job, token, room);

      expect(await keep3r.jobTokenCredits(job, token)).to.equal(2n ** 128n - 1n);
    });

    it("credits the amount that arrives of a token with a fee on transfers", async () => {
      const { keep3r, lens, governance, jobOwner, job, odd } = await loadFixture(deployFeeTokenWorld);
      const received = 90n * WAD;
      await expect(keep3r.connect(jobOwner).addTokenCreditsToJob(job, odd, DEPOSIT))
        .to.emit(keep3r, "TokenCreditAddition")
        .withArgs(await job.getAddress(), await odd.getAddress(), jobOwner.address, received);
      expect(await keep3r.jobTokenCredits(job, odd)).to.equal(lessFee(received));
      expect(await odd.balanceOf(keep3r)).to.equal(lessFee(received));
      expect(await lens.owed(odd)).to.equal(lessFee(received));
      expect(await odd.balanceOf(governance)).to.equal(((received - lessFee(received)) * 9n) / 10n);
    });

    it("takes a token that returns nothing", async () => {
      const { keep3r, jobOwner, job, odd } = await loadFixture(deployNoReturnTokenWorld);
      await keep3r.connect(jobOwner).addTokenCreditsToJob(job, odd, DEPOSIT);
      expect(await keep3r.jobTokenCredits(job, odd)).to.equal(lessFee(DEPOSIT));
      expect(await odd.balanceOf(keep3r)).to.equal(lessFee(DEPOSIT));
    });

    it("can't be re-entered from the token", async () => {
      const { keep3r, jobOwner, job, odd, reentrant, address } = await loadFixture(deployReentrantWorld);
      const token = await odd.getAddress();
      for (const data of [
        keep3r.interface.encodeFunctionData("addTokenCreditsToJob", [address, token, 1n]),
        keep3r.interface.encodeFunctionData("withdrawTokenCreditsFromJob", [address, token, 1n, jobOwner.address]),
        keep3r.interface.encodeFunctionData("bond", [token, 1n]),
        keep3r.interface.encodeFunctionData("withdrawLiquidityFromJob", [address, token, jobOwner.address]),
      ]) {
        const before = await keep3r.jobTokenCredits(job, odd);
        await reentrant.arm(keep3r, data);
        await keep3r.connect(jobOwner).addTokenCreditsToJob(job, odd, 1_000n);
        await expectGuarded(reentrant);
        expect((await keep3r.jobTokenCredits(job, odd)) - before).to.equal(997);
      }
    });
  });

  describe("withdrawTokenCreditsFromJob", () => {
    it("is for the job's owner only", async () => {
      const { keep3r, governance, stranger, job, token } = await loadFixture(deployCreditedWorld);
      for (const caller of [stranger, governance]) {
        await expect(
          keep3r.connect(caller).withdrawTokenCreditsFromJob(job, token, 1, caller),
        ).to.be.revertedWithCustomError(keep3r, "OnlyJobOwner");
      }
    });

    it("refuses the zero address", async () => {
      const { keep3r, jobOwner, job, token } = await loadFixture(deployCreditedWorld);
      await expect(
        keep3r.connect(jobOwner).withdrawTokenCreditsFromJob(job, token, 1, ethers.ZeroAddress),
      ).to.be.revertedWithCustomError(keep3r, "ZeroAddress");
    });

    it("refuses a zero amount", async () => {
      const { keep3r, jobOwner, job, token } = await loadFixture(deployCreditedWorld);
      await expect(
        keep3r.connect(jobOwner).withdrawTokenCreditsFromJob(job, token, 0, jobOwner),
      ).to.be.revertedWithCustomError(keep3r, "ZeroAmount");
    });

    it("refuses a job in dispute", async () => {
      const { keep3r, jobOwner, disputer, job, token } = await loadFixture(deployCreditedWorld);
      await keep3r.connect(disputer).dispute(job);
      await expect(
        keep3r.connect(jobOwner).withdrawTokenCreditsFromJob(job, token, 1, jobOwner),
      ).to.be.revertedWithCustomError(keep3r, "JobDisputed");
    });

    it("refuses more than the job has", async () => {
      const { keep3r, jobOwner, job, token } = await loadFixture(deployCreditedWorld);
      await expect(
        keep3r.connect(jobOwner).withdrawTokenCreditsFromJob(job, token, lessFee(DEPOSIT) + 1n, jobOwner),
      ).to.be.revertedWithCustomError(keep3r, "InsufficientJobTokenCredits");
    });

    it("sends everything when asked for the greatest number", async () => {
      const { keep3r, jobOwner, stranger, other, job, token } = await loadFixture(deployCreditedWorld);
      await keep3r.connect(stranger).addTokenCreditsToJob(job, token, DEPOSIT);
      const all = 2n * lessFee(DEPOSIT);
      const withdraw = () => keep3r.connect(jobOwner).withdrawTokenCreditsFromJob(job, token, ethers.MaxUint256, other);
      await expect(withdraw).to.changeTokenBalances(token, [keep3r, other], [-all, all]);
      expect(await keep3r.jobTokenCredits(job, token)).to.equal(0);
      await expect(withdraw()).to.be.revertedWithCustomError(keep3r, "ZeroAmount");
    });

    it("sends the credits to the address that the owner names", async () => {
      const { keep3r, jobOwner, other, job, token } = await loadFixture(deployCreditedWorld);
      const withdrawing = keep3r.connect(jobOwner).withdrawTokenCreditsFromJob(job, token, WAD, other);
      await expect(withdrawing).to.changeTokenBalances(token, [keep3r, jobOwner, other], [-WAD, 0n, WAD]);
      await expect(withdrawing)
        .to.emit(keep3r, "TokenCreditWithdrawal")
        .withArgs(await job.getAddress(), await token.getAddress(), other.address, WAD);
      expect(await keep3r.jobTokenCredits(job, token)).to.equal(lessFee(DEPOSIT) - WAD);
    });

    it("counts spent tokens as owed until the job is settled", async () => {
      const { keep3r, lens, jobOwner, stranger, other, job, token } = await loadFixture(deployCreditedWorld);
      await keep3r.connect(jobOwner).withdrawTokenCreditsFromJob(job, token, WAD, other);
      expect(await lens.owed(token)).to.equal(lessFee(DEPOSIT));

      await keep3r.connect(stranger).settle(job);

      expect(await lens.owed(token)).to.equal(lessFee(DEPOSIT) - WAD);
    });

    it("no longer counts spent tokens as owed once the token is credited again", async () => {
      const { keep3r, lens, jobOwner, other, job, token } = await loadFixture(deployCreditedWorld);
      await keep3r.connect(jobOwner).withdrawTokenCreditsFromJob(job, token, WAD, other);

      await keep3r.connect(jobOwner).addTokenCreditsToJob(job, token, DEPOSIT);

      expect(await lens.owed(token)).to.equal(2n * lessFee(DEPOSIT) - WAD);
      expect(await keep3r.jobTokenCredits(job, token)).to.equal(2n * lessFee(DEPOSIT) - WAD);
    });

    it("waits for nothing, not even for a stranger's deposit in the same second", async () => {
      const { keep3r, jobOwner, stranger, job, token } = await loadFixture(deployCreditedWorld);
      const owned = keep3r.connect(jobOwner);
      const timestamp = (await time.latest()) + 5;
      await inOneBlock(async () => {
        await keep3r.connect(stranger).addTokenCreditsToJob(job, token, 1n, { gasLimit: 1_000_000 });
        await owned.withdrawTokenCreditsFromJob(job, token, lessFee(DEPOSIT), jobOwner, { gasLimit: 1_000_000 });
      }, timestamp);
      expect(await keep3r.jobTokenCredits(job, token)).to.equal(0);
      expect(await time.latest()).to.equal(timestamp);
      await owned.addTokenCreditsToJob(job, token, 2n);
      await owned.withdrawTokenCreditsFromJob(job, token, 1n, jobOwner);
    });

    it("returns a token that returns nothing", async () => {
      const { keep3r, jobOwner, other, job, odd } = await loadFixture(deployNoReturnTokenWorld);
      await keep3r.connect(jobOwner).addTokenCreditsToJob(job, odd, DEPOSIT);
      await keep3r.connect(jobOwner).withdrawTokenCreditsFromJob(job, odd, lessFee(DEPOSIT), other);
      expect(await odd.balanceOf(other)).to.equal(lessFee(DEPOSIT));
      expect(await odd.balanceOf(keep3r)).to.equal(0);
    });

    it("owes no more than it has of a token with a fee on transfers", async () => {
      const { keep3r, lens, jobOwner, stranger, other, job, odd } = await loadFixture(deployFeeTokenWorld);
      await keep3r.connect(jobOwner).addTokenCreditsToJob(job, odd, DEPOSIT);
      await keep3r.connect(stranger).addTokenCreditsToJob(job, odd, DEPOSIT);
      await keep3r.connect(jobOwner).withdrawTokenCreditsFromJob(job, odd, lessFee(90n * WAD), other);
      await keep3r.settle(job);
      expect(await odd.balanceOf(keep3r)).to.equal(await lens.owed(odd));
      expect(await lens.owed(odd)).to.equal(await keep3r.jobTokenCredits(job, odd));
    });

    it("can't be re-entered from the token that owns the job", async () => {
      const { keep3r, jobOwner, stranger, job, odd, reentrant, address } = await loadFixture(deployReentrantWorld);
      const withdrawal = keep3r.interface.encodeFunctionData("withdrawTokenCreditsFromJob", [
        address,
        await odd.getAddress(),
        1n,
        stranger.address,
      ]);
      await reentrant.arm(keep3r, withdrawal);
      await activateKeeper(keep3r, jobOwner, odd, WAD);
      // The token itself is the caller here, and not while Keep3r is at work
      expect(await reentrant.answer()).to.equal(GUARD_ERROR);
      await reentrant.arm(keep3r, withdrawal);
      await expect(odd.mint(jobOwner, 1n)).to.changeTokenBalance(odd, stranger, 1n);
      expect(await keep3r.jobTokenCredits(job, odd)).to.equal(lessFee(DEPOSIT) - 1n);
    });
  });

  describe("jobTokenCredits", () => {
    it("is zero for a token that the job doesn't know", async () => {
      const { keep3r, job, other, token } = await loadFixture(deployCoreWorld);
      expect(await keep3r.jobTokenCredits(job, token)).to.equal(0);
      expect(await keep3r.jobTokenCredits(other, token)).to.equal(0);
    });
  });
});
