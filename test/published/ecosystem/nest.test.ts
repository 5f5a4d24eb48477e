import { join } from "node:path";
import { expect, test } from "vitest";
import { KEY, startApi } from "./api.js";
import { copyProgram, here, run, serve } from "./projects.js";

test("a Nest application compiles, tests and serves an injected client", async () => {
  await using api = await startApi();
  const folder = copyProgram("nest", "nest/src", "nest/tsconfig.json");
  const config = join(here, "vitest/vitest.config.ts"); // otherwise Vitest finds this project's
  expect(await run(folder, {}, "vitest", "run", "--globals", "--config", config)).toMatch(/Tests +1 passed/);
  await run(folder, {}, "../typescript6/bin/tsc");

  await using server = await serve(folder, api.env, "node", "dist/main.js");
  const response = await fetch(`${server.url}/endpoints`);
  expect(await response.json()).toEqual([KEY]);
});
