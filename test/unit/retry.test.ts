// What is tried again, after how long, and what is final and told as what it is.
import { readFileSync } from "node:fs";
import { type KonProClientOptions, KonProConnectionError, KonProError } from "konpro-client";
import { Dispatcher, errors } from "undici";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { backOff, parseRetryAfter } from "../../src/call/retry.js";
import { api, good, type Step, status, waitAfter } from "../support/api.js";
import { BASE_URL, connectTo, failureOf, NOW, recordingClock } from "../support/client.js";
import { answer, startFaultServer } from "../support/fault-server.js";

function client(...steps: Step[]) {
  const clock = recordingClock();
  const server = api(...steps);
  const connect = (options: KonProClientOptions = { fetch: server }) => connectTo(BASE_URL, options, clock);
  return { ...connect(), connect, server, waits: clock.waits };
}

test("which statuses are tried again, after longer and longer waits; every other error status is final", async () => {
  const repeated = [];
  for (let code = 400; code <= 599; code++) {
    const { method, waits } = client(status(code));
    const error = await failureOf(method());
    expect(error).toMatchObject({ name: "KonProApiError", status: code, attempts: waits.length + 1 });
    expect(waits).toEqual([backOff(1, 0.5), backOff(2, 0.5)].slice(0, waits.length));
    if (waits.length === 2) repeated.push(code);
  }
  expect(repeated).toEqual([408, 500, 502, 503, 504, 520, 521, 522, 523, 524, 529]);
});

test("maxRetries: 0 is one attempt, for a client and for one call", async () => {
  const { connect, method, server } = client(status(503));
  await expect(connect({ fetch: server, maxRetries: 0 }).method()).rejects.toMatchObject({ attempts: 1 });
  await expect(method({ maxRetries: 0 })).rejects.toMatchObject({ attempts: 1 });
  expect(server).toHaveBeenCalledTimes(2);
});

describe("a mistake is final, and reported as what it is", () => {
  const mistakes = [
    new ReferenceError("tracer is not defined"),
    new RangeError("too deep"),
    new SyntaxError("Unexpected token"),
    new URIError("URI malformed"),
    new DOMException("a signal of somebody else", "AbortError"),
  ];
  test.each(mistakes)("a fetch that rejects with, or throws: %o", async (error) => {
    const { method, connect, server } = client(() => Promise.reject(error));
    await expect(method()).rejects.toBe(error);
    vi.stubGlobal("fetch", server);
    onTestFinished(() => void vi.unstubAllGlobals());
    await expect(connect({}).method()).rejects.toBe(error);
    expect(server).toHaveBeenCalledTimes(2);
    const fetch = vi.fn(() => {
      throw error;
    });
    await expect(connect({ fetch }).method()).rejects.toBe(error);
    expect(fetch).toHaveBeenCalledOnce();
  });

  test.each([undefined, null, {}, "text", { status: 200 }])("a fetch that gives no Response, but %o", async (value) => {
    const { method, server } = client(() => value);
    const error = await failureOf(method());
    expect(error).toBeInstanceOf(TypeError);
    expect(error.message).toMatch(/fetch must resolve to a Response/);
    expect(server).toHaveBeenCalledOnce();
  });

  test("a dispatcher that does not fit the platform's fetch", async () => {
    // As undici's dispatchers do with the handlers of another version's fetch.
    class Unfit extends Dispatcher {
      override dispatch(): never {
        throw new errors.InvalidArgumentError("invalid onRequestStart method");
      }
    }
    const attempts = vi.fn();
    const { method } = connectTo(BASE_URL, { onAttempt: attempts }, recordingClock());
    const error = await failureOf(method({ dispatcher: new Unfit() }));
    expect(error).toBeInstanceOf(KonProConnectionError);
    expect(error).toMatchObject({ attempts: 1, cause: { cause: { code: "UND_ERR_INVALID_ARG" } } });
    expect(error.message).toMatch(/UND_ERR_INVALID_ARG.*dispatcher/);
    expect(attempts).toHaveBeenCalledOnce();
  });

  test.each(["UND_ERR_INVALID_ARG", "UND_ERR_NOT_SUPPORTED"])("undici's %s, wherever it stands", async (code) => {
    const error = Object.assign(new Error("no"), { code });
    for (const thrown of [error, new TypeError("fetch failed", { cause: error })]) {
      const { method, server } = client(() => Promise.reject(thrown));
      await expect(method()).rejects.toMatchObject({ name: "KonProConnectionError", attempts: 1 });
      expect(server).toHaveBeenCalledOnce();
    }
  });

  test.each<[string, object, RegExp]>([
    ["a body where none can be", { body: { a: 1 } }, /body/],
    ["a cache mode that fetch does not know", { cache: "bogus" }, /bogus/],
    ["a header that HTTP cannot carry", { headers: { "x-note": "€" } }, /ByteString/],
  ])("%s: a TypeError, and nothing is sent", async (_, init, message) => {
    const fetched = vi.fn(fetch);
    vi.stubGlobal("fetch", fetched);
    onTestFinished(() => void vi.unstubAllGlobals());
    await using server = await startFaultServer(answer(200, "{}"));
    const clock = recordingClock();
    const error = await failureOf(connectTo(server.url, {}, clock).method(init));
    expect(error).toBeInstanceOf(TypeError);
    expect(error.message).toMatch(message);
    expect({ waits: clock.waits, requests: server.requests }).toEqual({ waits: [], requests: [] });
    expect(fetched.mock.calls.length).toBeLessThanOrEqual(1);

    // A fetch of the caller's is not even called.
    const own = vi.fn(async () => good());
    await expect(connectTo(server.url, { fetch: own }).method(init)).rejects.toBeInstanceOf(TypeError);
    expect(own).not.toHaveBeenCalled();
  });
});

describe("Retry-After", () => {
  const at = (seconds: number) => new Date(NOW + seconds * 1000).toUTCString();
  /** The API's clock may differ from ours. */
  const hour = 3600;

  /** In place of a wait that the server asks for. */
  const BACK_OFF = 0;
  test.each<[string, number, Record<string, string>, number | undefined, number | undefined]>([
    ["absent after 429: final, as limits count per day, too", 429, {}, undefined, undefined],
    ["absent after 503: the back-off", 503, {}, BACK_OFF, undefined],
    ["1", 429, { "retry-after": "1" }, 1000, 1],
    ["1.5", 429, { "retry-after": "1.5" }, 1500, 1.5],
    ["1, 2, as a proxy repeats it", 429, { "retry-after": "1, 2" }, 1000, 1],
    ["60, the most that is waited for", 429, { "retry-after": "60" }, 60_000, 60],
    ["61: final", 429, { "retry-after": "61" }, undefined, 61],
    ["61 after 503: final", 503, { "retry-after": "61" }, undefined, 61],
    ["2 after 503", 503, { "retry-after": "2" }, 2000, 2],
    ["0: the back-off, as at once would be no wait at all", 429, { "retry-after": "0" }, BACK_OFF, 0],
    ["0 after 503", 503, { "retry-after": "0" }, BACK_OFF, 0],
    ["a date", 429, { "retry-after": at(5) }, 5000, 5],
    ["a past date: the back-off", 429, { "retry-after": at(-5) }, BACK_OFF, 0],
    ["a far date: final", 429, { "retry-after": at(hour) }, undefined, 3600],
    ["a date by a clock ahead of ours", 429, { date: at(hour), "retry-after": at(hour + 5) }, 5000, 5],
    ["a date by a clock behind ours", 429, { date: at(-hour), "retry-after": at(5 - hour) }, 5000, 5],
    ["a date that is past by the API's own clock", 429, { date: at(9), "retry-after": at(5) }, BACK_OFF, 0],
    ["a date beside a Date that is not one", 429, { date: "today", "retry-after": at(5) }, 5000, 5],
    ["seconds beside a Date", 429, { date: at(hour), "retry-after": "7" }, 7000, 7],
    ["1 after 404: final", 404, { "retry-after": "1" }, undefined, 1],
  ])("%s", async (_, code, headers, wait, retryAfter) => {
    const { method, waits } = client(status(code, headers));
    await failureOf(method());
    const expected = [1, 2].map((number) => (wait ? waitAfter(wait / 1000) : backOff(number, 0.5)));
    expect(waits).toEqual(wait === undefined ? [] : expected);
    const error = await failureOf(client(status(code, headers)).method({ maxRetries: 0 }));
    expect(error.retryAfter).toBe(retryAfter);
    if (retryAfter) expect(error.message).toContain(`Wait ${retryAfter} s`);
    else expect(error.message).not.toMatch(/Wait/);
  });

  test.each([
    "",
    "-5",
    "soon",
    "soon 5",
    "NaN",
    "Infinity",
    "1e3",
    "1.x",
    "2026-11-24",
    "(x) Fri, 01 Jan 2100 00:00:00 GMT",
    "Fri, 01 Jan 2100 00:00:00 GMT+1",
    "Fri, 99 Foo 2100 00:00:00 GMT",
  ])("%j makes no sense", (value) => {
    expect(parseRetryAfter(new Headers({ "retry-after": value }), 0)).toBeUndefined();
  });
});

test("the jitter after Retry-After is from nothing to a tenth of it, or 0.5 s if that is more", () => {
  expect([1, 5, 10, 20].map((seconds) => waitAfter(seconds, 0))).toEqual([1000, 5000, 10_000, 20_000]);
  expect([1, 5, 10, 20].map((seconds) => waitAfter(seconds, 1))).toEqual([1500, 5500, 11_000, 22_000]);
});

test("the waits without it grow from 0.5 s to 8 s, and never more", () => {
  expect([1, 2, 3, 4, 5, 6, 60].map((number) => backOff(number, 1))).toEqual([500, 1000, 2000, 4000, 8000, 8000, 8000]);
});

test("the longest call with the defaults is as long as README and guide say", async () => {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const later = (ms: number) => new Promise((done) => setTimeout(done, ms));
  const worst = async (fetch: () => Promise<Response>) => {
    const clock = { now: () => 0, random: () => 1, sleep: async (ms: number) => void (await later(ms)) };
    const [start, call] = [
      Date.now(),
      failureOf(connectTo(BASE_URL, { fetch, maxRetries: undefined }, clock).method()),
    ];
    await vi.runAllTimersAsync();
    expect(await call).toBeInstanceOf(KonProError);
    return (Date.now() - start) / 1000;
  };
  const silent = await worst(() => new Promise(() => {}));
  const busy = await worst(() => later(29_999).then(status(503, { "retry-after": "60" })));
  for (const file of ["README.md", "docs/guide/retries.md"]) {
    const times = `| ${silent} s: three attempts of 30 s and two waits; ${Math.round(busy)} s where`;
    expect(readFileSync(file, "utf8")).toContain(times);
  }
});
