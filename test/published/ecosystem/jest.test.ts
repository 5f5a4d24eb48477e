// Jest gives tests their own globals: `instanceof` must work for the package's errors there, too.
import { beforeAll, expect, test } from "vitest";
import { here, run } from "./projects.js";

let plain: string;
beforeAll(async () => {
  plain = await run(here, {}, "node", "programs/plain.cjs");
});

const jest = (env: Record<string, string>, ...words: string[]) =>
  run(here, { PLAIN: plain, ...env }, "jest", "--rootDir", "jest", ...words);

test("CommonJS, the default", async () => {
  expect(await jest({}, "--testMatch", "**/*.test.cjs")).toContain("Tests:       2 passed, 2 total");
});

test("ES modules", async () => {
  const output = await jest({ NODE_OPTIONS: "--experimental-vm-modules" }, "--testMatch", "**/*.test.mjs");
  expect(output).toContain("Tests:       1 passed, 1 total");
});
