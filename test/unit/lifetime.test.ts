import { execFile } from "node:child_process";
import { getEventListeners } from "node:events";
import { promisify } from "node:util";
import type { KonProClientOptions } from "konpro-client";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { systemClock } from "../../src/call/retry.js";
import { api, status } from "../support/api.js";
import { connectTo, KEY } from "../support/client.js";
import { answer, end, head, type Reaction, reset, stall, startFaultServer } from "../support/fault-server.js";
import { collectGarbage } from "../support/leaks.js";

const run = promisify(execFile);
const PROGRAM = new URL("../support/one-call.ts", import.meta.url).pathname;

describe.concurrent("a program that made one call exits by itself at once", () => {
  const LONG = { "content-length": 1_000_000 };
  const once = { maxRetries: 0 };
  test.each<[string, Reaction, object, string, string?]>([
    ["fine, the connection kept", answer(200, "{}"), {}, "fine"],
    ["a failure after a retry", reset(), { maxRetries: 1 }, "KonProConnectionError"],
    ["timed out in a body", stall(head(200, LONG), "{"), { ...once, timeout: 100 }, "KonProTimeoutError"],
    ["aborted during an attempt", stall(), {}, "Error: enough", "100"],
    ["aborted between attempts", answer(503, "{}", { "retry-after": 9 }), {}, "Error: enough", "1000"],
    // Node's fetch rejects this in its own way; an abort after that would end the process with an uncaught error.
    ["a dispatcher that is null", answer(200, "{}"), { requestInitExt: { dispatcher: null } }, "fine|KonPro|TypeError"],
  ])("%s", { timeout: 60_000 }, async (_, reaction, init, ended, ...abortAfter) => {
    await using server = await startFaultServer(reaction);
    const { stdout, stderr } = await run(process.execPath, [
      "node_modules/.bin/jiti",
      PROGRAM,
      server.url,
      JSON.stringify(init),
      ...abortAfter.filter((ms) => ms !== undefined),
    ]);
    const report = JSON.parse(stdout);
    expect(report.ended).toMatch(new RegExp(`^(${ended})`));
    expect(report.timers).toBe(0);
    // fetch itself keeps an idle process for about a second, and a slow machine adds to it; a forgotten deadline means 30 s.
    expect(report.lingered).toBeLessThan(10_000);
    expect(stderr).toBe("");
  });
});

test("a signal that 100 calls share has one listener, ends them all, and has none then", async () => {
  const warnings: Error[] = [];
  const note = (warning: Error) => warnings.push(warning);
  process.on("warning", note);
  const controller = new AbortController();
  const { method } = connectTo("http://127.0.0.1:9", { fetch: () => new Promise(() => {}) });
  const calls = Array.from({ length: 100 }, () => method({ signal: controller.signal }));
  const outcomes = Promise.allSettled(calls);
  expect(getEventListeners(controller.signal, "abort")).toHaveLength(1);
  const reason = new Error("enough");
  controller.abort(reason);
  expect(await outcomes).toEqual(calls.map(() => ({ status: "rejected", reason })));
  expect(getEventListeners(controller.signal, "abort")).toEqual([]);
  process.off("warning", note);
  expect(warnings).toEqual([]);
});

test("of two calls that share a signal, the one that goes on is ended by it", async () => {
  const controller = new AbortController();
  const answers = [Promise.resolve(Response.json({})), new Promise<Response>(() => {})];
  const { method } = connectTo("http://127.0.0.1:9", { fetch: async () => answers.shift() ?? Response.error() });
  const [first, second] = [method({ signal: controller.signal }), method({ signal: controller.signal })];
  await first;
  controller.abort("enough");
  await expect(second).rejects.toBe("enough");
});

test("the caller's signal goes on governing a stream, and nothing else", async () => {
  const seen: AbortSignal[] = [];
  const fetch = async (request: Request) => {
    seen.push(request.signal);
    return Response.json({});
  };
  const { method } = connectTo("http://127.0.0.1:9", { fetch });
  const controller = new AbortController();
  await method({ signal: controller.signal });
  await method({ signal: controller.signal, parseAs: "stream" });
  controller.abort("enough");
  expect(seen.map(({ reason }) => reason)).toEqual([undefined, "enough"]);
});

test.each<[string, Reaction[], KonProClientOptions]>([
  ["with data after a wait", [reset(), answer(200, "{}")], {}],
  ["without a response", [reset()], { maxRetries: 0 }],
  ["at the deadline", [stall()], { maxRetries: 0, timeout: 50 }],
  ["without the right body", [answer(200, "<p>")], {}],
])("a call that ended %s has left no listener on the caller's signal", async (_, [first = end(), ...rest], options) => {
  const { signal } = new AbortController();
  await using server = await startFaultServer(first, ...rest);
  const { method } = connectTo(server.url, { ...options, signal }, { ...systemClock, random: () => 0 });
  await method().catch(() => {});
  expect(server.requests.length).toBeLessThanOrEqual(1 + rest.length); // a deadline may come first
  expect(getEventListeners(signal, "abort")).toEqual([]);
});

describe("an abort rejects with the signal's own reason", () => {
  const REASONS: [string, unknown][] = [
    ["an Error", new Error("enough")],
    ["a text", "enough"],
    ["null", null],
    ["nothing given", undefined],
  ];

  test.each(REASONS)("before the call: %s; nothing is asked or sent", async (_, reason) => {
    const controller = new AbortController();
    controller.abort(reason);
    const { signal } = controller;
    const apiKey = vi.fn(() => KEY);
    await using server = await startFaultServer(answer(200, "{}"));
    const { method, GET } = connectTo(server.url, { apiKey });
    const { method: withDefault } = connectTo(server.url, { apiKey, signal });
    for (const call of [method({ signal }), GET({ signal }), withDefault()]) {
      await expect(call).rejects.toBe(signal.reason);
    }
    expect([apiKey.mock.calls.length, server.connections]).toEqual([0, 0]);
  });

  /** What the server, or a middleware, does while the call is under way. */
  const slowly: (abort: () => void) => object = (abort) => ({
    middleware: [{ onResponse: () => void setImmediate(abort) }],
  });
  const LENGTH = { "content-length": 9 };
  const POINTS: [string, (abort: () => void) => { reaction: Reaction; init?: object }][] = [
    ["while the server is silent", (abort) => ({ reaction: abort })],
    ["in a header", (abort) => ({ reaction: (socket) => void socket.write("HTTP/1.1 200 OK\r\nx", abort) })],
    ["in a body", (abort) => ({ reaction: stall(head(200, LENGTH), "{"), init: slowly(abort) })],
    ["in the body of an error", (abort) => ({ reaction: stall(head(503, LENGTH), "{"), init: slowly(abort) })],
  ];
  test.each(POINTS)("%s", async (_, make) => {
    for (const [style, reason] of [
      ["method", "enough"],
      ["GET", null],
    ] as const) {
      const controller = new AbortController();
      const { reaction, init } = make(() => controller.abort(reason));
      await using server = await startFaultServer(reaction);
      const call = connectTo(server.url)[style]({ ...init, signal: controller.signal });
      await expect(call).rejects.toBe(await aborted(controller.signal));
      expect(server.requests.length).toBeLessThanOrEqual(1);
      expect(getEventListeners(controller.signal, "abort")).toEqual([]);
    }
  });

  test("between attempts, already aborted when the wait begins", async () => {
    const controller = new AbortController();
    const { signal } = controller;
    await using server = await startFaultServer(answer(503, "{}", { "retry-after": 9 }));
    const call = connectTo(server.url).method({ signal, onAttempt: () => controller.abort("enough") });
    await expect(call).rejects.toBe("enough");
    expect(server.requests).toHaveLength(1);
    expect(getEventListeners(signal, "abort")).toEqual([]);
  });

  test("a deadline over all attempts cuts a wait short", async () => {
    await using server = await startFaultServer(answer(503, "{}", { "retry-after": 9 }));
    const signal = AbortSignal.timeout(200);
    await expect(connectTo(server.url).method({ signal })).rejects.toMatchObject({ name: "TimeoutError" });
  });

  test("an abort after the call changes nothing", async () => {
    const controller = new AbortController();
    await using server = await startFaultServer(answer(200, "{}"));
    const { method, GET } = connectTo(server.url);
    expect(await method({ signal: controller.signal })).toEqual({});
    const result = await GET({ signal: controller.signal });
    controller.abort();
    expect(result).toMatchObject({ data: {} });
  });
});

/** The signal's reason, once it has aborted. */
const aborted = (signal: AbortSignal) =>
  new Promise<unknown>((resolve) => {
    if (signal.aborted) resolve(signal.reason);
    else signal.addEventListener("abort", () => resolve(signal.reason), { once: true });
  });

test("the deadline ends a call whose key, middleware or fetch never comes", async () => {
  const never = () => new Promise<never>(() => {});
  for (const [options, init] of [
    [{ apiKey: never }, {}],
    [{}, { middleware: [{ onRequest: never }] }],
    [{ fetch: never }, {}],
  ] satisfies [KonProClientOptions, object][]) {
    const { method } = connectTo("http://127.0.0.1:9", { ...options, timeout: 50, maxRetries: 0 });
    await expect(method(init)).rejects.toMatchObject({ name: "KonProTimeoutError", attempts: 1, timeout: 50 });
  }
});

test("a connection that was closed under the client costs one more attempt and no more", async () => {
  await using server = await startFaultServer(answer(200, "1"), reset(), answer(200, "2"));
  const { method } = connectTo(server.url);
  expect(await method()).toBe(1);
  expect(server.connections).toBe(1);
  expect(await method()).toBe(2);
  expect([server.requests.length, server.connections]).toEqual([3, 2]);
});

/** Collects garbage, and lets run what waited for that. */
async function churn() {
  for (let round = 0; round < 5; round++) {
    collectGarbage();
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

// Together: undici connects once more after an abort, and takes 4 s to see that nobody needs that connection.
describe.concurrent("a call that has ended leaves no connection open", () => {
  const LONG = head(200, { "content-length": 1_000_000 });
  const fetch = (request: Request) => globalThis.fetch(request);
  const wait = { timeout: 10_000 };

  test("by its deadline, though garbage was collected and a wrapper forwards one argument", async () => {
    await using server = await startFaultServer(stall(LONG, "{"));
    const { method } = connectTo(server.url, { fetch, timeout: 500, maxRetries: 0 });
    const calls = Promise.allSettled(Array.from({ length: 20 }, () => method()));
    await churn();
    await calls;
    await vi.waitFor(() => expect(server.open).toBe(0), wait);
  });

  test("by the caller's abort of its streams, likewise", async () => {
    await using server = await startFaultServer(stall(LONG, "{"));
    const { method } = connectTo(server.url, { fetch });
    const controller = new AbortController();
    const init = { parseAs: "stream", signal: controller.signal };
    const streams = await Promise.all(Array.from({ length: 20 }, () => method(init)));
    await churn();
    expect(server.open).toBe(20);
    controller.abort();
    await vi.waitFor(() => expect(server.open).toBe(0), wait);
    expect(streams).toHaveLength(20); // held until here, as by a program that reads them
  });

  test.each<[string, string, object]>([
    ["a redirect is refused", head(302, { location: "/", "content-length": 1_000_000 }), {}],
    [
      "a middleware fails",
      head(200, { "content-length": 1_000_000 }),
      { middleware: [{ onResponse: () => Promise.reject(new Error("failed")) }] },
    ],
  ])("with a body that nobody will read: %s", async (_, answered, init) => {
    await using server = await startFaultServer(stall(`${answered}{`));
    const held: Response[] = []; // else garbage collection would close the connection, too
    const fetch = async (request: Request) => {
      const response = await globalThis.fetch(request);
      held.push(response);
      return response;
    };
    await expect(connectTo(server.url, { fetch }).method(init)).rejects.toThrow();
    await expect.poll(() => server.open).toBe(0);
    expect(held).toHaveLength(1);
  });
});

test.each<[string, (never: () => Promise<never>) => [KonProClientOptions, object?]]>([
  ["the key function", (apiKey) => [{ apiKey }]],
  ["a middleware", (onRequest) => [{}, { middleware: [{ onRequest }] }]],
  ["fetch", (fetch) => [{ fetch }]],
  ["the body", (pull) => [{ fetch: async () => new Response(new ReadableStream({ pull })) }]],
  ["onAttempt", (onAttempt) => [{ fetch: async () => Response.json({}), onAttempt }]],
  ["the wait", () => [{ fetch: api(status(503, { "retry-after": "9" })) }]],
])("aborted while it awaits %s, a call rejects at once and leaves no timer and no listener", async (_, hang) => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  onTestFinished(() => void vi.useRealTimers());
  const [options, init] = hang(() => new Promise<never>(() => {}));
  const controller = new AbortController();
  const call = connectTo("http://127.0.0.1:9", options).method({ ...init, signal: controller.signal });
  setImmediate(() => setImmediate(() => controller.abort("enough")));
  await expect(call).rejects.toBe("enough");
  expect(vi.getTimerCount()).toBe(0);
  expect(getEventListeners(controller.signal, "abort")).toEqual([]);
});
