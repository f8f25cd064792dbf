import { setterOf, type Tunable } from "@keep3r-network/sdk";
import { call, type Call, deploy, DEPLOYER, existing, lookup, type Step } from "./recipe/steps";
import type { Change, ExistingToken, NewToken, Terms } from "./recipe/terms";

/** Steps that belong together. In journals the part's name stands before theirs. */
export interface Part {
  name: string;
  steps: readonly Step[];
}

/**
 * How a network is deployed: what, in which order, with which arguments, and who is connected to whom. If a step's place
 * or name changes, deployments that were interrupted can't be resumed.
 *
 * @param acceptNow Whether governance and the oracle's owner accept what they are offered as part of it
 */
export function recipe(terms: Terms, acceptNow: boolean): [Part, ...Part[]] {
  return [
    { name: "Token", steps: token(terms) },
    { name: "Core", steps: core(terms) },
    { name: "Connection", steps: connection(terms) },
    { name: "Handover", steps: [...offers(terms), ...(acceptNow ? acceptances(terms) : [])] },
  ];
}

/** All steps, in order. */
export function stepsOf(terms: Terms, acceptNow: boolean): Step[] {
  return recipe(terms, acceptNow).flatMap(({ steps }) => steps);
}

/** KP3R, its minter and its pair. */
function token(terms: Terms): Step[] {
  const { token, uniswapFactory, weth } = terms;
  return [
    existing("UniswapV2Factory", uniswapFactory),
    existing("WETH9", weth),
    ...(token.kind === "new" ? newToken(terms, token) : existingToken(token)),
  ];
}

/** Mints the supply, leaves the token without a minter, and makes sure of the pair, which stays empty for now. */
function newToken({ governance }: Terms, { supply, pool }: NewToken): Step[] {
  const rest = supply - pool.kp3r;
  return [
    deploy("KP3R", [DEPLOYER]),
    call("KP3R", "addMinter", [DEPLOYER]),
    call("KP3R", "mint", [supply]),
    call("KP3R", "removeMinter", [DEPLOYER]),
    ...(rest === 0n || governance === DEPLOYER ? [] : [call("KP3R", "transfer", [governance, rest])]),
    existing("UniswapV2Router02", pool.router),
    deploy("MarketOpener", ["UniswapV2Factory", "KP3R", "WETH9"]),
    lookup("KP3R_WETH", "UniswapV2Factory", "getPair", ["KP3R", "WETH9"]),
  ];
}

function existingToken({ address, minter, pair }: ExistingToken): Step[] {
  return [existing("KP3R", address), existing("Keep3rV1Proxy", minter), existing("KP3R_WETH", pair)];
}

/** The network's contracts. The oracle registers itself as a job, and offers itself to its owner. */
function core({ token, oracleOwner }: Terms): Step[] {
  const minter = token.kind === "new" ? "KP3R" : "Keep3rV1Proxy";
  return [
    deploy("Keep3r", [DEPLOYER, "KP3R", minter]),
    deploy("Keep3rOracle", ["Keep3r", DEPLOYER, "UniswapV2Factory", "KP3R", oracleOwner]),
    deploy("Keep3rHelper", [DEPLOYER, "Keep3r", "Keep3rOracle", "WETH9"]),
    deploy("Keep3rLens", ["Keep3r"]),
  ];
}

/** Makes the contracts known to each other, sets what is to differ, opens and lists the market, and appoints. */
function connection(terms: Terms): Step[] {
  const { token, fastGasFeed, changes, disputers, slashers } = terms;
  return [
    ...(token.kind === "new" ? [call("KP3R", "addMinter", ["Keep3r"])] : []),
    call("Keep3r", "setKeep3rHelper", ["Keep3rHelper"]),
    ...(fastGasFeed === undefined ? [] : feed(fastGasFeed)),
    ...changes.map(change),
    ...(token.kind === "new" ? market(terms, token) : []),
    call("Keep3rOracle", "addPair", ["KP3R_WETH"]),
    call("Keep3r", "approveLiquidity", ["KP3R_WETH"]),
    ...disputers.map((disputer) => call("Keep3r", "addDisputer", [disputer], { id: `addDisputer_${disputer}` })),
    ...slashers.map((slasher) => call("Keep3r", "addSlasher", [slasher], { id: `addSlasher_${slasher}` })),
  ];
}

/**
 * Opens the market, whatever strangers have left in the pair. Until then nobody but the deployer and governance has KP3R. It
 * is listed in the very next step: in between, strangers could push the price, by which the oracle fixes its scale for ever.
 */
function market({ governance }: Terms, { pool: { kp3r, eth } }: NewToken): Step[] {
  return [
    call("KP3R", "approve", ["MarketOpener", kp3r]),
    call("MarketOpener", "open", [kp3r, governance], { value: eth }),
  ];
}

function feed({ address, maxAge }: NonNullable<Terms["fastGasFeed"]>): Step[] {
  return [existing("FastGasFeed", address), call("Keep3rHelper", "setFastGasFeed", ["FastGasFeed", maxAge])];
}

function change({ contract, getter, value }: Change): Call {
  return { kind: "call", on: contract, function: setterOf(getter), args: [value], from: DEPLOYER };
}

/** Offers every contract to a governance that isn't the deployer. */
function offers(terms: Terms): Call[] {
  const { governance } = terms;
  if (governance === DEPLOYER) return [];
  return governed(terms).map((contract) => call(contract, "setGovernance", [governance]));
}

/** What governance and the oracle's owner have to send. */
export function acceptances(terms: Terms): Call[] {
  const { governance, oracleOwner } = terms;
  const offered = governance === DEPLOYER ? [] : governed(terms);
  return [
    ...offered.map((contract) => call(contract, "acceptGovernance", [], { from: governance })),
    call("Keep3r", "acceptJobOwnership", ["Keep3rOracle"], { from: oracleOwner }),
  ];
}

/** The contracts that governance governs. A KP3R that was there before has its own. */
export function governed({ token }: Pick<Terms, "token">): ("KP3R" | Tunable)[] {
  return [...(token.kind === "new" ? (["KP3R"] as const) : []), "Keep3r", "Keep3rOracle", "Keep3rHelper"];
}
