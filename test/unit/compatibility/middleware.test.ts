import type { Middleware } from "openapi-fetch";
import { describe, expect, test } from "vitest";
import type { AnyClient } from "../../support/client.js";
import { both } from "./both.js";

/** Says in the request and in the response where it came by. */
const mark = (name: string): Middleware => ({
  onRequest({ request }) {
    request.headers.append("x-way", name);
  },
  onResponse({ response }) {
    const headers = new Headers(response.headers);
    headers.append("x-back", name);
    return new Response(response.body, { status: response.status, headers });
  },
});

const get = (...middleware: Middleware[]) => {
  return (client: AnyClient) => {
    client.use(...middleware);
    return client.GET("/things");
  };
};
/** A middleware that gives what it must not. */
const wrong = () => JSON.parse('{"not":"one"}');

describe("order", () => {
  test("requests go through in order, responses in reverse; those of a call come after the client's, and for it alone", async () => {
    const { requests, outcome } = await both(async (client) => {
      client.use(mark("a"), mark("b"));
      client.use(mark("c"));
      await client.GET("/things", { middleware: [mark("d"), mark("e")] });
      return client.GET("/things");
    });
    expect(requests.map(({ headers }) => headers["x-way"])).toEqual(["a, b, c, d, e", "a, b, c"]);
    expect(outcome).toHaveProperty("response.headers.x-back", "c, b, a");
  });

  test("asynchronous ones are waited for", async () => {
    const slow: Middleware = {
      async onRequest({ request }) {
        await Promise.resolve();
        request.headers.append("x-way", "slow");
      },
    };
    const { requests } = await both(get(slow, mark("quick")));
    expect(requests[0]?.headers["x-way"]).toBe("slow, quick");
  });
});

describe("onRequest", () => {
  test("is told all about the call, with one id for its hooks", async () => {
    const told: unknown[] = [];
    const ids: string[] = [];
    await both(async (client) => {
      client.use({
        onRequest({ request, schemaPath, params, id, options: { baseUrl, parseAs, fetch, ...serializers } }) {
          const kinds = Object.entries(serializers).map(([name, value]) => [name, typeof value]);
          const path = new URL(request.url).pathname;
          told.push({ path, schemaPath, params, baseUrl, parseAs, fetch: typeof fetch, kinds });
          ids.push(id);
        },
        onResponse: ({ id }) => void ids.push(id),
      });
      await client.GET("/things/{id}", { params: { path: { id: 1 }, query: { q: 2 } }, parseAs: "text" });
    });
    const [plain, ours] = told;
    expect(ours).toEqual(plain);
    expect(ours).toMatchObject({ path: "/things/1", schemaPath: "/things/{id}", parseAs: "text", fetch: "function" });
    expect([ids[0], ids[2]]).toEqual([ids[1], ids[3]]);
    expect(new Set(ids).size).toBe(2);
  });

  test("the options it sees cannot be changed", async () => {
    const change: Middleware["onRequest"] = ({ options }) =>
      void Reflect.set(options, "baseUrl", "https://other.example");
    const { outcome } = await both(get({ onRequest: change }));
    expect(outcome).toHaveProperty("data", { ok: true });
  });

  test("a new Request takes the place of the old one, also for those who come after", async () => {
    const changes = { method: "PUT", body: "new", headers: { "x-new": "1" } };
    const other: Middleware = { onRequest: ({ request }) => new Request(`${request.url}/new`, changes) };
    const { requests } = await both(get(other, mark("after")));
    const headers = { "x-new": "1", "x-way": "after" };
    expect(requests).toMatchObject([{ ...changes, url: "https://api.example/things/new", headers }]);
  });

  test("a Response ends the call: nothing is sent, and no other hook is asked", async () => {
    const cached: Middleware = { onRequest: () => Response.json({ cached: true }) };
    const { requests, outcome } = await both(get(mark("before"), cached, mark("after")));
    expect(requests).toEqual([]);
    expect(outcome).toMatchObject({ data: { cached: true } });
    expect(outcome).not.toHaveProperty("response.headers.x-back");
  });

  test("a Response with an error status becomes the error", async () => {
    const { requests, outcome } = await both(get({ onRequest: () => Response.json({ no: true }, { status: 403 }) }));
    expect(requests).toEqual([]);
    expect(outcome).toMatchObject({ error: { no: true }, response: { status: 403 } });
  });
});

describe("onResponse", () => {
  test("reads a clone and leaves the response alone", async () => {
    const read: unknown[] = [];
    const { outcome } = await both(
      get({ onResponse: async ({ response }) => void read.push(await response.clone().json()) }),
    );
    expect(read).toEqual([{ ok: true }, { ok: true }]);
    expect(outcome).toHaveProperty("data", { ok: true });
  });

  test("may turn an error into a 2xx response, and the other way round", async () => {
    const { outcome } = await both(
      async (client) => {
        client.use({
          onResponse: ({ response }) => Response.json({ was: response.status }, { status: response.ok ? 418 : 200 }),
        });
        const results = [await client.GET("/good"), await client.GET("/bad")];
        return results.map(({ data, error }) => ({ data, error }));
      },
      { answer: ({ url }) => Response.json({}, { status: url.endsWith("good") ? 200 : 404 }) },
    );
    expect(outcome).toEqual([{ error: { was: 200 } }, { data: { was: 404 } }]);
  });
});

describe("onError", () => {
  // What it is told differs on purpose: this client's own error, with the platform's as its cause.
  const options = { answer: () => Promise.reject(new TypeError("fetch failed")) };

  test("may put another error in its place, last registered first", async () => {
    const outer: Middleware = {
      onError: ({ error }) => new Error(`outer of ${error instanceof Error ? error.message : "?"}`),
    };
    const { outcome } = await both(get(outer, { onError: () => new Error("inner") }), options);
    expect(outcome).toHaveProperty("threw.message", "outer of inner");
  });

  test("a Response takes the error's place: hooks further out see it, and the caller gets it", async () => {
    const outer: Middleware = { onError: () => new Error("not reached") };
    const fallback: Middleware = { onError: () => Response.json({ fallback: true }) };
    const { outcome } = await both(get(mark("a"), outer, fallback), options);
    expect(outcome).toMatchObject({ data: { fallback: true }, response: { headers: { "x-back": "a" } } });
  });

  test("is not asked when there is a response", async () => {
    const answer = () => Response.json({ no: true }, { status: 400 });
    const { outcome } = await both(get({ onError: () => new Error("not reached") }), { answer });
    expect(outcome).toHaveProperty("error", { no: true });
  });
});

test.each<[string, Middleware]>([
  ["onRequest", { onRequest: wrong }],
  ["onResponse", { onResponse: wrong }],
  ["onError", { onError: wrong }],
])("%s may not give anything else", async (name, middleware) => {
  const options = name === "onError" ? { answer: () => Promise.reject(new TypeError("fetch failed")) } : {};
  const { outcome } = await both(get(middleware), options);
  expect(outcome).toHaveProperty("threw.message", expect.stringContaining(name));
});
