// undici's MockAgent in place of the API: a test without a network.
import { createKonProClient } from "konpro-client";
import { MockAgent } from "undici";
import { expect, test } from "vitest";

const BASE_URL = "https://api.konpro.ai";

test("the client gets the agent's response", async () => {
  const dispatcher = new MockAgent();
  dispatcher.disableNetConnect();
  dispatcher
    .get(BASE_URL)
    .intercept({
      path: "/v1/webhook/endpoint.list",
      headers: { "x-api-key": "test-key" },
    })
    .reply(
      200,
      { data: [] },
      { headers: { "content-type": "application/json" } },
    );
  const konpro = createKonProClient({
    apiKey: "test-key",
    baseUrl: BASE_URL,
    requestInitExt: { dispatcher },
  });
  expect(await konpro.listWebhookEndpoints()).toEqual({ data: [] });
  dispatcher.assertNoPendingInterceptors();
});
