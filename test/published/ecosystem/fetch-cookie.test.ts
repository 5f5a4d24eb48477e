import { expect, test } from "vitest";
import { KEY, startApi } from "./api.js";

test("a cookie is sent with the next request, in addition to the key", async () => {
  await using api = await startApi();
  Object.assign(process.env, api.env);
  const { konpro } = await import("./programs/fetch-cookie.js");
  api.headers.set("set-cookie", "gateway=3; Path=/");
  await konpro.listWebhookEndpoints();
  await konpro.listWebhookEndpoints();
  expect(api.requests).toEqual([
    { key: KEY, cookie: undefined },
    { key: KEY, cookie: "gateway=3" },
  ]);
});
