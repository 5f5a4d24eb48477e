import { inspect } from "node:util";
import fc from "fast-check";
import { KonProApiError, KonProError } from "konpro-client";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { operations, secretMembers } from "../../generated/operations.js";
import { connect } from "../../src/client.js";
import { MASK, redactor } from "../../src/redaction.js";
import { backOff, parseRetryAfter, retryDelay } from "../../src/retry.js";
import { anyClient, apiKey, baseUrl, instantClock } from "./any-client.js";

const runs = (numRuns: number) => ({ numRuns });

// A slow machine takes its time for so many runs.
vi.setConfig({ testTimeout: 30_000 });

/** What any server may send as a body: JSON of any shape, and what is none. */
const body = fc.oneof({ weight: 4, arbitrary: fc.json() }, { weight: 1, arbitrary: fc.string({ unit: "binary" }) });

/** Each operation of the contract, called in both styles. */
const calls = Object.entries(operations).flatMap(([id, { method, path }]) => [
  { style: `${id}()`, call: (client: object) => Reflect.get(client, id)({ maxRetries: 0 }) },
  {
    style: method.toUpperCase(),
    call: (client: object) => Reflect.get(client, method.toUpperCase())(path, { maxRetries: 0 }),
  },
]);

const outcomeOf = (promise: Promise<unknown>) =>
  promise.then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  );

/** What a reader of a log should never meet, unless the server itself said so. */
const useless = (text: string, said: string) =>
  ["undefined", "[object Object]", "NaN"].filter((word) => text.includes(word) && !said.includes(word));

describe.each(calls)("$style", ({ call }) => {
  const client = (answer: () => Response) => connect({ apiKey, baseUrl, fetch: async () => answer() }, instantClock());

  test("any body as a success: what the server sent, or our own error", async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(200, 201, 202, 206, 299), body, fc.boolean(), async (status, text, sized) => {
        const length = String(new TextEncoder().encode(text).length);
        const headers = sized ? { "content-length": length } : {};
        const outcome = await outcomeOf(call(client(() => new Response(text, { status, headers }))));
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
      runs(150),
    );
  });

  test("any body as an error: our own error with a message of use, or a result with an error", async () => {
    const status = fc.integer({ min: 400, max: 599 });
    await fc.assert(
      fc.asyncProperty(status, body, fc.string({ unit: "grapheme-ascii" }), async (status, text, statusText) => {
        const outcome = await outcomeOf(call(client(() => new Response(text, { status, statusText }))));
        if ("error" in outcome) {
          expect(outcome.error).toBeInstanceOf(KonProApiError);
          const { message } = Object(outcome.error);
          expect(message).toMatch(new RegExp(`^[A-Z]+ /\\S+: ${status}`));
          expect(useless(message, text + statusText)).toEqual([]);
        } else {
          expect(outcome.value).toMatchObject({ response: { status } });
          expect(Reflect.get(Object(outcome.value), "error")).toBeTruthy();
        }
      }),
      runs(150),
    );
  });
});

describe("attempts", () => {
  const TIMEOUT = 30_000;
  beforeAll(() => void vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] }));
  afterAll(() => void vi.useRealTimers());

  /** The body breaks off after so many pieces. */
  const cut = (pieces: number, status: number) => {
    let left = pieces;
    const pull = (controller: ReadableStreamDefaultController) => {
      if (left-- > 0) controller.enqueue(new TextEncoder().encode("["));
      else controller.error(new TypeError("terminated"));
    };
    return new Response(new ReadableStream({ pull }), { status });
  };
  const silence = (signal: AbortSignal) =>
    new Promise<Response>((_, reject) => {
      signal.addEventListener("abort", () => reject(signal.reason));
      vi.advanceTimersByTime(TIMEOUT); // the deadline
    });

  type Step = (signal: AbortSignal) => Response | Promise<Response>;
  const good: Step = () => Response.json({ good: true });
  const transient = fc.oneof(
    fc.constantFrom<Step>(
      () => Promise.reject(new TypeError("fetch failed")),
      () => Promise.reject(new DOMException("not by the caller", "AbortError")),
      silence,
      () => cut(0, 200),
      () => cut(2, 200),
      () => cut(1, 404),
    ),
    fc.constantFrom(408, 500, 502, 503, 504).map(
      (status): Step =>
        () =>
          new Response("busy", { status }),
    ),
    fc.integer({ min: 0, max: 60 }).map(
      (wait): Step =>
        () =>
          new Response("", { status: 429, headers: { "retry-after": `${wait}` } }),
    ),
  );
  const final = fc.constantFrom<Step>(
    () => Response.json({}, { status: 404 }),
    () => new Response("", { status: 429 }),
    () => new Response("", { status: 503, headers: { "retry-after": "61" } }),
    () => new Response("<html>"),
    () => new Response(null, { status: 302, headers: { location: "/" } }),
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
    const clock = instantClock();
    let attempts = 0;
    const fetch = async (_: Request, init?: RequestInit) => {
      const step = script[attempts++] ?? good;
      return step(init?.signal ?? AbortSignal.abort());
    };
    const outcome = await outcomeOf(
      anyClient({ fetch, maxRetries, timeout: TIMEOUT }, clock).request(method, "/things"),
    );
    const data = "value" in outcome ? Reflect.get(Object(outcome.value), "data") : undefined;
    return { attempts, data, outcome, slept: clock.slept };
  }

  test("a call succeeds if and only if a good answer comes within its attempts", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(transient, { maxLength: 8 }), often, maxRetries, async (faults, method, retries) => {
        const { attempts, data, slept } = await act(faults, method, retries);
        const succeeds = faults.length <= retries;
        expect(data).toEqual(succeeds ? { good: true } : undefined);
        expect(attempts).toBe(succeeds ? faults.length + 1 : retries + 1);
        expect(slept).toHaveLength(attempts - 1);
        expect(slept.every((ms) => ms >= 0 && ms <= 60_000)).toBe(true);
      }),
      runs(250),
    );
  });

  test("whatever comes, never more than maxRetries + 1, and nothing after a final answer", async () => {
    const step = fc.oneof(
      { weight: 3, arbitrary: transient.map((run) => ({ run, ends: false })) },
      final.map((run) => ({ run, ends: true })),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 8 }), often, maxRetries, async (script, method, retries) => {
        const { attempts, outcome } = await act(
          script.map(({ run }) => run),
          method,
          retries,
        );
        const end = script.findIndex(({ ends }) => ends);
        const wanted = end === -1 ? script.length : end;
        expect(attempts).toBe(Math.min(wanted, retries) + 1);
        if ("error" in outcome) expect(outcome.error).toBeInstanceOf(KonProError);
      }),
      runs(250),
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
      runs(1000),
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

  test("Retry-After of any shape is a wait or nothing", () => {
    fc.assert(
      fc.property(fc.option(header), now, (text, now) => {
        const seconds = parseRetryAfter(text, now);
        if (seconds !== undefined) expect(seconds).toBeGreaterThanOrEqual(0);
      }),
      runs(1000),
    );
  });

  test("a Retry-After that makes sense is read as it is meant", () => {
    fc.assert(
      fc.property(now, fc.integer({ min: -1_000_000, max: 1_000_000 }), (now, seconds) => {
        const wanted = Math.max(0, seconds);
        expect(parseRetryAfter(String(wanted), now)).toBe(wanted);
        const second = Math.floor(now / 1000) * 1000; // a date has no milliseconds
        expect(parseRetryAfter(new Date(second + seconds * 1000).toUTCString(), second)).toBe(wanted);
      }),
      runs(300),
    );
  });

  test("after any answer, the delay is none or within 0 and 60 s", () => {
    const status = fc.oneof(fc.integer({ min: 200, max: 599 }), fc.constantFrom(408, 429, 500, 502, 503, 504));
    fc.assert(
      fc.property(status, header, attempt, now, chance, (status, text, number, now, random) => {
        const response = new Response(null, { status });
        try {
          response.headers.set("retry-after", text);
        } catch {} // no header can hold it
        const delay = retryDelay({ answer: { response } }, number, { now: () => now, random: () => random });
        if (delay !== undefined) {
          expect(delay).toBeGreaterThanOrEqual(0);
          expect(delay).toBeLessThanOrEqual(60_000);
        }
      }),
      runs(500),
    );
  });
});

describe("redaction", () => {
  const characters = fc.constantFrom(..."abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_");
  const key = fc
    .oneof(...[characters, "grapheme-ascii" as const].map((unit) => fc.string({ unit, minLength: 8, maxLength: 40 })))
    .filter((key) => key === key.trim() && !MASK.includes(key));

  const percent = (text: string) =>
    [...text].map((one) => `%${one.charCodeAt(0).toString(16).padStart(2, "0")}`).join("");
  const escaped = (text: string) =>
    [...text].map((one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, "0")}`).join("");
  /** How a server may write a key that it echoes. */
  const forms: [string, (key: string) => string][] = [
    ["as it is", (key) => key],
    ["percent-encoded", encodeURIComponent],
    ["percent-encoded to the last character", percent],
    ["percent-encoded in capitals", (key) => percent(key).toUpperCase()],
    ["JSON-escaped", (key) => JSON.stringify(key).slice(1, -1)],
    ["JSON-escaped twice", (key) => JSON.stringify(JSON.stringify(key)).slice(3, -3)],
    ["JSON-escaped to the last character", escaped],
    ["with slashes escaped", (key) => JSON.stringify(key).slice(1, -1).replaceAll("/", "\\/")],
    ["one half percent-encoded", (key) => key.slice(0, 4) + percent(key.slice(4))],
  ];
  const form = fc.constantFrom(...forms);

  /** A way to the place where the key is planted: members and elements, from the outside in. */
  const way = fc.array(fc.oneof(fc.string(), fc.integer({ min: 0, max: 3 })), { maxLength: 11 });
  const around = fc.tuple(fc.string(), fc.string());
  const planted = (way: readonly (string | number)[], value: unknown, siblings: unknown, asName: boolean) =>
    way.reduceRight<unknown>(
      (inner, step) => {
        if (typeof step === "number") return [...Array<unknown>(step).fill(siblings), inner];
        return Object.fromEntries([
          ["sibling", siblings],
          [step, inner],
        ]);
      },
      asName && typeof value === "string" ? { [value]: siblings } : value,
    );

  /** All the text there is in a value. */
  const textOf = (value: unknown): string => {
    if (typeof value !== "object" || value === null) return String(value);
    return Reflect.ownKeys(value)
      .map((name) => `${String(name)}\n${textOf(Reflect.get(value, name))}`)
      .join("\n");
  };

  test("takes the key out of any value, wherever and however it is written", () => {
    fc.assert(
      fc.property(
        key,
        form,
        way,
        around,
        fc.jsonValue({ maxDepth: 1 }),
        fc.boolean(),
        (key, [, write], way, [before, after], siblings, asName) => {
          const written = write(key);
          fc.pre(!textOf(siblings).includes(written) && !way.some((step) => String(step).includes(written)));
          const clean = redactor([key]).clean(planted(way, before + written + after, siblings, asName));
          expect(textOf(clean)).not.toContain(written);
          expect(textOf(clean)).toContain(MASK);
        },
      ),
      runs(300),
    );
  });

  test.each(["\\", "\\u00", "%", '"secret', apiKey.slice(0, -1)])(
    "takes no longer for what may be a key: %j, repeated",
    (part) => {
      const text = part.repeat(60_000);
      const start = performance.now();
      expect(redactor([apiKey]).text(text)).toBe(text);
      expect(performance.now() - start).toBeLessThan(1000); // where it grows with the square, 4,000 and more
    },
  );

  test("leaves what holds no key as it was", () => {
    fc.assert(
      fc.property(key, fc.jsonValue({ maxDepth: 4 }), (key, value) => {
        const isClean = !textOf(value).toLowerCase().includes(key.toLowerCase()) && !/[\\%]/.test(textOf(value));
        fc.pre(isClean && !secretMembers.some((name) => textOf(value).includes(name)));
        expect(redactor([key]).clean(value)).toEqual(value);
      }),
      runs(200),
    );
  });

  test("takes secrets out, at any depth", () => {
    fc.assert(
      fc.property(way, fc.constantFrom(...secretMembers), fc.uuid(), (way, member, secret) => {
        const value = planted(way, { [member]: secret }, 0, false);
        expect(textOf(redactor([]).clean(value))).not.toContain(secret);
        expect(redactor([]).text(JSON.stringify(value))).not.toContain(secret);
        expect(redactor([]).text(JSON.stringify(JSON.stringify(value)))).not.toContain(secret);
      }),
      runs(150),
    );
  });

  test("takes the key out of any chain of causes", () => {
    const member = fc.constantFrom("message", "stack", "code", "name", "input", "config", "headers", "errors", "0");
    fc.assert(
      fc.property(
        key,
        form,
        fc.array(member, { minLength: 1, maxLength: 8 }),
        around,
        (key, [, write], members, [before, after]) => {
          const written = write(key);
          const text = before + written + after;
          const error = members.reduceRight<Error | undefined>((cause, name) => {
            const error = new Error("failed", { cause });
            const value = name === "errors" ? [new Error(text), text] : name === "headers" ? { "x-echo": text } : text;
            return Object.defineProperty(error, name, { value, configurable: true, enumerable: true });
          }, undefined);
          const clean = inspect(redactor([key]).clean(error), { showHidden: true, depth: Number.POSITIVE_INFINITY });
          expect(clean).not.toContain(written);
          expect(textOf(error)).toContain(written); // the original is not touched
        },
      ),
      runs(150),
    );
  });

  test("a server that echoes the key in an error finds it in nothing that we throw", async () => {
    await fc.assert(
      fc.asyncProperty(key, form, way, around, fc.boolean(), async (key, [, write], way, [before, after], asName) => {
        const written = write(key);
        const text = before + written + after;
        const echo = planted(way, text, 0, asName);
        const bodies = [
          echo,
          { error: echo },
          { error: { code: text, message: text, details: echo }, request_id: text },
        ];
        for (const body of bodies) {
          const fetch = async () => Response.json(body, { status: 400 });
          const client = connect({ apiKey: key, baseUrl, fetch }, instantClock());
          for (const id of Object.keys(operations)) {
            const error: unknown = await Reflect.get(client, id)().catch((error: unknown) => error);
            expect(error).toBeInstanceOf(KonProApiError);
            const shown = inspect(error, { showHidden: true, depth: Number.POSITIVE_INFINITY });
            expect(shown + textOf(error)).not.toContain(written);
          }
        }
      }),
      runs(40),
    );
  });
});
