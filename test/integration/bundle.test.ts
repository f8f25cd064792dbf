import { expect } from "chai";
import { build } from "esbuild";
import { builtinModules } from "node:module";
import path from "node:path";

const REPOSITORY = path.join(__dirname, "..", "..");
const SDK = "@keep3r-network/sdk";
/** What a constant may take of a page that imports nothing else of the SDK, in bytes. */
const CONSTANT = 1000;

describe("The SDK in a browser", () => {
  it("is bundled without a module of Node's", async () => {
    const { size, ofNode } = await bundle(`export * from "${SDK}";`);

    expect(ofNode).to.be.empty;
    expect(size).to.be.above(CONSTANT);
  });

  it("leaves out what isn't used", async () => {
    const { size } = await bundle(`import { WAD } from "${SDK}"; console.log(WAD);`);

    expect(size).to.be.within(1, CONSTANT);
  });

  it("would be found with a module of Node's, or with its own part for Node", async () => {
    for (const module of ["node:fs", "fs", "node:test", "fs/promises"]) {
      const { ofNode } = await bundle(`export * from "${SDK}"; import "${module}";`);
      expect(ofNode, module).to.deep.equal([module]);
    }
    const { ofNode } = await bundle(`export * from "${SDK}"; export * from "${SDK}/node";`);
    expect(ofNode).to.include("sdk/dist/node/index.js");
  });
});

/** Bundles a module for browsers: how large it is, and what in it only Node has. */
async function bundle(contents: string): Promise<{ size: number; ofNode: string[] }> {
  const { metafile } = await build({
    stdin: { contents, resolveDir: REPOSITORY },
    absWorkingDir: REPOSITORY,
    bundle: true,
    platform: "browser",
    format: "esm",
    minify: true,
    write: false,
    metafile: true,
    // Else the first of them would end the build
    external: [...builtinModules, "node:*"],
  });
  const [output] = Object.values(metafile.outputs);
  const external = output?.imports.filter((found) => found.external).map((found) => found.path) ?? [];
  const own = Object.keys(metafile.inputs).filter((input) => input.startsWith("sdk/dist/node/"));
  return { size: output?.bytes ?? 0, ofNode: [...external, ...own] };
}
