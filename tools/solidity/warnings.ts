import type { Build } from "./builds";
import { isOurs } from "./sources";

/** What the compiler warns of in our sources, the tests' included; it says so only in the run that compiles them. */
export function warningsOf(builds: Build[]): string[] {
  return builds.flatMap(({ output, current }) =>
    (output.errors ?? [])
      .filter(({ sourceLocation: { file } = { file: "" } }) => isOurs(file) && current.has(file))
      .map(({ formattedMessage }) => formattedMessage),
  );
}
