import { DAY, HOUR } from "@keep3r-network/sdk";
import { time } from "@nomicfoundation/hardhat-network-helpers";
import type { SeatTerms } from "#model/seat";
import type { InboxJob__Mock } from "#typechain";
import { at } from "../tools/time";
import { deployInboxWorld } from "./inbox";

/** The terms that the tests of the seat begin with. */
export const TERMS: SeatTerms = {
  termTime: 7 * DAY,
  slaTime: HOUR,
  barTime: 2 * DAY,
  restTime: DAY,
  bonusInterval: 3 * DAY,
};

/** A job with terms and an empty inbox, whose seat nobody has taken. */
export async function deployVacantWorld() {
  const world = await deployInboxWorld("ExclusiveKeeperJob__Mock", 0);
  await world.job.connect(world.jobOwner).setSeatTerms(TERMS);
  return world;
}

/** The same after the first keeper has taken the seat. */
export async function deploySeatedWorld() {
  const world = await deployVacantWorld();
  const { job, keepers } = world;
  const [holder, second, third] = keepers;
  await job.submit(1);
  await job.connect(holder).work("0x");
  const takenAt = await time.latest();
  return { ...world, holder, second, third, takenAt, until: takenAt + TERMS.termTime };
}

/** Submits tasks at a time, and returns it. */
export async function submitAt(job: InboxJob__Mock, timestamp: number, tasks = 1): Promise<number> {
  await at(timestamp, () => job.submit(tasks));
  return timestamp;
}
