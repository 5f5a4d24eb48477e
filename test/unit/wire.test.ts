import { type Fetch, KonProConnectionError } from "konpro-client";
import type { Middleware } from "openapi-fetch";
import { Agent, fetch as undiciFetch } from "undici";
import { afterEach, describe, expect, onTestFinished, test, vi } from "vitest";
import { keyHeader } from "../../generated/operations.js";
import { anyClient, BASE_URL, connectTo, failureOf, KEY, recordingClock } from "../support/client.js";
import { answer, headerOf, redirect, startFaultServer } from "../support/fault-server.js";

const good = async () => Response.json({ data: [] });

/** Takes the place of the platform's fetch, and notes what it was called with. */
function stubFetch(answer: (input: Request | string, init: RequestInit) => Promise<Response> = good) {
  const fetch = vi.fn(answer);
  vi.stubGlobal("fetch", fetch);
  return fetch;
}

afterEach(() => vi.unstubAllGlobals());

const looking: Middleware = { onRequest() {} };
const WAYS = { "where no middleware looks": [], "where one looks": [looking] };
const HEADERS = { accept: "application/json", "content-type": "application/json", "x-client": "1", [keyHeader]: KEY };

describe.each(Object.entries(WAYS))("%s, what goes onto the wire is one whole init", (_, middleware) => {
  const setup = (options: object = {}) => {
    const client = anyClient({ headers: { "x-client": "1" }, ...options });
    if (middleware.length > 0) client.use(...middleware);
    return client;
  };
  const call = (options: object = {}, init: object = {}) =>
    setup(options).PUT("/things", { body: { a: 1 }, next: { revalidate: 60 }, ...init });

  test("beside its URL, for the platform's fetch", async () => {
    const fetch = stubFetch();
    await call({ cache: "reload" }, { cache: "no-store" });
    const [url, init = {}] = fetch.mock.lastCall ?? [];
    expect(url).toBe(`${BASE_URL}/things`);
    expect(init.signal).toBeInstanceOf(AbortSignal);
    const body = typeof init.body === "string" ? init.body : await new Response(init.body).text();
    const platform = { next: { revalidate: 60 }, cache: "no-store" };
    expect({ ...init, body }).toEqual({
      ...{ method: "PUT", headers: HEADERS, body: '{"a":1}', redirect: "manual", signal: init.signal, ...platform },
    });
  });

  test("beside a Request of the same, for a given fetch: as text, it is its URL", async () => {
    const given = vi.fn(async (_request: Request, _init?: RequestInit) => Response.json({}));
    await call({ fetch: given }, { cache: "no-store" });
    const [request = new Request(BASE_URL), init] = given.mock.lastCall ?? [];
    expect(request).toBeInstanceOf(Request);
    expect(request).toMatchObject({ method: "PUT", url: `${BASE_URL}/things`, redirect: "manual", cache: "no-store" });
    expect(`${request}`).toBe(`${BASE_URL}/things`);
    expect(Object.fromEntries(request.headers)).toEqual(HEADERS);
    expect(await request.text()).toBe('{"a":1}');
    expect(init).toMatchObject({ method: "PUT", headers: HEADERS, redirect: "manual", next: { revalidate: 60 } });
    expect(init?.signal).toBeInstanceOf(AbortSignal);
  });

  test("requestInitExt adds to it, but changes neither method, headers, redirect nor deadline", async () => {
    const fetch = stubFetch();
    const { signal } = new AbortController();
    const theirs = { method: "DELETE", headers: { a: "1" }, redirect: "follow", signal, dispatcher: "an agent" };
    await call({ requestInitExt: theirs });
    const [, init = {}] = fetch.mock.lastCall ?? [];
    expect(init).toMatchObject({ method: "PUT", headers: HEADERS, redirect: "manual", dispatcher: "an agent" });
    expect(init.signal === signal).toBe(false);
  });

  test("under the deadline and the caller's signal, in both arguments", async () => {
    const signals: AbortSignal[] = [];
    const fetch = async (request: Request, init: RequestInit = {}) => {
      signals.push(request.signal, ...(init.signal ? [init.signal] : []));
      return new Promise<Response>(() => {});
    };
    const client = setup({ fetch });
    await failureOf(client.GET("/things", { timeout: 5, maxRetries: 0 }));
    expect(signals.map(({ aborted }) => aborted)).toEqual([true, true]);
    const controller = new AbortController();
    const pending = client.GET("/things", { signal: controller.signal });
    await vi.waitFor(() => expect(signals).toHaveLength(4));
    controller.abort("enough");
    await expect(pending).rejects.toBe("enough");
    expect(signals.map(({ aborted }) => aborted)).toEqual([true, true, true, true]);
  });

  /** As node-fetch: a Request of another class is text to it. */
  const foreign = (input: unknown, { method, headers, body }: Pick<RequestInit, "method" | "headers" | "body"> = {}) =>
    fetch(`${input}`, { method: method ?? "GET", headers: headers ?? {}, body: body ?? null });
  const agent = new Agent();
  const KINDS: Record<string, unknown> = {
    "the platform's": undefined,
    "a wrapper with one argument": (request: Request) => fetch(request),
    "a wrapper with two arguments": (request: Request, init: RequestInit) => fetch(request, init),
    "a wrapper that spreads init.headers": (request: Request, init: RequestInit) =>
      fetch(request, { ...init, headers: { ...Object(init.headers), "x-more": "1" } }),
    "one with a Request class of its own": foreign,
    "npm's undici": undiciFetch,
    "npm's undici with an Agent": (request: never, init: object) =>
      undiciFetch(request, { ...init, dispatcher: agent }),
  };

  test("which seven kinds of fetch send as the same POST", async () => {
    onTestFinished(() => agent.close());
    await using server = await startFaultServer(answer(200, "{}"));
    for (const [kind, given] of Object.entries(KINDS)) {
      await setup({ baseUrl: server.url, ...(given ? { fetch: given } : {}) }).POST("/other", { body: { a: "ä" } });
      const request = server.requests.at(-1) ?? "";
      const sent = Object.keys(HEADERS).map((name) => [name, headerOf(request, name)]);
      expect(Object.fromEntries(sent), kind).toEqual(HEADERS);
      expect(request, kind).toMatch(/^POST \/other HTTP\/1\.1\r\n/);
      expect(Buffer.from(request, "latin1").toString(), kind).toMatch(/\r\n\r\n\{"a":"ä"\}$/);
    }
    expect(server.requests).toHaveLength(Object.keys(KINDS).length);
  });
});

test("where no middleware looks, no Request is built but the platform's own", async () => {
  stubFetch();
  const build = vi.fn();
  vi.stubGlobal("Request", build);
  await anyClient().PUT("/things", { body: {} });
  expect(build).not.toHaveBeenCalled();
});

test("a Request class of the caller's makes what middleware and a given fetch see", async () => {
  class OwnRequest extends Request {}
  const seen: unknown[] = [];
  const fetch = async (request: Request) => Response.json(seen.push(request));
  const client = anyClient({ fetch, Request: OwnRequest });
  client.use({ onRequest: ({ request }) => void seen.push(request) });
  await client.GET("/things");
  expect(seen).toEqual([expect.any(OwnRequest), expect.any(OwnRequest)]);
});

test("of a Request that middleware returns, URL, method, headers and body are sent, and nothing else", async () => {
  const fetch = stubFetch();
  const client = anyClient({ headers: { "x-client": "1" } });
  const changes = { method: "PUT", headers: { "x-new": "1" }, body: "new" };
  const others = { cache: "reload", redirect: "follow", keepalive: true, signal: AbortSignal.timeout(60_000) } as const;
  client.use({ onRequest: () => new Request(`${BASE_URL}/new`, { ...changes, ...others }) });
  await client.GET("/things");
  const [url, { headers, body = null, signal, ...init } = {}] = fetch.mock.lastCall ?? [];
  expect(url).toBe(`${BASE_URL}/new`);
  expect(await new Response(body).text()).toBe("new");
  expect(headers).toMatchObject({ "x-new": "1", [keyHeader]: KEY });
  expect(headers).not.toHaveProperty("x-client");
  expect(init).toEqual({ method: "PUT", redirect: "manual" });
});

test.each(Object.entries(WAYS))("a stream is sent as its bytes, %s", async (_, middleware) => {
  const bodies: string[] = [];
  stubFetch(async (input, init) => {
    bodies.push(await new Request(input, init).text());
    return good();
  });
  const bodySerializer = () => new Blob(["streamed"]).stream();
  const { error } = await anyClient().POST("/other", { body: {}, bodySerializer, duplex: "half", middleware });
  expect([error, bodies]).toEqual([undefined, ["streamed"]]);
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
  expect(fetch.mock.lastCall?.[0]).toBe(`${BASE_URL}/things`);
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
    expect(error.message).toMatch(/not sent to https:\/\/other\.example/);
    expect(fetch).toHaveBeenCalledTimes(1);
  });
});

describe("a redirect is never followed", () => {
  test("a response that any fetch got through one is refused, and the host that has the key now is named", async () => {
    await using other = await startFaultServer(answer(200, "{}"));
    await using server = await startFaultServer(redirect(302, `${other.url}/x?secret`));
    const careless: Fetch = ({ url, headers }) => fetch(url, { headers });
    const error = await failureOf(connectTo(server.url, { fetch: careless }).method());
    expect(error).toMatchObject({ name: "KonProConnectionError", attempts: 1 });
    expect(error.message).toContain(other.url);
    expect(error.message).toMatch(/redirect.*[Kk]ey/);
    expect(error.message).not.toContain("secret");

    stubFetch(async () => Object.defineProperty(Response.json({}), "redirected", { value: true }));
    expect(await failureOf(connectTo(BASE_URL).method())).toBeInstanceOf(KonProConnectionError);
  });
});

test("Response.error() is a lost connection, and tried again", async () => {
  const { method } = connectTo(BASE_URL, { fetch: async () => Response.error() }, recordingClock());
  expect(await failureOf(method())).toMatchObject({ name: "KonProConnectionError", attempts: 3 });
});

test("where there is no fetch at all, the call fails at once, and says what to give", async () => {
  vi.stubGlobal("fetch", undefined);
  const clock = recordingClock();
  expect((await failureOf(connectTo(BASE_URL, {}, clock).method())).message).toMatch(/fetch.*option/);
  expect(clock.waits).toEqual([]);
});

test("a platform without DOMException settles a call that timed out", async () => {
  vi.stubGlobal("DOMException", undefined);
  const { method } = connectTo(BASE_URL, { fetch: () => new Promise(() => {}), timeout: 5, maxRetries: 0 });
  expect(await failureOf(method())).toMatchObject({ name: "KonProTimeoutError" });
});
