import { fileURLToPath } from "node:url";

import { defineConfig, type Plugin } from "vitest/config";

const root = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** The package's public names, so that tests import it like user code. */
const alias = {
  "konpro-client/testing": root("src/testing.ts"),
  "konpro-client/validation": root("src/validation.ts"),
  "konpro-client": root("src/index.ts"),
};

/** Unit tests and the load test run `src/` on the contract of test/support/things.yaml, so that editing openapi.yaml does not affect them. */
const fixtureContract: Plugin = {
  name: "fixture-contract",
  enforce: "pre",
  resolveId(source) {
    const [, file] = /\/generated\/(\w+)\.js$/.exec(source) ?? [];
    return file && root(`.cache/things/generated/${file}.${["requests", "validators"].includes(file) ? "js" : "ts"}`);
  },
};

export default defineConfig({
  test: {
    // No test may ever reach the real API, whatever is set in the developer's shell.
    env: { KONPRO_API_KEY: "", KONPRO_BASE_URL: "" },
    // These only stop hung tests: a busy machine can be ten times slower.
    testTimeout: 600_000,
    hookTimeout: 600_000,
    expect: { poll: { timeout: 60_000 } },
    maxWorkers: "100%",
    coverage: {
      include: ["src/**"],
      exclude: [".cache/**"], // copies, for the fixtures
      thresholds: { lines: 100, branches: 100, functions: 100, statements: 100 },
    },
    projects: [
      {
        extends: true,
        resolve: { alias },
        plugins: [fixtureContract],
        test: {
          name: "unit",
          testTimeout: 60_000,
          include: ["test/unit/**/*.test.ts"],
          globalSetup: ["test/unit/setup.ts"],
          isolate: false,
          pool: "threads",
        },
      },
      {
        extends: true,
        resolve: { alias },
        test: {
          name: "contract",
          include: ["test/contract/**/*.test.ts"],
          globalSetup: ["test/contract/prism.ts"],
          isolate: false,
        },
      },
      {
        extends: true,
        test: {
          name: "compilers",
          include: ["test/published/compilers/**/*.test.ts"],
          globalSetup: ["test/published/setup.ts"],
          maxConcurrency: 2,
        },
      },
      {
        extends: true,
        test: {
          name: "ecosystem",
          include: ["test/published/ecosystem/*.test.ts"],
          globalSetup: ["test/published/setup.ts"],
        },
      },
      {
        extends: true,
        resolve: { alias },
        plugins: [fixtureContract],
        test: { name: "load", include: ["test/load/**/*.test.ts"], globalSetup: ["test/unit/setup.ts"] },
      },
      {
        extends: true,
        test: {
          name: "package",
          include: ["test/published/package/**/*.test.ts"],
          globalSetup: ["test/published/build.ts"],
        },
      },
      {
        extends: true,
        test: {
          name: "runtimes",
          include: ["test/published/runtimes/**/*.test.ts"],
          globalSetup: ["test/published/setup.ts"],
        },
      },
      { extends: true, test: { name: "scripts", include: ["test/scripts/**/*.test.ts"] } },
      {
        extends: true,
        resolve: { alias },
        test: { name: "docs", include: ["test/docs/**/*.test.ts"] },
      },
    ],
  },
});
