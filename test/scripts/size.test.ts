import { execFileSync, spawnSync } from "node:child_process";
import { beforeAll, expect, test } from "vitest";

function measure(limit: number) {
  const words = ["--import", "jiti/register", "scripts/size.ts", "--at-most", String(limit)];
  const { status, stdout } = spawnSync(process.execPath, words, { encoding: "utf8" });
  return { status, stdout, bytes: Number(/one call: (\d+) bytes/.exec(stdout)?.[1]) };
}

beforeAll(() => void execFileSync("npm", ["run", "-s", "build"]));

test("the size of a program with one call is compared with its limit", () => {
  const { status, stdout, bytes } = measure(100);
  expect(status).toBe(1);
  expect(stdout).toContain("at most 100 are allowed");
  expect(measure(bytes)).toMatchObject({ status: 0, bytes });
  expect(measure(bytes - 1).status).toBe(1);
});
