const { createKonProClient, KonProResponseError } = require("konpro-client");
const { createMockApi } = require("konpro-client/testing");
const { validateResponses } = require("konpro-client/validation");

test("JavaScript requires every entry", async () => {
  const api = createMockApi();
  const konpro = createKonProClient({ apiKey: "jest-key-0000", fetch: api.fetch });
  konpro.use(validateResponses());
  expect((await konpro.listWebhookEndpoints()).data).toHaveLength(2);
  api.reply("listWebhookEndpoints", { body: { data: [{ url: 1 }] } });
  await expect(konpro.listWebhookEndpoints()).rejects.toThrow(KonProResponseError);
});
