import {
  AbiCoder,
  type Contract,
  type ContractTransactionReceipt,
  concat,
  keccak256,
  toBeHex,
  ZeroHash,
  zeroPadBytes,
} from "ethers";
import { BATCH } from "../tools/gas/rows";
import { compile } from "./compile";
import {
  type Deployment,
  deployRegistry,
  eventsOf,
  FAST_GAS,
  PERFORM_GAS,
  type Terms,
  registerUpkeeps,
} from "./registry";

/** With these nothing is left over when a payment is converted. */
const EVEN_TERMS: Terms = { linkPrice: 20_00000000n, etherPrice: 3_000_00000000n, gasFeePPB: 0 };

const TRIGGER = ["tuple(uint32 blockNum, bytes32 blockHash)"];
const REPORT = [
  "tuple(uint256 fastGasWei, uint256 linkUSD, uint256[] upkeepIds, uint256[] gasLimits, bytes[] triggers, bytes[] performDatas)",
];

/** What a report of empty upkeeps costs, and what the upkeep costs when it is called directly. */
export interface ChainlinkFigures {
  direct: number;
  oneByTwoSigners: number;
  oneOnEvenTerms: number;
  oneBySixSigners: number;
  tenBySixSigners: number;
}

/** Runs Chainlink Automation's registry 2.3 and measures its steady state: what a report writes was written before. */
export async function measureChainlink(say: (step: string) => void): Promise<ChainlinkFigures> {
  say("compiling Chainlink's registry");
  const artifacts = compile();

  say("measuring Chainlink's registry, f = 1");
  const four = await deployRegistry(artifacts, 1);
  const oneByTwoSigners = await steadyState(four, await registerUpkeeps(four, 1));
  const direct = await performDirectly(four);
  const even = await deployRegistry(artifacts, 1, EVEN_TERMS);
  const oneOnEvenTerms = await steadyState(even, await registerUpkeeps(even, 1));

  say("measuring Chainlink's registry, f = 5");
  const sixteen = await deployRegistry(artifacts, 5);
  const oneBySixSigners = await steadyState(sixteen, await registerUpkeeps(sixteen, 1));
  const crowded = await deployRegistry(artifacts, 5);
  const tenBySixSigners = await steadyState(crowded, await registerUpkeeps(crowded, BATCH));
  return { direct, oneByTwoSigners, oneOnEvenTerms, oneBySixSigners, tenBySixSigners };
}

/** The third of three reports. */
async function steadyState(deployment: Deployment, upkeepIds: bigint[]): Promise<number> {
  await transmit(deployment, upkeepIds, 1);
  await transmit(deployment, upkeepIds, 2);
  return Number((await transmit(deployment, upkeepIds, 3)).gasUsed);
}

/** Reports on every upkeep at once, signed by as many oracles as the registry asks for. */
async function transmit(
  { chain, registry, terms, oracles, transmitter, f }: Deployment,
  upkeepIds: bigint[],
  epoch: number,
): Promise<ContractTransactionReceipt> {
  const coder = AbiCoder.defaultAbiCoder();
  const latest = await chain.provider.getBlock("latest");
  if (latest === null) throw new Error("The chain has no block.");
  const trigger = coder.encode(TRIGGER, [[latest.number, latest.hash]]);
  const report = coder.encode(REPORT, [
    [
      ...[FAST_GAS, terms.linkPrice, upkeepIds],
      ...[upkeepIds.map(() => PERFORM_GAS), upkeepIds.map(() => trigger), upkeepIds.map(() => "0x")],
    ],
  ]);

  const [, , digest] = (await registry.getFunction("latestConfigDetails").staticCall()) as [bigint, bigint, string];
  // Epoch and round share a word; the round is its last byte
  const context = [digest, toBeHex((epoch << 8) + 1, 32), ZeroHash];
  const signed = keccak256(coder.encode(["bytes32", "bytes32[3]"], [keccak256(report), context]));
  const signatures = oracles.slice(0, f + 1).map((key) => key.sign(signed));
  const receipt = await chain.land(() =>
    (registry.connect(transmitter) as Contract).getFunction("transmit").send(
      context,
      report,
      signatures.map(({ r }) => r),
      signatures.map(({ s }) => s),
      zeroPadBytes(concat(signatures.map(({ yParity }) => toBeHex(yParity, 1))), 32),
    ),
  );

  const paid = eventsOf(registry, receipt, "UpkeepPerformed").filter(
    (event) => event.success === true && (event.totalPayment as bigint) > 0n,
  );
  if (paid.length !== upkeepIds.length) {
    throw new Error(`Of ${upkeepIds.length} upkeeps in the report ${paid.length} were performed and paid for.`);
  }
  return receipt;
}

/** The same job without the registry. */
async function performDirectly({ deploy, send }: Deployment): Promise<number> {
  return Number((await send(await deploy("EmptyUpkeep"), "performUpkeep", "0x")).gasUsed);
}
