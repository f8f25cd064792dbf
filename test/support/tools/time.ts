import { time } from "@nomicfoundation/hardhat-network-helpers";
import { BOND_TIME, REWARD_PERIOD, UNBOND_TIME } from "../defaults";

/** Passes the bond time: what was bonded before can be activated. */
export async function passBondTime(): Promise<void> {
  await time.increase(BOND_TIME + 1);
}

/** Passes the unbond time: what was unbonded before can be withdrawn. */
export async function passUnbondTime(): Promise<void> {
  await time.increase(UNBOND_TIME + 1);
}

/** Sends a transaction in a block of the given time. */
export async function at<T>(timestamp: number, send: () => Promise<T>): Promise<T> {
  await time.setNextBlockTimestamp(timestamp);
  return send();
}

/** Moves to the start of the next period, by default a reward period: prices aren't taken anew before all of it has passed. */
export async function toPeriodStart(period = REWARD_PERIOD): Promise<number> {
  const now = await time.latest();
  const start = now - (now % period) + period;
  await time.increaseTo(start);
  return start;
}
