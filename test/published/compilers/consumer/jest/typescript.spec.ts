import { expect, test } from "@jest/globals";
import { createKonProClient, KonProApiError, type WebhookEndpointList } from "konpro-client";
import { createMockApi, type MockAnswer } from "konpro-client/testing";
import { validateResponses } from "konpro-client/validation";

test("TypeScript compiled to CommonJS imports every entry", async () => {
  const api = createMockApi();
  const konpro = createKonProClient({ apiKey: "jest-key-0000", fetch: api.fetch });
  konpro.use(validateResponses());
  const list: WebhookEndpointList = await konpro.listWebhookEndpoints();
  expect(list.data).toHaveLength(2);
  const refused: MockAnswer<"listWebhookEndpoints"> = { status: 401 };
  api.reply("listWebhookEndpoints", refused);
  await expect(konpro.listWebhookEndpoints()).rejects.toThrow(KonProApiError);
});
