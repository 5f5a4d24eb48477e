import { inspect } from "node:util";
import { listensTo, redactSecrets, type WebhookEndpoint, type WebhookEndpointList } from "konpro-client";
import { describe, expect, expectTypeOf, test } from "vitest";

test.each([
  [["avatar_video.success"], true],
  [["avatar_video.fail"], false],
  [["avatar_video.fail", "avatar_video.success"], true],
  [[], true],
  [null, true],
])("an endpoint with events %j listens to avatar_video.success: %s", (events, expected) => {
  expect(listensTo({ events }, "avatar_video.success")).toBe(expected);
});

test("a response without events counts as all", () => {
  expect(listensTo(JSON.parse("{}"), "video.completed")).toBe(true);
});

describe("redactSecrets masks each secret in a copy, and keeps the rest", () => {
  const one = { endpoint_id: "webhook_1", secret: "fake-secret-one", extra: { kept: true, none: null } };
  const masked = { ...one, secret: "[redacted]" };

  test.each<[string, unknown, unknown]>([
    ["of an endpoint", one, masked],
    ["of a list", [one, one], [masked, masked]],
    ["of a whole response", { data: [one], next: undefined }, { data: [masked], next: undefined }],
    [
      "wherever it is",
      { a: [{ b: { secret: { deep: "fake-secret-one" } } }] },
      { a: [{ b: { secret: "[redacted]" } }] },
    ],
    ["of what has none", [1, "text", true, null, undefined], [1, "text", true, null, undefined]],
  ])("%s", (_, answer, expected) => {
    const before = structuredClone(answer);
    const copy = redactSecrets(answer);
    expect(copy).toEqual(expected);
    expect(inspect(copy, { depth: null })).not.toContain("fake-secret");
    expect(answer).toEqual(before);
  });

  test("and is typed as what it was given", () => {
    expectTypeOf(redactSecrets<WebhookEndpoint>).returns.toEqualTypeOf<WebhookEndpoint>();
    expectTypeOf(redactSecrets<WebhookEndpoint[]>).returns.toEqualTypeOf<WebhookEndpoint[]>();
    expectTypeOf(redactSecrets<WebhookEndpointList>).returns.toEqualTypeOf<WebhookEndpointList>();
  });
});
