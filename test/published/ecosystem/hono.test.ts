// A Hono app in place of the API: a test without a network.
import { Hono } from "hono";
import { createKonProClient } from "konpro-client";
import { expect, test } from "vitest";

test("the client gets the response of a Hono app", async () => {
  const api = new Hono();
  api.get("/v1/webhook/endpoint.list", (c) =>
    c.req.header("x-api-key") === "test-key"
      ? c.json({ data: [] })
      : c.json({ error: { code: "NO_KEY" } }, 401),
  );
  const konpro = createKonProClient({ apiKey: "test-key", fetch: api.fetch });
  expect(await konpro.listWebhookEndpoints()).toEqual({ data: [] });
});
