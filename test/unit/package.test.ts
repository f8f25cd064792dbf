import { expect } from "chai";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import example from "#root/examples/heartbeat/package.json";
import manifest from "#root/package.json";

const ROOT = path.join(__dirname, "..", "..");
const EXAMPLE = path.join(ROOT, "examples", "heartbeat");
const CONTRACTS = path.join(ROOT, "contracts");

describe("What the package depends on", () => {
  const pinned: Record<string, string> = manifest.devDependencies;

  for (const name of ["Keep3rJob", "WorkableJob", "OwnedJob"]) {
    it(`is OpenZeppelin's contracts alone for a job on ${name}`, () => {
      const needed = packagesOf(path.join(CONTRACTS, "jobs", `${name}.sol`));

      needed.delete("@openzeppelin/contracts");
      expect(needed).to.be.empty;
    });
  }

  it("is what npm installs unasked, for a job that weighs its cost", () => {
    const unasked = Object.keys(manifest.peerDependencies).filter((name) => !(name in manifest.peerDependenciesMeta));

    expect(unasked).to.include.members([...packagesOf(path.join(CONTRACTS, "jobs", "CallCost.sol"))]);
  });

  it("is a peer of the version that is tested here, or of a later one that is compatible with it", () => {
    const needed = new Set(filesIn(CONTRACTS).flatMap((file) => (isDouble(file) ? [] : [...packagesOf(file)])));

    expect(Object.keys(manifest.peerDependencies)).to.have.members([...needed]);
    for (const [name, range] of Object.entries(manifest.peerDependencies)) expect(range).to.equal(`^${pinned[name]}`);
  });

  it("is in the example what it is here", () => {
    const { "@keep3r-network/keep3r": tarball, ...dependencies } = {
      ...example.dependencies,
      ...example.devDependencies,
    };

    expect(tarball).to.equal(`file:../keep3r/keep3r-network-keep3r-${manifest.version}.tgz`);
    expect(pinned).to.include(dependencies);
  });
});

describe("What is written of the example", () => {
  const files = filesIn(EXAMPLE).map((file) => readFileSync(file, "utf8"));

  for (const page of ["README.md", "docs/write-a-job.md"]) {
    it(`is what stands in it: ${page}`, () => {
      const text = readFileSync(path.join(ROOT, page), "utf8");
      const blocks = [...text.matchAll(/^```(?:solidity|js|json)\n(.*?)^```$/gms)].map(([, block]) => block ?? "");

      expect(blocks.length).to.be.above(0);
      for (const block of blocks) {
        expect(
          files.some((file) => file.includes(block)),
          block,
        ).to.be.true;
      }
    });
  }
});

/** The packages that a source imports, by itself and by what it imports. */
function packagesOf(file: string, seen = new Set<string>()): Set<string> {
  const packages = new Set<string>();
  if (seen.has(file)) return packages;
  seen.add(file);

  for (const [, target = ""] of readFileSync(file, "utf8").matchAll(/^(?:import|\}).*"(.+)";$/gm)) {
    if (!target.startsWith(".")) packages.add(target.split("/").slice(0, 2).join("/"));
    else packagesOf(path.join(path.dirname(file), target), seen).forEach((name) => packages.add(name));
  }
  return packages;
}

function isDouble(source: string): boolean {
  return ["simulation", "test"].some((folder) => source.startsWith(path.join(CONTRACTS, folder, path.sep)));
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => path.join(parentPath, name));
}
