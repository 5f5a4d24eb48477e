import { createContext, runInContext, runInThisContext } from "node:vm";
import * as here from "konpro-client";
import { describe, expect, test } from "vitest";
import { loadCopy } from "../support/second-copy.js";

const realm = createContext({}); // with an Error class of its own

const copies = {
  "another copy": loadCopy((code) => runInThisContext(code)),
  "another realm": loadCopy((code) => runInContext(code, realm)),
};

/** The classes, each with a way to make an error of it. */
const classes = (copy: typeof here) =>
  [
    [copy.KonProError, () => new copy.KonProError("m")],
    [copy.KonProApiError, () => new copy.KonProApiError("m", { status: 400 })],
    [copy.KonProConnectionError, () => new copy.KonProConnectionError("m", { attempts: 1 })],
    [copy.KonProTimeoutError, () => new copy.KonProTimeoutError("m", { attempts: 1, timeout: 1 })],
    [copy.KonProResponseError, () => new copy.KonProResponseError("m", { status: 200, contentType: null })],
  ] as const;

const LINEAGE: Record<string, string[]> = {
  KonProError: ["KonProError"],
  KonProApiError: ["KonProError", "KonProApiError"],
  KonProConnectionError: ["KonProError", "KonProConnectionError"],
  KonProTimeoutError: ["KonProError", "KonProConnectionError", "KonProTimeoutError"],
  KonProResponseError: ["KonProError", "KonProResponseError"],
};

describe.each(Object.entries(copies))("%s of the package", (_, copy) => {
  test("is one", () => {
    expect(copy.KonProError).not.toBe(here.KonProError);
  });

  test.each([
    ["its errors here", copy, here],
    ["our errors there", here, copy],
  ])("instanceof knows %s", (_, from, to) => {
    for (const [, make] of classes(from)) {
      const error = make();
      const kinds = classes(to).flatMap(([kind]) => (error instanceof kind ? [kind.name] : []));
      expect(kinds).toEqual(LINEAGE[error.name]);
    }
  });
});

describe("instanceof", () => {
  class Mine extends here.KonProApiError {}
  class Narrower extends Mine {}

  test("means for a user's own subclass what it always does", () => {
    const mine = new Mine("m", { status: 400 });
    expect(mine).toBeInstanceOf(Mine);
    expect(mine).toBeInstanceOf(here.KonProApiError);
    expect(mine).not.toBeInstanceOf(Narrower);
    expect(new Narrower("m", { status: 400 })).toBeInstanceOf(Mine);
    expect(new here.KonProApiError("m", { status: 400 })).not.toBeInstanceOf(Mine);
    for (const copy of Object.values(copies)) {
      expect(mine).toBeInstanceOf(copy.KonProApiError);
      expect(new copy.KonProApiError("m", { status: 400 })).not.toBeInstanceOf(Mine);
    }
  });

  test.each([
    ["null", null],
    ["undefined", undefined],
    ["a number", 0],
    ["a text", "KonProError"],
    ["a symbol", Symbol("KonProError")],
    ["a function", () => {}],
    ["a plain object", { name: "KonProError" }],
    ["another error", new Error("m")],
  ])("is false for %s, and does not throw", (_, value) => {
    for (const kind of [...classes(here).map(([kind]) => kind), Mine]) expect(value instanceof kind).toBe(false);
  });
});
