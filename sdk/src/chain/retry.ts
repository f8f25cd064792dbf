/** How a request is asked again after a failure that may pass. */
export interface Retry {
  /** How often, after the first time. */
  retries: number;
  /** Milliseconds before the first time; each further wait is twice as long, and up to half of it is left to chance. */
  delay: number;
  /** Milliseconds that one wait takes at most, whatever the node's `Retry-After` says. */
  maxDelay: number;
  /** Waits, for milliseconds. */
  sleep: (milliseconds: number) => Promise<void>;
  /** From 0 to 1, 1 excluded. */
  random: () => number;
}

/**
 * Four requests within two seconds: limits of a rate are per second at most providers, and a backend that fell behind
 * catches up within a block or two.
 */
export const RETRY: Readonly<Retry> = {
  retries: 3,
  delay: 300,
  maxDelay: 10_000,
  sleep: (milliseconds) => new Promise((resolve) => void setTimeout(resolve, milliseconds)),
  random: Math.random,
};

/** The policy with some of it replaced. */
export function retryWith(options: Partial<Retry>): Retry {
  const { retries, delay, maxDelay, sleep, random } = options;
  return {
    retries: retries ?? RETRY.retries,
    delay: delay ?? RETRY.delay,
    maxDelay: maxDelay ?? RETRY.maxDelay,
    sleep: sleep ?? RETRY.sleep,
    random: random ?? RETRY.random,
  };
}

/**
 * Tries until it succeeds, the failure is one that stays, or the policy's retries are used up.
 * @param attempt What to try
 * @param passing Whether a failure may pass: false, or how many milliseconds the node asks to wait, 0 if it doesn't say
 * @throws The last failure
 */
export async function retrying<T>(
  { retries, delay, maxDelay, sleep, random }: Retry,
  attempt: () => Promise<T>,
  passing: (error: unknown) => number | false,
): Promise<T> {
  for (let tries = 0; ; tries++) {
    try {
      return await attempt();
    } catch (error) {
      const wished = tries < retries && passing(error);
      if (wished === false) throw error;
      // Chance keeps those who were refused together from coming back together.
      const backoff = delay * 2 ** tries * (1 - random() / 2);
      await sleep(Math.min(Math.max(wished, backoff), maxDelay));
    }
  }
}
