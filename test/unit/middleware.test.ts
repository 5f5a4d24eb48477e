import { inspect } from "node:util";
import { KonProConnectionError, KonProError, KonProResponseError, KonProTimeoutError } from "konpro-client";
import type { Middleware } from "openapi-fetch";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { keyHeader } from "../../generated/operations.js";
import { anyClient, BASE_URL, KEY, recordingClock } from "../support/client.js";

/** A server that answers with one after the other, and then with the last for ever. */
function server(...answers: (() => Response | Promise<Response>)[]) {
  let calls = 0;
  return vi.fn(async (_request: Request, _init?: RequestInit) => {
    const answer = answers[Math.min(calls++, answers.length - 1)];
    return answer ? answer() : Response.json({ ok: true });
  });
}

const good = () => Response.json({ ok: true });
const bad = (status: number) => () => Response.json({ error: { code: "X" } }, { status });
const reset = () => Promise.reject(new TypeError("fetch failed"));
/** Never answers by itself; only the signal ends it. */
const silence = (_request: Request, init?: RequestInit) =>
  new Promise<Response>((_, reject) => init?.signal?.addEventListener("abort", () => reject(init.signal?.reason)));

/** The body breaks off in its middle. */
const cut = () => {
  let pulls = 0;
  const body = new ReadableStream({
    pull(controller) {
      if (pulls++ === 0) controller.enqueue(new TextEncoder().encode('{"ok":'));
      else controller.error(new TypeError("terminated"));
    },
  });
  return new Response(body);
};

/** A middleware at client level, and the same for one call. */
const levels = [
  ["of the client", (middleware: Middleware) => ({ use: [middleware], call: {} })],
  ["of the call", (middleware: Middleware) => ({ use: [], call: { middleware: [middleware] } })],
] as const;

describe.each(levels)("a middleware %s", (_, at) => {
  test("sees every attempt", async () => {
    const seen: string[] = [];
    const { use, call } = at({
      onRequest: () => void seen.push("request"),
      onResponse: ({ response }) => void seen.push(`response ${response.status}`),
      onError: ({ error }) => void seen.push(error instanceof Error ? error.name : "?"),
    });
    const client = anyClient({ fetch: server(reset, bad(503), good) });
    client.use(...use);
    const { data } = await client.GET("/things", call);
    expect(data).toEqual({ ok: true });
    expect(seen).toEqual(["request", "KonProConnectionError", "request", "response 503", "request", "response 200"]);
  });

  test("is never shown the key", async () => {
    const shown: string[] = [];
    const look = (context: { request: Request; options: object }) => {
      const { request, options } = context;
      const inside = { headers: Object.fromEntries(request.headers), options, context };
      shown.push(inspect(inside, { showHidden: true, depth: Number.POSITIVE_INFINITY }), JSON.stringify(inside));
    };
    const { use, call } = at({ onRequest: look, onResponse: look, onError: look });
    const fetch = server(reset, good);
    const client = anyClient({ fetch });
    client.use(...use);
    await client.GET("/things", call);
    expect(shown).toHaveLength(8);
    expect(shown.join()).not.toContain(KEY);
    expect(shown.join()).not.toContain(keyHeader);
    expect(fetch.mock.calls.map(([request]) => request.headers.get(keyHeader))).toEqual([KEY, KEY]);
  });

  test("may return a new Request, at each attempt", async () => {
    const { use, call } = at({
      onRequest: ({ request }) =>
        new Request(`${request.url}/new`, { method: "PUT", body: "new", headers: { a: "1" } }),
    });
    const sent: unknown[] = [];
    const client = anyClient({
      maxRetries: 1,
      fetch: async (request, init) => {
        const headers = Object.fromEntries(request.headers);
        sent.push([request.method, request.url, await request.text(), headers, init?.redirect]);
        return bad(503)();
      },
    });
    client.use(...use);
    await client.GET("/things", call);
    const headers = {
      a: "1",
      accept: "application/json",
      "content-type": "text/plain;charset=UTF-8",
      [keyHeader]: KEY,
    };
    const one = ["PUT", `${BASE_URL}/things/new`, "new", headers, "manual"];
    expect(sent).toEqual([one, one]);
  });

  test.each([
    ["GET", "POST", 1],
    ["POST", "GET", 3],
    ["PATCH", "PUT", 3],
  ] as const)(
    "may make %s %s: the method that is sent decides about another attempt",
    async (before, method, times) => {
      const { use, call } = at({ onRequest: ({ request }) => new Request(request, { method }) });
      const fetch = server(bad(503));
      const client = anyClient({ fetch });
      client.use(...use);
      await client[before]("/other", call);
      expect(fetch.mock.calls.map(([request]) => request.method)).toEqual(Array(times).fill(method));
    },
  );

  test("may not take the key to another origin", async () => {
    const { use, call } = at({ onRequest: ({ request }) => new Request("https://other.example/things", request) });
    const fetch = server(good);
    const client = anyClient({ fetch });
    client.use(...use);
    const error = await client.GET("/things", call).catch((error: unknown) => error);
    expect(error).toBeInstanceOf(KonProConnectionError);
    expect(error).toHaveProperty("message", expect.stringContaining("https://other.example"));
    expect(fetch).not.toHaveBeenCalled();
  });

  test("may return a new Response, whose status decides about another attempt", async () => {
    const { use, call } = at({ onResponse: ({ response }) => new Response("{}", { status: response.ok ? 503 : 200 }) });
    const fetch = server(good, bad(418));
    const client = anyClient({ fetch });
    client.use(...use);
    expect(await client.GET("/things", call)).toMatchObject({ data: {} });
    expect(fetch).toHaveBeenCalledTimes(2);
  });

  test("may answer for a server that could not be reached: there is no other attempt", async () => {
    const { use, call } = at({ onError: () => Response.json({ fallback: true }) });
    const fetch = server(reset);
    const client = anyClient({ fetch });
    client.use(...use);
    expect(await client.GET("/things", call)).toMatchObject({ data: { fallback: true } });
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
    ["onResponse, after an error status", { onResponse: fail }, bad(503), 1],
    ["onResponse, after a body that would break off", { onResponse: fail }, cut, 1],
    ["onError", { onError: fail }, reset, 1],
    ["onError, by returning it", { onError: () => mistake }, reset, 1],
  ] as const)("throws its own error as it is, and once: %s", async (_name, middleware, answer, attempts) => {
    const { use, call } = at(middleware);
    const fetch = server(answer);
    const client = anyClient({ fetch });
    client.use(...use);
    const error = await client.GET("/things", call).catch((error: unknown) => error);
    expect(error).toBe(mistake);
    expect(fetch).toHaveBeenCalledTimes(attempts);
  });

  test("the options of the call hold when it returns a new Request", async () => {
    const { use, call } = at({ onRequest: ({ request }) => new Request(request.url) });
    const ofClient = server(good);
    const client = anyClient({ fetch: ofClient });
    client.use(...use);

    const ofCall = server(bad(503));
    await client.GET("/things", { ...call, fetch: ofCall, maxRetries: 4 });
    expect(ofCall).toHaveBeenCalledTimes(5);

    const late = await client
      .GET("/things", { ...call, fetch: silence, timeout: 5, maxRetries: 0 })
      .catch((e: unknown) => e);
    expect(late).toBeInstanceOf(KonProTimeoutError);
    expect(late).toMatchObject({ timeout: 5, attempts: 1 });

    const controller = new AbortController();
    const reason = new Error("no longer wanted");
    const fetch = (request: Request, init?: RequestInit) => {
      queueMicrotask(() => controller.abort(reason));
      return silence(request, init);
    };
    await expect(client.GET("/things", { ...call, fetch, signal: controller.signal })).rejects.toBe(reason);
    expect(ofClient).not.toHaveBeenCalled();
  });

  test.each([
    ["has read", ({ response }: { response: Response }) => response.text()],
    ["is reading", ({ response }: { response: Response }) => void response.text()],
    ["holds", ({ response }: { response: Response }) => void response.body?.getReader()],
  ])("the answer that it %s itself is the platform's own error, once", async (_name, take) => {
    const { use, call } = at({
      onResponse: async (context) => {
        await take(context);
      },
    });
    const fetch = server(good);
    const client = anyClient({ fetch });
    client.use(...use);
    const error = await client.GET("/things", call).catch((error: unknown) => error);
    expect(error).toBeInstanceOf(TypeError);
    expect(error).not.toBeInstanceOf(KonProError);
    expect(fetch).toHaveBeenCalledTimes(1);
  });

  test("the request that it has read itself is the platform's own error, once", async () => {
    let read = 0;
    const { use, call } = at({
      onRequest: async ({ request }) => {
        await request.text();
        read++;
      },
    });
    const client = anyClient({ fetch: (request, init) => fetch(new Request(request, init)) });
    client.use(...use);
    const error = await client.PUT("/things", { ...call, body: { a: 1 } }).catch((error: unknown) => error);
    expect(error).toBeInstanceOf(TypeError);
    expect(error).not.toBeInstanceOf(KonProError);
    expect(read).toBe(1);
  });

  test("a body that breaks off is still a failure of the network, and tried again", async () => {
    const { use, call } = at({ onResponse: ({ response }) => new Response(response.body, response) });
    const fetch = server(cut, good);
    const client = anyClient({ fetch });
    client.use(...use);
    expect(await client.GET("/things", call)).toMatchObject({ data: { ok: true } });
    expect(fetch).toHaveBeenCalledTimes(2);
  });

  test.each([
    ["onResponse", { onResponse: () => new Response("<html>") }, good],
    ["onError", { onError: () => new Response("<html>") }, reset],
  ] as const)(
    "a success of its own that is no JSON breaks the contract, too: %s",
    async (_name, middleware, answer) => {
      const { use, call } = at(middleware);
      const client = anyClient({ fetch: server(answer) });
      client.use(...use);
      const error = await client.GET("/things", call).catch((error: unknown) => error);
      expect(error).toBeInstanceOf(KonProResponseError);
    },
  );

  test("what it answers instead of the server is its own matter: openapi-fetch's error for it is passed on", async () => {
    const { use, call } = at({ onRequest: () => new Response("<html>") });
    const client = anyClient({ fetch: server(good) });
    client.use(...use);
    await expect(client.GET("/things", call)).rejects.toBeInstanceOf(SyntaxError);
  });
});

test("timeout and maxRetries of one call are not left on the request", async () => {
  const extra: unknown[] = [];
  const client = anyClient({ fetch: server(good) });
  client.use({ onRequest: ({ request }) => void extra.push("timeout" in request, "maxRetries" in request) });
  await client.GET("/things", { timeout: 1000, maxRetries: 1 });
  expect(extra).toEqual([false, false]);
});

test("one that changes the retries: a 429 is given the wait that the server forgot", async () => {
  const clock = recordingClock();
  const fetch = server(bad(429), good);
  const client = anyClient({ fetch }, clock);
  client.use({
    onResponse: ({ response }) =>
      response.status === 429
        ? new Response(response.body, { status: 429, headers: { "retry-after": "7" } })
        : undefined,
  });
  expect(await client.GET("/things")).toMatchObject({ data: { ok: true } });
  expect(clock.waits).toEqual([7350]);
});

test("one that is added between two attempts sees a whole request in the next one", async () => {
  const seen: unknown[] = [];
  const answers = [bad(503), good];
  vi.stubGlobal("fetch", async () => {
    if (answers.length === 2) client.use({ onRequest: ({ request }) => void seen.push(request instanceof Request) });
    return (answers.shift() ?? good)();
  });
  onTestFinished(() => void vi.unstubAllGlobals());
  const client = anyClient();
  await expect(client.GET("/things")).resolves.toMatchObject({ data: { ok: true } });
  expect(seen).toEqual([true]);
});
