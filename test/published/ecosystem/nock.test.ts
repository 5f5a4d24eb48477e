// nock in place of the API: a test without a network.
import { createKonProClient } from "konpro-client";
import nock from "nock";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";

const BASE_URL = "https://api.konpro.ai";

beforeAll(() => nock.disableNetConnect());
afterEach(() => nock.cleanAll());
afterAll(() => nock.restore());

test("the client gets nock's response, after a retry", async () => {
  const scope = nock(BASE_URL, { reqheaders: { "x-api-key": "test-key" } });
  scope.get("/v1/webhook/endpoint.list").reply(503);
  scope.get("/v1/webhook/endpoint.list").reply(200, { data: [] });
  const konpro = createKonProClient({ apiKey: "test-key", baseUrl: BASE_URL });
  expect(await konpro.listWebhookEndpoints()).toEqual({ data: [] });
  expect(scope.isDone()).toBe(true);
});
