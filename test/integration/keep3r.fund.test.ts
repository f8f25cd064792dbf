import type { Deployment } from "@keep3r-network/sdk";
import { writeDeployment } from "@keep3r-network/sdk/node";
import routerBuild from "@uniswap/v2-periphery/build/UniswapV2Router02.json";
import { expect } from "chai";
import { Contract, ContractFactory, formatEther, MaxUint256, parseEther } from "ethers";
import path from "node:path";
import { keep3r as run, type Outcome } from "#support/commands/keep3r";
import { NetworkShell } from "#support/commands/networkShell";
import { startProxy } from "#support/rpc/proxy";
import type { Router } from "#simulation/uniswap";
import type { IERC20, Keep3r } from "#typechain";

const ROUTER_ABI = [
  "function swapExactETHForTokens(uint256 minOut, address[] path, address to, uint256 deadline) payable",
  "function swapExactTokensForETH(uint256 amountIn, uint256 minOut, address[] path, address to, uint256 deadline)",
];
/** Wei of KP3R: roundings. */
const DUST = 100n;
/** A little, and much beside the 1,000 ether of the pool. */
const [NUDGE, PUSH] = [parseEther("1"), parseEther("60")];

describe("keep3r job fund --from-eth", () => {
  let shell: NetworkShell;
  let keep3r: Keep3r;
  let kp3r: IERC20;
  let pair: IERC20;
  let router: string;
  let owner: string;
  let job: string;
  let untouched: string;

  before(async function () {
    shell = await NetworkShell.open(this);
    ({ keep3r, kp3r, pair } = shell);
    router = shell.deployment.addresses.UniswapV2Router02;
    // Has ether only
    owner = shell.addressOf("passerby");
    job = await (await shell.deployJob()).getAddress();
    await shell.done("passerby", `job add --job ${job}`);
  });

  after(() => shell?.close());

  beforeEach(async () => {
    untouched = (await shell.provider.send("evm_snapshot", [])) as string;
  });

  afterEach(() => shell.provider.send("evm_revert", [untouched]));

  const fund = (options: string): string => `job fund --job ${job} ${options}`;

  function market(): Router {
    return new Contract(router, ROUTER_ABI, shell.signerOf("trader")) as unknown as Router;
  }

  /** Somebody buys KP3R. */
  async function buyFor(ether: bigint): Promise<undefined> {
    const { KP3R, WETH9 } = shell.deployment.addresses;
    const trader = shell.addressOf("trader");
    await (await market().swapExactETHForTokens(0n, [WETH9, KP3R], trader, MaxUint256, { value: ether })).wait();
  }

  async function sell(amount: bigint): Promise<void> {
    const { KP3R, WETH9 } = shell.deployment.addresses;
    const trader = shell.addressOf("trader");
    await (await market().swapExactTokensForETH(amount, 0n, [KP3R, WETH9], trader, MaxUint256)).wait();
  }

  /** What a node answers instead of sending a transaction, or undefined for sending it. */
  type Act = (send: () => Promise<unknown>) => Promise<{ result: unknown } | { error: object } | undefined>;

  /** The owner's command, past a node at which something happens when one of its transactions comes. */
  async function interfered(line: string, transaction: number, act: Act): Promise<Outcome> {
    let sends = 0;
    const proxy = await startProxy(shell.deployment.url, async ({ method, params, ask }) => {
      if (method !== "eth_sendRawTransaction" || ++sends !== transaction) return undefined;
      return act(() => ask(method, params));
    });
    try {
      return await shell.as("passerby", `${line} --rpc ${proxy.url}`);
    } finally {
      proxy.close();
    }
  }

  const refuse: Act = () => Promise.resolve({ error: { code: -32_000, message: "transaction pool is full" } });

  /** The command that an error says to go on with. */
  function advised({ error }: Outcome): string {
    const [, line] = /Go on with `([^`]+)`/.exec(error) ?? [];
    if (line === undefined) throw new Error(`There is no command in: ${error}`);
    return line;
  }

  async function expectAllBonded(): Promise<void> {
    expect(await keep3r.liquidityAmount(job, pair)).to.be.above(0n);
    expect(await pair.balanceOf(owner)).to.equal(0n);
    expect(await pair.allowance(owner, keep3r)).to.equal(0n);
  }

  it("makes liquidity of ether alone, and bonds all of it", async () => {
    const before = await shell.provider.getBalance(owner);
    const output = await shell.done("passerby", fund("--from-eth 2"));

    const steps = [
      ...["UniswapV2Router02.swapExactETHForTokens", "KP3R.approve", "UniswapV2Router02.addLiquidityETH"],
      ...["UNI-V2.approve", "Keep3r.addLiquidityToJob"],
    ];
    for (const [index, step] of steps.entries()) expect(output).to.include(`${index + 1} of 5: ${step}(`);
    await expectAllBonded();
    expect(output).to.match(
      new RegExp(`minted +${formatEther(await keep3r.liquidityAmount(job, pair))} UNI-V2\n +left to the sender +0`),
    );
    // No more than dust is left of the KP3R, and of what the router may take
    expect(await kp3r.balanceOf(owner)).to.be.at.most(DUST);
    expect(await kp3r.allowance(owner, router)).to.be.at.most(DUST);
    const spent = before - (await shell.provider.getBalance(owner));
    expect(spent).to.be.within(parseEther("2") - DUST, parseEther("2.01"));
  });

  it("takes less gas than it sets ether aside for", async () => {
    interface Sent {
      transactions: { gasUsed: string }[];
    }
    const { transactions } = await shell.document<Sent>(fund("--from-eth 2"), "passerby");
    const used = transactions.reduce((sum, { gasUsed }) => sum + Number(gasUsed), 0);
    expect(used).to.be.within(400_000, 700_000);

    const all = formatEther(await shell.provider.getBalance(owner));
    expect((await shell.as("passerby", fund(`--from-eth ${all}`))).error).to.match(
      new RegExp(`--from-eth: ${owner} has ${all} ETH, but ${all} ETH are needed, and up to 0\\.\\d+ ETH for gas`),
    );
  });

  it("says in a dry run what would be sent, and what of it depends on what comes before", async () => {
    const nonce = await shell.provider.getTransactionCount(owner);
    const output = await shell.read(`${fund("--from-eth 2")} --dry-run --from ${owner}`);
    console.error(output);

    expect(output)
      .to.match(
        /price of the pool +\d+\.\d{4} KP3R per ETH\n +to compare +\d+\.\d{4} KP3R per ETH, the network's mean of/,
      )
      .and.match(/1 of 5: .*swapExactETHForTokens\([^]*value +1\.00\d+ ETH\n +gas +[\d,]+, estimated/)
      .and.match(/As expected now:\n +adds +\d+\.\d+ KP3R and 0\.99\d+ ETH\n/)
      .and.match(/As expected now:\n +minted +\d+\.\d+ UNI-V2\n +left to the sender +0/)
      .and.match(/5 of 5: Keep3r.addLiquidityToJob\([^]*can't be estimated before the steps before it are mined/);
    expect(await shell.provider.getTransactionCount(owner)).to.equal(nonce);

    interface Planned {
      transactions: { expected?: true; value?: { amount: string } }[];
    }
    const { transactions } = await shell.document<Planned>(fund("--from-eth 2 --dry-run"), "passerby");
    expect(transactions.map(({ expected }) => expected)).to.deep.equal([undefined, true, true, true, true]);
    expect(BigInt(transactions[0]?.value?.amount ?? 0) + BigInt(transactions[2]?.value?.amount ?? 0)).to.equal(
      parseEther("2"),
    );
  });

  it("finds before anything is bought what Keep3r would refuse", async () => {
    const other = await (await shell.deployJob()).getAddress();
    const nonce = await shell.provider.getTransactionCount(owner);

    expect((await shell.as("passerby", `job fund --job ${other} --from-eth 2`)).error).to.include("JobUnavailable()");
    expect((await shell.as("passerby", fund("--from-eth 0.01"))).error).to.include("JobLiquidityLessThanMin()");
    expect(await shell.provider.getTransactionCount(owner)).to.equal(nonce);
  });

  describe("a price that somebody moves", () => {
    it("is refused while it is away from the network's mean", async () => {
      await buyFor(PUSH);
      const { error } = await shell.as("passerby", fund("--from-eth 2"));
      expect(error)
        .to.match(
          /The pool gives \d\.\d+ KP3R per ETH, but the network's mean of .+ is \d+\.\d+: they are \d+\.\d\d % apart/,
        )
        .and.include("--deviation allows 5.00 %");

      await shell.done("passerby", fund("--from-eth 2 --deviation 20"));
      await expectAllBonded();
    });

    it("just before the purchase costs no more than the slippage: it does nothing then", async () => {
      const before = await shell.provider.getBalance(owner);
      const { error } = await interfered(fund("--from-eth 2"), 1, () => buyFor(PUSH / 6n));
      expect(error).to.match(/INSUFFICIENT_OUTPUT_AMOUNT|mined and reverted/);
      expect(await kp3r.balanceOf(owner)).to.equal(0n);
      expect(before - (await shell.provider.getBalance(owner))).to.be.below(parseEther("0.01"));
    });

    it("a little before the purchase doesn't stop it, and what is left over is said", async () => {
      const { output, error } = await interfered(fund("--from-eth 2"), 1, () => buyFor(NUDGE));
      expect(error).to.equal("");
      expect(output).to.match(/left to the sender +0(\.0+\d{1,3})? KP3R and 0\.00\d+ ETH\n/);
      await expectAllBonded();
    });

    it("after the purchase stops the addition, which can be gone on with when the price is back", async () => {
      const before = await kp3r.balanceOf(shell.addressOf("trader"));
      const ended = await interfered(fund("--from-eth 2"), 1, async (send) => {
        const result = await send();
        await buyFor(PUSH);
        return { result };
      });
      expect(ended.error).to.include("--deviation allows 5.00 %").and.include("The KP3R is bought");
      const bought = formatEther(await kp3r.balanceOf(owner));
      const line = advised(ended);
      expect(line)
        .to.match(/--from-eth 0\.99\d+ --kp3r/)
        .and.satisfy((text: string) => text.endsWith(` ${bought}`));

      expect((await shell.as("passerby", line)).error).to.include("--deviation allows 5.00 %");
      await sell((await kp3r.balanceOf(shell.addressOf("trader"))) - before);
      expect(await shell.done("passerby", line)).to.include("2 of 4: UniswapV2Router02.addLiquidityETH(");
      await expectAllBonded();
    });

    it("just before the addition costs no more than the slippage", async () => {
      const ended = await interfered(fund("--from-eth 2"), 3, () => buyFor(PUSH / 6n));
      expect(ended.error).to.match(/INSUFFICIENT_[AB]_AMOUNT|mined and reverted/);
      await shell.done("passerby", advised(ended));
      await expectAllBonded();
    });
  });

  it("says how to bond what was minted if that fails", async () => {
    const ended = await interfered(fund("--from-eth 2"), 5, refuse);
    const minted = await pair.balanceOf(owner);
    const { KP3R_WETH } = shell.deployment.addresses;
    expect(ended.error).to.include("transaction pool is full").and.include("The LP tokens are minted");
    expect(advised(ended)).to.equal(fund(`--liquidity ${KP3R_WETH} --amount ${formatEther(minted)}`));

    // What is approved already isn't approved again
    expect(await shell.done("passerby", advised(ended))).to.include("1 of 1: Keep3r.addLiquidityToJob(");
    await expectAllBonded();
  });

  it("refuses a purchase that is large beside the pool", async () => {
    expect((await shell.as("passerby", fund("--from-eth 40"))).error)
      .to.match(/--from-eth: 19\.\d+ ETH buy \d+\.\d+ KP3R, 2\.\d+ % less than at the pool's price/)
      .and.include("--slippage allows 1.00 %");
    await shell.done("passerby", fund("--from-eth 40 --slippage 3"));
    await expectAllBonded();
  });

  describe("the router", () => {
    async function without(names: (keyof Deployment["addresses"])[], line: string): Promise<Outcome> {
      const file = path.join(shell.node.folder, "without.json");
      const addresses = Object.fromEntries(
        Object.entries(shell.deployment.addresses).filter(([name]) => !(names as string[]).includes(name)),
      );
      writeDeployment(file, { ...shell.deployment, addresses });
      return run(`${line} --deployment ${file} --dry-run --from ${owner}`);
    }

    it("may be given where the deployment file names none", async () => {
      expect((await without(["UniswapV2Router02"], fund("--from-eth 2"))).error).to.match(
        /--from-eth: .*without\.json has no address of UniswapV2Router02.* by --router ADDRESS/,
      );
      expect((await without(["UniswapV2Router02"], fund(`--from-eth 2 --router ${router}`))).error).to.equal("");
      expect((await without(["KP3R_WETH"], fund("--from-eth 2"))).error).to.include("there is no address of KP3R_WETH");
    });

    it("has to be that of the pair", async () => {
      expect((await shell.as("passerby", fund("--from-eth 2 --router WETH9"))).error).to.include(
        `--router: ${shell.deployment.addresses.WETH9} isn't a router of Uniswap V2`,
      );

      const { UniswapV2Factory, KP3R } = shell.deployment.addresses;
      const foreign = await new ContractFactory(
        routerBuild.abi,
        routerBuild.bytecode,
        shell.signerOf("passerby"),
      ).deploy(UniswapV2Factory, KP3R);
      expect(
        (await shell.as("passerby", fund(`--from-eth 2 --router ${await foreign.getAddress()}`))).error,
      ).to.include("isn't the router of the pair KP3R_WETH");
    });
  });

  it("takes all LP tokens or tokens that the sender has, and says when there are none", async () => {
    expect((await shell.as("passerby", fund("--liquidity KP3R_WETH --amount all"))).error).to.include(
      `--amount: ${owner} has no UNI-V2`,
    );
    await (await pair.connect(shell.signerOf("governance")).transfer(owner, parseEther("12.5"))).wait();
    await shell.done("passerby", fund("--liquidity KP3R_WETH --amount all"));
    expect(await keep3r.liquidityAmount(job, pair)).to.equal(parseEther("12.5"));
    await expectAllBonded();
  });
});
