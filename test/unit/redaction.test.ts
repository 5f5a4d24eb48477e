import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import { secretMembers } from "../../generated/operations.js";
import { redactor } from "../../src/redaction.js";

const KEY = "fake-key-0000";
const { text, clean } = redactor([KEY]);
const [secret = ""] = secretMembers;

test("every secret of a text is masked, its name and what is around it are not", () => {
  const body = `{"a":1,"${secret}":"one","b":{"${secret}" : "t\nw\\"o"},"c":2`;
  expect(text(body)).toBe(`{"a":1,"${secret}":"[redacted]","b":{"${secret}" : "[redacted]"},"c":2`);
});

describe("a copy", () => {
  test("is made only where there is something to mask", () => {
    const fine = { a: [1, "b", { c: null }], d: new Error("fine") };
    expect(clean(fine)).toBe(fine);
    expect(clean({ a: fine, b: KEY })).toEqual({ a: fine, b: "[redacted]" });
    expect(clean({ [KEY]: 1 })).toEqual({ "[redacted]": 1 });
  });

  test("can be changed like the original", () => {
    const members = Object.getOwnPropertyDescriptors(clean({ a: KEY }));
    expect(members).toEqual({ a: { value: "[redacted]", enumerable: true, configurable: true, writable: true } });
  });

  class Sent extends Error {
    toJSON() {
      return KEY;
    }
  }
  class Inspected extends Error {
    [inspect.custom]() {
      return KEY;
    }
  }

  test.each([Sent, Inspected])("has not an error's own way of showing itself: %o", (type) => {
    const copy = clean(new type("fine"));
    expect(copy).toMatchObject({ message: "fine" });
    expect(JSON.stringify(copy) + inspect(copy, { showHidden: true })).not.toContain(KEY);
  });

  test("has an error's symbols", () => {
    const code = Symbol("code");
    expect(clean(Object.assign(new Error(KEY), { [code]: 7 }))).toMatchObject({ message: "[redacted]", [code]: 7 });
  });
});
