import { expect, test } from "vitest";
import { KEY, startApi } from "./api.js";

test("a fetch that takes the request alone sends all of it", async () => {
  await using api = await startApi();
  Object.assign(process.env, api.env);
  const { konpro, times } = await import("./programs/own-fetch.js");
  await konpro.listWebhookEndpoints();
  expect(api.requests).toMatchObject([{ key: KEY }]);
  expect(times).toEqual([expect.any(Number)]);
});
