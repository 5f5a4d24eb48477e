import { KonProApiError, KonProConnectionError, KonProTimeoutError } from "konpro-client";
import { createMockApi } from "konpro-client/testing";
import { describe, expect, test } from "vitest";
import { examples } from "../../generated/examples.js";
import { keyHeader, operations } from "../../generated/operations.js";
import { BASE_URL, connectTo, failureOf, path, recordingClock } from "../support/client.js";

const OPERATION = "listThings";

function setup(options: { baseUrl?: string } = {}) {
  const api = createMockApi();
  const { baseUrl = BASE_URL } = options;
  const { method, GET } = connectTo(
    baseUrl,
    { apiKey: "test-key-0000", maxRetries: 0, fetch: api.fetch },
    recordingClock(),
  );
  // As a JavaScript program may call it: the compiler knows the operations of another contract.
  const reply = (id: string, ...answers: unknown[]) => Reflect.apply(api.reply, api, [id, ...answers]);
  const get = async (path: string, init?: RequestInit) => {
    const response = await api.fetch(`${BASE_URL}/v1${path}`, init);
    return [response.status, await response.text(), response.headers.get("content-type")];
  };
  return { api, method, GET, reply, get };
}

const named = (id: string): Record<string, { mediaType?: string; examples: Record<string, unknown> }> =>
  Reflect.get(examples, id);

describe("by default, each operation answers the first example of its first success", () => {
  test.each([
    ["GET", path, [200, JSON.stringify(named("listThings")["200"]?.examples.sample), "application/json"]],
    ["POST", path, [200, JSON.stringify(named("createThing")["2XX"]?.examples.example), "application/json"]],
    ["GET", "/things/1", [200, JSON.stringify(named("getThing")["200"]?.examples.example), "application/json"]],
    ["GET", "/things/search.all", [200, '{"data":[]}', "application/json"]],
    ["HEAD", "/things/1", [200, "", "application/json"]],
    ["DELETE", "/things/a%2Fb", [204, "", null]],
    ["POST", "/report", [200, "a,b", "text/csv"]],
    ["GET", "/ping", [200, '{"pong":true}', "application/json"]],
  ])("%s %s", async (method, path, answer) => {
    expect(await setup().get(path, { method, ...(method === "POST" && { body: '{"status":"new"}' }) })).toEqual(answer);
  });

  test("through the client", async () => {
    expect(await setup().method()).toEqual(named(OPERATION)["200"]?.examples.sample);
  });
});

test.each([
  [{ example: "empty" }, 200, "empty"],
  [{ status: 200, example: "sample" }, 200, "sample"],
  [{ status: 429 }, 429, "tooMany"],
  [{ example: "badKey" }, 401, "badKey"],
  [{ status: 404, example: "gone" }, 404, "gone"],
  [{ status: 418 }, 418, "failed"],
])("%j answers %i with the example %s", async (answer, status, name) => {
  const { reply, GET } = setup();
  reply(OPERATION, answer);
  const { data, error, response } = await GET();
  const all = Object.assign({}, ...Object.values(named(OPERATION)).map((declared) => declared.examples));
  expect(response.status).toBe(status);
  expect(data ?? error).toEqual(all[name]);
});

test("a range begins with its hundred, and holds for all of it", async () => {
  const { reply, get } = setup();
  reply("getThing", { example: "badKey" }, { status: 451 });
  expect(await get("/things/1")).toEqual([400, expect.stringMatching("Not valid"), "application/json"]);
  expect(await get("/things/1")).toEqual([451, expect.stringMatching("Not valid"), "application/json"]);
});

test("a body that the test gives, with headers", async () => {
  const { reply, method } = setup();
  const error = { error: { code: "SLOW_DOWN", message: "Later." }, request_id: "req_1" };
  reply(OPERATION, { body: { data: [] } }, { status: 429, body: error, headers: { "Retry-After": "90" } });

  expect(await method()).toEqual({ data: [] });
  const failure = await failureOf(method());
  expect(failure).toBeInstanceOf(KonProApiError);
  expect(failure).toMatchObject({ status: 429, code: "SLOW_DOWN", requestId: "req_1", retryAfter: 90 });
});

test.each(["c,d", new Blob(["c,d"])])("a body that is no JSON is sent as it is: %s", async (body) => {
  const { reply, get } = setup();
  reply("makeReport", { body });
  expect(await get("/report", { method: "POST", body: "{}" })).toEqual([200, "c,d", "text/csv"]);
});

test("answers come in turn, the last one from then on, and none brings the example back", async () => {
  const { reply, GET } = setup();
  const statuses = async (count: number) => {
    const seen: number[] = [];
    while (seen.length < count) seen.push((await GET()).response.status);
    return seen;
  };
  reply(OPERATION, { status: 401 }, { status: 503 });
  expect(await statuses(3)).toEqual([401, 503, 503]);
  reply(OPERATION);
  expect(await statuses(1)).toEqual([200]);
});

test("a failure is what the platform's fetch would fail with, and the client tries again", async () => {
  const { api, reply, method } = setup();
  const failure = new TypeError("fetch failed");
  reply(OPERATION, { failure }, { example: "empty" });
  expect(await method({ maxRetries: 1 })).toEqual({ data: [] });
  expect(api.requests).toHaveLength(2);

  reply(OPERATION, { failure });
  const error = await failureOf(method());
  expect(error).toBeInstanceOf(KonProConnectionError);
  expect(error).toMatchObject({ cause: { name: "TypeError", message: "fetch failed" } });
});

test("a delay passes before the answer, and ends with the signal", async () => {
  const { api, reply, method } = setup();
  reply(OPERATION, { delay: 20, example: "empty" });
  const begin = performance.now();
  expect(await method()).toEqual({ data: [] });
  expect(performance.now() - begin).toBeGreaterThan(15);

  reply(OPERATION, { delay: Number.POSITIVE_INFINITY });
  expect(await failureOf(method({ timeout: 20 }))).toBeInstanceOf(KonProTimeoutError);

  const reason = new Error("enough");
  const signal = AbortSignal.abort(reason);
  await expect(api.fetch(`${BASE_URL}${path}`, { signal })).rejects.toBe(reason);

  const controller = new AbortController();
  const pending = failureOf(api.fetch(`${BASE_URL}${path}`, { signal: controller.signal }));
  controller.abort(reason);
  expect(await pending).toBe(reason);
});

describe("the requests are kept", () => {
  test("as they would have gone onto the wire", async () => {
    const { api, method } = setup({ baseUrl: "https://proxy.example/below" });
    await method({ headers: { "x-trace": "1" } });
    expect(api.requests.map(({ operation }) => operation)).toEqual([OPERATION]);
    const [{ request } = { request: undefined }] = api.requests;
    expect(request).toMatchObject({ method: "GET", url: `https://proxy.example/below${path}` });
    expect(request?.headers.get(keyHeader)).toBe("test-key-0000");
    expect(request?.headers.get("x-trace")).toBe("1");
  });

  test("with a body that can be read", async () => {
    const { api, get } = setup();
    await get("/things", { method: "POST", body: '{"status":"new"}' });
    expect(await api.requests.at(-1)?.request.json()).toEqual({ status: "new" });
  });
});

test("a query, and a port, do not matter; a longer path does", async () => {
  const { fetch } = createMockApi();
  await expect(fetch("http://127.0.0.1:1/v1/things/search.all?q=1")).resolves.toHaveProperty("status", 200);
  await expect(fetch("http://127.0.0.1:1/v1/things/1/more")).rejects.toThrow("is no operation of the contract");
  await expect(fetch("http://127.0.0.1:1/v1/things/searchXall2/")).rejects.toThrow("is no operation of the contract");
});

describe("a mistake is an error that lists what there is", () => {
  const { api, reply, get } = setup();
  test.each<[string, unknown, string]>([
    ["noSuchThing", {}, `"noSuchThing" is no operation of the contract: it has ${Object.keys(operations).join(", ")}.`],
    ["toString", {}, '"toString" is no operation'],
    [OPERATION, { example: "emtpy" }, 'has no example "emtpy": it has sample, empty, badKey,'],
    [OPERATION, { status: 429, example: "empty" }, '429 has no example "empty": it has tooMany.'],
    [OPERATION, { status: 202 }, "has no response with status 202: it has 200, 401, 429, 503, default."],
    [OPERATION, { example: "gone" }, '"gone" is for any error: give its status too.'],
    [OPERATION, { delay: Number.NaN }, "delay is NaN; it must be a number of milliseconds from 0."],
    [
      OPERATION,
      { exmaple: "empty" },
      'an answer has no "exmaple": it has status, example, body, headers, failure, delay.',
    ],
    [OPERATION, [{ status: 503 }], "give each answer as an object of its own, such as { status: 503 }."],
    [OPERATION, 503, "give each answer as an object of its own"],
    [OPERATION, null, "give each answer as an object of its own"],
  ])("%s %j", (id, answer, message) => {
    expect(() => reply(id, answer)).toThrow(TypeError);
    expect(() => reply(id, answer)).toThrow(message);
  });

  test("also for a request that is for no operation", async () => {
    await expect(api.fetch("https://api.example/v0/nothing")).rejects.toThrow(
      `GET https://api.example/v0/nothing is no operation of the contract: it has GET /`,
    );
    expect(api.requests).toHaveLength(0);
  });

  test("for an operation without a success", async () => {
    await expect(get("/teapot")).rejects.toThrow("brew has no response with status 2XX: it has 418.");
  });

  test("and for a response without an example", async () => {
    await expect(get("/owners/o/things/1")).rejects.toThrow("getOwnThing 200 has no example: give a body.");
  });
});
