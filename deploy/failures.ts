import { DEFAULTS, Failure, type Parameter, setterOf, showRange } from "@keep3r-network/sdk";
import {
  type DeploymentResult,
  DeploymentResultType,
  IgnitionError,
  type SuccessfulDeploymentResult,
} from "@nomicfoundation/ignition-core";
import type { Parameters } from "./parameters";

/** Numbers of Ignition's errors that a deployment runs into through no fault of the parameters. */
const DROPPED = 401;
const UNCONFIRMED = 403;
const NONCE_WAITS = 404;
const NONCE_DIFFERS = 405;

const AGAIN = "Run the same command again: it goes on where it was, and sends nothing twice.";

/** What Ignition stopped with, in words that hold whether or not the user did anything. Other errors stay what they are. */
export function inWords(error: unknown): unknown {
  if (!(error instanceof IgnitionError)) return error;
  switch (error.errorNumber) {
    case DROPPED:
      return new Failure(`The node has forgotten a transaction before it was mined. ${AGAIN}`);
    case UNCONFIRMED:
    case NONCE_WAITS:
      return new Failure(
        `The last transactions of the deployer, of this deployment or others, haven't enough confirmations yet. Wait a few ` +
          `blocks. ${AGAIN}`,
      );
    case NONCE_DIFFERS:
      return new Failure(`${nonces(error.message)} ${AGAIN}`);
    default:
      return new Failure(error.message.replace(/^IGN\d+: /, ""));
  }
}

function nonces(message: string): string {
  const [, sender = "the deployer", expected = "", found = ""] =
    /next nonce for (\w+) should be (\d+), but is (\d+)/.exec(message) ?? [];
  return Number(found) < Number(expected)
    ? `The node counts ${found} transactions of ${sender}, but ${expected} are mined: it is behind. Wait a few blocks, or ask another node.`
    : `${sender} has sent ${Number(found) - Number(expected)} transactions that aren't this deployment's. Use the key for nothing else until it is through.`;
}

/** Why a deployment stopped, by its steps. A step that sets a parameter is named by the parameter's key, too. */
export function explainResult(
  result: Exclude<DeploymentResult, SuccessfulDeploymentResult>,
  parameters: Parameters,
): string {
  if (result.type === DeploymentResultType.EXECUTION_ERROR) {
    const failed = result.failed.map(
      ({ futureId, error }) => `  ${keyOf(futureId, parameters)}${futureId}: ${withBounds(error, futureId)}`,
    );
    const waiting = result.timedOut.map(({ futureId }) => `  ${futureId}: not mined in time`);
    return [`The deployment stopped. Run it again once this is mended:`, ...failed, ...waiting].join("\n");
  }
  const lines = Object.entries(result.errors).map(([step, errors]) => `  ${step}: ${errors.join(" ")}`);
  const reason = {
    RECONCILIATION_ERROR: "The parameters differ from those that this deployment began with. Restore them:",
    PREVIOUS_RUN_ERROR:
      "A transaction of an earlier run was mined and reverted. `npx hardhat ignition wipe` lets it be tried again:",
    VALIDATION_ERROR: "The parameters can't be deployed:",
  }[result.type];
  return [reason, ...lines].join("\n");
}

/** `Connection#Core~Keep3r.setFee` sets `settings.Keep3r.fee`. */
function keyOf(step: string, { changes }: Parameters): string {
  const change = changes.find(({ contract, getter }) => step.endsWith(`${contract}.${setterOf(getter)}`));
  return change === undefined ? "" : `settings.${change.contract}.${change.getter}, `;
}

/** The contract's own bounds, which may depend on other parameters, in the parameter's unit. */
function withBounds(error: string, step: string): string {
  const [, low, high] = /ParameterOutOfBounds\(\d+, (\d+), (\d+)\)/.exec(error) ?? [];
  const parameter = Object.entries(DEFAULTS)
    .flatMap(([contract, known]) =>
      Object.entries<Parameter>(known).map(([getter, value]) => ({ contract, getter, value })),
    )
    .find(({ contract, getter }) => step.endsWith(`${contract}.${setterOf(getter)}`))?.value;
  if (low === undefined || high === undefined || parameter === undefined) return error;
  return `${error}. It takes ${showRange({ min: BigInt(low), max: BigInt(high) }, parameter)}.`;
}
