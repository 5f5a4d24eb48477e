import { wrapAsPathBasedClient } from "openapi-fetch";
import { describe, expect, test } from "vitest";
import { both } from "./both.js";

const verbs = ["GET", "PUT", "POST", "DELETE", "OPTIONS", "PATCH"] as const;

describe("request()", () => {
  test("makes a call of any method", async () => {
    const methods = [...verbs, "HEAD"].map((verb) => verb.toLowerCase()) as ("get" | "head")[]; // of these and others
    const init = { params: { path: { id: 1 }, query: { q: 2 } }, headers: { "x-call": "3" } };
    const { requests } = await both(async (client) => {
      for (const method of methods) await client.request(method, "/others/{id}", init);
    });
    expect(requests).toMatchObject(
      methods.map((method) => ({
        method: method.toUpperCase(),
        url: "https://api.example/others/1?q=2",
        headers: { "x-call": "3" },
      })),
    );
  });

  test("sends a body", async () => {
    const { requests } = await both((client) => client.request("put", "/things", { body: { a: 1 } }));
    expect(requests).toMatchObject([{ body: '{"a":1}' }]);
  });
});

test("each verb is sent as itself", async () => {
  const { requests } = await both(async (client) => {
    for (const verb of verbs) await client[verb]("/other");
  });
  expect(requests.map(({ method }) => method)).toEqual(verbs);
});

test("TRACE is the platform's own error", async () => {
  const { requests, outcome } = await both((client) => client.TRACE("/things"));
  expect(requests).toEqual([]);
  expect(outcome).toEqual({ threw: expect.any(TypeError) });
});

test("the client, wrapped to be called by path", async () => {
  const { requests, outcome } = await both(async (client) => {
    const byPath = wrapAsPathBasedClient(client);
    return byPath["/things/{id}"]?.PUT({ params: { path: { id: 1 } }, body: { a: 1 } });
  });
  expect(requests).toMatchObject([{ method: "PUT", url: "https://api.example/things/1", body: '{"a":1}' }]);
  expect(outcome).toHaveProperty("data", { ok: true });
});

describe("options of fetch", () => {
  test("of the client and of the call, which go first", async () => {
    const { requests } = await both(
      async (client) => {
        await client.GET("/things", { cache: "no-store", referrerPolicy: "no-referrer" });
        await client.GET("/things");
      },
      { cache: "reload", credentials: "include", keepalive: true },
    );
    expect(requests.map(({ settings }) => settings)).toMatchObject([
      { cache: "no-store", credentials: "include", keepalive: true, referrerPolicy: "no-referrer" },
      { cache: "reload", credentials: "include", keepalive: true },
    ]);
  });

  test("what only one platform knows reaches fetch", async () => {
    const next = { revalidate: 60 };
    const { requests } = await both((client) => client.GET("/things", { next }));
    expect(requests).toMatchObject([{ settings: { next } }]);
  });

  test("requestInitExt is handed to fetch", async () => {
    const { requests } = await both((client) => client.GET("/things"), { requestInitExt: { dispatcher: "an agent" } });
    expect(requests).toMatchObject([{ settings: { dispatcher: "an agent" } }]);
  });

  test("a Request class that the caller gives makes the requests", async () => {
    class Tagged extends Request {
      readonly next = "from the class";
    }
    const ofClient = await both((client) => client.GET("/things"), { Request: Tagged });
    const ofCall = await both((client) => client.GET("/things", { Request: Tagged }));
    for (const { requests } of [ofClient, ofCall])
      expect(requests).toMatchObject([{ settings: { next: "from the class" } }]);
  });

  test("a fetch of one call", async () => {
    const { requests, outcome } = await both((client) =>
      client.GET("/things", { fetch: () => Promise.resolve(Response.json("from the call")) }),
    );
    expect(requests).toEqual([]);
    expect(outcome).toHaveProperty("data", "from the call");
  });
});
