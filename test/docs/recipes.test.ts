// The guides show files of the repository as they are, among them all programs that the tests of the ecosystem run.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { blocksOf } from "./blocks.js";

const ECOSYSTEM = "test/published/ecosystem";
const guides = readdirSync("docs/guide").map((name) => readFileSync(join("docs/guide", name), "utf8"));
const shown = guides.flatMap((guide) => blocksOf(guide).flatMap(({ file, code }) => (file ? [{ file, code }] : [])));
const programs = [
  ...readdirSync("examples").map((name) => `examples/${name}`),
  ...readdirSync(join(ECOSYSTEM, "programs"))
    .filter((name) => name.endsWith(".ts"))
    .map((name) => `${ECOSYSTEM}/programs/${name}`),
];
const tests = readdirSync(ECOSYSTEM).filter((name) => name.endsWith(".test.ts"));
const run = tests.map((name) => readFileSync(join(ECOSYSTEM, name), "utf8")).join("\n");

test.each(shown)("the block is $file, character by character", ({ file, code }) => {
  expect(code).toBe(readFileSync(file, "utf8"));
});

test.each(programs)("%s is shown", (file) => {
  expect(shown.map((block) => block.file)).toContain(file);
});

test.each(programs.filter((file) => file.startsWith(ECOSYSTEM)))("%s is run", (file) => {
  expect(run).toMatch(new RegExp(`programs/${file.replace(/.*\//, "").replace(".ts", "\\.[jt]s")}`));
});
