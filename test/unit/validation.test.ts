import { inspect } from "node:util";
import { KonProApiError, KonProConnectionError, KonProResponseError } from "konpro-client";
import { ContractViolationError, type ValidationOptions, validateResponses } from "konpro-client/validation";
import { afterEach, describe, expect, test, vi } from "vitest";
import { examples } from "../../generated/examples.js";
import { operations } from "../../generated/operations.js";
import { findViolation } from "../../src/check-response.js";
import { BASE_URL, connectTo, failureOf, recordingClock } from "../support/client.js";

const thing = { id: "thing_1", secret: "fake-secret-plain-to-see", status: "new", tags: ["a"] };
const without = (name: keyof typeof thing) => ({ ...thing, [name]: undefined });

/** A client whose API responds with this, whatever it is asked. */
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
  const { konpro, ...calls } = connectTo(BASE_URL, { fetch }, recordingClock());
  konpro.use(validateResponses(validation));
  return { ...calls, fetch };
}

/** The error of a call whose response breaks the contract. */
async function violationError(call: Promise<unknown>): Promise<ContractViolationError> {
  const error: unknown = await failureOf(call);
  if (!(error instanceof ContractViolationError)) throw new Error(`no violation, but ${error}`);
  return error;
}

describe("every example of the contract passes", () => {
  const cases = Object.entries(examples).flatMap(([id, responses]) =>
    Object.entries(responses).flatMap(([key, { mediaType, examples }]) =>
      Object.values(examples).map((body) => ({ id, key, mediaType, body })),
    ),
  );
  test.each(cases.filter(({ mediaType, id }) => mediaType === "application/json" && id !== "peekThing"))(
    "$id $key $body",
    ({ id, key, body }) => {
      const { method, path } = Reflect.get(operations, id);
      expect(findViolation(method.toUpperCase(), path, Number(key.replace("XX", "00")) || 418, body)).toBeUndefined();
    },
  );
});

test("the error says where, without the values of the query", async () => {
  const { message } = await violationError(setup({}).method({ params: { query: { limit: 5, tags: ["fake-tag"] } } }));
  expect(message).toMatch(`GET ${BASE_URL}/things?limit=…&tags=…: 200, but the response breaks the contract`);
});

test("members and values of open sets that the contract does not know pass", async () => {
  const body = {
    code: 100,
    data: [
      { ...thing, status: "paused", space_id: "x" },
      { ...thing, tags: null },
    ],
  };
  expect(await setup(body).method()).toEqual(body);
});

describe("a response that breaks the contract", () => {
  test.each([
    ["a thing without its status", { data: [thing, without("status")] }, "/data/1/status is missing"],
    ["a wrong type", { data: [{ ...thing, id: 7 }] }, "/data/0/id must be string"],
    ["a wrong member of a list", { data: [{ ...thing, tags: ["a", 1] }] }, "/data/0/tags/1 must be string"],
    ["an object for a list", { data: {} }, "/data must be array"],
    ["a list for an object", [thing], "the body must be object"],
    ["null", "null", "the body must be object"],
    ["two at once", { data: [{ ...without("status"), tags: 1 }] }, "/data/0/status is missing"],
  ])("%s", async (_, body, place) => {
    const { method, GET, fetch } = setup(body);
    for (const error of [await violationError(method()), await violationError(GET())]) {
      expect(error).toMatchObject({ name: "ContractViolationError", status: 200, contentType: "application/json" });
      expect(error.message).toContain(`GET ${BASE_URL}/things: 200, but the response breaks the contract: ${place}. `);
      const { pointer, message } = error.violation;
      expect(`${pointer || "the body"} ${message}`).toBe(place);
    }
    expect(fetch).toHaveBeenCalledTimes(2); // and none was tried again
  });

  test("with a status that is not in the contract", async () => {
    const { method } = setup({ data: [] }, { status: 202 });
    await expect(method()).rejects.toThrow("the body has status 202, which is not in the contract.");
  });

  test("with another content type", async () => {
    const { method } = setup({ data: 1 }, { contentType: "text/plain;charset=utf-8" });
    expect(await failureOf(method())).toMatchObject({ contentType: "text/plain" });

    const none = setup({ data: 1 }, { contentType: "" });
    none.fetch.mockImplementation(async () => new Response(new TextEncoder().encode('{"data":1}')));
    expect(await failureOf(none.method())).toMatchObject({ contentType: null });
  });
});

test("onViolation gets the error, and the response arrives unchanged", async () => {
  const onViolation = vi.fn();
  const body = { data: [without("status")] };
  const { method } = setup(body, { onViolation });
  expect(await method()).toEqual(JSON.parse(JSON.stringify(body)));
  expect(onViolation).toHaveBeenCalledTimes(1);
  const error = onViolation.mock.calls[0]?.[0];
  expect(error).toBeInstanceOf(KonProResponseError);
  expect(error.violation).toEqual({ pointer: "/data/0/status", message: "is missing" });
});

test("what onViolation throws ends the call as it is", async () => {
  const mine = new Error("mine");
  const { method } = setup({}, { onViolation: () => Promise.reject(mine) });
  expect(await failureOf(method())).toBe(mine);
});

test.each(["id", "secret", "tags"])("no value of a response is ever quoted: %s", async (name) => {
  const MARK = "marker";
  const wrong = { ...thing, [name]: { [MARK]: MARK }, [MARK]: MARK };
  const { method } = setup({ data: [wrong], [MARK]: MARK }, { contentType: `application/json; ${MARK}` });
  const error = await violationError(method());
  expect(error.violation.pointer).toBe(`/data/0/${name}`);
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
    const { method } = setup(body, { onViolation });
    const error = await failureOf(method());
    expect(error).toBeInstanceOf(kind);
    expect(error).toHaveProperty("message", expect.stringContaining(message));
  });

  test("an error page stays an API error", async () => {
    const { method } = setup("<p>", { status: 502, onViolation });
    expect(await failureOf(method())).toBeInstanceOf(KonProApiError);
  });

  test("a body cut short is tried again", async () => {
    const cut = () =>
      new ReadableStream({
        start: (controller) => controller.enqueue(new TextEncoder().encode('{"data":')),
        pull: (controller) => controller.error(new TypeError("terminated")),
      });
    const { method, fetch } = setup({ data: [] }, { onViolation });
    fetch.mockResolvedValueOnce(new Response(cut()));
    expect(await method()).toEqual({ data: [] });
    expect(fetch).toHaveBeenCalledTimes(2);

    fetch.mockImplementation(async () => new Response(cut()));
    expect(await failureOf(method())).toBeInstanceOf(KonProConnectionError);
  });

  test("a stream", async () => {
    const { GET } = setup({ data: 1 }, { onViolation });
    const { data } = await GET({ parseAs: "stream" });
    if (!(data instanceof ReadableStream)) throw new Error("no stream");
    expect(await new Response(data).json()).toEqual({ data: 1 });
  });

  test("a path that the contract does not have", () => {
    expect(findViolation("GET", "/no/such/path", 200, 1)).toBeUndefined();
  });
});

describe("an error response that breaks the contract", () => {
  const gateway = { message: "no healthy upstream" };

  test("stays an API error, retries included", async () => {
    const { method, GET, fetch } = setup(gateway, { status: 503 });
    expect(await failureOf(method())).toMatchObject({ name: "KonProApiError", status: 503, attempts: 3 });
    expect(fetch).toHaveBeenCalledTimes(3);
    expect(await GET()).toMatchObject({ error: gateway });
  });

  test("is given to onViolation, too, at each attempt, and stays what it is", async () => {
    const onViolation = vi.fn();
    const { method } = setup(gateway, { status: 503, onViolation });
    expect(await failureOf(method())).toBeInstanceOf(KonProApiError);
    const [[error] = []] = onViolation.mock.calls;
    expect(error).toMatchObject({ status: 503 });
    expect(error.violation).toEqual({ pointer: "/error", message: "is missing" });
    expect(onViolation).toHaveBeenCalledTimes(3);
  });
});

test("for a response read as something other than JSON, too", async () => {
  const { GET } = setup({ data: 1 });
  await expect(GET({ parseAs: "text" })).rejects.toThrow("/data must be array");
});

test("a body that is not JSON breaks the contract, where it describes JSON", () => {
  expect(findViolation("GET", "/things", 200, undefined)).toEqual({ pointer: "", message: "must be JSON" });
  expect(findViolation("DELETE", "/things/{id}", 204, undefined)).toBeUndefined();
});

test("each operation can be checked", () => {
  for (const { method, path } of Object.values(operations)) {
    expect(findViolation(method.toUpperCase(), path, 999, undefined)).toBeDefined();
  }
});

describe("the body is read once", () => {
  const text = JSON.stringify({ data: [thing] });

  test("so a fetch whose clone() never gets ready does no harm", async () => {
    const { konpro, method } = connectTo(BASE_URL, {
      fetch: async () => Object.assign(new Response(text), { clone: () => new Response(new ReadableStream()) }),
    });
    konpro.use(validateResponses());
    expect(await method()).toEqual({ data: [thing] });
  });

  test.each([200, 418])("those who read next find all of the response: %i", async (status) => {
    const seen: Response[] = [];
    const headers = { "content-type": "application/json", "x-request-id": "r1" };
    const response = new Response(text, { status, statusText: "Fine", headers });
    for (const [name, value] of Object.entries({ url: `${BASE_URL}/things`, type: "basic" })) {
      Object.defineProperty(response, name, { value });
    }
    const { konpro, GET } = connectTo(BASE_URL, { fetch: async () => response });
    konpro.use({ onResponse: ({ response }) => void seen.push(response.clone()) });
    konpro.use(validateResponses({ onViolation: () => {} }));
    const result = await GET();
    expect(result).toMatchObject(status === 200 ? { data: { data: [thing] } } : { error: { data: [thing] } });
    expect(result.response).toMatchObject({
      url: `${BASE_URL}/things`,
      type: "basic",
      redirected: false,
      statusText: "Fine",
    });
    expect(Object.fromEntries(result.response.headers)).toEqual(headers);
    expect(await seen[0]?.json()).toEqual({ data: [thing] });
  });

  test("one with a status that no Response can be made of is left to the client", async () => {
    const response = Object.defineProperty(new Response("{}", { status: 500 }), "status", { value: 999 });
    const onViolation = vi.fn();
    const { konpro, method } = connectTo(BASE_URL, { fetch: async () => response });
    konpro.use(validateResponses({ onViolation }));
    expect(await failureOf(method())).toMatchObject({ name: "KonProApiError", status: 999 });
    expect(onViolation).not.toHaveBeenCalled();
  });
});
