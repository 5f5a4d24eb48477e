// The contract's examples in place of the API, in Bun's own test runner.
import { expect, test } from "bun:test";
import { createKonProClient, KonProApiError } from "konpro-client";
import { createMockApi } from "konpro-client/testing";

test("lists, and throws for an error", async () => {
  const api = createMockApi();
  const konpro = createKonProClient({ apiKey: "test-key", fetch: api.fetch });
  expect((await konpro.listWebhookEndpoints()).data).toBeArray();

  api.reply("listWebhookEndpoints", { status: 401 });
  expect(konpro.listWebhookEndpoints()).rejects.toBeInstanceOf(KonProApiError);
});

test("lists from a server", async () => {
  const { data } = await createKonProClient().listWebhookEndpoints();
  expect(data[0]?.username).toBe(process.env.KONPRO_API_KEY ?? "");
});
