import { expect } from "chai";
import { ethers } from "hardhat";

/** A contract that calls another one when it is called itself, and keeps the answer. */
interface Caller {
  answered(): Promise<boolean>;
  answer(): Promise<string>;
}

/** The error of a contract that can't be entered again. */
export const GUARD_ERROR = ethers.id("ReentrancyGuardReentrantCall()").slice(0, 10);

/** Expects that the call back was refused by the guard. */
export async function expectGuarded(caller: Caller): Promise<void> {
  expect(await caller.answered()).to.be.false;
  expect(await caller.answer()).to.equal(GUARD_ERROR);
}
