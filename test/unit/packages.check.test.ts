import { expect } from "chai";
import { compileSources } from "#support/tools/solidity";
import { faultsOfAgreement } from "#tools/packages/agreement";
import { faultsOfHeaders, faultsOfImports } from "#tools/packages/headers";
import { faultsOfLicences, isAllowed } from "#tools/packages/licences";
import { faultsOfLock, lockedIn } from "#tools/packages/lock";
import { faultsOfVersions, type Manifest } from "#tools/packages/manifest";
import { faultsOfUse, type Package, type Source } from "#tools/packages/use";

const SUM = "sha512-AAAA";

describe("The check of licences", () => {
  const lock = (licence: string | undefined, name = "node_modules/door") => ({
    file: "package-lock.json",
    packages: lockedIn({ "": {}, [name]: { version: "1.0.0", integrity: SUM, ...(licence && { license: licence }) } }),
  });

  it("accepts those on the list, one of a choice, and all that apply together", () => {
    for (const licence of ["MIT", "(MIT OR GPL-3.0)", "(MIT AND BSD-3-Clause)", "Apache-2.0 WITH LLVM-exception"]) {
      expect(isAllowed(licence), licence).to.be.true;
    }
    for (const licence of ["GPL-3.0", "(MIT AND GPL-3.0)", "BUSL-1.1", "UNLICENSED", ""]) {
      expect(isAllowed(licence), licence).to.be.false;
    }
  });

  it("reports a package under the GPL, and one that states nothing", () => {
    expect(faultsOfLicences([lock("GPL-3.0-only")], {})).to.deep.equal([
      "door 1.0.0: its licence is GPL-3.0-only, which isn't allowed",
    ]);
    expect(faultsOfLicences([lock(undefined)], {})).to.deep.equal([
      "door 1.0.0: its licence is not stated, which isn't allowed",
    ]);
  });

  it("lets an exception pass for the licence that it names, and reports one of no use", () => {
    const exceptions = { door: { licence: "GPL-3.0-only", why: "it stays shut" } };
    expect(faultsOfLicences([lock("GPL-3.0-only")], exceptions)).to.be.empty;
    expect(faultsOfLicences([lock("GPL-3.0-only", "node_modules/a/node_modules/door")], exceptions)).to.be.empty;
    expect(faultsOfLicences([lock("AGPL-3.0-only")], exceptions)).to.have.length(2);
    expect(faultsOfLicences([lock("MIT")], exceptions)).to.deep.equal([
      "door: the exception for its licence is of no use",
    ]);
  });
});

describe("The check of the lock file", () => {
  const faultsOf = (entry: object): string[] =>
    faultsOfLock({
      file: "lock",
      packages: lockedIn({ "": {}, "node_modules/@a/door": { version: "1.0.0", ...entry } }),
    });

  it("accepts checksums, the registry, and workspaces", () => {
    expect(faultsOf({ integrity: SUM })).to.be.empty;
    expect(faultsOf({ integrity: SUM, resolved: "https://registry.npmjs.org/@a/door/-/door-1.0.0.tgz" })).to.be.empty;
    expect(faultsOf({ link: true, resolved: "door" })).to.be.empty;
  });

  it("reports a package without a checksum, or from elsewhere, and a file that locks nothing", () => {
    expect(faultsOf({})).to.deep.equal(["lock: @a/door 1.0.0 has no sha512 checksum"]);
    expect(faultsOf({ integrity: "sha1-AAAA" })).to.have.length(1);
    for (const resolved of ["git+ssh://git@github.com/a/door.git", "https://registry.npmjs.org.example/door.tgz"]) {
      expect(faultsOf({ integrity: SUM, resolved })).to.deep.equal([`lock: @a/door 1.0.0 is from ${resolved}`]);
    }
    expect(faultsOfLock({ file: "lock", packages: lockedIn({ "": {} }) })).to.have.length(1);
  });
});

describe("The check of versions", () => {
  const faultsOf = (manifest: Manifest): string[] => faultsOfVersions({ file: "package.json", manifest });

  it("accepts exact ones, aliases of such, overrides by a dependency's, and ranges of peers", () => {
    const manifest = {
      dependencies: { a: "1.2.3", b: "npm:@c/d@1.2.3-beta.0" },
      peerDependencies: { e: "^1.0.0" },
      overrides: { f: { g: "npm:h@1.0.0" }, a: "$a" },
    };
    expect(faultsOf(manifest)).to.be.empty;
  });

  it("reports ranges, tags and other places, overrides included", () => {
    for (const version of ["^1.2.3", "~1.2.3", "1.x", "latest", "*", "github:a/b", "npm:a@^1.0.0", "$c"]) {
      expect(faultsOf({ devDependencies: { a: version } }), version).to.have.length(1);
      expect(faultsOf({ overrides: { b: { a: version } } }), version).to.have.length(1);
    }
  });
});

describe("The check of versions across manifests", () => {
  const faultsOf = (manifests: Record<string, Manifest>): string[] =>
    faultsOfAgreement(Object.entries(manifests).map(([file, manifest]) => ({ file, manifest })));
  const sdk = { name: "@k/sdk", version: "1.1.0", dependencies: { door: "2.0.0" } };
  const cli = { name: "@k/cli", version: "1.0.0", dependencies: { "@k/sdk": "1.1.0", door: "2.0.0" } };

  it("accepts the same one everywhere, and a peer from the one on that is tested", () => {
    expect(faultsOf({ root: { devDependencies: { "@k/cli": "1.0.0" } }, sdk, cli })).to.be.empty;
    expect(faultsOf({ sdk: { devDependencies: { key: "1.2.3" }, peerDependencies: { key: "^1.2.3" } } })).to.be.empty;
  });

  it("reports a package in two versions", () => {
    expect(faultsOf({ sdk, cli: { ...cli, dependencies: { door: "2.0.1" } } })).to.deep.equal([
      "cli: door is 2.0.1, and 2.0.0 by sdk",
    ]);
  });

  it("reports a package of ours in a version that it doesn't have, whichever manifest comes first", () => {
    const fault = "cli: @k/sdk is 1.1.0, and 1.2.0 by sdk";
    const newer = { ...sdk, version: "1.2.0" };
    expect(faultsOf({ sdk: newer, cli })).to.deep.equal([fault]);
    expect(faultsOf({ cli, sdk: newer })).to.deep.equal([fault]);
  });

  it("reports a peer that is another than what is tested, and one that isn't installed", () => {
    for (const range of ["^1.2.2", "1.2.3", ">=1", "*"]) {
      const manifest = { devDependencies: { key: "1.2.3" }, peerDependencies: { key: range } };
      expect(faultsOf({ sdk: manifest })).to.deep.equal([
        `sdk: the peer key is ${range}; ^1.2.3 is what is tested, by sdk`,
      ]);
    }
    expect(faultsOf({ sdk: { peerDependencies: { key: "^1.2.3" } } })).to.deep.equal([
      "sdk: the peer key isn't installed here, so nothing is tested with it",
    ]);
  });
});

describe("The check of dependencies", () => {
  const manifest = {
    name: "house",
    scripts: { lint: "lint . && other" },
    devDependencies: {
      imported: "1.0.0",
      required: "1.0.0",
      "@s/sol": "1.0.0",
      linter: "1.0.0",
      plugin: "1.0.0",
      peer: "1.0.0",
    },
  };
  const sources = [
    { file: "a.ts", text: 'import { x } from "imported/x";\nimport path from "node:path";\nimport { y } from "./y";' },
    { file: "b.js", text: 'const { z } = require("required");' },
    { file: "C.sol", text: 'import {\n  A\n} from "@s/sol/A.sol";\nimport {B} from "./B.sol";' },
  ];
  const house: Package = {
    file: "package.json",
    manifest,
    shipped: false,
    sources,
    installed: { linter: { bin: { lint: "lint.js" } }, imported: { peerDependencies: { peer: "1" } } },
    configurations: ['["plugin"]'],
  };
  const withSource = (pack: Package, text: string): Package => ({
    ...pack,
    sources: [...pack.sources, { file: "d.ts", text }],
  });

  it("accepts what is imported, run, configured, or a peer", () => {
    expect(faultsOfUse(house)).to.be.empty;
  });

  it("takes names of rooms, and the package's own, for no dependency", () => {
    expect(faultsOfUse(withSource(house, 'import "#room/file";\nexport * from "house/part";'))).to.be.empty;
  });

  it("reports what nothing uses", () => {
    const bare = { ...house, sources: sources.slice(1), installed: {}, configurations: [] };
    expect(faultsOfUse(bare)).to.deep.equal(
      ["imported", "linter", "plugin", "peer"].map((name) => `package.json: nothing uses ${name}`),
    );
  });

  it("reports what is imported and missing", () => {
    expect(faultsOfUse(withSource(house, 'await import("missing/part");'))).to.deep.equal([
      "d.ts: it imports missing, which package.json doesn't name",
    ]);
  });

  describe("of a workspace", () => {
    const source = (text: string): Source[] => [{ file: "sdk/src/a.ts", text }];
    const faultsOf = (ofSdk: Manifest, text: string): string[] =>
      faultsOfUse({
        file: "sdk/package.json",
        manifest: ofSdk,
        shipped: true,
        sources: source(text),
        installed: {},
        configurations: [],
      });

    it("accepts what it brings along, and peers that it is tested with", () => {
      expect(
        faultsOf(
          {
            dependencies: { door: "1.0.0" },
            devDependencies: { key: "1.0.0" },
            peerDependencies: { key: "^1.0.0" },
          },
          'import "door"; import type { Key } from "key";',
        ),
      ).to.be.empty;
    });

    it("reports an import of what only the repository installs", () => {
      expect(faultsOf({ devDependencies: { door: "1.0.0" } }, 'import "door";')).to.deep.equal([
        "sdk/src/a.ts: it imports door, which sdk/package.json doesn't name to ship",
      ]);
      expect(faultsOf({}, 'import type { Door } from "door";')).to.have.length(1);
    });

    it("reports what its own sources don't use", () => {
      expect(faultsOf({ dependencies: { door: "1.0.0" } }, "")).to.deep.equal(["sdk/package.json: nothing uses door"]);
    });
  });
});

describe("The check of the sources' headers", () => {
  it("reports Solidity under another licence, or none", () => {
    const source = (file: string, text: string) => ({ file, text });
    const good = source("A.sol", "// SPDX-License-Identifier: MIT\npragma solidity ^0.8.24;");
    expect(faultsOfHeaders([good, source("b.ts", "")])).to.be.empty;
    for (const text of ["// SPDX-License-Identifier: GPL-3.0\n", "pragma solidity ^0.8.24;"]) {
      expect(faultsOfHeaders([good, source("B.sol", text)])).to.deep.equal([
        "B.sol: its first line isn't the header of MIT",
      ]);
    }
    expect(() => faultsOfHeaders([])).to.throw("There is no Solidity to check");
  });

  it("reports what production contracts import under the GPL, also indirectly", async () => {
    const { output } = await compileSources({
      "a/A.sol": 'import {B} from "b/B.sol"; contract A is B {}',
      "b/B.sol": "contract B {}",
      "c/C.sol": "contract C {}",
      "contracts/Door.sol": 'import {A} from "a/A.sol"; contract Door is A {}',
      "contracts/test/Door__Mock.sol": 'import {C} from "c/C.sol"; contract Door__Mock is C {}',
    });
    const units = Object.values(output.sources).map(({ ast }) => ast);
    expect(faultsOfImports(units)).to.be.empty;

    const strict = units.map((unit) =>
      /^[bc]\//.test(unit.absolutePath) ? { ...unit, license: "GPL-3.0-only" } : unit,
    );
    expect(faultsOfImports(strict)).to.deep.equal([
      "b/B.sol: production contracts import it, and its licence is GPL-3.0-only",
    ]);
    expect(() => faultsOfImports([])).to.throw("there is nothing to check");
  });

  it("reports production contracts that import those of tests and of the local chain", async () => {
    for (const source of ["contracts/test/Key__Mock.sol", "contracts/simulation/Key__Mock.sol"]) {
      const { output } = await compileSources({
        [source]: "contract Key__Mock {}",
        "contracts/Door.sol": `import {Key__Mock} from "${source}"; contract Door is Key__Mock {}`,
      });
      expect(faultsOfImports(Object.values(output.sources).map(({ ast }) => ast))).to.deep.equal([
        `${source}: production contracts import it, and it isn't packed`,
      ]);
    }
  });
});
