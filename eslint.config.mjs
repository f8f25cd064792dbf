import eslint from "@eslint/js";
import { defineConfig, globalIgnores } from "eslint/config";
import tseslint from "typescript-eslint";

/** Two steps up, wherever they stand in a path. */
const CLIMBS = "(?:^|\\x2F)\\.\\.\\x2F(?:.*\\x2F)?\\.\\.(?:\\x2F|$)";
const CLIMBING = "An import climbs one level at most: name another room as package.json does, such as #tools/entry.";

export default defineConfig(
  globalIgnores(["artifacts/", "cache/", "coverage/", "typechain-types/", "*/dist/", "exports/"]),
  eslint.configs.recommended,
  {
    rules: {
      "no-restricted-imports": ["error", { patterns: [{ regex: CLIMBS, message: CLIMBING }] }],
      "no-restricted-syntax": [
        "error",
        ...[
          "ImportExpression > Literal",
          "TSImportType Literal",
          "TSExternalModuleReference > Literal",
          ":matches(CallExpression[callee.name=require], CallExpression[callee.object.name=require]) > Literal",
        ].map((literal) => ({ selector: `${literal}[value=/${CLIMBS}/]`, message: CLIMBING })),
      ],
    },
  },
  {
    files: ["**/*.ts"],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      eqeqeq: "error",
      // A module of ours that is loaded late: `import()` would look for JavaScript.
      "@typescript-eslint/no-require-imports": ["error", { allow: ["^[.#]", "^@keep3r-network/"] }],
      "@typescript-eslint/consistent-type-imports": ["error", { fixStyle: "inline-type-imports" }],
      "@typescript-eslint/switch-exhaustiveness-check": "error",
    },
  },
  {
    // Chai asserts by property: `expect(x).to.be.true`.
    files: ["test/**/*.ts"],
    rules: { "@typescript-eslint/no-unused-expressions": "off" },
  },
  {
    files: ["**/*.js", "**/*.cjs", "**/*.mjs"],
    languageOptions: {
      globals: {
        __dirname: "readonly",
        console: "readonly",
        describe: "readonly",
        it: "readonly",
        process: "readonly",
        URL: "readonly",
      },
    },
  },
  {
    // The root and the example are CommonJS, the workspaces ES modules.
    files: ["**/*.js"],
    ignores: ["sdk/**", "cli/**"],
    languageOptions: { sourceType: "commonjs" },
  },
);
