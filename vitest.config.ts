import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const root = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** What a user writes, so that a test reads like a user's program. */
const alias = {
  "konpro-client/testing": root("src/testing.ts"),
  "konpro-client/validation": root("src/validation.ts"),
  "konpro-client": root("src/index.ts"),
};

export default defineConfig({
  test: {
    // No test may ever reach the real API, whatever the developer's shell has set.
    env: { KONPRO_API_KEY: "", KONPRO_BASE_URL: "" },
    coverage: {
      include: ["src/**"],
      exclude: [".cache/**"], // copies, for the fixtures
      thresholds: { lines: 100, branches: 100, functions: 100, statements: 100 },
    },
    projects: [
      {
        extends: true,
        resolve: { alias },
        test: { name: "unit", include: ["test/unit/**/*.test.ts"], isolate: false, pool: "threads" },
      },
      {
        extends: true,
        resolve: { alias },
        test: {
          name: "contract",
          include: ["test/contract/**/*.test.ts"],
          globalSetup: ["test/contract/mock.ts", "test/contract/fixtures.ts"],
        },
      },
      {
        extends: true,
        test: {
          name: "compilers",
          include: ["test/compilers/**/*.test.ts"],
          globalSetup: ["test/compilers/setup.ts", "test/contract/mock.ts"],
          testTimeout: 600_000,
          maxConcurrency: 2,
        },
      },
      {
        extends: true,
        resolve: { alias },
        test: { name: "load", include: ["test/load/**/*.test.ts"] },
      },
      { extends: true, test: { name: "package", include: ["test/package/**/*.test.ts"], testTimeout: 60_000 } },
      { extends: true, test: { name: "scripts", include: ["test/scripts/**/*.test.ts"], testTimeout: 120_000 } },
      { extends: true, test: { name: "docs", include: ["test/docs/**/*.test.ts"], testTimeout: 60_000 } },
    ],
  },
});
