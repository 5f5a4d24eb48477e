// Mock Service Worker in place of the API: a test without a network.
import { createKonProClient, KonProApiError } from "konpro-client";
import { HttpResponse, http } from "msw";
import { setupServer } from "msw/node";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";

const LIST = "https://api.konpro.ai/v1/webhook/endpoint.list";
const server = setupServer(
  http.get(LIST, ({ request }) =>
    HttpResponse.json({ data: [], key: request.headers.get("x-api-key") }),
  ),
);

beforeAll(() => server.listen({ onUnhandledRequest: "error" }));
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

const konpro = createKonProClient({
  apiKey: "test-key",
  baseUrl: "https://api.konpro.ai",
});

test("the client gets the handler's response", async () => {
  expect(await konpro.listWebhookEndpoints()).toEqual({
    data: [],
    key: "test-key",
  });
});

test("the client throws for a handler's error", async () => {
  server.use(
    http.get(LIST, () =>
      HttpResponse.json(
        { error: { code: "INVALID_API_KEY" } },
        { status: 401 },
      ),
    ),
  );
  const failure = await konpro
    .listWebhookEndpoints()
    .catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(KonProApiError);
  expect(failure).toMatchObject({ status: 401, code: "INVALID_API_KEY" });
});
