import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { temporaryFolder } from "../package/install.js";
import { SECRET, startApi } from "./api.js";
import { here, NODE24, run } from "./projects.js";

test("each run makes one request, and a failed one leaves the file as it is", async () => {
  await using api = await startApi();
  const file = join(temporaryFolder(), "endpoints.json");
  const job = () => run(here, api.env, NODE24, "programs/cron.ts", file);
  await job();
  const saved = readFileSync(file, "utf8");
  expect(saved).toContain('"enabled"');
  expect(saved).not.toContain(SECRET);

  for (const status of [429, 503]) {
    api.status = status;
    await expect(job()).rejects.toThrow(`${status}`);
  }
  expect(readFileSync(file, "utf8")).toBe(saved);
  expect(api.requests.length).toBe(3);
});
