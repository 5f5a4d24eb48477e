// Checked by the compiler alone (tsc): a line that should fail and does not is an error, too.
import { createMockApi, type MockResponse } from "konpro-client/testing";
import { expectTypeOf, test } from "vitest";

const { reply } = createMockApi();

test.each([401, 403, 500, 503] as const)("%i", (status) => reply("listWebhookEndpoints", { status }));
const statuses: number[] = [401, 503];
for (const status of statuses) reply("listWebhookEndpoints", { status });
for (const operation of ["listWebhookEndpoints", "addWebhookEndpoint"] as const) {
  reply(operation, { status: 503 }, { example: "unavailable" });
}

const endpoint = {
  endpoint_id: "endpoint_1",
  url: "https://example.com/hooks",
  secret: "fake-secret-0000",
  status: "enabled",
  events: null,
  username: "ann",
  created_at: "2026-11-30T12:00:00Z",
};
reply("listWebhookEndpoints", { body: { data: [endpoint] } });
reply("listWebhookEndpoints", { status: 429, body: { error: { code: "X", message: "Y" }, request_id: "r" } });

type Example = NonNullable<MockResponse<"listWebhookEndpoints">["example"]>;
expectTypeOf<Extract<Example, "sample" | "empty" | "rateLimited">>().toEqualTypeOf<
  "sample" | "empty" | "rateLimited"
>();

// @ts-expect-error an operation that the contract does not have
reply("listWebhookEndpoint", {});
// @ts-expect-error an example that the operation does not have
reply("listWebhookEndpoints", { example: "emtpy" });
// @ts-expect-error a misspelt member
reply("listWebhookEndpoints", { exmaple: "empty" });
// @ts-expect-error an endpoint given in part
reply("listWebhookEndpoints", { body: { data: [{ endpoint_id: "endpoint_1" }] } });
