import { inspect } from "node:util";
import { createKonProClient, KonProApiError, KonProConnectionError, KonProResponseError } from "konpro-client";
import { createMockApi } from "konpro-client/testing";
import { type ContractViolationError, type ValidationOptions, validateResponses } from "konpro-client/validation";
import { afterEach, describe, expect, test, vi } from "vitest";
import { examples } from "../../generated/examples.js";
import { keyHeader, operations } from "../../generated/operations.js";
import { connect } from "../../src/client.js";
import { findViolations } from "../../src/violations.js";

const OPERATION = "listWebhookEndpoints";
const PATH = "/v1/webhook/endpoint.list";
const KEY = "test-key-0000";

const endpoint = {
  endpoint_id: "webhook_1",
  url: "https://example.com/webhook",
  secret: "whsec_plain_to_see",
  status: "enabled",
  events: ["video.completed"],
  username: "user123",
  created_at: "2024-01-15T10:30:00Z",
};
const without = (name: keyof typeof endpoint) => ({ ...endpoint, [name]: undefined });

/** A client whose API answers this, whatever it is asked. */
function setup(
  body: unknown,
  {
    status = 200,
    contentType = "application/json",
    ...validation
  }: ValidationOptions & { status?: number; contentType?: string } = {},
) {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  const fetch = vi.fn(async () => new Response(text, { status, headers: { "content-type": contentType } }));
  const clock = { now: () => 0, random: () => 0, sleep: async () => {} };
  const konpro = connect({ apiKey: KEY, fetch }, clock);
  konpro.use(validateResponses(validation));
  return { konpro, fetch };
}

const caught = (promise: Promise<unknown>) =>
  promise.then(
    () => "no error",
    (error: unknown) => error,
  );

/** The error of a call whose answer breaks the contract. */
async function violationError(call: Promise<unknown>): Promise<ContractViolationError> {
  const error = await caught(call);
  const isOurs = (value: unknown): value is ContractViolationError =>
    value instanceof KonProResponseError && "violations" in value;
  if (!isOurs(error)) throw new Error(`no violation, but ${error}`);
  return error;
}

describe("every example of the contract passes, whatever its status", () => {
  const api = createMockApi();
  const konpro = createKonProClient({ apiKey: KEY, fetch: api.fetch, maxRetries: 0 });
  konpro.use(validateResponses());
  const cases = Object.entries(examples).flatMap(([id, responses]) =>
    Object.entries(responses).flatMap(([key, { examples }]) =>
      Object.keys(examples).map((example) => ({ id, status: Number(key) || 418, example })),
    ),
  );
  test.each(cases)("$id $status $example", async ({ id, status, example }) => {
    Reflect.apply(api.reply, api, [id, { status, example }]);
    const outcome = await caught(Reflect.apply(Reflect.get(konpro, id), konpro, []));
    if (status < 300) expect(outcome).toBe("no error");
    else expect(outcome).toBeInstanceOf(KonProApiError);
  });
});

test("members, statuses and event types that the contract does not know pass", async () => {
  const unknown = { ...endpoint, status: "paused", events: ["brand.new"], space_id: "x" };
  const { konpro } = setup({ code: 100, data: [unknown, { ...endpoint, events: null }], message: null });
  expect((await konpro[OPERATION]()).data).toHaveLength(2);
});

describe("an answer that breaks the contract", () => {
  test.each([
    ["an endpoint without its url", { data: [endpoint, without("url")] }, ["/data/1/url is missing"]],
    ["a wrong type", { data: [{ ...endpoint, username: 7 }] }, ["/data/0/username must be string"]],
    [
      "a wrong date",
      { data: [{ ...endpoint, created_at: "yesterday" }] },
      ['/data/0/created_at must match format "date-time"'],
    ],
    ["a wrong member of a list", { data: [{ ...endpoint, events: ["a", 1] }] }, ["/data/0/events/1 must be string"]],
    ["no list", { data: {} }, ["/data must be array"]],
    ["no object", [endpoint], ["it must be object"]],
    ["null", "null", ["it must be object"]],
    [
      "two at once",
      { data: [{ ...without("status"), url: "no url" }] },
      ["/data/0/status is missing", '/data/0/url must match format "uri"'],
    ],
  ])("%s", async (_, body, expected) => {
    const { konpro, fetch } = setup(body);
    for (const error of [await violationError(konpro[OPERATION]()), await violationError(konpro.GET(PATH))]) {
      expect(error).toMatchObject({ name: "KonProResponseError", status: 200, contentType: "application/json" });
      expect(error.message).toBe(`GET ${PATH}: 200, but the answer breaks the contract: ${expected.join("; ")}.`);
      expect(error.violations.map(({ pointer, message }) => `${pointer || "it"} ${message}`)).toEqual(expected);
    }
    expect(fetch).toHaveBeenCalledTimes(2); // and none was tried again
  });

  test("with an error status", async () => {
    const { konpro } = setup({ error: "Unauthorized" }, { status: 401 });
    const error = await caught(konpro[OPERATION]());
    expect(error).toBeInstanceOf(KonProResponseError);
    expect(error).toMatchObject({ status: 401, violations: [{ pointer: "/request_id" }, { pointer: "/error" }] });
  });

  test("with a status that is not in the contract", async () => {
    const { konpro } = setup({ data: [] }, { status: 202 });
    await expect(konpro[OPERATION]()).rejects.toThrow("it has status 202, which is not in the contract.");
  });

  test("with a wrong content type", async () => {
    const { konpro } = setup({ data: 1 }, { contentType: "text/plain;charset=utf-8" });
    expect(await caught(konpro[OPERATION]())).toMatchObject({ contentType: "text/plain" });

    const none = setup({ data: 1 }, { contentType: "" });
    none.fetch.mockImplementation(async () => new Response(new TextEncoder().encode('{"data":1}')));
    expect(await caught(none.konpro[OPERATION]())).toMatchObject({ contentType: null });
  });

  test("a hundred times over, is told in ten", async () => {
    const { konpro } = setup({ data: Array.from({ length: 100 }, () => without("url")) });
    const error = await violationError(konpro[OPERATION]());
    expect(error.message).toMatch(/\/data\/9\/url is missing; and 90 more\.$/);
    expect(error.violations).toHaveLength(100);
    const { konpro: ten } = setup({ data: Array.from({ length: 10 }, () => without("url")) });
    expect((await violationError(ten[OPERATION]())).message).toMatch(/\/data\/9\/url is missing\.$/);
  });
});

test("onViolation is told, and the answer arrives as it came", async () => {
  const onViolation = vi.fn();
  const body = { data: [without("url")] };
  const { konpro } = setup(body, { onViolation });
  expect(await konpro[OPERATION]()).toEqual(JSON.parse(JSON.stringify(body)));
  expect(onViolation).toHaveBeenCalledTimes(1);
  const error = onViolation.mock.calls[0]?.[0];
  expect(error).toBeInstanceOf(KonProResponseError);
  expect(error.violations).toEqual([{ pointer: "/data/0/url", message: "is missing" }]);
});

test("what onViolation throws ends the call as it is", async () => {
  const mine = new Error("mine");
  const { konpro } = setup({}, { onViolation: () => Promise.reject(mine) });
  expect(await caught(konpro[OPERATION]())).toBe(mine);
});

test("no value of an answer is ever quoted", async () => {
  const MARK = "marker";
  const wrong = { ...endpoint, secret: [MARK], url: MARK, username: { [MARK]: MARK }, created_at: MARK, events: MARK };
  const { konpro } = setup({ data: [wrong], [MARK]: MARK }, { contentType: `application/json; ${MARK}` });
  const error = await violationError(konpro[OPERATION]());
  expect(error.violations.map(({ pointer }) => pointer)).toEqual(
    ["url", "secret", "events", "username", "created_at"].map((name) => `/data/0/${name}`),
  );
  expect(inspect(error, { depth: null, showHidden: true }) + JSON.stringify(error)).not.toContain(MARK);
});

describe("what is not its business", () => {
  const onViolation = vi.fn();
  afterEach(() => expect(onViolation).not.toHaveBeenCalled());

  test.each([
    ["HTML", "<p>", KonProResponseError, "is not JSON"],
    ["JSON that breaks off", '{"data":[', KonProResponseError, "is not JSON"],
    ["nothing", "", KonProResponseError, "is missing"],
  ])("%s is left to the client", async (_, body, kind, message) => {
    const { konpro } = setup(body, { onViolation });
    const error = await caught(konpro[OPERATION]());
    expect(error).toBeInstanceOf(kind);
    expect(error).toHaveProperty("message", expect.stringContaining(message));
  });

  test("an error page stays an API error", async () => {
    const { konpro } = setup("<p>", { status: 502, onViolation });
    expect(await caught(konpro[OPERATION]())).toBeInstanceOf(KonProApiError);
  });

  test("a body cut short is tried again", async () => {
    const cut = () =>
      new ReadableStream({
        start: (controller) => controller.enqueue(new TextEncoder().encode('{"data":')),
        pull: (controller) => controller.error(new TypeError("terminated")),
      });
    const { konpro, fetch } = setup({ data: [] }, { onViolation });
    fetch.mockResolvedValueOnce(new Response(cut()));
    expect(await konpro[OPERATION]()).toEqual({ data: [] });
    expect(fetch).toHaveBeenCalledTimes(2);

    fetch.mockImplementation(async () => new Response(cut()));
    expect(await caught(konpro[OPERATION]())).toBeInstanceOf(KonProConnectionError);
  });

  test("a stream", async () => {
    const { konpro } = setup({ data: 1 }, { onViolation });
    const { data } = await konpro.GET(PATH, { parseAs: "stream" });
    expect(await new Response(data).json()).toEqual({ data: 1 });
  });

  test("a path that the contract does not have", () => {
    expect(findViolations("GET", "/no/such/path", 200, 1)).toEqual([]);
  });
});

test("it sees no key", async () => {
  const { konpro, fetch } = setup({ data: 1 });
  const error = await caught(konpro[OPERATION]());
  expect(fetch).toHaveBeenCalledTimes(1);
  expect(inspect(error, { depth: null, showHidden: true })).not.toMatch(new RegExp(`${KEY}|${keyHeader}`));
});

test("for an answer read as something other than JSON, too", async () => {
  const { konpro } = setup({ data: 1 });
  await expect(konpro.GET(PATH, { parseAs: "text" })).rejects.toThrow("/data must be array");
});

test("each operation can be checked", () => {
  for (const { method, path } of Object.values(operations)) {
    expect(findViolations(method.toUpperCase(), path, 999, undefined)).not.toEqual([]);
  }
});
