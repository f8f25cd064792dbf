import {
  TASK_COMPILE,
  TASK_COMPILE_SOLIDITY_CHECK_ERRORS,
  TASK_COMPILE_SOLIDITY_COMPILE_JOBS,
  TASK_COMPILE_SOLIDITY_GET_SOURCE_PATHS,
  TASK_COMPILE_SOLIDITY_LOG_RUN_COMPILER_START,
  TASK_TEST,
} from "hardhat/builtin-tasks/task-names";
import { subtask, task, types } from "hardhat/config";
import { HardhatPluginError } from "hardhat/plugins";
import type { CompilationJob, CompilerOutput } from "hardhat/types";
import path from "node:path";
import type { Diagnostic } from "./builds";
import { IS_BUILT } from "./built";
import { includes, isOurs, type Scope, scopeOf, SCOPES } from "./sources";

/** Keep3r and all else have compilers of different settings, which run side by side. */
const CONCURRENCY = 2;

const COVERAGE = process.env.SOLIDITY_COVERAGE === "true";

let scope: Scope = COVERAGE ? "tests" : "production";

/** A scope never shrinks within a process: what was asked for first is still needed. */
function widen(wanted: Scope): void {
  if (includes(wanted, scope)) scope = wanted;
}

task("build", "Compiles the contracts")
  .addOptionalParam("for", `${SCOPES.join(", ")}: each with those before it`, "production", types.string)
  .setAction(async ({ for: wanted }: { for: string }, { run }) => {
    const known = SCOPES.find((name) => name === wanted);
    if (known === undefined) throw new HardhatPluginError("build", `--for ${wanted}: give ${SCOPES.join(", ")}.`);
    widen(known);
    await run(TASK_COMPILE, { quiet: true });
  });

task(TASK_COMPILE).setAction(async (args, _, runSuper) => {
  // Coverage compiles into a folder of its own
  if (!IS_BUILT || COVERAGE) await runSuper(args);
});

task(TASK_TEST).setAction(async (args, _, runSuper) => {
  widen("tests");
  return (await runSuper(args)) as unknown;
});

/** What is out of scope stays as it was compiled last, if it was. */
subtask(TASK_COMPILE_SOLIDITY_GET_SOURCE_PATHS, async (args, { config }, runSuper) => {
  const files = (await runSuper(args)) as string[];
  return files.filter((file) => {
    const source = path.relative(config.paths.sources, file).split(path.sep);
    return includes(scope, scopeOf(path.posix.join("contracts", ...source)));
  });
});

subtask(TASK_COMPILE_SOLIDITY_COMPILE_JOBS, (args: object, _, runSuper) =>
  runSuper({ ...args, concurrency: CONCURRENCY }),
);

/** What the compiler says of packages is for their authors; `npm run warnings` holds our own sources to none. */
subtask(TASK_COMPILE_SOLIDITY_CHECK_ERRORS, (args: { output: CompilerOutput }, _, runSuper) => {
  const { errors = [] } = args.output as CompilerOutput & { errors?: Diagnostic[] };
  const shown = errors.filter(
    ({ severity, sourceLocation }) => severity === "error" || isOurs(sourceLocation?.file ?? ""),
  );
  return runSuper({ ...args, output: { ...args.output, errors: shown } as CompilerOutput });
});

/** It takes a minute: whoever waits should know for what. */
subtask(
  TASK_COMPILE_SOLIDITY_LOG_RUN_COMPILER_START,
  ({ compilationJob }: { compilationJob: CompilationJob }): Promise<void> => {
    const files = compilationJob.getResolvedFiles().filter((file) => compilationJob.emitsArtifacts(file));
    const [only] = files;
    const what = files.length === 1 && only !== undefined ? path.basename(only.sourceName) : `${files.length} files`;
    console.error(`Compiling ${what} with solc ${compilationJob.getSolcConfig().version} ...`);
    return Promise.resolve();
  },
);
