import { inspect } from "node:util";
import { KonProError, KonProResponseError } from "konpro-client";
import type { Middleware } from "openapi-fetch";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { keyHeader } from "../../generated/operations.js";
import { api, cut, good, lost, type Step, status, waitAfter } from "../support/api.js";
import { anyClient, BASE_URL, failureOf, KEY, recordingClock } from "../support/client.js";

/** Never answers by itself; only the signal ends it. */
const silence = (_request: Request, init?: RequestInit) =>
  new Promise<Response>((_, reject) => init?.signal?.addEventListener("abort", () => reject(init.signal?.reason)));

/** A client with a middleware at its own level, or at that of each call; and what its `fetch` was called with. */
type Setup = (middleware: Middleware, ...answers: Step[]) => ReturnType<typeof setup>;

function setup(atClient: Middleware[], atCall: Middleware[], fetch = api()) {
  const client = anyClient({ fetch });
  client.use(...atClient);
  const request = (method: "get" | "put" | "post" | "patch", path: string, init: object = {}) =>
    client.request(method, path, { middleware: atCall, ...init });
  const GET = (init: object = {}) => request("get", "/things", init);
  return { fetch, request, GET, failure: (init?: object) => failureOf(GET(init)) };
}

const levels: [string, Setup][] = [
  ["of the client", (middleware, ...answers) => setup([middleware], [], api(...answers))],
  ["of the call", (middleware, ...answers) => setup([], [middleware], api(...answers))],
];

describe.each(levels)("a middleware %s", (_, through) => {
  test("sees every attempt", async () => {
    const seen: string[] = [];
    const watching: Middleware = {
      onRequest: () => void seen.push("request"),
      onResponse: ({ response }) => void seen.push(`response ${response.status}`),
      onError: ({ error }) => void seen.push(error instanceof Error ? error.name : "?"),
    };
    expect(await through(watching, lost, status(503), good).GET()).toMatchObject({ data: { ok: true } });
    expect(seen).toEqual(["request", "KonProConnectionError", "request", "response 503", "request", "response 200"]);
  });

  test("is never shown the key", async () => {
    const shown: string[] = [];
    const look = (context: { request: Request; options: object }) => {
      const { request, options } = context;
      const inside = { headers: Object.fromEntries(request.headers), options, context };
      shown.push(inspect(inside, { showHidden: true, depth: Number.POSITIVE_INFINITY }), JSON.stringify(inside));
    };
    const { fetch, GET } = through({ onRequest: look, onResponse: look, onError: look }, lost, good);
    await GET();
    expect(shown).toHaveLength(8);
    expect(shown.join()).not.toContain(KEY);
    expect(shown.join()).not.toContain(keyHeader);
    expect(fetch.mock.calls.map(([request]) => request.headers.get(keyHeader))).toEqual([KEY, KEY]);
  });

  test("may return a new Request, at each attempt; the options of the call still hold", async () => {
    const init = { method: "PUT", body: "new", headers: { a: "1" } };
    const { fetch, GET, failure } = through({ onRequest: ({ request }) => new Request(`${request.url}/new`, init) });
    const sent: unknown[] = [];
    const ofCall = async (request: Request) => {
      const { accept, a, [keyHeader]: key } = Object.fromEntries(request.headers);
      sent.push([request.method, request.url, await request.text(), accept, a, key]);
      return status(503)();
    };
    await GET({ fetch: ofCall, maxRetries: 4 });
    const one = ["PUT", `${BASE_URL}/things/new`, "new", "application/json", "1", KEY];
    expect(sent).toEqual(Array(5).fill(one));

    const late = await failure({ fetch: silence, timeout: 5, maxRetries: 0 });
    expect(late).toMatchObject({ name: "KonProTimeoutError", timeout: 5, attempts: 1 });
    const controller = new AbortController();
    const aborted = (request: Request, init?: RequestInit) => {
      queueMicrotask(() => controller.abort("enough"));
      return silence(request, init);
    };
    await expect(GET({ fetch: aborted, signal: controller.signal })).rejects.toBe("enough");
    expect(fetch).not.toHaveBeenCalled();
  });

  test.each([
    ["get", "POST", 1],
    ["post", "GET", 3],
    ["patch", "PUT", 3],
  ] as const)(
    "may make %s %s: the method that is sent decides about another attempt",
    async (before, method, times) => {
      const { fetch, request } = through({ onRequest: ({ request }) => new Request(request, { method }) }, status(503));
      await request(before, "/other");
      expect(fetch.mock.calls.map(([request]) => request.method)).toEqual(Array(times).fill(method));
    },
  );

  test("may return a new Response, whose status decides about another attempt", async () => {
    const turn: Middleware = { onResponse: ({ response }) => new Response("{}", { status: response.ok ? 503 : 200 }) };
    const { fetch, GET } = through(turn, good, status(418));
    expect(await GET()).toMatchObject({ data: {} });
    expect(fetch).toHaveBeenCalledTimes(2);
  });

  test("may respond for a server that could not be reached: there is no other attempt", async () => {
    const { fetch, GET } = through({ onError: () => Response.json({ fallback: true }) }, lost);
    expect(await GET()).toMatchObject({ data: { fallback: true } });
    expect(fetch).toHaveBeenCalledTimes(1);
  });

  const mistake = new RangeError("of the middleware");
  const fail = () => {
    throw mistake;
  };
  test.each([
    ["onRequest", { onRequest: fail }, good, 0],
    ["onRequest, later", { onRequest: () => Promise.reject(mistake) }, good, 0],
    ["onResponse", { onResponse: fail }, good, 1],
    ["onResponse, later", { onResponse: () => Promise.reject(mistake) }, good, 1],
    ["onResponse, after an error status", { onResponse: fail }, status(503), 1],
    ["onResponse, after a body that would break off", { onResponse: fail }, cut(1), 1],
    ["onError", { onError: fail }, lost, 1],
    ["onError, by returning it", { onError: () => mistake }, lost, 1],
  ] as const)("throws its own error as it is, and once: %s", async (_name, middleware, answer, attempts) => {
    const { fetch, GET } = through(middleware, answer);
    await expect(GET()).rejects.toBe(mistake);
    expect(fetch).toHaveBeenCalledTimes(attempts);
  });

  test.each<[string, (response: Response) => unknown]>([
    ["has read", (response) => response.text()],
    ["is reading", (response) => void response.text()],
    ["holds", (response) => void response.body?.getReader()],
  ])("the response that it %s itself is the platform's own error, once", async (_name, take) => {
    const { fetch, failure } = through({ onResponse: async ({ response }) => void (await take(response)) }, good);
    const error = await failure();
    expect(error).toBeInstanceOf(TypeError);
    expect(error).not.toBeInstanceOf(KonProError);
    expect(fetch).toHaveBeenCalledTimes(1);
  });

  test("the request that it has read itself is the platform's own error, once", async () => {
    const onRequest = vi.fn(async ({ request }: { request: Request }) => void (await request.text()));
    const error = await failureOf(through({ onRequest }).request("put", "/things", { body: { a: 1 } }));
    expect(error).toBeInstanceOf(TypeError);
    expect(error).not.toBeInstanceOf(KonProError);
    expect(onRequest).toHaveBeenCalledOnce();
  });

  test("a body that breaks off is still a failure of the network, and tried again", async () => {
    const wrap: Middleware = { onResponse: ({ response }) => new Response(response.body, response) };
    const { fetch, GET } = through(wrap, cut(1), good);
    expect(await GET()).toMatchObject({ data: { ok: true } });
    expect(fetch).toHaveBeenCalledTimes(2);
  });

  test("a 2xx of its own that is not JSON breaks the contract, too; in place of a request, it is its own matter", async () => {
    const html = () => new Response("<html>");
    expect(await through({ onResponse: html }, good).failure()).toBeInstanceOf(KonProResponseError);
    expect(await through({ onError: html }, lost).failure()).toBeInstanceOf(KonProResponseError);
    expect(await through({ onRequest: html }).failure()).toBeInstanceOf(SyntaxError);
  });
});

test("timeout and maxRetries of one call are not left on the request", async () => {
  const extra: unknown[] = [];
  const client = anyClient({ fetch: api(good) });
  client.use({ onRequest: ({ request }) => void extra.push("timeout" in request, "maxRetries" in request) });
  await client.GET("/things", { timeout: 1000, maxRetries: 1 });
  expect(extra).toEqual([false, false]);
});

test("one that changes the retries: a 429 is given the wait that the server forgot", async () => {
  const clock = recordingClock();
  const fetch = api(status(429), good);
  const client = anyClient({ fetch }, clock);
  client.use({
    onResponse: ({ response }) =>
      response.status === 429
        ? new Response(response.body, { status: 429, headers: { "retry-after": "7" } })
        : undefined,
  });
  expect(await client.GET("/things")).toMatchObject({ data: { ok: true } });
  expect(clock.waits).toEqual([waitAfter(7)]);
});

test("one that is added between two attempts sees a whole request in the next one", async () => {
  const seen: unknown[] = [];
  const answers = [status(503), good];
  vi.stubGlobal("fetch", async () => {
    if (answers.length === 2) client.use({ onRequest: ({ request }) => void seen.push(request instanceof Request) });
    return (answers.shift() ?? good)();
  });
  onTestFinished(() => void vi.unstubAllGlobals());
  const client = anyClient();
  await expect(client.GET("/things")).resolves.toMatchObject({ data: { ok: true } });
  expect(seen).toEqual([true]);
});

test("a POST is not repeated when a middleware sends a GET of its own after it", async () => {
  const sent: string[] = [];
  const fetch = async ({ method }: Request) => {
    sent.push(method);
    return Response.json({}, { status: method === "POST" ? 503 : 200 });
  };
  const client = anyClient({ fetch });
  client.use({
    async onResponse({ request, options }) {
      if (request.method === "POST") await options.fetch(new Request(new URL("/status", request.url)));
    },
  });
  await client.POST("/things", { body: {} });
  expect(sent).toEqual(["POST", "GET"]);
});
