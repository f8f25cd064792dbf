import { DEFAULTS, HOUR, type Parameter, type Tunable, WAD } from "@keep3r-network/sdk";
import type { IgnitionModule } from "@nomicfoundation/ignition-core";
import { expect } from "chai";
import hre, { ethers, network } from "hardhat";
import { networkModule } from "#deploy/modules/network";
import { acceptances, stepsOf } from "#deploy/recipe";
import { Placed } from "#deploy/recipe/placed";
import { ABIS, type Call, call, DEPLOYER } from "#deploy/recipe/steps";
import type { Terms } from "#deploy/recipe/terms";
import { deployNetwork } from "#deploy/run";
import { nameAccounts } from "#simulation/accounts";
import { Chain } from "#simulation/chain";
import { interpret } from "#simulation/interpret";
import { addressOf } from "#simulation/network";
import { deployUniswap } from "#simulation/uniswap";
import { loadFixture } from "#support/fixture";
import { deployByRecipe } from "#support/worlds/recipe";

const GOVERNANCE = "0x1111111111111111111111111111111111111111";
const DISPUTER = "0x2222222222222222222222222222222222222222";
const SLASHER = "0x3333333333333333333333333333333333333333";
const FOREIGN = "0x4444444444444444444444444444444444444444";

const TERMS: Terms = {
  governance: GOVERNANCE,
  oracleOwner: GOVERNANCE,
  disputers: [DISPUTER],
  slashers: [SLASHER],
  token: { kind: "new", supply: 10n * WAD, pool: { router: FOREIGN, kp3r: 4n * WAD, eth: WAD } },
  uniswapFactory: FOREIGN,
  weth: FOREIGN,
  fastGasFeed: { address: FOREIGN, maxAge: 3 * HOUR },
  changes: [{ contract: "Keep3r", getter: "fee", value: 50n }],
};

const EVERY_PARAMETER = Object.entries(DEFAULTS).flatMap(([contract, defaults]) =>
  Object.entries<Parameter>(defaults).map(([getter, { value }]) => ({ contract: contract as Tunable, getter, value })),
);

/** Terms that bring every step there is, or leave out as many as can be. */
const VARIANTS: Readonly<Record<string, Terms>> = {
  "a KP3R of its own": TERMS,
  "a KP3R that exists": { ...TERMS, token: { kind: "existing", address: FOREIGN, minter: FOREIGN, pair: FOREIGN } },
  "no feed, nobody appointed": { ...TERMS, fastGasFeed: undefined, disputers: [], slashers: [] },
  "a deployer who stays governance": { ...TERMS, governance: DEPLOYER },
  "every parameter changed": { ...TERMS, changes: EVERY_PARAMETER },
};

describe("The recipe of a network", () => {
  for (const [variant, terms] of Object.entries(VARIANTS)) {
    it(`needs nothing before it is there: ${variant}`, () => {
      const placed = new Placed<string>();
      for (const step of stepsOf(terms, true)) {
        if (step.kind === "call" || step.kind === "lookup") placed.at(step.on);
        if (step.kind !== "existing") placed.resolve(step.args, DEPLOYER);
        if (step.kind !== "call") placed.put(step.contract, step.contract);
      }
    });

    it(`calls functions of its contracts: ${variant}`, () => {
      for (const { on, function: name, args } of callsOf(terms)) {
        const known = ethers.Interface.from(ABIS[on]).getFunction(name);
        expect(known?.inputs, `${on}.${name}`).to.have.lengthOf(args.length);
      }
    });
  }

  it("hands nothing over to a deployer who stays governance", () => {
    const called = callsOf({ ...TERMS, governance: DEPLOYER }).map((step) => step.function);
    expect(called).not.to.include.oneOf(["transfer", "setGovernance", "acceptGovernance"]);
    expect(called.at(-1)).to.equal("acceptJobOwnership");
  });

  it("leaves to governance what isn't accepted at once", () => {
    expect(stepsOf(TERMS, true)).to.deep.equal([...stepsOf(TERMS, false), ...acceptances(TERMS)]);
  });
});

describe("The recipe in Ignition", () => {
  it("has the names that journals of earlier deployments know its steps by, in their order", () => {
    expect(idsOf(networkModule(TERMS, true))).to.deep.equal([
      ...["Token#UniswapV2Factory", "Token#WETH9", "Token#KP3R", "Token#KP3R.addMinter", "Token#KP3R.mint"],
      ...["Token#KP3R.removeMinter", "Token#KP3R.transfer", "Token#UniswapV2Router02", "Token#MarketOpener"],
      ...["Token#UniswapV2Factory.getPair", "Token#KP3R_WETH"],
      ...["Core#Keep3r", "Core#Keep3rOracle", "Core#Keep3rHelper", "Core#Keep3rLens"],
      ...["Connection#Token~KP3R.addMinter", "Connection#Core~Keep3r.setKeep3rHelper", "Connection#FastGasFeed"],
      ...["Connection#Core~Keep3rHelper.setFastGasFeed", "Connection#Core~Keep3r.setFee"],
      ...["Connection#Token~KP3R.approve", "Connection#Token~MarketOpener.open"],
      ...["Connection#Core~Keep3rOracle.addPair", "Connection#Core~Keep3r.approveLiquidity"],
      ...[`Connection#addDisputer_${DISPUTER}`, `Connection#addSlasher_${SLASHER}`],
      ...["Handover#Token~KP3R.setGovernance", "Handover#Core~Keep3r.setGovernance"],
      ...["Handover#Core~Keep3rOracle.setGovernance", "Handover#Core~Keep3rHelper.setGovernance"],
      ...["Handover#Token~KP3R.acceptGovernance", "Handover#Core~Keep3r.acceptGovernance"],
      ...["Handover#Core~Keep3rOracle.acceptGovernance", "Handover#Core~Keep3rHelper.acceptGovernance"],
      ...["Handover#Core~Keep3r.acceptJobOwnership"],
    ]);
  });

  it("sends the transactions that it sends on a simulated chain", async () => {
    const { terms, deployer, start } = await loadFixture(deployGround);
    const parameters = { ...terms, file: "", chainId: 31_337 };
    const accounts = [await addressOf(deployer), terms.governance] as const;

    await deployNetwork(hre, { parameters, provider: network.provider, accounts: [...accounts] });
    const byIgnition = await transactionsAfter(start);
    await loadFixture(deployGround);
    await interpret(stepsOf(terms, true), await Chain.open(ethers.provider), deployer);

    expect(byIgnition).to.have.lengthOf(29);
    expect(await transactionsAfter(start)).to.deep.equal(byIgnition);
  });
});

describe("The recipe on a chain", () => {
  it("refuses a step that needs what isn't there", async () => {
    const { deployer, chain } = await loadFixture(deployGround);
    const carryOut = (known: object): Promise<unknown> =>
      interpret([call("Keep3r", "approveLiquidity", ["KP3R_WETH"])], chain, deployer, known);
    await expect(carryOut({})).to.be.rejectedWith("A step of the recipe needs Keep3r before it is there.");
    await expect(carryOut({ Keep3r: FOREIGN })).to.be.rejectedWith("needs KP3R_WETH before it is there.");
  });

  it("deploys a part of a network over doubles, without connections to what isn't there", async () => {
    const { governance, disputer } = nameAccounts(await ethers.getSigners());
    const pricing = await ethers.deployContract("Pricing__Mock");
    const { KP3R, Keep3r, Keep3rLens } = await deployByRecipe(
      ["KP3R", "Keep3r", "Keep3rLens"],
      { Keep3rHelper: pricing },
      { supply: WAD, disputers: [disputer] },
    );

    expect(await KP3R.balanceOf(governance)).to.equal(WAD);
    expect(await Keep3r.keep3rV1Proxy()).to.equal(await KP3R.getAddress());
    expect(await Keep3r.keep3rHelper()).to.equal(await pricing.getAddress());
    expect(await Keep3r.disputers(disputer)).to.be.true;
    expect(await Keep3r.approvedLiquidities()).to.deep.equal([]);
    expect(await Keep3rLens.keep3r()).to.equal(await Keep3r.getAddress());
  });
});

/** What others have deployed, and the terms of a network over it that everyone's key is at hand for. */
async function deployGround() {
  const signers = nameAccounts(await ethers.getSigners());
  const { governance, keeper: deployer, reporter } = signers;
  const chain = await Chain.open(ethers.provider);
  const { router, factory, weth } = await deployUniswap(chain, governance);
  const feed = await chain.deploy(() => ethers.deployContract("MockV3Aggregator", [0, 1], reporter));
  const pool = { router: await addressOf(router), kp3r: 400n * WAD, eth: 40n * WAD };
  const parties = { governance: await addressOf(governance), oracleOwner: await addressOf(governance) };
  const terms = {
    ...TERMS,
    ...parties,
    token: { kind: "new", supply: 1_000n * WAD, pool },
    uniswapFactory: await addressOf(factory),
    weth: await addressOf(weth),
    fastGasFeed: { address: await addressOf(feed), maxAge: HOUR },
  } satisfies Terms;
  return { chain, deployer, terms, start: await ethers.provider.getBlockNumber() };
}

/** From and to whom, with which data and ether, in order. */
async function transactionsAfter(start: number): Promise<unknown[]> {
  const transactions: unknown[] = [];
  for (let number = start + 1; number <= (await ethers.provider.getBlockNumber()); number++) {
    const block = await ethers.provider.getBlock(number, true);
    for (const { from, to, data, value } of block?.prefetchedTransactions ?? []) {
      transactions.push({ from, to, data, value });
    }
  }
  return transactions;
}

function callsOf(terms: Terms): Call[] {
  return stepsOf(terms, true).filter((step) => step.kind === "call");
}

/** In the order in which they are made. */
function idsOf(module: IgnitionModule): string[] {
  return [...[...module.submodules].flatMap(idsOf), ...[...module.futures].map(({ id }) => id)];
}
