// The contract's examples in place of the API.
import { createKonProClient } from "konpro-client";
import { createMockApi } from "konpro-client/testing";
import { EndpointsService } from "./endpoints.service.js";

test("the service gives the usernames", async () => {
  const api = createMockApi();
  api.reply("listWebhookEndpoints", { body: { data: [] } });
  const service = new EndpointsService(
    createKonProClient({ apiKey: "test-key", fetch: api.fetch }),
  );
  expect(await service.usernames()).toEqual([]);
});
