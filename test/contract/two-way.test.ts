// Both ways: what the client sends is valid to the mock, and whatever valid body the mock makes up reaches the user whole.
import { createKonProClient, listensTo, redactSecrets } from "konpro-client";
import { expect, inject, test } from "vitest";

const apiKey = "test-key-0000";

test("a request without what the contract demands would be refused", async () => {
  const response = await fetch(`${inject("mock")}/v1/webhook/endpoint.list`);
  expect(response.status).toBe(401);
});

test("random valid bodies pass through typed and unharmed", async () => {
  const seen: string[] = [];
  const konpro = createKonProClient({ apiKey, baseUrl: inject("dynamicMock"), maxRetries: 0 });
  konpro.use({ onResponse: async ({ response }) => void seen.push(await response.clone().text()) });

  let nulls = 0;
  let endpointsSeen = 0;
  for (let round = 0; round < 40; round++) {
    const list = await konpro.listWebhookEndpoints();
    expect(list).toEqual(JSON.parse(seen.at(-1) ?? ""));
    for (const endpoint of list.data) {
      endpointsSeen++;
      if (endpoint.events === null) nulls++;
      expect(Number.isNaN(Date.parse(endpoint.created_at))).toBe(false);
      expect(listensTo(endpoint, "video.completed")).toBe(
        !endpoint.events?.length || endpoint.events.includes("video.completed"),
      );
    }
    expect(redactSecrets(list.data).every(({ secret }) => secret === "[redacted]")).toBe(true);
  }
  expect(endpointsSeen).toBeGreaterThan(40);
  expect(nulls).toBeGreaterThan(0);
  expect(new Set(seen).size).toBeGreaterThan(20);
}, 20_000);
