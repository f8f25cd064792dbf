/** A mistake of the operator or a refusal of the chain: its message is all that is shown, without a stack. */
export class Failure extends Error {}
