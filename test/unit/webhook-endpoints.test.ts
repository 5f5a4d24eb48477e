import { listensTo, redactSecrets } from "konpro-client";
import { expect, test } from "vitest";

test.each([
  [["avatar_video.success"], true],
  [["avatar_video.fail"], false],
  [["avatar_video.fail", "avatar_video.success"], true],
  [[], true],
  [null, true],
])("an endpoint with events %j listens to avatar_video.success: %s", (events, expected) => {
  expect(listensTo({ events }, "avatar_video.success")).toBe(expected);
});

test("an answer without events counts as all", () => {
  expect(listensTo(JSON.parse("{}"), "video.completed")).toBe(true);
});

test("redactSecrets masks each secret in a copy and keeps the rest", () => {
  const endpoints = [
    { endpoint_id: "webhook_1", secret: "whsec_one", extra: { kept: true } },
    { endpoint_id: "webhook_2", secret: "whsec_two", extra: { kept: false } },
  ];
  expect(redactSecrets(endpoints)).toEqual([
    { endpoint_id: "webhook_1", secret: "[redacted]", extra: { kept: true } },
    { endpoint_id: "webhook_2", secret: "[redacted]", extra: { kept: false } },
  ]);
  expect(endpoints.map(({ secret }) => secret)).toEqual(["whsec_one", "whsec_two"]);
});
