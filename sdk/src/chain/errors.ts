import { Failure } from "../failure.js";

const ELSEWHERE = "with --rpc or KEEP3R_RPC_URL";

/** A node doesn't answer at all. */
export class NodeSilent extends Failure {
  /**
   * @param node The origin of its URL
   * @param reason Why, in a word or two: `ECONNREFUSED`, `HTTP 401`
   */
  constructor(
    readonly node: string,
    readonly reason: string | undefined,
  ) {
    const why = reason === undefined ? "" : ` (${reason})`;
    super(`The node at ${node} doesn't answer${why}. Check --rpc or KEEP3R_RPC_URL, and that it runs.`);
  }
}

/** A node is on another chain than the deployment. */
export class WrongChain extends Failure {
  /**
   * @param node The origin of its URL
   * @param found The chain's id, as the node says
   * @param expected The chain's id, as the deployment says
   * @param deployment What is of that chain, as the message names it
   */
  constructor(
    readonly node: string,
    readonly found: bigint,
    readonly expected: bigint,
    deployment: string,
  ) {
    super(
      `The node at ${node} is on chain ${found}, but ${deployment} is of chain ${expected}. ` +
        "Check --network and --rpc. Nothing was sent.",
    );
  }
}

/** A node answers, but what it says can't be an answer to what was asked. */
export class BadAnswer extends Failure {
  /**
   * @param node The origin of its URL
   * @param method What was asked
   * @param problem What is wrong with the answer, as the end of a sentence
   */
  constructor(
    readonly node: string,
    readonly method: string,
    problem: string,
  ) {
    super(`The node at ${node} can't be believed: its answer to ${method} ${problem}. Take another one ${ELSEWHERE}.`);
  }
}

/** A node doesn't know a block that another answer has shown to exist, however often it is asked. */
export class StaleNode extends Failure {
  /**
   * @param node The origin of its URL
   * @param found The block that it is at
   * @param expected The block that it should know
   */
  constructor(
    readonly node: string,
    readonly found: bigint,
    readonly expected: bigint,
  ) {
    super(
      `The node at ${node} lags behind: it is at block ${found}, but block ${expected} exists. ` +
        `Try again in a moment, or take another one ${ELSEWHERE}.`,
    );
  }
}

/** A node has thrown away what is asked of it. */
export class PrunedHistory extends Failure {
  /**
   * @param node The origin of its URL
   * @param block The oldest block that was asked for
   * @param words What the node says
   */
  constructor(
    readonly node: string,
    readonly block: bigint,
    words: string,
  ) {
    super(
      `The node at ${node} doesn't keep history as old as block ${block} (${words}). ` +
        `Take an archive node, or another one that keeps it, ${ELSEWHERE}.`,
    );
  }
}

/** A node refuses to give the logs even of one block. */
export class RangeRefused extends Failure {
  /**
   * @param node The origin of its URL
   * @param block The block
   * @param words What the node says
   */
  constructor(
    readonly node: string,
    readonly block: bigint,
    words: string,
  ) {
    super(
      `The node at ${node} refuses the logs even of the single block ${block} (${words}). ` +
        `It may not give logs at all on your plan: take another one ${ELSEWHERE}.`,
    );
  }
}
