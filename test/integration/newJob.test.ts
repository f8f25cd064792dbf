import { newJob } from "#cli/newJob";
import { expect } from "chai";
import { rmSync } from "node:fs";
import path from "node:path";
import { describeProject, install, makeFolder, pack, PATIENCE, run } from "#support/projects/project";

/** What `keep3r job new` makes, with Hardhat and the compiler of this repository instead of downloaded ones. */
describeProject("A new job", () => {
  let folder: string;

  before(() => {
    folder = makeFolder("new-job");
  });

  after(() => rmSync(folder, { recursive: true }));

  it("compiles and passes its tests as it is", async function () {
    this.timeout(3 * PATIENCE);
    const project = path.join(folder, "harvest");
    newJob(project, "HarvestJob");
    await pack(path.join(folder, "keep3r"));
    await install(project, [".bin/hardhat"]);

    expect(await run("npx hardhat test", project))
      .to.match(/^ {2}HarvestJob$/m)
      .and.match(/^ {2}4 passing/m);
  });
});
