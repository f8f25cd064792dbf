import { HOUR, WAD } from "@keep3r-network/sdk";
import { ethers } from "hardhat";
import type { Account } from "#simulation/accounts";
import { encodeRequests, signRequest } from "#simulation/jobs/relayRequests";
import { cost, type Measure, type Stage } from "../stage";

const REQUEST_GAS = 200_000n;
const TEXT = `0x${"a7".repeat(64)}`;

/** Batches of notes on a board, each by another user who has written before. */
export const RELAY_ROWS: Record<string, Measure> = {
  "RelayJob: 1 request": (stage) => relayBatch(stage, 1),
  "RelayJob: 5 requests": (stage) => relayBatch(stage, 5),
  "RelayJob: 10 requests": (stage) => relayBatch(stage, 10),
};

/** The third of three batches. */
async function relayBatch(stage: Stage, count: number): Promise<number> {
  const { chain, keep3r, accounts, veteran } = stage;
  const { governance, jobOwner } = accounts;
  const users = (await ethers.getSigners()).slice(0, count);
  const forwarder = await chain.deploy(() => ethers.deployContract("ERC2771Forwarder", ["Relay"], governance));
  const relay = await chain.deploy(() => ethers.deployContract("RelayJob", [keep3r, jobOwner, forwarder], governance));
  const board = await chain.deploy(() => ethers.deployContract("Board__Mock", [forwarder], governance));
  await chain.land(() => keep3r.connect(governance).forceLiquidityCreditsToJob(relay, 100n * WAD));
  await chain.land(() => relay.connect(jobOwner).setTarget(board, REQUEST_GAS));

  const sign = (user: Account) =>
    signRequest(forwarder, user, {
      to: board,
      data: board.interface.encodeFunctionData("write", [TEXT]),
      gas: REQUEST_GAS,
      deadline: chain.nextBlockAt + HOUR,
    });
  const relayOnce = async () => {
    const data = encodeRequests(await Promise.all(users.map(sign)));
    return cost(stage, () => relay.connect(veteran).work(data));
  };
  await relayOnce();
  await relayOnce();
  return relayOnce();
}
