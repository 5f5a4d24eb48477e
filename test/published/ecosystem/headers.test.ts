import { expect, test } from "vitest";
import { startApi } from "./api.js";
import { here, NODE24, run } from "./projects.js";

test("the program prints the headers of a success", async () => {
  await using api = await startApi();
  api.headers.set("date", "Thu, 15 Jan 2026 10:30:00 GMT").set("x-ratelimit-remaining", "99");
  const printed = await run(here, api.env, NODE24, "programs/headers.ts");
  expect(printed).toBe("200 Thu, 15 Jan 2026 10:30:00 GMT\nx-ratelimit-remaining: 99\n1 endpoints\n");
});
