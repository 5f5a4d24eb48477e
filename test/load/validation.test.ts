import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { SOURCE_ALIAS } from "../support/source-alias.js";

test("a million wrong items take little memory, and at most four times as long as parsing them", async () => {
  const args = ["--max-old-space-size=256", "--import", "jiti/register", "test/support/validate-large.ts"];
  const { stdout } = await promisify(execFile)(process.execPath, args, { env: { ...process.env, ...SOURCE_ALIAS } });
  const { pointer, ratio } = JSON.parse(stdout);
  expect(pointer).toBe("/data/0/endpoint_id");
  expect(ratio).toBeLessThan(4);
}, 120_000);
