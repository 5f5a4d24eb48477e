// The recipes show the programs that the tests of the ecosystem run: all of them, and no others.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const ECOSYSTEM = "test/published/ecosystem";
const recipes = readFileSync("docs/guide/recipes.md", "utf8");
const shown = [...recipes.matchAll(/^<<< \.\.\/\.\.\/([^\s{]+)/gm)].map(([, path = ""]) => path);
const programs = readdirSync(join(ECOSYSTEM, "programs")).filter((name) => name.endsWith(".ts"));
const tests = readdirSync(ECOSYSTEM).filter((name) => name.endsWith(".test.ts"));
const run = tests.map((name) => readFileSync(join(ECOSYSTEM, name), "utf8")).join("\n");

test.each(shown)("%s is there", (path) => {
  expect(existsSync(path)).toBe(true);
});

test.each(programs)("%s is run, and shown", (name) => {
  expect(run).toMatch(new RegExp(`programs/${name.replace(".ts", "\\.[jt]s")}`));
  expect(shown).toContain(`${ECOSYSTEM}/programs/${name}`);
});
