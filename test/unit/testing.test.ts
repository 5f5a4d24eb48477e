import { createKonProClient, KonProApiError, KonProConnectionError, KonProTimeoutError } from "konpro-client";
import { createMockApi, type MockAnswer } from "konpro-client/testing";
import { describe, expect, expectTypeOf, test } from "vitest";
import { examples } from "../../generated/examples.js";
import { keyHeader, type Operations, operations } from "../../generated/operations.js";
import { connect } from "../../src/client.js";

const OPERATION = "listWebhookEndpoints";
const PATH = "/v1/webhook/endpoint.list";
const { method } = operations[OPERATION];

function setup(options: { baseUrl?: string } = {}) {
  const api = createMockApi();
  const konpro = createKonProClient({ apiKey: "test-key-0000", maxRetries: 0, ...options, fetch: api.fetch });
  return { api, konpro };
}

const caught = (promise: Promise<unknown>) =>
  promise.then(
    () => "no error",
    (error: unknown) => error,
  );

describe("without a word about it, each operation", () => {
  test.each(Object.entries(operations))(
    "%s answers the first example of its first success",
    async (id, { method, path }) => {
      const [status, response] =
        Object.entries(Object(Reflect.get(examples, id))).find(([key]) => key.startsWith("2")) ?? [];
      const [first] = Object.values(Object(Reflect.get(Object(response), "examples")));
      const request = new Request(`https://api.example${path.replaceAll(/\{\w+\}/g, "1")}`, { method });

      const answer = await createMockApi().fetch(request);

      expect(String(answer.status)).toBe(status?.replace("XX", "00"));
      expect(await answer.text()).toBe(first === undefined ? "" : JSON.stringify(first));
      expect(answer.headers.get("content-type")).toBe(Reflect.get(Object(response), "mediaType") ?? null);
    },
  );
});

test("the client's method gets the example", async () => {
  const { konpro } = setup();
  expect(await konpro[OPERATION]()).toEqual(examples[OPERATION][200]?.examples.sample);
});

test.each<[MockAnswer<typeof OPERATION>, number, string]>([
  [{ example: "empty" }, 200, "empty"],
  [{ status: 200, example: "openWorld" }, 200, "openWorld"],
  [{ status: 429 }, 429, "rateLimited"],
  [{ example: "invalidKey" }, 401, "invalidKey"],
  [{ status: 404, example: "notFound" }, 404, "notFound"],
  [{ status: 418 }, 418, "invalidRequest"],
])("%j answers %i with the example %s", async (answer, status, name) => {
  const { api, konpro } = setup();
  api.reply(OPERATION, answer);
  const { data, error, response } = await konpro.GET(PATH);
  const all = Object.assign({}, ...Object.values(examples[OPERATION]).map((declared) => declared.examples));
  expect(response.status).toBe(status);
  expect(data ?? error).toEqual(all[name]);
});

test("a body of one's own, with headers", async () => {
  const { api, konpro } = setup();
  const error = { error: { code: "SLOW_DOWN", message: "Later." }, request_id: "req_1" };
  api.reply(OPERATION, { body: { data: [] } }, { status: 429, body: error, headers: { "Retry-After": "90" } });

  expect(await konpro[OPERATION]()).toEqual({ data: [] });
  const failure = await caught(konpro[OPERATION]());
  expect(failure).toBeInstanceOf(KonProApiError);
  expect(failure).toMatchObject({ status: 429, code: "SLOW_DOWN", requestId: "req_1", retryAfter: 90 });
});

test("answers come in turn, the last one from then on, and none brings the example back", async () => {
  const { api, konpro } = setup();
  const statuses = async (count: number) => {
    const seen: number[] = [];
    while (seen.length < count) seen.push((await konpro.GET(PATH)).response.status);
    return seen;
  };
  api.reply(OPERATION, { status: 401 }, { status: 403 });
  expect(await statuses(3)).toEqual([401, 403, 403]);
  api.reply(OPERATION);
  expect(await statuses(1)).toEqual([200]);
});

test("a failure is what the platform's fetch would fail with, and the client tries again", async () => {
  const api = createMockApi();
  const clock = { now: () => 0, random: () => 0, sleep: async () => {} };
  const konpro = connect({ apiKey: "test-key-0000", fetch: api.fetch }, clock);
  const failure = new TypeError("fetch failed");
  api.reply(OPERATION, { failure }, { example: "empty" });
  expect(await konpro[OPERATION]()).toEqual({ data: [] });
  expect(api.requests).toHaveLength(2);

  api.reply(OPERATION, { failure });
  const error = await caught(konpro[OPERATION]({ maxRetries: 0 }));
  expect(error).toBeInstanceOf(KonProConnectionError);
  expect(error).toMatchObject({ cause: failure });
});

test("a delay passes before the answer, and ends with the signal", async () => {
  const { api, konpro } = setup();
  api.reply(OPERATION, { delay: 20, example: "empty" });
  const begin = performance.now();
  expect(await konpro[OPERATION]()).toEqual({ data: [] });
  expect(performance.now() - begin).toBeGreaterThan(15);

  api.reply(OPERATION, { delay: Number.POSITIVE_INFINITY });
  expect(await caught(konpro[OPERATION]({ timeout: 20 }))).toBeInstanceOf(KonProTimeoutError);

  const reason = new Error("enough");
  const signal = AbortSignal.abort(reason);
  await expect(api.fetch(`https://api.example${PATH}`, { method, signal })).rejects.toBe(reason);

  const controller = new AbortController();
  const pending = caught(api.fetch(`https://api.example${PATH}`, { method, signal: controller.signal }));
  controller.abort(reason);
  expect(await pending).toBe(reason);
});

test("the requests are kept, as they would have gone onto the wire", async () => {
  const { api, konpro } = setup({ baseUrl: "https://proxy.example/konpro" });
  await konpro[OPERATION]({ headers: { "x-trace": "1" } });
  expect(api.requests.map(({ operation }) => operation)).toEqual([OPERATION]);
  const [{ request } = { request: undefined }] = api.requests;
  expect(request?.method).toBe(method.toUpperCase());
  expect(request?.url).toBe(`https://proxy.example/konpro${PATH}`);
  expect(request?.headers.get(keyHeader)).toBe("test-key-0000");
  expect(request?.headers.get("x-trace")).toBe("1");
});

describe("a mistake is an error that lists what there is", () => {
  const { api } = setup();
  // As a JavaScript program may call it.
  const reply = (id: string, answer: object) => Reflect.apply(api.reply, api, [id, answer]);
  test.each([
    ["noSuchThing", {}, `"noSuchThing" is no operation of the contract: it has ${Object.keys(operations).join(", ")}.`],
    ["toString", {}, '"toString" is no operation'],
    [OPERATION, { example: "emtpy" }, 'has no example "emtpy": it has sample, empty, openWorld, invalidKey,'],
    [OPERATION, { status: 429, example: "empty" }, '429 has no example "empty": it has rateLimited.'],
    [OPERATION, { status: 202 }, "has no response with status 202: it has 200, 401, 403, 429, 500, 503, default."],
    [OPERATION, { example: "notFound" }, '"notFound" is for any error: give its status too.'],
    [OPERATION, { delay: Number.NaN }, "delay is NaN; it must be a number of milliseconds from 0."],
  ])("%s %j", (id, answer, message) => {
    expect(() => reply(id, answer)).toThrow(TypeError);
    expect(() => reply(id, answer)).toThrow(message);
  });

  test("also for a request that is for no operation", async () => {
    await expect(api.fetch("https://api.example/v0/nothing")).rejects.toThrow(
      `GET https://api.example/v0/nothing is no operation of the contract: it has ${method.toUpperCase()} ${PATH}`,
    );
    expect(api.requests).toHaveLength(0);
  });
});

test("answers are typed by the operation and the status", () => {
  type Answer = MockAnswer<typeof OPERATION>;
  type Success = Operations[typeof OPERATION]["responses"][200]["content"]["application/json"];
  const error = { error: { code: "X", message: "x" }, request_id: "x" };

  expectTypeOf<{ body: Success }>().toExtend<Answer>();
  expectTypeOf<{ status: 418; body: typeof error }>().toExtend<Answer>();
  expectTypeOf<{ example: "empty"; delay: 5 }>().toExtend<Answer>();
  expectTypeOf<{ example: "emtpy" }>().not.toExtend<Answer>();
  expectTypeOf<{ status: 429; example: "empty" }>().not.toExtend<Answer>();
  expectTypeOf<{ status: 200; body: typeof error }>().not.toExtend<Answer>();
  expectTypeOf<{ status: 202 }>().not.toExtend<Answer>();
  expectTypeOf<{ body: { data: [{ endpoint_id: string }] } }>().not.toExtend<Answer>();
  expectTypeOf<{ example: "empty"; body: Success }>().not.toExtend<Answer>();
});
