import { DAY, HOUR, WAD } from "@keep3r-network/sdk";
import type { HardhatEthersSigner } from "@nomicfoundation/hardhat-ethers/signers";
import { time } from "@nomicfoundation/hardhat-network-helpers";
import type { AddressLike, ContractTransactionResponse } from "ethers";
import { ethers } from "hardhat";
import { encodeRequests, type RelayCall, type RelayRequest, signRequest } from "#simulation/jobs/relayRequests";
import { activateKeeper } from "../actors/keepers";
import { takeOver } from "../actors/owners";
import { toPeriodStart } from "../tools/time";
import { deployCoreWorld } from "./core";

export const REQUEST_GAS = 200_000n;
export const AGENT_GAS = 2_000_000n;

/** A funded relay of requests to a board and an agent, at the beginning of a day. */
export async function deployRelayWorld() {
  const core = await deployCoreWorld();
  const { keep3r, kp3r, jobOwner, keeper, stranger: user, other: otherUser } = core;
  const forwarder = await ethers.deployContract("ERC2771Forwarder", ["Relay"]);
  const relay = (await ethers.deployContract("RelayJob", [keep3r, jobOwner, forwarder])).connect(jobOwner);
  const board = await ethers.deployContract("Board__Mock", [forwarder]);
  const agent = await ethers.deployContract("Agent__Mock", [forwarder]);

  await takeOver(keep3r, jobOwner, relay, 50n * WAD);
  await relay.setTarget(board, REQUEST_GAS);
  await relay.setTarget(agent, AGENT_GAS);
  await activateKeeper(keep3r, keeper, kp3r, 100n * WAD);
  await toPeriodStart(DAY);
  return { ...core, user, otherUser, forwarder, relay, board, agent };
}

export type RelayWorld = Awaited<ReturnType<typeof deployRelayWorld>>;

/** Signs a request to write on the board, or one with other fields. */
export async function sign(
  world: RelayWorld,
  user: HardhatEthersSigner,
  call: Partial<RelayCall> = {},
): Promise<RelayRequest> {
  const { board, forwarder } = world;
  return signRequest(forwarder, user, {
    to: board,
    data: board.interface.encodeFunctionData("write", ["0x"]),
    gas: REQUEST_GAS,
    deadline: (await time.latest()) + HOUR / 2,
    ...call,
  });
}

/** Signs requests of one user, with nonces in a row. */
export async function signSeveral(
  world: RelayWorld,
  user: HardhatEthersSigner,
  count: number,
): Promise<RelayRequest[]> {
  const first = await world.forwarder.nonces(user);
  return Promise.all(Array.from({ length: count }, (_, i) => sign(world, user, { nonce: first + BigInt(i) })));
}

/** The fields of a request that has the agent make a call. */
export async function agentCall(world: RelayWorld, called: AddressLike, data: string): Promise<Partial<RelayCall>> {
  const { agent } = world;
  return {
    to: agent,
    gas: AGENT_GAS,
    data: agent.interface.encodeFunctionData("execute", [await ethers.resolveAddress(called), data]),
  };
}

/** Has the keeper hand in a batch. */
export function work(
  { relay, keeper }: Pick<RelayWorld, "relay" | "keeper">,
  requests: RelayRequest[],
  options: { gasLimit?: bigint } = {},
): Promise<ContractTransactionResponse> {
  return relay.connect(keeper).work(encodeRequests(requests), options);
}

/** Requests that a keeper may be sent although they pay nothing, by their fault. */
export const BAD_REQUESTS: Record<string, (world: RelayWorld) => Promise<RelayRequest>> = {
  "that carries ether": (world) => sign(world, world.otherUser, { value: 1n }),
  "with too long a payload": (world) => sign(world, world.otherUser, { data: `0x${"00".repeat(2049)}` }),
  "with a signature of another length": async (world) => {
    const request = await sign(world, world.otherUser);
    return { ...request, signature: `${request.signature}00` };
  },
  "to a target that isn't listed": async (world) => {
    const unlisted = await ethers.deployContract("Board__Mock", [world.forwarder]);
    return sign(world, world.otherUser, { to: unlisted });
  },
  "for more gas than the target's": (world) => sign(world, world.otherUser, { gas: REQUEST_GAS + 1n }),
  "that has expired": async (world) => sign(world, world.otherUser, { deadline: await time.latest() }),
  "that is good for too long": async (world) =>
    sign(world, world.otherUser, { deadline: (await time.latest()) + 2 * HOUR }),
  "signed by somebody else": async (world) => ({
    ...(await sign(world, world.jobOwner)),
    from: world.otherUser.address,
  }),
  "that was changed after it was signed": async (world) => ({
    ...(await sign(world, world.otherUser)),
    gas: REQUEST_GAS - 1n,
  }),
  "whose nonce was used": async (world) => {
    const request = await sign(world, world.otherUser);
    await world.forwarder.execute(request);
    return request;
  },
  "whose nonce isn't due": (world) => sign(world, world.otherUser, { nonce: 1n }),
  "to a target that trusts another forwarder": async (world) => {
    const untrusting = await ethers.deployContract("Board__Mock", [world.relay]);
    await world.relay.setTarget(untrusting, REQUEST_GAS);
    return sign(world, world.otherUser, { to: untrusting });
  },
  "to a target that burns all gas when it is asked": async (world) => {
    const burner = await ethers.deployContract("Burner__Mock");
    await world.relay.setTarget(burner, REQUEST_GAS);
    return sign(world, world.otherUser, { to: burner });
  },
  "that its target refuses": async (world) => {
    await world.board.setRefused(world.otherUser, true);
    return sign(world, world.otherUser);
  },
  "that its target refuses at great length": (world) =>
    sign(world, world.otherUser, {
      data: world.board.interface.encodeFunctionData("refuseLoudly", [100_000n]),
    }),
  "with less gas than it takes": (world) =>
    sign(world, world.otherUser, {
      data: world.board.interface.encodeFunctionData("writeSlowly", [REQUEST_GAS]),
    }),
};
