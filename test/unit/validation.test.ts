import { inspect } from "node:util";
import { KonProApiError, KonProConnectionError, KonProResponseError } from "konpro-client";
import { ContractViolationError, type ValidationOptions, validateResponses } from "konpro-client/validation";
import { afterEach, describe, expect, test, vi } from "vitest";
import { examples } from "../../generated/examples.js";
import { keyHeader, operations } from "../../generated/operations.js";
import { findViolations } from "../../src/check-answer.js";
import { BASE_URL, connectTo, failureOf, KEY, recordingClock } from "../support/client.js";

const thing = { id: "thing_1", secret: "fake-secret-plain-to-see", status: "new", tags: ["a"] };
const without = (name: keyof typeof thing) => ({ ...thing, [name]: undefined });

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
  const { konpro, ...calls } = connectTo(BASE_URL, { fetch }, recordingClock());
  konpro.use(validateResponses(validation));
  return { ...calls, fetch };
}

/** The error of a call whose answer breaks the contract. */
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
      expect(findViolations(method.toUpperCase(), path, Number(key.replace("XX", "00")) || 418, body)).toEqual([]);
    },
  );
});

test("the error says where, without the values of the query", async () => {
  const { message } = await violationError(setup({}).method({ params: { query: { limit: 5, tags: ["fake-tag"] } } }));
  expect(message).toMatch(`GET ${BASE_URL}/things?limit=…&tags=…: 200, but the answer breaks the contract`);
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

describe("an answer that breaks the contract", () => {
  test.each([
    ["a thing without its status", { data: [thing, without("status")] }, ["/data/1/status is missing"]],
    ["a wrong type", { data: [{ ...thing, id: 7 }] }, ["/data/0/id must be string"]],
    ["a wrong member of a list", { data: [{ ...thing, tags: ["a", 1] }] }, ["/data/0/tags/1 must be string"]],
    ["no list", { data: {} }, ["/data must be array"]],
    ["no object", [thing], ["it must be object"]],
    ["null", "null", ["it must be object"]],
    [
      "two at once",
      { data: [{ ...without("status"), tags: 1 }] },
      ["/data/0/status is missing", "/data/0/tags must be array,null"],
    ],
  ])("%s", async (_, body, expected) => {
    const { method, GET, fetch } = setup(body);
    for (const error of [await violationError(method()), await violationError(GET())]) {
      expect(error).toMatchObject({ name: "KonProResponseError", status: 200, contentType: "application/json" });
      expect(error.message).toContain(
        `GET ${BASE_URL}/things: 200, but the answer breaks the contract: ${expected.join("; ")}. `,
      );
      expect(error.violations.map(({ pointer, message }) => `${pointer || "it"} ${message}`)).toEqual(expected);
    }
    expect(fetch).toHaveBeenCalledTimes(2); // and none was tried again
  });

  test("with a status that is not in the contract", async () => {
    const { method } = setup({ data: [] }, { status: 202 });
    await expect(method()).rejects.toThrow("it has status 202, which is not in the contract.");
  });

  test("with another content type", async () => {
    const { method } = setup({ data: 1 }, { contentType: "text/plain;charset=utf-8" });
    expect(await failureOf(method())).toMatchObject({ contentType: "text/plain" });

    const none = setup({ data: 1 }, { contentType: "" });
    none.fetch.mockImplementation(async () => new Response(new TextEncoder().encode('{"data":1}')));
    expect(await failureOf(none.method())).toMatchObject({ contentType: null });
  });

  test("a hundred times over, is told in ten", async () => {
    const { method } = setup({ data: Array.from({ length: 100 }, () => without("status")) });
    const error = await violationError(method());
    expect(error.message).toMatch(/\/data\/9\/status is missing; and 90 more\. /);
    expect(error.violations).toHaveLength(100);
    const { method: ten } = setup({ data: Array.from({ length: 10 }, () => without("status")) });
    expect((await violationError(ten())).message).toMatch(/\/data\/9\/status is missing\. /);
  });
});

test("onViolation gets the error, and the answer arrives as it came", async () => {
  const onViolation = vi.fn();
  const body = { data: [without("status")] };
  const { method } = setup(body, { onViolation });
  expect(await method()).toEqual(JSON.parse(JSON.stringify(body)));
  expect(onViolation).toHaveBeenCalledTimes(1);
  const error = onViolation.mock.calls[0]?.[0];
  expect(error).toBeInstanceOf(KonProResponseError);
  expect(error.violations).toEqual([{ pointer: "/data/0/status", message: "is missing" }]);
});

test("what onViolation throws ends the call as it is", async () => {
  const mine = new Error("mine");
  const { method } = setup({}, { onViolation: () => Promise.reject(mine) });
  expect(await failureOf(method())).toBe(mine);
});

test("no value of an answer is ever quoted", async () => {
  const MARK = "marker";
  const wrong = { ...thing, secret: [MARK], id: { [MARK]: MARK }, tags: MARK, [MARK]: MARK };
  const { method } = setup({ data: [wrong], [MARK]: MARK }, { contentType: `application/json; ${MARK}` });
  const error = await violationError(method());
  expect(error.violations.map(({ pointer }) => pointer)).toEqual(
    ["id", "secret", "tags"].map((name) => `/data/0/${name}`),
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
    expect(findViolations("GET", "/no/such/path", 200, 1)).toEqual([]);
  });
});

describe("an error answer that breaks the contract", () => {
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
    expect(error.violations.map(({ pointer }: { pointer: string }) => pointer).sort()).toEqual([
      "/error",
      "/request_id",
    ]);
    expect(onViolation).toHaveBeenCalledTimes(3);
  });
});

test("the violations show in the message, but in no list of fields", async () => {
  const error = await violationError(setup({ data: 1 }).method());
  expect(Object.keys(error)).toEqual(["status", "contentType"]);
});

test("it sees no key", async () => {
  const { method, fetch } = setup({ data: 1 });
  const error = await failureOf(method());
  expect(fetch).toHaveBeenCalledTimes(1);
  expect(inspect(error, { depth: null, showHidden: true })).not.toMatch(new RegExp(`${KEY}|${keyHeader}`));
});

test("for an answer read as something other than JSON, too", async () => {
  const { GET } = setup({ data: 1 });
  await expect(GET({ parseAs: "text" })).rejects.toThrow("/data must be array");
});

test("an answer that is no JSON breaks the contract, where it describes JSON", () => {
  expect(findViolations("GET", "/things", 200, undefined)).toEqual([{ pointer: "", message: "must be JSON" }]);
  expect(findViolations("DELETE", "/things/{id}", 204, undefined)).toEqual([]);
});

test("each operation can be checked", () => {
  for (const { method, path } of Object.values(operations)) {
    expect(findViolations(method.toUpperCase(), path, 999, undefined)).not.toEqual([]);
  }
});
