import { BPS, DAY, GWEI, HOUR, WAD } from "@keep3r-network/sdk";
import { expect } from "chai";
import { parseEther, toQuantity } from "ethers";
import { NetworkShell } from "#support/commands/networkShell";
import {
  type IERC20,
  type Keep3r,
  type Keep3rHelper,
  Keep3rHelper__factory,
  MockV3Aggregator__factory,
  PlainJob__Mock__factory,
} from "#typechain";

interface Amount {
  amount: string;
}

interface Need {
  underlying: Amount;
  liquidity: Amount | null;
  eth: Amount;
}

interface Document {
  minedPerDay: Amount;
  works: {
    perDay: number;
    gasPrice: string;
    kp3rPerEth: Amount;
    cost: { least: Amount; most: Amount };
    costPerDay: { least: Amount; most: Amount };
    needed: Need;
    mining: Amount;
    missing: Need;
  };
}

const GAS = 150_000n;

describe("keep3r report job --works", () => {
  let shell: NetworkShell;
  let keep3r: Keep3r;
  let helper: Keep3rHelper;
  let pair: IERC20;
  let job: string;

  before(async function () {
    shell = await NetworkShell.open(this);
    ({ keep3r, pair } = shell);
    helper = Keep3rHelper__factory.connect(shell.deployment.addresses.Keep3rHelper, shell.signerOf("governance"));
    job = await (await shell.deployJob()).getAddress();
    await shell.done("jobOwner", `job add --job ${job}`);
    const governance = shell.signerOf("governance");
    await (await pair.connect(governance).transfer(shell.addressOf("jobOwner"), parseEther("1000"))).wait();
  });

  after(() => shell?.close());

  const works = (number: number): Promise<Document> =>
    shell.document(`report job --job ${job} --works ${number} --gas-per-work ${GAS}`);

  it("tells what they cost, for keepers without a bond and with the full boost, at the present reference", async () => {
    const feed = MockV3Aggregator__factory.connect(shell.deployment.addresses.FastGasFeed, shell.signerOf("reporter"));
    // Above what twice the base fee bounds the feed by, within that, and below the base fee
    for (const [answer, expected] of [
      [10_000n, 21n],
      [15n, 15n],
      [2n, 11n],
    ] as const) {
      await (await feed.updateAnswer(answer * GWEI)).wait();
      await shell.pass(HOUR);
      await shell.provider.send("hardhat_setNextBlockBaseFeePerGas", [toQuantity(10n * GWEI)]);
      await shell.provider.send("evm_mine", []);
      const { works: told } = await works(24);

      const reference = expected * GWEI;
      expect(told.gasPrice).to.equal(reference.toString());

      const quote = await helper.quote(WAD);
      expect(told.kp3rPerEth.amount).to.equal(quote.toString());
      const paid = GAS + (await helper.workExtraGas());
      const cost = (boost: bigint): string => ((paid * reference * boost * quote) / (BPS * WAD)).toString();
      expect(told.cost.least.amount).to.equal(cost(await helper.minBoost()));
      expect(told.cost.most.amount).to.equal(cost(await helper.maxBoost()));
      expect(told.costPerDay.most.amount).to.equal((24n * BigInt(told.cost.most.amount)).toString());
    }
  });

  it("tells what liquidity mines them, and what is missing until it is there", async () => {
    const before = (await works(1_000)).works;
    expect(before.mining.amount).to.equal("0");
    expect(before.missing).to.deep.equal(before.needed);

    const amount = BigInt(before.missing.liquidity?.amount ?? 0);
    const text = `${amount / WAD}.${(amount % WAD).toString().padStart(18, "0")}`;
    await shell.done("jobOwner", `job fund --job ${job} --liquidity KP3R_WETH --amount ${text}`);

    const { works: after, minedPerDay } = await works(1_000);
    expect(BigInt(minedPerDay.amount)).to.be.at.least(BigInt(before.costPerDay.most.amount));
    // No more than roundings above what was asked for
    expect(BigInt(after.mining.amount) - BigInt(before.needed.underlying.amount)).to.be.within(0n, WAD / 1_000n);
    expect(after.missing.underlying.amount).to.equal("0");
    expect(await shell.read(`report job --job ${job} --works 1000 --gas-per-work ${GAS}`))
      .to.match(/1,000 works a day\n-+\n +a work takes +150,000 gas, as given\n/)
      .and.match(/a work costs +0\.\d{4} to 0\.\d{4} KP3R, by the keeper's bond\n/)
      .and.match(/mined by +[\d,.]+ KP3R in liquidity: [\d,.]+ UNI-V2, made of about [\d,.]+ ETH\n/)
      .and.match(/missing +nothing$/);
    expect(await keep3r.liquidityAmount(job, pair)).to.equal(amount);
  });

  it("asks for the least that a job may hold if few works cost less", async () => {
    const minimum = (await keep3r.liquidityMinimum()).toString();
    expect((await works(1)).works.needed.underlying.amount).to.equal(minimum);
  });

  it("goes by what the past works cost if their gas isn't said", async () => {
    const line = `report job --job ${job} --works 24`;
    expect((await shell.run(line)).error).to.match(
      /--works: the job has paid for no work .* in the past 7 days, .* --gas-per-work 150000$/,
    );

    await shell.pass(DAY);
    await (await PlainJob__Mock__factory.connect(job, shell.signerOf("keeper")).work(GAS)).wait();
    const [event] = await keep3r.queryFilter(keep3r.filters.KeeperWork(shell.kp3r, job));
    const { works: told } = await shell.document<Document>(line);
    expect(told.cost.most.amount).to.equal(event?.args.payment.toString());
    expect(told.cost.least).to.deep.equal(told.cost.most);
    expect(await shell.read(line)).to.match(
      /measured +0\.\d+ KP3R for 1 works of the past 7 days, at their gas prices/,
    );
  });

  it("refuses what can't be meant", async () => {
    for (const [options, error] of [
      ["--works 0", '--works: "0" isn\'t a whole number from 1 to 100000.'],
      ["--works 1.5", '--works: "1.5" isn\'t a whole number'],
      ["--works 1 --gas-per-work x", '--gas-per-work: "x" isn\'t a whole number from 1 to 100000000.'],
      ["--gas-per-work 1", "--gas-per-work belongs to --works: say how many works a day."],
    ] as const) {
      expect((await shell.run(`report job --job ${job} ${options}`)).error, options).to.include(error);
    }
  });
});
