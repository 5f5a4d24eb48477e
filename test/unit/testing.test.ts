import { KonProApiError, KonProConnectionError, KonProTimeoutError } from "konpro-client";
import { createMockApi } from "konpro-client/testing";
import { describe, expect, test } from "vitest";
import { examples } from "../../generated/examples.js";
import { keyHeader, operations } from "../../generated/operations.js";
import { anyClient, BASE_URL, connectTo, failureOf, path, recordingClock } from "../support/client.js";

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

const json = (body: string) => ({ body, headers: { "content-type": "application/json" } });

const named = (id: string): Record<string, { mediaType?: string; examples: Record<string, unknown> }> =>
  Reflect.get(examples, id);

describe("by default, each operation responds with the first example of its first 2xx response", () => {
  test.each([
    ["GET", path, [200, JSON.stringify(named("listThings")["200"]?.examples.sample), "application/json"]],
    ["POST", path, [200, JSON.stringify(named("createThing")["2XX"]?.examples.example), "application/json"]],
    ["GET", "/things/1", [200, JSON.stringify(named("getThing")["200"]?.examples.example), "application/json"]],
    ["GET", "/things/search.all", [200, '{"data":[]}', "application/json"]],
    ["DELETE", "/things/a%2Fb", [204, "", null]],
    ["GET", "/shelves/1/row?floor=0", [200, '{"row":7,"state":"full"}', "application/json"]],
    ["HEAD", "/things/1", [200, "", null]],
  ])("%s %s", async (method, path, response) => {
    expect(await setup().get(path, { method, ...(method === "POST" && json('{"status":"new"}')) })).toEqual(response);
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
])("%j: %i with the example %s", async (response, status, name) => {
  const { reply, GET } = setup();
  reply(OPERATION, response);
  const { data, error, response: received } = await GET();
  const all = Object.assign({}, ...Object.values(named(OPERATION)).map((declared) => declared.examples));
  expect(received.status).toBe(status);
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

test("a status that has no body, in a range that has one", async () => {
  const { reply, get } = setup();
  reply("createThing", { status: 204 });
  expect(await get("/things", { method: "POST", ...json('{"status":"new"}') })).toEqual([204, "", null]);
});

test("it keeps no state, and its functions can be taken out of it", async () => {
  const { fetch, reply } = createMockApi();
  const list = () => fetch(`${BASE_URL}${path}`).then((response) => response.json());
  const before = await list();
  await fetch(`${BASE_URL}${path}`, { method: "POST", ...json('{"status":"new"}') });
  expect(await list()).toEqual(before);
  Reflect.apply(reply, undefined, [OPERATION, { example: "empty" }]);
  expect(await list()).toEqual({ data: [] });
});

test("responses come in turn, the last one from then on, and none brings the example back", async () => {
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

test("a delay passes before the response, and ends with the signal", async () => {
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
  setTimeout(() => controller.abort(reason), 5);
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
    await get("/things", { method: "POST", ...json('{"status":"new"}') });
    expect(await api.requests.at(-1)?.request.json()).toEqual({ status: "new" });
  });
});

test("a query, and a port, do not matter; a longer path does", async () => {
  const { fetch } = createMockApi();
  await expect(fetch("http://127.0.0.1:1/v1/things/search.all?q=1")).resolves.toHaveProperty("status", 200);
  await expect(fetch("http://127.0.0.1:1/v1/things/1/more")).rejects.toThrow("is not an operation of the contract");
  await expect(fetch("http://127.0.0.1:1/v1/things/searchXall2/")).rejects.toThrow(
    "is not an operation of the contract",
  );
});

describe("a mistake is an error that lists what there is", () => {
  const { reply, get } = setup();
  test.each<[string, unknown, string]>([
    [
      "noSuchThing",
      {},
      `"noSuchThing" is not an operation of the contract, which has ${Object.keys(operations).join(", ")}.`,
    ],
    ["toString", {}, '"toString" is not an operation'],
    [OPERATION, { example: "emtpy" }, 'has no example "emtpy": it has sample, empty, badKey,'],
    [OPERATION, { status: 429, example: "empty" }, '429 has no example "empty": it has tooMany.'],
    [OPERATION, { status: 202 }, "has no response with status 202: it has 200, 401, 429, 503, default."],
    [OPERATION, { status: 99 }, "status is 99; it must be a whole number from 200 to 599."],
    [OPERATION, { status: 400.5 }, "status is 400.5; it must be a whole number from 200 to 599."],
    [
      OPERATION,
      { example: "gone" },
      'example "gone" is of several statuses: give one, such as { status: 400, example: "gone" }.',
    ],
    [OPERATION, { delay: Number.NaN }, "delay is NaN; it must be a number of milliseconds from 0."],
    [
      OPERATION,
      { exmaple: "empty" },
      'a response has no "exmaple": it has status, example, body, headers, failure, delay.',
    ],
    [OPERATION, [{ status: 503 }], "give each response as an object of its own, such as { status: 503 }."],
    [OPERATION, 503, "give each response as an object of its own"],
    [OPERATION, null, "give each response as an object of its own"],
  ])("%s %j", (id, answer, message) => {
    expect(() => reply(id, answer)).toThrow(TypeError);
    expect(() => reply(id, answer)).toThrow(message);
  });

  test("an unknown operation without any response", () => {
    expect(() => createMockApi().reply(JSON.parse('"noSuchThing"'))).toThrow("is not an operation");
  });

  test("an example that a status does not have", () => {
    const others = 'getThing default has no example "x": it has failed, gone.';
    expect(() => reply("getThing", { status: 500, example: "x" })).toThrow(others);
  });

  test("a request that the contract does not describe, as it is and at once", async () => {
    const message = "GET https://api.example/v1/v0/nothing is not an operation of the contract, which has GET /";
    await expect(get("/v0/nothing")).rejects.toThrow(message);
    const api = createMockApi();
    const error = await failureOf(anyClient({ fetch: api.fetch }).GET("/v1/v0/nothing"));
    expect(error).toBeInstanceOf(RangeError);
    expect(error.message).toContain(message);
    expect(api.requests).toEqual([]);
  });
});

describe("a request is checked", () => {
  const { get } = setup();
  const shelf = "/shelves/1/row?floor=1";

  test.each([
    "/things?limit=3&tags=a&tags=b&unknown=1",
    "/things?tags=a",
    `${shelf}&open=true&size=2.5&states=full&after=2026-11-30`,
    `${shelf}&states=full&states=empty&sort.by=a,b`,
    "/shelves/1/a%2Fb?floor=0",
  ])("good: %s", async (path) => {
    expect(await get(path, { headers: { "x-count": "3" } })).toContain(200);
  });

  test.each([
    ["/things?limit=many", 'query parameter "limit" must be integer'],
    ["/things?limit=1&limit=2", 'query parameter "limit" must be integer'],
    ["/things?limit=1.5", 'query parameter "limit" must be integer'],
    ["/shelves/1/row", 'query parameter "floor" is missing'],
    ["/shelves/1/row?floor=2", 'query parameter "floor" must be one of 0, 1'],
    ["/shelves/a/row?floor=1", 'path parameter "row" must be integer'],
    ["/shelves/100/row?floor=1", 'path parameter "row" must be <= 99'],
    [`${shelf}&sort.by=A`, 'query parameter "sort.by" must match pattern "^[a-z,]+$"'],
    [`${shelf}&open=yes`, 'query parameter "open" must be boolean'],
    [`${shelf}&size=0`, 'query parameter "size" must be >= 1'],
    [`${shelf}&states=full&states=lost`, 'query parameter "states" at /1 must be one of "full", "empty"'],
    [`${shelf}&after=today`, 'query parameter "after" must match format "date"'],
    [shelf, 'header "X-Count" must be integer'],
  ])("bad: GET %s", async (path, problem) => {
    const error = await failureOf(get(path, path === shelf ? { headers: { "X-Count": "three" } } : {}));
    expect(error).toBeInstanceOf(RangeError);
    expect(error.message).toContain(`the request breaks the contract: ${problem}.`);
  });

  test.each([
    ["", "the body is missing."],
    ["{", "the body must be JSON."],
    ["[]", "the body must be object."],
    ['{"mode":"all"}', "the body: /things~1~0 is missing."],
    ['{"mode":"some","things/~":[]}', 'the body: /mode must be "all".'],
    ['{"mode":"all","things/~":[{}]}', "the body: /things~1~0/0/status is missing."],
    ['{"mode":"all","things/~":[],"state":"lost"}', 'the body: /state must be one of "full", "empty".'],
    ['{"mode":"all","things/~":[],"a/b":1}', "the body: /a~1b is not in the contract."],
  ])("bad: POST %s", async (body, problem) => {
    const error = await failureOf(get("/shelves/1/2", { method: "POST", ...json(body) }));
    expect(error.message).toBe(`fillShelf (POST /shelves/{row}/{place}): the request breaks the contract: ${problem}`);
  });

  test.each([
    ["POST", "/shelves/1/2", "application/json", '{"mode":"all","things/~":[{"status":"new"}]}', 204],
    ["POST", "/shelves/1/2", "Application/JSON;x=1", '{"mode":"all","things/~":[]}', 204],
    ["PUT", "/things/1", "application/json", "", 202],
  ])("good: %s %s %s %s", async (method, path, type, body, status) => {
    const { reply, get } = setup();
    reply("replaceThing", { status: 202 });
    const headers = { "content-type": type };
    expect(await get(path, { method, body, headers })).toEqual([status, "", null]);
    expect(await get(path, { method, body: new TextEncoder().encode(body), headers })).toEqual([status, "", null]);
  });

  test.each([
    ["POST", "/shelves/1/2", "text/plain", "{}", 'header "content-type" must be application/json'],
    ["DELETE", "/things/1", "application/json", "{}", "the body is not in the contract, which describes none"],
  ])("bad: %s %s %s %s", async (method, path, type, body, problem) => {
    await expect(get(path, { method, body, headers: { "content-type": type } })).rejects.toThrow(problem);
  });

  test("through the client, the error is the mock's own, after one attempt and in both styles", async () => {
    const { method, GET, api } = setup();
    const init = { params: { query: { limit: "many" } }, maxRetries: 2 };
    for (const call of [method, GET]) {
      const error = await failureOf(call(init));
      expect(error).toBeInstanceOf(RangeError);
      expect(error.message).toBe(
        'listThings (GET /things): the request breaks the contract: query parameter "limit" must be integer.',
      );
    }
    expect(api.requests).toHaveLength(2);
  });

  test("what was sent is not quoted", async () => {
    const error = await failureOf(get("/shelves/1/row?floor=secret-2"));
    expect(error.message).not.toContain("secret");
  });

  test("one that is refused is kept, and uses no response up", async () => {
    const { reply, get, api } = setup();
    reply(OPERATION, { status: 503 }, { example: "empty" });
    await failureOf(get("/things?limit=many"));
    expect(await get("/things")).toContain(503);
    expect(api.requests).toHaveLength(2);
  });
});
