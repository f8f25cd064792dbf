import { say, title } from "@keep3r-network/sdk/node";
import type { Command } from "../command.js";
import { newJob } from "../newJob.js";

const NAME = "NAME";

/** A project for a job that is yet to be written. */
export const JOB_NEW: Command = {
  about: "writes a project for a new job: contract, test and scripts, from the example",
  word: { value: NAME, about: "the contract's name, such as HarvestJob" },
  options: { folder: { value: "FOLDER", about: "where it is written, a new folder; NAME if left out" } },
  examples: ["HarvestJob", "HarvestJob --folder ../harvest-job"],
  offline(values) {
    const name = values.get(NAME) ?? "";
    const folder = values.get("folder") ?? name;
    const { files, nextSteps } = newJob(folder, name);
    return {
      document: { folder, files, nextSteps },
      show() {
        title(`${name}, in ${folder}`);
        for (const file of files) say(`  ${file}`);
        title("Next");
        for (const step of nextSteps) say(`  ${step}`);
      },
    };
  },
};
