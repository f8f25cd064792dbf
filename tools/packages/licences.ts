import type { Lock } from "./lock";

/** Licences of packages that may be used as they are. */
const ALLOWED = new Set([
  ...["0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "BlueOak-1.0.0", "CC0-1.0", "ISC", "MIT", "WTFPL"],
  // The exception only gives up conditions.
  "Apache-2.0 WITH LLVM-exception",
  // Copyleft for changes of its own files. We make none.
  "MPL-2.0",
  "Python-2.0",
]);

interface Exception {
  /** What the package says of itself; undefined when it says nothing that npm understands. */
  licence: string | undefined;
  why: string;
}

const UNISWAP =
  "its interfaces are compiled against and its own bytecode runs in tests; none of it is in what is deployed or packed";

/** Packages with another licence, and why they can be used all the same. */
export const EXCEPTIONS: Readonly<Record<string, Exception>> = {
  "@chainlink/contracts": {
    licence: "BUSL-1.1",
    why: "contracts/ imports only files whose own header says MIT; the benchmark, which isn't production, runs the registry",
  },
  "@uniswap/lib": { licence: "GPL-3.0-or-later", why: `a dependency of v2-periphery: ${UNISWAP}` },
  "@uniswap/v2-core": { licence: "GPL-3.0-or-later", why: UNISWAP },
  "@uniswap/v2-periphery": { licence: "GPL-3.0-or-later", why: UNISWAP },
  "web3-utils": { licence: "LGPL-3.0", why: "a dependency of solidity-coverage, used as the library that it is" },
  death: { licence: undefined, why: "its LICENSE is MIT" },
  difflib: { licence: undefined, why: "of solidity-coverage's tools; it says PSF, which is Python-2.0" },
  estraverse: {
    licence: undefined,
    why: "version 1.9.3 of solidity-coverage's tools; its LICENSE.BSD is BSD-2-Clause",
  },
  memorystream: { licence: undefined, why: "of solc; its LICENSE is MIT" },
  "prelude-ls": { licence: undefined, why: "version 1.1.2 of solidity-coverage's tools; its LICENSE is MIT" },
  rechoir: { licence: undefined, why: "of solidity-coverage's tools; its LICENSE is MIT" },
  "source-map": { licence: undefined, why: "version 0.2.0 of solidity-coverage's tools; its LICENSE is BSD-3-Clause" },
};

/** Packages whose licence isn't allowed, and exceptions that no package needs. */
export function faultsOfLicences(locks: Lock[], exceptions = EXCEPTIONS): string[] {
  const used = new Set<string>();
  const faults = locks.flatMap(({ packages }) =>
    packages.flatMap(({ name, version, licence, local }) => {
      if (local || isAllowed(licence)) return [];
      const exception = exceptions[name];
      if (exception !== undefined && exception.licence === licence) {
        used.add(name);
        return [];
      }
      return [`${name} ${version}: its licence is ${licence ?? "not stated"}, which isn't allowed`];
    }),
  );
  const idle = Object.keys(exceptions).filter((name) => !used.has(name));
  return [...faults, ...idle.map((name) => `${name}: the exception for its licence is of no use`)];
}

/** Of alternatives, one must be allowed; of licences that apply together, all. */
export function isAllowed(licence = ""): boolean {
  return licence
    .replace(/^\((.*)\)$/, "$1")
    .split(" OR ")
    .some((choice) => choice.split(" AND ").every((part) => ALLOWED.has(part)));
}
