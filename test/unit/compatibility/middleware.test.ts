import type { Middleware } from "openapi-fetch";
import { describe, expect, test } from "vitest";
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

describe("order", () => {
  test("requests go through in order, responses in reverse", async () => {
    const { requests, outcome } = await both((client) => {
      client.use(mark("a"), mark("b"));
      client.use(mark("c"));
      return client.GET("/things");
    });
    expect(requests[0]?.headers["x-way"]).toBe("a, b, c");
    expect(outcome).toHaveProperty("response.headers.x-back", "c, b, a");
  });

  test("those of the call come after those of the client, and for this call alone", async () => {
    const { requests, outcome } = await both(async (client) => {
      client.use(mark("a"));
      await client.GET("/things", { middleware: [mark("b"), mark("c")] });
      return client.GET("/things");
    });
    expect(requests.map(({ headers }) => headers["x-way"])).toEqual(["a, b, c", "a"]);
    expect(outcome).toHaveProperty("response.headers.x-back", "a");
  });

  test("asynchronous ones are waited for", async () => {
    const { requests } = await both((client) => {
      client.use({
        async onRequest({ request }) {
          await Promise.resolve();
          request.headers.append("x-way", "slow");
        },
      });
      client.use(mark("quick"));
      return client.GET("/things");
    });
    expect(requests[0]?.headers["x-way"]).toBe("slow, quick");
  });
});

describe("onRequest", () => {
  test("is told all about the call", async () => {
    const told: unknown[] = [];
    await both(async (client) => {
      client.use({
        onRequest({ request, schemaPath, params, id, options: { baseUrl, parseAs, fetch, ...serializers } }) {
          const kinds = Object.entries(serializers).map(([name, value]) => [name, typeof value]);
          const path = new URL(request.url).pathname;
          told.push({ path, schemaPath, params, id: /^\w+$/.test(id), baseUrl, parseAs, fetch: typeof fetch, kinds });
        },
      });
      await client.GET("/things/{id}", { params: { path: { id: 1 }, query: { q: 2 } }, parseAs: "text" });
    });
    const [plain, ours] = told;
    expect(ours).toEqual(plain);
    expect(ours).toMatchObject({ path: "/things/1", schemaPath: "/things/{id}", parseAs: "text", fetch: "function" });
  });

  test("the options it sees cannot be changed", async () => {
    const { outcome } = await both((client) => {
      client.use({
        onRequest({ options }) {
          Reflect.set(options, "baseUrl", "https://other.example");
        },
      });
      return client.GET("/things");
    });
    expect(outcome).toHaveProperty("data", { ok: true });
  });

  test("one id for a call's hooks, another for the next call", async () => {
    const ids: string[] = [];
    await both(async (client) => {
      ids.length = 0;
      client.use({ onRequest: ({ id }) => void ids.push(id), onResponse: ({ id }) => void ids.push(id) });
      await client.GET("/things");
      await client.GET("/things");
    });
    expect(ids[0]).toBe(ids[1]);
    expect(ids[2]).toBe(ids[3]);
    expect(ids[0]).not.toBe(ids[2]);
  });

  test("a new Request takes the place of the old one, also for those who come after", async () => {
    const { requests } = await both((client) => {
      client.use({
        onRequest: ({ request }) =>
          new Request(`${request.url}/new`, { method: "PUT", body: "new", headers: { "x-new": "1" } }),
      });
      client.use(mark("after"));
      return client.GET("/things");
    });
    expect(requests).toMatchObject([
      {
        url: "https://api.example/things/new",
        method: "PUT",
        body: "new",
        headers: { "x-new": "1", "x-way": "after" },
      },
    ]);
  });

  test("a Response ends the call: nothing is sent, and no other hook is asked", async () => {
    const { requests, outcome } = await both((client) => {
      client.use(mark("before"), { onRequest: () => Response.json({ cached: true }) }, mark("after"));
      return client.GET("/things");
    });
    expect(requests).toEqual([]);
    expect(outcome).toMatchObject({
      data: { cached: true },
      response: { headers: { "content-type": "application/json" } },
    });
    expect(outcome).not.toHaveProperty("response.headers.x-back");
  });

  test("a Response with an error status becomes the error", async () => {
    const { requests, outcome } = await both((client) => {
      client.use({ onRequest: () => Response.json({ no: true }, { status: 403 }) });
      return client.GET("/things");
    });
    expect(requests).toEqual([]);
    expect(outcome).toMatchObject({ error: { no: true }, response: { status: 403 } });
  });

  test("anything else is an error", async () => {
    const { outcome } = await both((client) => {
      const onRequest = () => JSON.parse('{"not":"a request"}');
      client.use({ onRequest });
      return client.GET("/things");
    });
    expect(outcome).toHaveProperty("threw.message", expect.stringContaining("onRequest"));
  });
});

describe("onResponse", () => {
  test("reads a clone and leaves the answer alone", async () => {
    const read: unknown[] = [];
    const { outcome } = await both((client) => {
      client.use({ onResponse: async ({ response }) => void read.push(await response.clone().json()) });
      return client.GET("/things");
    });
    expect(read).toEqual([{ ok: true }, { ok: true }]);
    expect(outcome).toHaveProperty("data", { ok: true });
  });

  test("may turn an error into a success, and a success into an error", async () => {
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

  test("anything else is an error", async () => {
    const { outcome } = await both((client) => {
      const onResponse = () => JSON.parse('"not a response"');
      client.use({ onResponse });
      return client.GET("/things");
    });
    expect(outcome).toHaveProperty("threw.message", expect.stringContaining("onResponse"));
  });
});

describe("onError", () => {
  // What it is told differs on purpose: this client's own error, with the platform's as its cause.
  const answer = () => Promise.reject(new TypeError("fetch failed"));
  const options = { answer };

  test("may put another error in its place, last registered first", async () => {
    const { outcome } = await both((client) => {
      client.use(
        { onError: ({ error }) => new Error(`outer of ${error instanceof Error ? error.message : "?"}`) },
        { onError: () => new Error("inner") },
      );
      return client.PUT("/things");
    }, options);
    expect(outcome).toHaveProperty("threw.message", "outer of inner");
  });

  test("a Response takes the error's place: hooks further out see it, and the caller gets it", async () => {
    const { outcome } = await both((client) => {
      const outer: Middleware = { onError: () => new Error("not reached") };
      client.use(mark("a"), outer, { onError: () => Response.json({ fallback: true }) });
      return client.GET("/things");
    }, options);
    expect(outcome).toMatchObject({ data: { fallback: true }, response: { headers: { "x-back": "a" } } });
  });

  test("anything else is an error", async () => {
    const { outcome } = await both((client) => {
      const onError = () => JSON.parse('"not an error"');
      client.use({ onError });
      return client.GET("/things");
    }, options);
    expect(outcome).toHaveProperty("threw.message", expect.stringContaining("onError"));
  });

  test("is not asked when there is an answer", async () => {
    const { outcome } = await both(
      (client) => {
        client.use({ onError: () => new Error("not reached") });
        return client.GET("/things");
      },
      { answer: () => Response.json({ no: true }, { status: 400 }) },
    );
    expect(outcome).toHaveProperty("error", { no: true });
  });
});
