/** A call that the protocol refuses, by the name of its error. */
export class Refusal extends Error {
  constructor(readonly reason: string) {
    super(reason);
  }
}

/** What a call is refused for; undefined when it isn't. */
export function refusalOf(call: () => void): string | undefined {
  try {
    call();
    return undefined;
  } catch (error) {
    if (error instanceof Refusal) return error.reason;
    throw error;
  }
}
