/**
 * An expected failure: a user's mistake, or a refusal by the chain or a node. Its message is complete by itself; programs
 * show it without a stack trace.
 */
export class Failure extends Error {
  override readonly name = "Failure";
}
