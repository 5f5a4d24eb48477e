import { beforeAll, expect, test } from "vitest";
import { here, run } from "./projects.js";

let plain: string;
beforeAll(async () => {
  plain = await run(here, {}, "node", "programs/plain.cjs");
});

const vitest = (...words: string[]) =>
  run(here, { PLAIN: plain }, "vitest", "run", "--root", "vitest", "--config", "vitest.config.ts", ...words);

/** Plain processes, and separate realms. */
test.each(["forks", "vmThreads"])("in the pool %s", async (pool) => {
  expect(await vitest("webhooks", "outcomes", "--pool", pool)).toMatch(/Tests +2 passed \(2\)/);
});

test("in jsdom", async () => {
  expect(await vitest("webhooks", "jsdom", "--environment", "jsdom")).toMatch(/Tests +2 passed \(2\)/);
});
