import fc from "fast-check";
import { KonProApiError, KonProError } from "konpro-client";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { backOff, LONGEST_RETRY_AFTER, parseRetryAfter, retryDelay, TRANSIENT } from "../../src/call/retry.js";
import { cut, good, lost, status } from "../support/api.js";
import { anyClient, connectTo, recordingClock } from "../support/client.js";

const runs = (numRuns: number) => ({ numRuns });

/** What any server may send as a body: JSON of any shape, and what is none. */
const body = fc.oneof({ weight: 4, arbitrary: fc.json() }, { weight: 1, arbitrary: fc.string({ unit: "binary" }) });

const outcomeOf = (promise: Promise<unknown>) =>
  promise.then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  );

/** What a reader of a log should never meet, unless the server itself said so. */
const useless = (text: string, said: string) =>
  ["undefined", "[object Object]", "NaN"].filter((word) => text.includes(word) && !said.includes(word));

describe.each(["method", "GET"] as const)("%s", (style) => {
  const outcomeFor = (text: string, init: ResponseInit) => {
    const fetch = async () => new Response(text, init);
    return outcomeOf(connectTo("https://api.example", { maxRetries: 0, fetch }, recordingClock())[style]());
  };

  test("any body of a 2xx response: what the server sent, or our own error", async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(200, 201, 202, 206, 299), body, fc.boolean(), async (status, text, sized) => {
        const length = String(new TextEncoder().encode(text).length);
        const headers = sized ? { "content-length": length } : {};
        const outcome = await outcomeFor(text, { status, headers });
        if ("error" in outcome) {
          expect(outcome.error).toBeInstanceOf(KonProError);
          expect(outcome.error).toHaveProperty("name", "KonProResponseError");
          expect(() => JSON.parse(text)).toThrow();
        } else {
          const { value } = outcome;
          const isResult =
            typeof value === "object" && value !== null && "response" in value && value.response instanceof Response;
          expect(isResult ? Reflect.get(value, "data") : value).toEqual(JSON.parse(text));
        }
      }),
      runs(100),
    );
  });

  test("any body of an error response: our own error with a useful message, or a result with an error", async () => {
    const status = fc.integer({ min: 400, max: 599 });
    await fc.assert(
      fc.asyncProperty(status, body, fc.string({ unit: "grapheme-ascii" }), async (status, text, statusText) => {
        const outcome = await outcomeFor(text, { status, statusText });
        if ("error" in outcome) {
          expect(outcome.error).toBeInstanceOf(KonProApiError);
          const { message } = Object(outcome.error);
          expect(message).toMatch(new RegExp(`^GET https://api.example/things: ${status}.*\\. [A-Z].*\\.$`));
          expect(useless(message, text + statusText)).toEqual([]);
        } else {
          expect(outcome.value).toMatchObject({ response: { status } });
          expect(Reflect.get(Object(outcome.value), "error")).toBeTruthy();
        }
      }),
      runs(100),
    );
  });
});

describe("attempts", () => {
  const TIMEOUT = 30_000;
  beforeAll(() => void vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] }));
  afterAll(() => void vi.useRealTimers());

  const silence = (signal: AbortSignal) =>
    new Promise<Response>((_, reject) => {
      signal.addEventListener("abort", () => reject(signal.reason));
      vi.advanceTimersByTime(TIMEOUT); // the deadline
    });

  type Step = (signal: AbortSignal) => Response | Promise<Response>;
  const transient = fc.oneof(
    fc.constantFrom<Step>(lost, silence, cut(0), cut(2), cut(1, 404)),
    fc.constantFrom(...TRANSIENT).map((code) => status(code)),
    fc.integer({ min: 0, max: LONGEST_RETRY_AFTER }).map((wait) => status(429, { "retry-after": `${wait}` })),
  );
  const final = fc.constantFrom<Step>(
    status(404),
    status(429),
    status(429, { "retry-after": `${LONGEST_RETRY_AFTER + 1}` }),
    () => new Response("<html>"),
    () => new Response(null, { status: 302, headers: { location: "/" } }),
    () => Promise.reject(new RangeError("a mistake")),
  );

  const maxRetries = fc.integer({ min: 0, max: 6 });
  const once = fc.constantFrom("post", "patch");
  const often = fc.constantFrom("get", "put", "delete", "options");

  /** Makes a call to a server that acts its script, and then is good for ever. */
  async function act(
    script: readonly Step[],
    method: "get" | "put" | "post" | "patch" | "delete" | "options",
    maxRetries: number,
  ) {
    const clock = recordingClock();
    let attempts = 0;
    const fetch = async (_: Request, init?: RequestInit) => {
      const step = script[attempts++] ?? good;
      return step(init?.signal ?? AbortSignal.abort());
    };
    const outcome = await outcomeOf(
      anyClient({ fetch, maxRetries, timeout: TIMEOUT }, clock).request(method, "/other"),
    );
    const data = "value" in outcome ? Reflect.get(Object(outcome.value), "data") : undefined;
    return { attempts, data, slept: clock.waits };
  }

  test("a call succeeds if and only if a good response comes within its attempts", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(transient, { maxLength: 8 }), often, maxRetries, async (faults, method, retries) => {
        const { attempts, data, slept } = await act(faults, method, retries);
        const succeeds = faults.length <= retries;
        expect(data).toEqual(succeeds ? { ok: true } : undefined);
        expect(attempts).toBe(succeeds ? faults.length + 1 : retries + 1);
        expect(slept).toHaveLength(attempts - 1);
      }),
      runs(100),
    );
  });

  test("whatever comes, never more than maxRetries + 1, and nothing after a final response", async () => {
    const step = fc.oneof(
      { weight: 3, arbitrary: transient.map((run) => ({ run, ends: false })) },
      final.map((run) => ({ run, ends: true })),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 8 }), often, maxRetries, async (script, method, retries) => {
        const { attempts } = await act(
          script.map(({ run }) => run),
          method,
          retries,
        );
        const end = script.findIndex(({ ends }) => ends);
        const wanted = end === -1 ? script.length : end;
        expect(attempts).toBe(Math.min(wanted, retries) + 1);
      }),
      runs(100),
    );
  });

  test("one alone, where a second could have a second effect", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(transient, { minLength: 1, maxLength: 3 }),
        once,
        maxRetries,
        async (faults, method, retries) => {
          const { attempts, data } = await act(faults, method, retries);
          expect(attempts).toBe(1);
          expect(data).toBeUndefined();
        },
      ),
      runs(50),
    );
  });
});

describe("delays", () => {
  const attempt = fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER });
  const chance = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
  const now = fc.integer({ min: 0, max: 4_102_444_800_000 });

  test("back-off is never negative, never over 8 s, and never over its step", () => {
    fc.assert(
      fc.property(fc.oneof(fc.integer({ min: 1, max: 10 }), attempt), chance, (number, random) => {
        const delay = backOff(number, random);
        expect(delay).toBeGreaterThanOrEqual(0);
        expect(delay).toBeLessThanOrEqual(Math.min(8000, 500 * 2 ** (number - 1)));
      }),
      runs(500),
    );
  });

  /** Looks more or less like a date, or a number. */
  const header = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.date({ noInvalidDate: true }).map((date) => date.toUTCString()),
    fc.stringMatching(/^ ?[-+]?\d{1,400}(\.\d*)?(e\d+)? ?$/),
    fc.stringMatching(/^(Mon|Tue|Sun),? [\w :+-]{0,30} GMT$/),
    fc.constantFrom("Infinity", "NaN", "-0", "0x10", "1e999", ""),
  );

  /** Those that HTTP can carry. */
  const headersOf = (values: Record<string, string | null>) => {
    const headers = new Headers();
    for (const [name, value] of Object.entries(values)) {
      try {
        if (value !== null) headers.set(name, value);
      } catch {} // no header can hold it
    }
    return headers;
  };

  test("Retry-After of any shape is a wait or nothing", () => {
    fc.assert(
      fc.property(header, fc.option(header), now, (text, date, now) => {
        const seconds = parseRetryAfter(headersOf({ "retry-after": text, date }), now);
        if (seconds !== undefined) expect(seconds).toBeGreaterThanOrEqual(0);
      }),
      runs(500),
    );
  });

  test("a Retry-After that makes sense is read as it is meant", () => {
    fc.assert(
      fc.property(now, fc.integer({ min: -1_000_000, max: 1_000_000 }), (now, seconds) => {
        const wanted = Math.max(0, seconds);
        expect(parseRetryAfter(headersOf({ "retry-after": String(wanted) }), now)).toBe(wanted);
        const second = Math.floor(now / 1000) * 1000; // a date has no milliseconds
        const until = new Date(second + seconds * 1000).toUTCString();
        expect(parseRetryAfter(headersOf({ "retry-after": until }), second)).toBe(wanted);
        const date = new Date(second).toUTCString();
        expect(parseRetryAfter(headersOf({ "retry-after": until, date }), now - 1e9)).toBe(wanted);
      }),
      runs(300),
    );
  });

  test("after any response, the delay is none or within 0 and 66 s", () => {
    const status = fc.oneof(fc.integer({ min: 200, max: 599 }), fc.constantFrom(429, ...TRANSIENT));
    fc.assert(
      fc.property(status, header, attempt, now, chance, (status, text, number, now, random) => {
        const response = new Response(null, { status, headers: headersOf({ "retry-after": text }) });
        const delay = retryDelay({ result: { response } }, number, { now: () => now, random: () => random });
        if (delay !== undefined) {
          expect(delay).toBeGreaterThanOrEqual(0);
          expect(delay).toBeLessThan(66_000);
        }
      }),
      runs(500),
    );
  });
});
