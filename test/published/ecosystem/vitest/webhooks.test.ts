// The contract's examples in place of the API. jsdom looks like a browser,
// which has to be allowed: the key here is a fake.
import { createKonProClient, KonProApiError } from "konpro-client";
import { createMockApi } from "konpro-client/testing";
import { expect, test } from "vitest";

test("lists, and throws for an error", async () => {
  const api = createMockApi();
  const konpro = createKonProClient({
    apiKey: "test-key",
    fetch: api.fetch,
    dangerouslyAllowBrowser: true,
  });
  expect((await konpro.listWebhookEndpoints()).data).toEqual(expect.any(Array));

  api.reply("listWebhookEndpoints", { status: 401 });
  await expect(konpro.listWebhookEndpoints()).rejects.toBeInstanceOf(
    KonProApiError,
  );
});
