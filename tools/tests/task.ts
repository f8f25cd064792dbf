import { Failure } from "@keep3r-network/sdk";
import { TASK_TEST, TASK_TEST_GET_TEST_FILES } from "hardhat/builtin-tasks/task-names";
import { subtask, task } from "hardhat/config";
import { HardhatPluginError } from "hardhat/plugins";
import { allTests, testsOf } from "./files";

interface TestArguments {
  testFiles: string[];
}

/** `hardhat test` takes files and folders, and runs all of test/ when there are none, but those that need a fork. */
subtask(TASK_TEST_GET_TEST_FILES, ({ testFiles }: TestArguments) => Promise.resolve(chosenTests(testFiles)));

/** A file that isn't there is told before a minute of compiling. */
task(TASK_TEST).setAction(async (args: TestArguments, _, runSuper) => {
  chosenTests(args.testFiles);
  return (await runSuper(args)) as unknown;
});

function chosenTests(testFiles: readonly string[]): string[] {
  try {
    return testFiles.length > 0 ? testsOf(testFiles) : allTests(process.env.SOLIDITY_COVERAGE === "true");
  } catch (error) {
    // Hardhat shows the stack of anything else
    throw error instanceof Failure ? new HardhatPluginError("test", error.message) : error;
  }
}
