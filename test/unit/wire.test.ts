import type { Fetch } from "konpro-client";
import { afterEach, describe, expect, test, vi } from "vitest";
import { keyHeader } from "../../generated/operations.js";
import { anyClient, BASE_URL, connectTo, failureOf, KEY } from "../support/client.js";

const good = async () => Response.json({ data: [] });

/** Takes the place of the platform's fetch, and notes what it was called with. */
function stubFetch(answer: (input: Request | string, init: RequestInit) => Promise<Response> = good) {
  const fetch = vi.fn(answer);
  vi.stubGlobal("fetch", fetch);
  return fetch;
}

afterEach(() => vi.unstubAllGlobals());

describe("where nobody else looks, the platform's fetch is called as everybody calls it", () => {
  test("with a URL, and all the rest in init", async () => {
    const fetch = stubFetch();
    await anyClient({ headers: { "x-client": "1" } }).PUT("/things", { body: { a: 1 }, next: { revalidate: 60 } });
    const [input, { headers, signal, ...init }] = fetch.mock.lastCall ?? ["", {}];
    expect(input).toBe(`${BASE_URL}/things`);
    expect(Object.fromEntries(new Headers(headers))).toEqual({
      accept: "application/json",
      "content-type": "application/json",
      "x-client": "1",
      [keyHeader]: KEY,
    });
    expect(init).toMatchObject({ method: "PUT", body: '{"a":1}', redirect: "manual", next: { revalidate: 60 } });
    expect(signal).toBeInstanceOf(AbortSignal);
  });

  test("requestInitExt adds to the request, but changes neither its method, key, redirect mode nor deadline", async () => {
    const fetch = vi.fn(async (_url: string, _init: RequestInit) => Response.json({}));
    vi.stubGlobal("fetch", fetch);
    const { signal } = new AbortController();
    const theirs = {
      method: "DELETE",
      headers: { "x-their": "1" },
      redirect: "follow",
      signal,
      dispatcher: "an agent",
    };
    await anyClient({ requestInitExt: theirs }).GET("/things");
    const [, init] = fetch.mock.lastCall ?? [];
    expect(init).toMatchObject({ method: "GET", redirect: "manual", dispatcher: "an agent" });
    expect(new Headers(init?.headers).get(keyHeader)).toBe(KEY);
    expect(init?.signal === signal).toBe(false);
  });

  test("no Request is built but the platform's own", async () => {
    stubFetch();
    const build = vi.fn();
    vi.stubGlobal("Request", build);
    await anyClient().GET("/things");
    expect(build).not.toHaveBeenCalled();
  });

  test("two clients with other keys make two different requests", async () => {
    const fetch = stubFetch();
    for (const apiKey of ["fake-key-of-a", "fake-key-of-b"]) await anyClient({ apiKey }).GET("/things");
    const keys = fetch.mock.calls.map(([input, init]) => new Request(input, init).headers.get(keyHeader));
    expect(keys).toEqual(["fake-key-of-a", "fake-key-of-b"]);
  });
});

class OwnRequest extends Request {}

describe.each([
  { who: "an own fetch", options: (fetch: Fetch) => ({ fetch }) },
  { who: "middleware", options: () => ({}), middleware: [{ onRequest() {} }] },
  { who: "an own Request", options: () => ({ Request: OwnRequest }), kind: OwnRequest },
])("where somebody looks ($who), the Request is whole", ({ options, middleware = [], kind = Request }) => {
  function setup() {
    const fetch = stubFetch();
    const client = anyClient(options((request, init = {}) => fetch(request, init)));
    client.use(...middleware);
    return { fetch, client };
  }

  test("and the second argument repeats redirect and signal, and has what a Request cannot carry", async () => {
    const { fetch, client } = setup();
    const next = { revalidate: 60 };
    await client.PUT("/things", { body: { a: 1 }, next, cache: "no-store" });
    const [request, init] = fetch.mock.lastCall ?? [];
    if (!(request instanceof Request)) throw new Error("no Request");
    expect(request).toMatchObject({ method: "PUT", url: `${BASE_URL}/things`, redirect: "manual", cache: "no-store" });
    expect(request.headers.get(keyHeader)).toBe(KEY);
    expect(await request.text()).toBe('{"a":1}');
    expect(init).toEqual({ redirect: "manual", signal: expect.any(AbortSignal), next });
  });

  test("of the class that the caller gives", async () => {
    const { fetch, client } = setup();
    await client.GET("/things");
    expect(fetch.mock.lastCall?.[0]).toBeInstanceOf(kind);
  });

  test("under the deadline and the caller's signal, in both arguments", async () => {
    const { fetch, client } = setup();
    const signals: AbortSignal[] = [];
    fetch.mockImplementation(async (request, { signal }) => {
      if (request instanceof Request && signal) signals.push(request.signal, signal);
      return new Promise(() => {});
    });
    await failureOf(client.GET("/things", { timeout: 5, maxRetries: 0 }));
    expect(signals.map(({ aborted }) => aborted)).toEqual([true, true]);
    const controller = new AbortController();
    const call = client.GET("/things", { signal: controller.signal });
    await vi.waitFor(() => expect(signals).toHaveLength(4), 60_000);
    controller.abort("enough");
    await expect(call).rejects.toBe("enough");
    expect(signals.map(({ aborted }) => aborted)).toEqual([true, true, true, true]);
  });
});

test("after the first use(), every call counts as looked at, also when the middleware has left", async () => {
  const fetch = stubFetch();
  const client = anyClient();
  await client.GET("/things");
  const middleware = { onRequest() {} };
  client.use(middleware);
  client.eject(middleware);
  await client.GET("/things");
  expect(fetch.mock.calls.map(([input]) => typeof input)).toEqual(["string", "object"]);
});

test.each([
  ["the plain way", {}],
  ["the looked-at way", { middleware: [{ onRequest() {} }] }],
])("a stream goes out half duplex, %s", async (_, init) => {
  const bodies: string[] = [];
  stubFetch(async (input, init) => {
    bodies.push(await new Request(input, init).text());
    return good();
  });
  const bodySerializer = () => new Blob(["streamed"]).stream();
  await anyClient().POST("/things", { body: {}, bodySerializer, ...init });
  expect(bodies).toEqual(["streamed"]);
});

test("an abort while the key is fetched sends nothing", async () => {
  const fetch = stubFetch();
  const controller = new AbortController();
  const apiKey = async () => {
    controller.abort("enough");
    return KEY;
  };
  await expect(anyClient({ apiKey }).GET("/things", { signal: controller.signal })).rejects.toBe("enough");
  expect(fetch).not.toHaveBeenCalled();
});

test("a base URL of the client's origin in another spelling is fine", async () => {
  const fetch = stubFetch();
  await anyClient().GET("/things", { baseUrl: "HTTPS://API.example:443" });
  expect(fetch.mock.lastCall?.[0]).toBe("HTTPS://API.example:443/things");
});

test("a stream that was lost on the way is a lost connection", async () => {
  stubFetch(() => Promise.reject(new TypeError("fetch failed")));
  const bodySerializer = () => new Blob(["streamed"]).stream();
  const error = await failureOf(anyClient({ maxRetries: 0 }).POST("/things", { body: {}, bodySerializer }));
  expect(error.name).toBe("KonProConnectionError");
});

describe("accept", () => {
  const accepted = async (init: object, options: object = {}) => {
    const fetch = stubFetch();
    await anyClient(options).GET("/things", { ...init });
    return new Headers(fetch.mock.lastCall?.[1].headers).get("accept");
  };

  test("asks for JSON", async () => expect(await accepted({})).toBe("application/json"));
  test("is the caller's where there is one", async () => {
    expect(await accepted({ headers: { Accept: "text/csv" } })).toBe("text/csv");
    expect(await accepted({}, { headers: { accept: "text/csv" } })).toBe("text/csv");
  });
});

describe("a caller's header of the key's name is refused: apiKey is the way", () => {
  const headers = { [keyHeader.toUpperCase()]: "fake-other-key" };
  test.each<[string, object, object]>([
    ["in the client's options", { headers }, {}],
    ["in a call", {}, { headers }],
    ["as a parameter", {}, { params: { header: headers } }],
    [
      "in a middleware",
      {},
      {
        middleware: [
          { onRequest: ({ request }: { request: Request }) => request.headers.set(keyHeader, "fake-other-key") },
        ],
      },
    ],
  ])("%s", async (_, options, init) => {
    const fetch = stubFetch();
    const error = await failureOf(anyClient(options).GET("/things", { ...init }));
    expect(error).toBeInstanceOf(TypeError);
    expect(error.message).toMatch(new RegExp(`${keyHeader} .*apiKey`));
    expect(error.message).not.toContain("fake-other-key");
    expect(fetch).not.toHaveBeenCalled();
  });
});

describe("options.fetch in a middleware", () => {
  type Again = (fetch: typeof globalThis.fetch, request: Request) => Promise<Response>;

  /** A client whose middleware answers a 418 by what `again` fetches. */
  function withMiddleware(again: Again, ...answers: Response[]) {
    const fetch = stubFetch(async () => answers.shift() ?? Response.json({ data: "again" }));
    const client = anyClient();
    client.use({
      onResponse: ({ request, response, options }) =>
        response.status === 418 ? again(options.fetch, request) : undefined,
    });
    return { client, fetch };
  }
  const teapot = () => new Response("{}", { status: 418 });

  test.each<[string, Again, string]>([
    ["a URL", (fetch) => fetch(`${BASE_URL}/other`), "GET /other x-more: null"],
    ["a URL object", (fetch) => fetch(new URL(`${BASE_URL}/other`)), "GET /other x-more: null"],
    [
      "a URL and init",
      (fetch) => fetch(`${BASE_URL}/other`, { method: "POST", headers: { "x-more": "1" } }),
      "POST /other x-more: 1",
    ],
    ["the request", (fetch, request) => fetch(request), "GET /things x-more: null"],
    [
      "the request and init",
      (fetch, request) => fetch(request, { headers: { "x-more": "1" } }),
      "GET /things x-more: 1",
    ],
  ])("takes %s; the key goes along", async (_, again, line) => {
    const { client, fetch } = withMiddleware(again, teapot());
    expect(await client.GET("/things")).toMatchObject({ data: { data: "again" } });
    const [input, init] = fetch.mock.lastCall ?? [];
    const { method, url, headers } = new Request(input ?? "", init);
    expect(`${method} ${url.slice(BASE_URL.length)} x-more: ${headers.get("x-more")}`).toBe(line);
    expect(headers.get(keyHeader)).toBe(KEY);
  });

  test("is not tried again by itself", async () => {
    const { client, fetch } = withMiddleware(
      (fetch, request) => fetch(request),
      teapot(),
      new Response("{}", { status: 400 }),
    );
    expect(await client.GET("/things")).toMatchObject({ response: { status: 400 } });
    expect(fetch).toHaveBeenCalledTimes(2);
  });

  test("is under the attempt's deadline", async () => {
    const { client, fetch } = withMiddleware((fetch, request) => fetch(request));
    fetch.mockImplementation(async () => teapot());
    fetch.mockImplementationOnce(async () => teapot()).mockImplementationOnce(() => new Promise(() => {}));
    const error = await failureOf(client.GET("/things", { timeout: 10, maxRetries: 0 }));
    expect(error.name).toBe("KonProTimeoutError");
  });

  test("does not leave the client's origin: that is for the global fetch", async () => {
    const { client, fetch } = withMiddleware((fetch) => fetch("https://other.example/"), teapot());
    const error = await failureOf(client.GET("/things"));
    expect(error.message).toMatch(/not sent to https:\/\/other\.example.*global fetch/);
    expect(fetch).toHaveBeenCalledTimes(1);
  });

  test("ends early by a signal that the middleware adds", async () => {
    const stop = new AbortController();
    const fetch = stubFetch(
      (_, { signal }) => new Promise((_, reject) => signal?.addEventListener("abort", () => reject(signal.reason))),
    );
    const client = anyClient();
    client.use({ onRequest: ({ request }) => new Request(request, { signal: stop.signal }) });
    const call = failureOf(client.GET("/things"));
    await vi.waitFor(() => expect(fetch).toHaveBeenCalled(), 60_000);
    stop.abort();
    expect((await call).name).toBe("AbortError");
  });
});

describe("a redirect is never followed", () => {
  const redirect = (location: string) => new Response(null, { status: 307, headers: { location } });

  test.each([
    ["/things/", "307 to https://api.example/things/"],
    ["https://other.example/a?b=secret", "307 to https://other.example/a"],
  ])("to %s: the message says where it leads to, and what to set", async (location, where) => {
    const fetch = stubFetch(async () => redirect(location));
    const error = await failureOf(connectTo(BASE_URL).method());
    expect(error.message).toContain(`(${where})`);
    expect(error.message).toMatch(/set baseUrl or the path to it/);
    expect(fetch).toHaveBeenCalledTimes(1);
  });

  test("an answer from another origin is refused: a polyfill has followed one", async () => {
    const answer = async () => Object.defineProperty(Response.json({}), "url", { value: "https://other.example/x" });
    stubFetch(answer);
    const error = await failureOf(connectTo(BASE_URL).method());
    expect(error).toMatchObject({ name: "KonProConnectionError", attempts: 1 });
    expect(error.message).toContain("https://other.example");
    // What the caller's own fetch does is the caller's decision.
    expect(await connectTo(BASE_URL, { fetch: answer }).method()).toEqual({});
  });

  test("an answer from the client's own origin, or from nowhere, is fine", async () => {
    stubFetch(async () => Object.defineProperty(Response.json({}), "url", { value: `${BASE_URL}/elsewhere` }));
    expect(await connectTo(BASE_URL).method()).toEqual({});
  });
});
