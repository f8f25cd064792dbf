import { ethers } from "hardhat";
import { type Backing, chosenBacking } from "#tools/mainnet/backing";
import { MAINNET, type MainnetContract, type MainnetContracts, type MainnetName } from "#tools/mainnet/contracts";

/** The contracts that the network itself is deployed over. */
export const GROUND = [
  "weth",
  "uniswapFactory",
  "uniswapRouter",
  "kp3r",
  "kp3rProxy",
  "kp3rWeth",
  "fastGas",
] as const satisfies MainnetName[];

/** A contract at its address on mainnet, whether or not it has code there. */
export function contractOf<N extends MainnetName>(name: N): MainnetContracts[N] {
  const { address, connector } = MAINNET[name];
  return connector.connect(address, ethers.provider) as MainnetContracts[N];
}

/**
 * The contracts of mainnet that the tests of a `describe` need. Where the stand-in hasn't got one of them they are skipped,
 * and say so; on the real mainnet they fail.
 */
export function mainnet<N extends MainnetName>(...names: N[]): Pick<MainnetContracts, N> {
  const backing = chosenBacking();
  if (backing === undefined) {
    throw new Error(
      "These tests need a mainnet to fork: `npm run test:fork -- PATH` brings one, `hardhat test` doesn't.",
    );
  }

  before(async function () {
    for (const name of names) await demand(this, MAINNET[name], backing);
  });
  return Object.fromEntries(names.map((name) => [name, contractOf(name)])) as Pick<MainnetContracts, N>;
}

async function demand(context: Mocha.Context, contract: MainnetContract, backing: Backing): Promise<void> {
  const { what, address, absence } = contract;
  if ((await ethers.provider.getCode(address)) !== "0x") return;
  if (!backing.standIn || absence === undefined) {
    throw new Error(`${address} has no code on ${backing.name}; it should be ${what}.`);
  }

  context.test?.parent?.eachTest((test) => {
    test.title += ` (needs ${what}: ${absence})`;
  });
  context.skip();
}
