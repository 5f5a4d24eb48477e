// The recipe that registers a URL exactly once, against an API that keeps what it is told.
import { createKonProClient, KonProConnectionError, type WebhookEndpoint } from "konpro-client";
import { expect, test } from "vitest";
import { registerOnce } from "../../examples/register-once.js";

const URL_NOW = "https://example.com/now";
const OLD_URL = "https://example.com/old";

/** An API with endpoints; `fails` may break the response to a request that has worked. */
function connectTo(...urls: string[]) {
  const endpoints = new Map<string, WebhookEndpoint>();
  const calls: string[] = [];
  const api = { endpoints, calls, add, fails: (_method: string): Response | undefined => undefined };
  function add(url: string, status = "enabled"): WebhookEndpoint {
    const endpoint_id = `webhook_${endpoints.size + 1}`;
    const created_at = "2026-01-15T10:30:00Z";
    const added = { endpoint_id, url, status, secret: "whsec_1", events: null, username: "user", created_at };
    endpoints.set(endpoint_id, added);
    return added;
  }
  for (const url of urls) add(url);
  const konpro = createKonProClient({
    apiKey: "test-key-0000",
    fetch: async (request) => {
      calls.push(request.method);
      let body: object = { data: [...endpoints.values()] };
      if (request.method === "POST") body = add((await request.json()).url);
      if (request.method === "DELETE") endpoints.delete(new URL(request.url).searchParams.get("endpoint_id") ?? "");
      return api.fails(request.method) ?? Response.json(body);
    },
  });
  return { ...api, api, konpro, urls: () => [...endpoints.values()].map(({ url }) => url) };
}

test("adds what is not there, and a second run changes nothing", async () => {
  const { konpro, calls, urls } = connectTo("https://example.com/other");
  const added = await registerOnce(konpro, URL_NOW);
  expect(added.url).toBe(URL_NOW);
  expect(await registerOnce(konpro, URL_NOW)).toEqual(added);
  expect(urls()).toEqual(["https://example.com/other", URL_NOW]);
  expect(calls).toEqual(["GET", "POST", "GET"]);
});

test("a run after a lost response finds the endpoint that was added", async () => {
  const { konpro, api, calls, urls } = connectTo();
  api.fails = (method) => (method === "POST" ? Response.error() : undefined);
  await expect(registerOnce(konpro, URL_NOW)).rejects.toBeInstanceOf(KonProConnectionError);
  await registerOnce(konpro, URL_NOW);
  expect(urls()).toEqual([URL_NOW]);
  expect(calls).toEqual(["GET", "POST", "GET"]);
});

test("removes duplicates and replaced URLs, even if another run was faster", async () => {
  const { konpro, api, urls } = connectTo(URL_NOW, URL_NOW, OLD_URL, "https://example.com/other");
  api.fails = (method) => (method === "DELETE" ? Response.json({}, { status: 404 }) : undefined);
  await registerOnce(konpro, URL_NOW, [OLD_URL]);
  expect(urls()).toEqual([URL_NOW, "https://example.com/other"]);
});

test("a delete that is refused is reported", async () => {
  const { konpro, api } = connectTo(URL_NOW, OLD_URL);
  api.fails = (method) => (method === "DELETE" ? Response.json({}, { status: 403 }) : undefined);
  await expect(registerOnce(konpro, URL_NOW, [OLD_URL])).rejects.toThrow("403");
});

test("replaces a disabled endpoint, and only once the new one is there", async () => {
  const { konpro, add, endpoints, calls } = connectTo();
  add(URL_NOW, "disabled");
  await registerOnce(konpro, URL_NOW);
  expect([...endpoints.values()]).toMatchObject([{ url: URL_NOW, status: "enabled" }]);
  expect(calls).toEqual(["GET", "POST", "DELETE"]);
});
