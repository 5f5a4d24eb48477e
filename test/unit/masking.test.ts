import { runInNewContext } from "node:vm";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { copyOfCause, KeyMask, MASK, namesCredential } from "../../src/masking.js";

const KEY = "fake/key-0000";

function maskOf(...keys: string[]): KeyMask {
  const mask = new KeyMask();
  for (const key of keys) mask.add(key);
  return mask;
}

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
  "one half percent-encoded": (key) => key.slice(0, 4) + percent(key.slice(4)),
  "JSON-escaped": escaped,
  "JSON-escaped three times": (key) => escaped(escaped(escaped(key))),
  "JSON-escaped to the last character": (key) => [...key].map((one) => `\\u00${code(one)}`).join(""),
  "JSON-escaped with slashes": (key) => escaped(key).replaceAll("/", "\\/"),
  "JSON-escaped, then percent-encoded": (key) => encodeURIComponent(escaped(key)),
  "percent-encoded, then JSON-escaped": (key) => escaped(encodeURIComponent(key)),
};

const printable = (constraints: fc.StringConstraints) => fc.string({ unit: "grapheme-ascii", ...constraints });
const key = printable({ minLength: 8, maxLength: 60 }).filter((key) => key === key.trim());
/** Without what reads as an escape itself; and at the ends, escapes of quotes would stay. */
const plainKey = key.filter((key) => /^\w.*\w$/.test(key) && !/%[0-9a-f]{2}|\\u/i.test(key));
const foreign = fc.string({ unit: "binary", maxLength: 40 });

describe("a key is masked", () => {
  /** Chance may write the key beside the key. */
  const isWithout = (key: string, ...texts: string[]) => texts.every((text) => maskOf(key).text(text) === text);

  test("as it is, whatever surrounds it", () => {
    const surroundings = fc.oneof(foreign, fc.constantFrom("%", "%2", "5%25", "\\", "\\\\u00", "%5C"));
    fc.assert(
      fc.property(key, surroundings, surroundings, (key, before, after) => {
        fc.pre(isWithout(key, before, after));
        const masked = maskOf(key).text(before + key + after);
        expect(masked).not.toContain(key);
        expect(masked).toContain(before + MASK);
      }),
      { numRuns: 500 },
    );
  });

  test.each(Object.entries(FORMS))("%s, and no more than the key", (_, write) => {
    fc.assert(
      fc.property(plainKey, foreign, foreign, (key, before, after) => {
        fc.pre(isWithout(key, before, after));
        expect(maskOf(key).text(`${before} ${write(key)} ${after}`)).toBe(`${before} ${MASK} ${after}`);
      }),
      { numRuns: 100 },
    );
  });

  test("in any mixture of escapes", () => {
    const spellings = Object.values(FORMS);
    const choices = fc.infiniteStream(fc.constantFrom(...spellings));
    fc.assert(
      fc.property(plainKey, choices, (key, choices) => {
        const written = [...key].map((character) => choices.next().value(character)).join("");
        expect(maskOf(key).text(`with ${written} as the key`)).toBe(`with ${MASK} as the key`);
      }),
      { numRuns: 300 },
    );
  });

  test.each([8, 100, 5_000, 20_000])("with %i characters", (length) => {
    const key = Buffer.from(Array.from({ length }, (_, index) => index * 7 + (index >> 3)))
      .toString("base64")
      .slice(0, length);
    for (const write of Object.values(FORMS)) {
      expect(maskOf(key).text(`with ${write(key)} as the key`)).toBe(`with ${MASK} as the key`);
      expect(maskOf(key).line(`with ${write(key)} as the key`)).toBe(`with ${MASK} as the key`);
    }
  });

  test("among several, of which one may begin, end or hold another", () => {
    const indexes = fc.nat({ max: 60 });
    const slices = fc.array(fc.tuple(indexes, indexes), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(printable({ minLength: 20, maxLength: 60 }), slices, (text, slices) => {
        const keys = slices
          .map(([a, b]) => text.slice(Math.min(a, b), Math.max(a, b)))
          .filter((key) => key.length >= 8);
        const masked = maskOf(...keys).text(`${text}, ${text}`);
        for (const key of keys) expect(masked).not.toContain(key);
      }),
      { numRuns: 300 },
    );
    expect(maskOf("a-fake-key-1", "a-fake-key-1-and-more", "fake-key").text("is a-fake-key-1-and-more,")).toBe(
      `is ${MASK},`,
    );
    expect(maskOf("key-0000-middle", "middle-of-another").text("a key-0000-middle-of-another b")).toBe(`a ${MASK} b`);
  });

  test("from 8 characters on: what is shorter may be part of any word", () => {
    expect(maskOf("abc1234", "abcd1234").text("abc1234 abcd1234")).toBe(`abc1234 ${MASK}`);
  });
});

test("a text without a key stays as it is", () => {
  fc.assert(
    fc.property(key, foreign, (key, text) => {
      expect(maskOf().text(text)).toBe(text);
      fc.pre(!text.toLowerCase().includes(key.toLowerCase()));
      expect(maskOf(key).text(text)).toBe(text);
    }),
  );
  expect(maskOf(KEY).text("\\\\server\\share%20")).toBe("\\\\server\\share%20");
  expect(maskOf("\\\\\\\\\\\\\\\\").text("a key of nothing but \\")).toBe("a key of nothing but \\");
});

test("a text that is cut ends in no part of a key", () => {
  const keys = ["FAKEKEY/0000/FAKE", "KEY/0000"];
  const piece = fc.oneof(fc.constantFrom(...keys, ...keys.map(percent)), fc.stringMatching(/^[a-z ]{1,20}$/));
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 40 }), fc.integer({ min: 1, max: 200 }), (pieces, limit) => {
      const cut = maskOf(...keys).text(pieces.join(""), limit);
      expect(cut).toMatch(/^[a-z [\]…]*$/);
      expect(cut.length).toBeLessThanOrEqual(limit);
    }),
    { numRuns: 500 },
  );
});

test("nor does one where long escapes have left room for more", () => {
  const [long, short] = ["FAKEKEY/0000/FAKE", "KEY/0000"];
  const escapes = [...long].map((character) => `${"\\".repeat(7)}u00${code(character)}`).join("");
  expect(maskOf(long, short).text(escapes + escapes + long.repeat(20), 200)).toMatch(/^[a-z [\]]+…$/);
});

test("a line is at most 300 characters and has no control characters", () => {
  expect(maskOf(KEY).line(`\u001b[31m a\r\nb \u2028\u202e ${KEY}\u0000`)).toBe(`[31m a b   ${MASK}`);
  expect(maskOf(KEY).line("x".repeat(301))).toBe(`${"x".repeat(299)}…`);
  expect(maskOf(KEY).line(`${"x".repeat(290)}${KEY}`)).toBe(`${"x".repeat(290)}${MASK}`);
});

/** The least time of a few runs, in milliseconds. */
function timeOf(run: () => unknown): number {
  const times = Array.from({ length: 3 }, () => {
    const start = performance.now();
    run();
    return performance.now() - start;
  });
  return Math.max(0.5, Math.min(...times));
}

describe("a hundred times the text takes some hundred times as long, not ten thousand times", () => {
  const long = "k".repeat(200);
  test.each([
    ["backslashes", "\\", KEY],
    ["beginnings of escapes", "\\u00", KEY],
    ["percent signs", "%", KEY],
    ["percent signs escaped again and again", "%25", KEY],
    ["a key but for its end", KEY.slice(0, -1), KEY],
    ["a key", KEY, KEY],
    ["a long key but for its beginning", "k", `!${long}`],
    ["a long key but for its middle", "k", `${long}!${long}`],
  ])("%s", (_, part, key) => {
    const text = part.repeat(300_000 / part.length);
    const mask = maskOf(key);
    const once = timeOf(() => mask.text(text.slice(0, 3_000), Number.POSITIVE_INFINITY));
    expect(timeOf(() => mask.text(text, Number.POSITIVE_INFINITY)) / once).toBeLessThan(2_500);
  });

  test.each(["s", "secre", "s.e.c.r.e.", ".", "the quick, brown fox"])(
    "looking for a credential's name in %j",
    (part) => {
      const text = part.repeat(3_000_000 / part.length);
      const once = timeOf(() => namesCredential(text.slice(0, 30_000)));
      expect(namesCredential(text)).toBe(false);
      expect(timeOf(() => namesCredential(text)) / once).toBeLessThan(2_500);
    },
  );

  test("beyond the limit, nothing is looked at", () => {
    const mask = maskOf(KEY);
    expect(timeOf(() => mask.line("\\u00".repeat(5_000_000)))).toBeLessThan(100);
  });
});

describe("a copy of a cause", () => {
  const copy = (error: unknown) => copyOfCause(error, maskOf(KEY));
  const carrying = (members: object, error: Error = new Error("failed")) => Object.assign(error, members);
  /** Everything there is in a copy, by name. */
  const membersOf = (value: unknown) =>
    Object.fromEntries(Reflect.ownKeys(Object(value)).map((name) => [name, Reflect.get(Object(value), name)]));

  test("has the members that tell what happened, and nothing else", () => {
    const told = { code: "ECONNREFUSED", syscall: "connect", address: "::1", port: 443, hostname: "api.example" };
    const secret = {
      config: KEY,
      request: new Request("https://api.example"),
      data: Buffer.from(KEY),
      body: KEY,
      errno: -1,
    };
    const symbol = { [Symbol("headers")]: KEY, toJSON: () => KEY };
    const error = carrying({ ...told, ...secret, ...symbol, name: "Odd", stack: "Odd: failed\n  at line 1" });
    Object.defineProperty(error, "hidden", { value: KEY });
    expect(membersOf(copy(error))).toEqual({ ...told, name: "Odd", message: "failed", stack: error.stack });
    expect(Object.keys(Object(copy(error)))).toEqual(Object.keys(told));
    expect(copy(error)).toBeInstanceOf(Error);
  });

  test("has the key in none of them", () => {
    const names = ["name", "message", "stack", "code", "syscall", "address", "port", "hostname"];
    const error = carrying(Object.fromEntries(names.map((name) => [name, `my ${KEY}`])));
    const masked = Object.fromEntries(names.map((name) => [name, `my ${MASK}`]));
    expect(membersOf(copy(error))).toEqual(masked);
  });

  test("has copies of the causes and of several errors", () => {
    const inner = carrying({ code: "ECONNRESET" }, new TypeError(`no ${KEY}`));
    const error = new AggregateError([inner, `text ${KEY}`, 7], "all failed", { cause: inner });
    const innerCopy = { name: "TypeError", message: `no ${MASK}`, code: "ECONNRESET" };
    expect(copy(error)).toBeInstanceOf(AggregateError);
    expect(copy(error)).toMatchObject({ name: "AggregateError", message: "all failed", cause: innerCopy });
    expect(copy(error)).toHaveProperty("errors", [
      expect.objectContaining({ code: "ECONNRESET" }),
      `text ${MASK}`,
      undefined,
    ]);
  });

  test.each([
    ["a DOMException", new DOMException("no", "NetworkError"), { name: "NetworkError", message: "no" }],
    ["an error of another realm", runInNewContext("new RangeError('no')"), { name: "RangeError", message: "no" }],
    ["a plain object", { message: "no", code: "E" }, { name: "Error", message: "no", code: "E", stack: "Error: no" }],
    ["a text", `no ${KEY}`, `no ${MASK}`],
    ["a number", 7, undefined],
    ["a function", () => KEY, undefined],
    ["null", null, undefined],
  ])("is made of %s", (_, error, expected) => {
    if (typeof expected === "object") expect(copy(error)).toMatchObject(expected);
    else expect(copy(error)).toBe(expected);
  });

  const fail = () => {
    throw new Error("cannot be read");
  };
  const { proxy: revoked, revoke } = Proxy.revocable([], {});
  revoke();
  test.each([
    ["getters that throw", Object.defineProperties(new Error("m"), { message: { get: fail }, cause: { get: fail } })],
    [
      "a proxy whose traps throw",
      new Proxy(new Error("m"), { get: fail, has: fail, getPrototypeOf: fail, ownKeys: fail }),
    ],
    ["a revoked proxy", revoked],
    ["a revoked proxy as its list of errors", { errors: revoked }],
    ["a list of errors that throws", { errors: new Proxy([], { get: fail }) }],
    ["members that have no text", { message: Object.create(null), code: { toString: fail }, cause: Symbol("s") }],
  ])("leaves out what cannot be read: %s", (_, error) => {
    expect(copy(error)).toMatchObject({ name: "Error", message: "", stack: expect.any(String) });
  });

  test("ends, however long, wide or circular the chain is", () => {
    const circle = carrying({ message: "circle" });
    carrying({ cause: circle, errors: [circle, circle, circle], config: circle }, circle);
    const chain = Array.from({ length: 10_000 }).reduce(
      (cause: unknown) => new Error("link", { cause }),
      new Error(KEY),
    );
    const wide = carrying({ errors: Array.from({ length: 10_000 }, () => new Error("one")) });
    for (const error of [circle, chain, wide]) {
      let count = 0;
      const walk = (value: unknown) => {
        if (typeof value !== "object" || value === null) return;
        count++;
        for (const member of Object.values(membersOf(value))) [member].flat().forEach(walk);
      };
      walk(copy(error));
      expect(count).toBeGreaterThan(1);
      expect(count).toBeLessThan(1_000);
    }
  });
});
