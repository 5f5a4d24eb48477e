import { runInNewContext } from "node:vm";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { copyOfCause, quote, quoteLine } from "../../src/quote.js";

const KEY = "fake/key-0000";

const code = (character: string) => character.charCodeAt(0).toString(16).padStart(2, "0");
const percent = (text: string) => [...text].map((one) => `%${code(one)}`).join("");
const escaped = (text: string) => JSON.stringify(text).slice(1, -1);

/** How a server may write a key that it repeats. */
const FORMS: Record<string, (key: string) => string> = {
  "as it is": (key) => key,
  "in upper case": (key) => key.toUpperCase(),
  "percent-encoded": encodeURIComponent,
  "percent-encoded in lower case": (key) => encodeURIComponent(key).toLowerCase(),
  "percent-encoded twice": (key) => encodeURIComponent(encodeURIComponent(key)),
  "percent-encoded to the last character": percent,
  "JSON-escaped": escaped,
  "JSON-escaped three times": (key) => escaped(escaped(escaped(key))),
  "JSON-escaped to the last character": (key) => [...key].map((one) => `\\u00${code(one)}`).join(""),
  "JSON-escaped with slashes": (key) => escaped(key).replaceAll("/", "\\/"),
  "JSON-escaped, then percent-encoded": (key) => encodeURIComponent(escaped(key)),
  "percent-encoded, then JSON-escaped": (key) => escaped(encodeURIComponent(key)),
};

/** Without what reads as an escape itself. */
const anyKey = fc
  .string({ unit: "grapheme-ascii", minLength: 8, maxLength: 60 })
  .filter((key) => key === key.trim() && !/%[0-9a-f]{2}|\\u/i.test(key) && /[^\\]/.test(key));
const foreign = fc.string({ unit: "binary", maxLength: 40 });

describe("a text that holds the key is left out whole", () => {
  test.each(Object.entries(FORMS))("%s", (_, write) => {
    fc.assert(
      fc.property(anyKey, foreign, foreign, (key, before, after) => {
        const left = quote(`${before} ${write(key)} ${after}`, ["another-key", key]);
        expect(left).toMatch(/^\[left out.*key\]$/);
      }),
      { numRuns: 100 },
    );
  });

  test("wherever it is cut: no part of the key is left before the cut", () => {
    const spelling = fc.constantFrom(...Object.values(FORMS));
    fc.assert(
      fc.property(spelling, fc.integer({ min: 0, max: 60 }), fc.integer({ min: 10, max: 50 }), (write, at, limit) => {
        const shown = quote(`${"-".repeat(at)}${write(KEY)} and more, and more, and more`, [KEY], limit);
        if (at < limit - 1) expect(shown).toMatch(/^\[left out/);
        else expect(shown).toMatch(/^-+…?$|^\[left out/);
      }),
      { numRuns: 300 },
    );
  });

  test("if it has 8 characters or more: what is shorter may be part of any word", () => {
    expect(quote("abc1234", ["abc1234"])).toBe("abc1234");
    expect(quote("abcd1234", ["abcd1234"])).toMatch(/left out/);
  });
});

test("a text without a key is shown whole, or cut", () => {
  fc.assert(fc.property(foreign, (text) => void expect(quote(text, ["no-such-key-0000"])).toBe(text)));
  expect(quote("x".repeat(11), [KEY], 10)).toBe(`${"x".repeat(9)}…`);
});

test("a line is at most 300 characters and has no control characters", () => {
  expect(quoteLine("\u001b[31m a\r\nb \u2028\u202e c\u0000", [])).toBe("[31m a b   c");
  expect(quoteLine("x".repeat(301), [])).toBe(`${"x".repeat(299)}…`);
});

test("any other text is at most 10,000 characters", () => {
  expect(quote("x".repeat(10_001), [])).toBe(`${"x".repeat(9_999)}…`);
});

test.each(["\\", "\\u00", "%", "%25", KEY.slice(0, -1), "\u0000"])("20 MB of %j take no time", (part) => {
  const text = part.repeat(20_000_000 / part.length);
  const started = performance.now();
  quoteLine(text, [KEY]);
  quote(text, [KEY]);
  expect(performance.now() - started).toBeLessThan(10_000); // on a busy machine; what grows with the square takes hours
});

describe("a copy of a cause", () => {
  const copy = (error: unknown) => copyOfCause(error, [KEY]);
  const carrying = (members: object, error: Error = new Error("failed")) => Object.assign(error, members);
  /** Everything there is in a copy, by name. */
  const membersOf = (value: unknown) =>
    Object.fromEntries(Reflect.ownKeys(Object(value)).map((name) => [name, Reflect.get(Object(value), name)]));

  test("has name, message, code, stack and cause, and nothing else", () => {
    const more = { config: KEY, request: new Request("https://api.example"), [Symbol("headers")]: KEY, errno: -1 };
    const error = carrying({ ...more, toJSON: () => KEY, code: "E", name: "Odd", stack: "Odd: failed\n  at line 1" });
    error.cause = new TypeError("inner");
    Object.defineProperty(error, "hidden", { value: KEY });
    expect(membersOf(copy(error))).toEqual({
      ...{ name: "Odd", message: "failed", code: "E", stack: error.stack },
      cause: expect.objectContaining({ name: "TypeError", message: "inner" }),
    });
    expect(copy(error)).toBeInstanceOf(Error);
  });

  test("has the key in none of them", () => {
    const names = ["name", "message", "stack", "code"];
    const error = carrying({ ...Object.fromEntries(names.map((name) => [name, `my ${KEY}`])), cause: `no ${KEY}` });
    for (const value of Object.values(membersOf(copy(error)))) expect(value).toMatch(/^\[left out/);
  });

  test("of several errors has the first, unless there is a cause", () => {
    const several = new AggregateError([new RangeError("first"), new Error("second")], "all failed");
    expect(copy(several)).toMatchObject({ name: "AggregateError", cause: { name: "RangeError", message: "first" } });
    several.cause = new Error("the cause");
    expect(copy(several)).toMatchObject({ cause: { message: "the cause" } });
  });

  test.each([
    ["a DOMException", new DOMException("no", "NetworkError"), { name: "NetworkError", message: "no" }],
    ["an error of another realm", runInNewContext("new RangeError('no')"), { name: "RangeError", message: "no" }],
    ["a plain object", { message: "no", code: 7 }, { name: "Error", message: "no", code: 7, stack: "Error: no" }],
    ["a text", "no", "no"],
    ["a number", 7, undefined],
    ["null", null, undefined],
  ])("is made of %s", (_, error, expected) => {
    if (typeof expected === "object") expect(copy(error)).toMatchObject(expected);
    else expect(copy(error)).toBe(expected);
  });

  test("has at most 8 levels, however long or circular the chain is", () => {
    const circle = carrying({ message: "circle" });
    circle.cause = circle;
    const chain = Array.from({ length: 10_000 }).reduce((cause) => new Error("link", { cause }), new Error(KEY));
    for (const error of [circle, chain]) {
      let count = 0;
      for (let link = copy(error); link; link = Object(link).cause) count++;
      expect(count).toBe(8);
    }
  });
});
