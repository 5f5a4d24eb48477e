// The contract's examples in place of the API.
const { createKonProClient, KonProApiError } = require("konpro-client");
const { createMockApi } = require("konpro-client/testing");
const { validateResponses } = require("konpro-client/validation");

test("lists, and throws for an error", async () => {
  const api = createMockApi();
  const konpro = createKonProClient({ apiKey: "test-key", fetch: api.fetch });
  konpro.use(validateResponses());
  expect((await konpro.listWebhookEndpoints()).data).toEqual(expect.any(Array));

  api.reply("listWebhookEndpoints", { status: 401 });
  await expect(konpro.listWebhookEndpoints()).rejects.toBeInstanceOf(
    KonProApiError,
  );
});
