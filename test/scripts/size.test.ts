import { execFileSync, spawnSync } from "node:child_process";
import { beforeAll, expect, test } from "vitest";

function run(script: string, ...args: string[]) {
  const words = ["node_modules/jiti/lib/jiti-cli.mjs", script, ...args];
  const { status, stderr } = spawnSync(process.execPath, words, { encoding: "utf8" });
  return { status, stderr };
}

beforeAll(() => void execFileSync("npm", ["run", "-s", "build"]));

test("the size of one call is held against its mark", () => {
  const { status, stderr } = run("scripts/cost.ts", "--at-most", "100");
  expect(status).toBe(1);
  const bytes = /has (\d+) bytes, more than the 100 it may have/.exec(stderr)?.[1] ?? "";
  expect(run("scripts/cost.ts", "--at-most", bytes)).toEqual({ status: 0, stderr: "" });
  expect(run("scripts/cost.ts", "--at-most", String(Number(bytes) - 1)).status).toBe(1);
});

test.each([
  ["scripts/cost.ts", "--at-most=little"],
  ["scripts/cost.ts", "--at-least=1"],
  ["bench/run.ts", "--slow"],
  ["bench/run.ts", "ky"],
])("%s %s is wrong usage", (script, word) => {
  const { status, stderr } = run(script, word);
  expect(stderr).toContain("Usage: npm run");
  expect(status).toBe(2);
});
