import { expect } from "chai";
import { compileSources } from "#support/tools/solidity";
import { faultsOfHeaders, faultsOfImports } from "#tools/packages/headers";
import { faultsOfLicences, isAllowed } from "#tools/packages/licences";
import { faultsOfLock, lockedIn } from "#tools/packages/lock";
import { faultsOfVersions } from "#tools/packages/manifest";
import { faultsOfUse } from "#tools/packages/use";

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

describe("The check of dependencies", () => {
  it("accepts exact versions, aliases of such, and ranges of peers", () => {
    const manifest = {
      dependencies: { a: "1.2.3", b: "npm:@c/d@1.2.3-beta.0" },
      peerDependencies: { e: "^1.0.0" },
      overrides: { f: { g: "npm:h@1.0.0" } },
    };
    expect(faultsOfVersions("package.json", manifest)).to.be.empty;
  });

  it("reports ranges, tags and other places, overrides included", () => {
    for (const version of ["^1.2.3", "~1.2.3", "1.x", "latest", "*", "github:a/b", "npm:a@^1.0.0"]) {
      expect(faultsOfVersions("p", { devDependencies: { a: version } }), version).to.have.length(1);
      expect(faultsOfVersions("p", { overrides: { b: { a: version } } }), version).to.have.length(1);
    }
  });

  const used = {
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
  const installed = { linter: { bin: { lint: "lint.js" } }, imported: { peerDependencies: { peer: "1" } } };
  const sources = [
    { file: "a.ts", text: 'import { x } from "imported/x";\nimport path from "node:path";\nimport { y } from "./y";' },
    { file: "b.js", text: 'const { z } = require("required");' },
    { file: "C.sol", text: 'import {\n  A\n} from "@s/sol/A.sol";\nimport {B} from "./B.sol";' },
  ];

  it("accepts what is imported, run, configured, or a peer", () => {
    expect(faultsOfUse(used, installed, sources, ['["plugin"]'])).to.be.empty;
  });

  it("reports what nothing uses", () => {
    expect(faultsOfUse(used, {}, sources.slice(1), [])).to.deep.equal(
      ["imported", "linter", "plugin", "peer"].map((name) => `package.json: nothing uses ${name}`),
    );
  });

  it("reports what is imported and missing", () => {
    const source = { file: "d.ts", text: 'await import("missing/part");' };
    expect(faultsOfUse(used, installed, [...sources, source], ['"plugin"'])).to.deep.equal([
      "d.ts: it imports missing, which package.json doesn't name",
    ]);
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
});
