import { diagnose, Failure, messageOf, type Retry, RETRY, retrying, withoutSecrets } from "@keep3r-network/sdk";
import type { EIP1193Provider } from "@nomicfoundation/ignition-core";

/** What a wallet at the other end of EIP-1193 fails with: the node did answer. */
interface Answered {
  code: number;
}

/**
 * A node that is asked again while it is busy or doesn't answer, and whose silence is told in words. All that is asked here
 * may be asked twice: transactions are signed, and the same one can't be mined a second time.
 * @param url Where it is, for messages
 * @param hint What to do when nothing answers there
 */
export function patient(node: EIP1193Provider, url: string, hint: string, retry: Retry = RETRY): EIP1193Provider {
  const passing = (method: string) => (error: unknown) => {
    const { kind, retryAfter } = diagnose(error, method);
    return !hasAnswered(error) || kind === "busy" || kind === "slow" ? retryAfter : false;
  };
  return {
    request: ({ method, params }) =>
      retrying(
        retry,
        () => node.request(params === undefined ? { method } : { method, params }),
        passing(method),
      ).catch((error: unknown) => {
        if (hasAnswered(error)) throw error;
        throw new Failure(`The node at ${withoutSecrets(url)} doesn't answer (${reasonOf(error, method)}). ${hint}`);
      }),
  };
}

function hasAnswered(error: unknown): error is Answered {
  return typeof error === "object" && error !== null && "code" in error && typeof error.code === "number";
}

/** One line: Hardhat's text goes on about configurations. */
function reasonOf(error: unknown, method: string): string {
  const { reason } = diagnose(error, method);
  const [first = ""] = messageOf(error).split("\n");
  return reason ?? first.replace(/^HH\d+: /, "").replace(/\.$/, "");
}
