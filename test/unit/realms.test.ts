import { createContext, runInContext, runInThisContext } from "node:vm";
import * as here from "konpro-client";
import { describe, expect, test } from "vitest";
import { BASE_URL, failureOf, KEY } from "../support/client.js";
import { answer, head, reset, stall, startFaultServer } from "../support/fault-server.js";
import { loadCopy } from "../support/second-copy.js";

/** As Jest makes its contexts: the language's own classes are others, the platform's are shared. */
const realm = createContext({
  AbortController,
  AbortSignal,
  DOMException,
  Headers,
  Request,
  Response,
  URL,
  clearTimeout,
  fetch,
  performance,
  setTimeout,
});
const inRealm = (code: string): unknown => runInContext(code, realm);

const copies = {
  "another copy": loadCopy((code) => runInThisContext(code)),
  "another realm": loadCopy(inRealm),
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

describe("in another realm, every outcome is the one of the plain process", () => {
  const { createKonProClient, ...theirs } = copies["another realm"];
  /** Calls through the copy in the realm, by any name that the fixture's contract has. */
  async function failure(baseUrl: string, init: object = {}): Promise<Error & Record<string, unknown>> {
    const client: object = createKonProClient({ apiKey: KEY, baseUrl, maxRetries: 2, ...init });
    return await failureOf(Reflect.get(client, "listThings")());
  }

  test("HTML as a 2xx response: one request, and the error says what it was", async () => {
    await using server = await startFaultServer(answer(200, "<html>"));
    const error = await failure(server.url);
    expect(error).toBeInstanceOf(theirs.KonProResponseError);
    expect(error.message).toMatch(/not JSON/);
    expect(server.requests).toHaveLength(1);
  });

  test("an error of the API is read, and a 2xx response after it", async () => {
    const body = { error: { code: "BAD_KEY", message: "No.", details: { a: 1 } }, request_id: "r1" };
    await using server = await startFaultServer(answer(401, JSON.stringify(body)), answer(200, '{"data":[]}'));
    const error = await failure(server.url);
    await expect(failure(server.url)).rejects.toThrow('gave {"data":[]}');
    expect(error).toBeInstanceOf(theirs.KonProApiError);
    expect(error).toMatchObject({ status: 401, code: "BAD_KEY", requestId: "r1" });
    expect(error.message).toMatch(/401 BAD_KEY: No \(request r1\)/);
  });

  test("the platform's causes are copied whole", async () => {
    await using server = await startFaultServer(reset());
    const error = await failure(server.url, { maxRetries: 0 });
    expect(error).toBeInstanceOf(theirs.KonProConnectionError);
    expect(error.cause).toMatchObject({ name: "TypeError", message: "fetch failed", cause: { code: "ECONNRESET" } });
  });

  test("an error of the realm's own code is copied, too", async () => {
    const fetch = () => Promise.reject(inRealm("new AggregateError([new RangeError('inner')], 'all failed')"));
    const error = await failure(BASE_URL, { fetch, maxRetries: 0 });
    expect(error.cause).toMatchObject({
      name: "AggregateError",
      message: "all failed",
      cause: { name: "RangeError", message: "inner" },
    });
  });

  test("a timeout, and an abort with the caller's reason", async () => {
    await using server = await startFaultServer(stall(head(200, { "content-length": 9 }), "{"));
    const timeout = await failure(server.url, { timeout: 50, maxRetries: 0 });
    expect(timeout).toBeInstanceOf(theirs.KonProTimeoutError);
    const reason = new Error("enough");
    expect(await failure(server.url, { signal: AbortSignal.abort(reason) })).toBe(reason);
  });
});
