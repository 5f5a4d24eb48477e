import { inspect } from "node:util";
import { expect, test } from "vitest";
import { KEY, startApi } from "./api.js";

test("each attempt has its own span, without the key", async () => {
  await using api = await startApi();
  Object.assign(process.env, api.env);
  const { exporter, konpro } = await import("./programs/opentelemetry.js");
  api.next.push(503);
  await konpro.listWebhookEndpoints();
  const spans = exporter.getFinishedSpans();
  expect(spans.map(({ attributes }) => attributes)).toMatchObject([
    { "http.request.method": "GET", "http.response.status_code": 503, "url.path": "/v1/webhook/endpoint.list" },
    { "http.request.method": "GET", "http.response.status_code": 200, "url.path": "/v1/webhook/endpoint.list" },
  ]);
  expect(inspect(spans, { depth: 5 })).not.toContain(KEY);
});
