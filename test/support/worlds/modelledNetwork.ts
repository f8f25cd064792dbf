import { DEFAULTS, HOUR, WAD } from "@keep3r-network/sdk";
import { time } from "@nomicfoundation/hardhat-network-helpers";
import { expect } from "chai";
import { ethers } from "hardhat";
import { Accumulators } from "#model/accumulators";
import { NetworkModel } from "#model/network";
import { QuoteModel } from "#model/quote";
import { OracleModel } from "#model/oracle";
import { nameAccounts } from "#simulation/accounts";
import { Chain } from "#simulation/chain";
import { deployNetwork, type Network } from "#simulation/network";
import type { BatchKeeper__Mock, VouchingJob__Mock } from "#typechain";
import { activateContract, onChain } from "../actors/keepers";
import { BOND_TIME } from "../defaults";
import { JOB_TERMS } from "./modelledJobs";

export const JOBS = ["alpha", "beta"] as const;
export type JobName = (typeof JOBS)[number];
/** The model's name of the pair's LP tokens. */
export const LP = "lp";

const CREDITS = 100n * WAD;
const PROVIDED = 500n * WAD;

type Reserves = readonly [bigint, bigint];

export interface ModelledNetworkWorld extends Network {
  jobs: Record<JobName, VouchingJob__Mock>;
  /** A keeper with no bond that works several jobs in one transaction. */
  batchKeeper: BatchKeeper__Mock;
  /** The pool as it was listed, and when. */
  opening: { at: number; reserves: Reserves; listedAt: number };
  /** The pool's history since then: its reserves from a time on, or an observation. */
  history: readonly ({ at: number; reserves: Reserves } | { at: number })[];
}

/** The network after its bootstrap, two jobs with forced credits, and LP tokens in the hands of their owner. */
export async function deployModelledNetworkWorld(): Promise<ModelledNetworkWorld> {
  const chain = await Chain.open(ethers.provider);
  const network = await deployNetwork(chain, nameAccounts(await ethers.getSigners()));
  const { keep3r, kp3r, helper, oracle, pair, uniswap, accounts } = network;
  const { governance, jobOwner } = accounts;
  const readReserves = async (): Promise<Reserves> => {
    const [reserve0, reserve1] = await pair.getReserves();
    return [reserve0, reserve1];
  };

  const [listedAt] = await oracle.observationAt(pair, 0);
  const opening = {
    at: Number((await pair.getReserves())[2]),
    reserves: await readReserves(),
    listedAt: Number(listedAt),
  };
  const history: { at: number; reserves?: Reserves }[] = [];
  const value = PROVIDED / 10n;
  await chain.land(() =>
    uniswap.router.connect(jobOwner).addLiquidityETH(kp3r, PROVIDED, 0n, 0n, jobOwner, ethers.MaxUint256, { value }),
  );
  history.push({ at: await time.latest(), reserves: await readReserves() });
  await chain.land(() => pair.connect(jobOwner).approve(keep3r, ethers.MaxUint256));
  await chain.land(() => kp3r.connect(governance).approve(uniswap.router, ethers.MaxUint256));

  const batchKeeper = await chain.deploy(() => ethers.deployContract("BatchKeeper__Mock", governance));
  await activateContract(keep3r, onChain(chain, batchKeeper), kp3r, async () => {
    const activeFrom = chain.nextBlockAt + BOND_TIME + 1;
    while (chain.nextBlockAt < activeFrom) {
      chain.wait(4 * HOUR);
      await chain.land(() => oracle.update(pair));
      history.push({ at: await time.latest() });
    }
  });
  await chain.land(() => helper.workRate(0));

  const deployJob = () => chain.deploy(() => ethers.deployContract("VouchingJob__Mock", [keep3r], governance));
  const jobs = { alpha: await deployJob(), beta: await deployJob() };
  for (const name of JOBS) {
    await chain.land(() => keep3r.connect(jobOwner).addJob(jobs[name]));
    await chain.land(() => keep3r.forceLiquidityCreditsToJob(jobs[name], CREDITS));
  }
  return { ...network, jobs, batchKeeper, opening, history };
}

/** The model of the world as it is deployed. */
export async function modelNetwork(world: ModelledNetworkWorld): Promise<NetworkModel> {
  const { keep3r, helper, oracle, pair, kp3r, fastGas, jobs, opening, history } = world;
  const direction = (await pair.token0()) === (await kp3r.getAddress()) ? 0 : 1;
  const modelled = new OracleModel(new Accumulators(opening.at, opening.reserves), {
    kp3rSide: direction,
    minKp3rReserve: await oracle.minKp3rReserve(),
    maxChange: await oracle.maxChange(),
  });
  modelled.list(opening.listedAt);
  for (const event of history) {
    if ("reserves" in event) modelled.touch(event.at, event.reserves);
    else modelled.update(event.at);
  }

  const { kp3rPerEth, fastGas: fast, quotedAt, refreshAt } = await helper.cachedQuote();
  const cached = { kp3rPerEth, fastGas: fast, quotedAt: Number(quotedAt), refreshAt: Number(refreshAt) };
  const round = await fastGas.latestRoundData();
  const terms = DEFAULTS.Keep3rHelper;
  const model = new NetworkModel({
    pool: {
      oracle: modelled,
      direction,
      supply: await pair.totalSupply(),
      kLast: await pair.kLast(),
    },
    quote: new QuoteModel(cached, Number(terms.quoteLifetime.value), Number(terms.maxQuoteAge.value)),
    quoteTwapTime: terms.quoteTwapTime.value,
    feed: { answer: round.answer, updatedAt: Number(round.updatedAt), maxAge: 3 * HOUR },
    terms: {
      minBoost: terms.minBoost.value,
      maxBoost: terms.maxBoost.value,
      targetBond: terms.targetBond.value,
      gasPriceCeiling: terms.gasPriceCeiling.value,
      minPriorityFee: terms.minPriorityFee.value,
      // Calibrated, so read from the chain
      firstWorkGas: await helper.firstWorkGas(),
      laterWorkGas: await helper.laterWorkGas(),
      maxGasPerWork: DEFAULTS.Keep3r.maxGasPerWork.value,
    },
    jobTerms: JOB_TERMS,
  });
  model.jobs.approve(LP);
  for (const name of JOBS) {
    model.jobs.addJob(name, "jobOwner");
    model.jobs.force(name, CREDITS, Number(await keep3r.rewardedAt(jobs[name])));
  }
  return model;
}

/** Expects all that the chain tells of prices, quotes, credits and pay to be as the model has it. */
export async function expectSameNetwork(world: ModelledNetworkWorld, model: NetworkModel): Promise<void> {
  const { keep3r, helper, lens, kp3r, pair, jobs, batchKeeper } = world;
  for (const name of JOBS) {
    const { credits, value, settledAt, positions } = model.jobs.job(name);
    expect(await keep3r.jobLiquidityCredits(jobs[name]), `credits of ${name}`).to.equal(credits);
    expect(await keep3r.rewardedAt(jobs[name]), `${name} settled at`).to.equal(settledAt);
    expect((await lens.jobState(jobs[name])).value, `value of ${name}`).to.equal(value);
    expect(await keep3r.jobPeriodCredits(jobs[name]), `cap of ${name}`).to.equal(model.jobs.cap(name));
    expect(await keep3r.liquidityAmount(jobs[name], pair), `LP of ${name}`).to.equal(positions.get(LP)?.amount ?? 0n);
  }
  const { price, pricedAt, triedAt } = model.jobs.kind(LP);
  expect(await lens.liquidityPrice(pair)).to.deep.equal([price, pricedAt, triedAt]);
  const { kp3rPerEth, fastGas, quotedAt, refreshAt } = model.quote.cached;
  expect(await helper.cachedQuote()).to.deep.equal([kp3rPerEth, fastGas, quotedAt, refreshAt]);
  expect(await keep3r.bonds(batchKeeper, kp3r)).to.equal(model.bond);
}
