import { run } from "#tools/entry";
import { inOrder } from "#tools/steps/inOrder";
import { hardhat } from "#tools/steps/step";

/** The first argument is the folder's name, from package.json. */
const [folder = ""] = process.argv.splice(2, 1);

run(
  {
    command: `npm run test:${folder}`,
    does: `Compiles what the tests need and runs those of test/${folder}. For some of them: npx hardhat test PATH --grep TEXT.`,
    options: {
      grep: { type: "string", value: "TEXT", says: "only tests whose title has this in it" },
      bail: { type: "boolean", says: "stops at the first test that fails" },
    },
    example: `npm run test:${folder} -- --bail`,
  },
  ({ grep, bail }) => {
    const options = [...(grep === undefined ? [] : ["--grep", grep]), ...(bail ? ["--bail"] : [])];
    inOrder([hardhat(["test", ...options, `test/${folder}`])]);
  },
);
