import { expect } from "chai";
import { ethers } from "hardhat";
import type { ReentrantToken__Mock } from "#typechain";

/** What a contract that was called again answers. */
export const GUARD_ERROR = ethers.id("ReentrancyGuardReentrantCall()").slice(0, 10);

/** Expects that the call a token made in the middle of its transfer was refused by the guard. */
export async function expectGuarded(token: ReentrantToken__Mock): Promise<void> {
  expect(await token.answered()).to.be.false;
  expect(await token.answer()).to.equal(GUARD_ERROR);
}
