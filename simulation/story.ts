import { amount, count, DAY, duration, gwei, HOUR, moment, percent, WAD } from "@keep3r-network/sdk";
import { fact, say, title } from "@keep3r-network/sdk/node";
import type { Account } from "./accounts";
import type { ChainProvider } from "./chain";
import { type Check, checkStory, type Life, total } from "./checks";
import { addressesOf } from "./deployment";
import { fundOracle } from "./job";
import { activate, bond, type Departure, leave, type Work, workUntil } from "./keeper";
import { LIBRARY_CREDITS, performUpkeep, unlockOptions } from "./library";
import { keepSilent, type Silence } from "./silence";
import { endBootstrap, openScene, type Operation, ORACLE_FUNDING, type Scene } from "./setup";
import { WorkTable } from "./workTable";

const MARKET_DAYS = 3;
const WORK_DAYS = 5;
const SILENT_DAYS = 2;
/** One work in so many is printed. */
const PRINTED_WORK = 8;

/** Tells a keeper's life on a chain of its own, step by step; whether all that has to hold of it does. */
export async function tellStory(provider: ChainProvider, signers: readonly Account[]): Promise<boolean> {
  const startedAt = Date.now();
  say("Keep3r: a job is funded, a keeper works it for some days, and leaves with what it earned.");
  say("Everything runs on a chain of its own; every figure is read from it.");

  const scene = await open(provider, signers);
  await makeHistory(scene);
  const operation = await prepare(scene);
  const regular = await workForDays(operation);
  const silence = await endSilence(operation);
  const works = [...regular, silence.work];
  const jobs = await workLibrary(operation);
  const departure = await depart(operation, works.length + jobs.length);
  const checks = await close(operation, { works, silence, jobs, departure });

  say(`\nDone in ${((Date.now() - startedAt) / 1000).toFixed(1)} s.`);
  return checks.every(({ holds }) => holds);
}

async function open(provider: ChainProvider, signers: readonly Account[]): Promise<Scene> {
  title("1. The network is deployed");
  const scene = await openScene(provider, signers);
  for (const [name, address] of Object.entries(await addressesOf(scene.network))) fact(name, address);

  const { kp3r, weth } = await scene.market.reserves();
  fact("KP3R supply", `${amount(scene.genesisSupply)} KP3R, and no minter but Keep3r`);
  fact("liquidity in the pair", `${amount(kp3r)} KP3R and ${amount(weth)} WETH`);
  return scene;
}

async function makeHistory({ network, market }: Scene): Promise<void> {
  const { chain, helper, oracle, pair } = network;
  title(`2. A market of ${MARKET_DAYS} days: a trader trades, a passer-by records prices for nothing`);
  fact("quote while bootstrapping", `${amount(await helper.bootstrapKp3rPerEth())} KP3R/ETH, set by governance`);
  for (let day = 1; day <= MARKET_DAYS; day++) {
    const trades = market.trades;
    const updates = await market.tradeAndObserveUntil(chain.nextBlockAt + DAY);
    const price = amount(await market.spotPrice(), 5);
    fact(`day ${day}`, `${market.trades - trades} trades, ${updates} observations, spot ${price} ETH/KP3R`);
  }

  await endBootstrap(network);
  const { oldestAge } = await oracle.historyOf(pair);
  const { kp3rPerEth } = await helper.cachedQuote();
  fact(
    "history of the oracle",
    `${duration(Number(oldestAge))} in ${await oracle.observationCount(pair)} observations`,
  );
  fact("the bootstrap is over", `the oracle quotes ${amount(kp3rPerEth, 4)} KP3R/ETH from now on`);
}

async function prepare(scene: Scene): Promise<Operation> {
  const { network, market } = scene;
  const { helper, keep3r } = network;
  title("3. The oracle is the first job: its owner bonds liquidity, which mines credits");
  const funding = await fundOracle(network, market, ORACLE_FUNDING);
  fact("provided to the pair", `${amount(funding.kp3r)} KP3R and ${amount(funding.eth)} ETH`);
  fact(
    "bonded to the job",
    `${amount(funding.liquidity)} LP tokens, valued at the ${amount(funding.value)} KP3R under them`,
  );
  const period = Number(await keep3r.rewardPeriodTime());
  fact("mining fills credits to", `${amount(funding.periodCredits, 4)} KP3R, in ${duration(period)}`);

  title("4. A keeper bonds KP3R, and waits while credits are mined");
  const target = await helper.targetBond();
  const readyAfter = await bond(network, target);
  fact("handed in", `${amount(target)} KP3R, to be activated after ${moment(readyAfter)}`);
  await showMining(scene, readyAfter);

  const bonded = await activate(network);
  const bonds = await helper.bonds(network.accounts.keeper);
  const [boost, base] = [await helper.maxBoost(), await helper.BOOST_BASE()];
  fact("activated", `${amount(bonded)} KP3R are burned, and exist as a bond from here on`);
  fact(
    "boost",
    `${percent(boost, base)}, the full one: ${amount(bonds)} KP3R bonded meet the target of ${amount(target)}`,
  );
  return { ...scene, funding, bonded };
}

/** Lets the bond's time pass, and shows the job's credits on the way. */
async function showMining({ network, market }: Scene, readyAfter: number): Promise<void> {
  const { chain, keep3r, oracle } = network;
  const start = chain.nextBlockAt;
  for (const passed of [6 * HOUR, 12 * HOUR, DAY, 2 * DAY, readyAfter + 1 - start]) {
    await market.tradeAndObserveUntil(start + passed);
    const credits = await keep3r.totalJobCredits(oracle);
    fact(`credits after ${duration(chain.nextBlockAt - start)}`, `${amount(credits, 4)} KP3R`);
  }
}

async function workForDays({ network, market, gasMarket }: Operation): Promise<Work[]> {
  const { chain } = network;
  title(`5. The keeper works the oracle for ${WORK_DAYS} days (every ${PRINTED_WORK}th work is shown)`);
  const table = new WorkTable(PRINTED_WORK);
  const works = await workUntil(chain.nextBlockAt + WORK_DAYS * DAY, network, market, gasMarket, (done) =>
    table.add(done),
  );
  table.sum(works);
  return works;
}

async function endSilence(operation: Operation): Promise<Silence> {
  title(`6. Silence: for ${SILENT_DAYS} days nobody works, and nobody updates the oracle; then the keeper is back`);
  const silence = await keepSilent(operation, SILENT_DAYS * DAY);
  const { observationAge, kp3rPerEth, span, work } = silence;
  fact("newest observation", `${duration(observationAge)} old`);
  fact("the oracle still answers", `${amount(kp3rPerEth, 4)} KP3R/ETH, a mean of ${duration(span)}`);
  showPayment(work, "so the next work is paid");
  return silence;
}

async function workLibrary(operation: Operation): Promise<Work[]> {
  title("7. The keeper works other jobs: options to unlock, and an upkeep of another network");
  fact("credits of each", `${amount(LIBRARY_CREDITS)} KP3R, forced by governance`);
  const unlock = await unlockOptions(operation);
  fact("HegicUnlockJob", `${unlock.options} options unlocked at once, which frees ${amount(unlock.freed)} ETH`);
  fact("usage of the pool", `${unlock.usageBefore} %, then ${unlock.usageAfter} %`);
  fact("the job's rule", `lets that cost ${amount(unlock.weightedValue, 6)} ETH, a part of what is freed`);
  showPayment(unlock.work);

  const perform = await performUpkeep(operation);
  fact(
    "AutomationJob",
    `an upkeep for Chainlink Automation counts from ${perform.countBefore} to ${perform.countAfter}`,
  );
  fact("budget of the upkeep", `${amount(perform.budgetBefore, 6)} KP3R, then ${amount(perform.budgetAfter, 6)} KP3R`);
  showPayment(perform.work);
  return [unlock.work, perform.work];
}

function showPayment({ gasUsed, cost, reward, worth }: Work, label = ""): void {
  fact(
    label,
    `${count(gasUsed)} gas for ${amount(cost, 6)} ETH, paid ${amount(reward, 6)} KP3R, ${percent(worth, cost)}`,
  );
}

async function depart(operation: Operation, works: number): Promise<Departure> {
  const { keep3r, chain } = operation.network;
  title("8. The keeper unbonds everything, waits, and withdraws KP3R that it can spend");
  const departure = await leave(operation.network);
  const unbondTime = Number(await keep3r.unbondTime());
  fact("unbonded", `${amount(departure.bonded, 6)} KP3R: ${amount(operation.bonded)} bonded, the rest earned`);
  fact("withdrawn", `${amount(departure.withdrawn, 6)} KP3R, minted ${duration(unbondTime)} later`);
  fact("balance before", `${amount(departure.balanceBefore, 6)} KP3R`);
  fact("balance after", `${amount(departure.balanceAfter, 6)} KP3R`);
  fact("the story ends", `${moment(chain.nextBlockAt)}, after ${works} works`);
  return departure;
}

async function close(operation: Operation, life: Life): Promise<Check[]> {
  const { works, departure } = life;
  const { network, genesisSupply, bonded } = operation;
  const { keep3r, oracle, kp3r, helper } = network;
  const sum = total(works);
  const ratios = works.map(({ worth, cost }) => (worth * WAD) / cost).sort((a, b) => (a < b ? -1 : 1));
  const [lowest, highest] = [ratios[0] ?? 0n, ratios.at(-1) ?? 0n];
  const [maxBoost, base] = [await helper.maxBoost(), await helper.BOOST_BASE()];

  title("Summary");
  fact("works of the oracle", count(works.length));
  fact("gas", `${count(sum.gas)}, at ${gwei(sum.cost / sum.gas)} gwei on average`);
  fact("cost", `${amount(sum.cost, 6)} ETH`);
  fact("reward", `${amount(sum.reward, 6)} KP3R, worth ${amount(sum.worth, 6)} ETH at the quotes it was paid at`);
  fact(
    "paid / cost",
    `${percent(sum.worth, sum.cost)}, from ${percent(lowest, WAD)} to ${percent(highest, WAD)} a work`,
  );
  fact(
    "the same without boost",
    `${percent((lowest * base) / maxBoost, WAD)} to ${percent((highest * base) / maxBoost, WAD)}`,
  );
  fact("job credits left", `${amount(await keep3r.totalJobCredits(oracle), 4)} KP3R`);
  const supply = await kp3r.totalSupply();
  fact("KP3R supply", `${amount(supply, 6)} KP3R`);
  fact("", `= ${amount(genesisSupply)} - ${amount(bonded)} burned + ${amount(departure.withdrawn, 6)} minted`);

  title("Checks");
  const checks = await checkStory(operation, life);
  for (const { name, holds } of checks) say(`  ${holds ? "ok    " : "FAILED"}  ${name}`);
  return checks;
}
