import { expect, test } from "vitest";
import { KEY, startApi } from "./api.js";
import { here, run } from "./projects.js";

test("bun test passes", async () => {
  await using api = await startApi();
  expect(await run(here, api.env, "bun", "test", "./bun/list.test.ts")).toContain("2 pass");
  expect(api.requests).toMatchObject([{ key: KEY }]);
});
