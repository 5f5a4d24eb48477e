import { beforeAll, expect, test } from "vitest";
import { copyProgram, here, run } from "./projects.js";

let folder: string;
let plain: string;
beforeAll(async () => {
  folder = copyProgram("jest", "jest/commonjs", "jest/esm", "jest/typescript", "programs/outcomes.cjs");
  plain = await run(here, {}, "node", "programs/plain.cjs");
});

const jest = (env: Record<string, string>, ...words: string[]) =>
  run(folder, { PLAIN: plain, ...env }, "jest", ...words);

test("as it is: CommonJS", async () => {
  expect(await jest({}, "--rootDir", "commonjs")).toContain("Tests:       2 passed, 2 total");
});

test("ES modules", async () => {
  const output = await jest({ NODE_OPTIONS: "--experimental-vm-modules" }, "--rootDir", "esm");
  expect(output).toContain("Tests:       2 passed, 2 total");
});

test("ts-jest, to CommonJS, with the types", async () => {
  const output = await jest({}, "--rootDir", "typescript", "--config", "typescript/jest.config.json");
  expect(output).toContain("Tests:       1 passed, 1 total");
});
