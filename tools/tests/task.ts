import { Failure } from "@keep3r-network/sdk";
import { TASK_TEST, TASK_TEST_GET_TEST_FILES } from "hardhat/builtin-tasks/task-names";
import { subtask, task } from "hardhat/config";
import { allTests, testsOf } from "./files";

interface TestArguments {
  testFiles: string[];
}

/** `hardhat test` takes files and folders, and runs all of test/ when there are none, but those that need a fork. */
subtask(TASK_TEST_GET_TEST_FILES, ({ testFiles }: TestArguments) => Promise.resolve(chosenTests(testFiles)));

/** A file that isn't there is told before a minute of compiling, and without the stack that Hardhat shows in CI. */
task(TASK_TEST).setAction(async (args: TestArguments, _, runSuper) => {
  try {
    chosenTests(args.testFiles);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    console.error(`\nError: ${error.message}`);
    process.exitCode = 1;
    return process.exitCode;
  }
  return (await runSuper(args)) as unknown;
});

function chosenTests(testFiles: readonly string[]): string[] {
  return testFiles.length > 0 ? testsOf(testFiles) : allTests(process.env.SOLIDITY_COVERAGE === "true");
}
