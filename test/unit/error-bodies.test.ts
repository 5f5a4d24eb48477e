// The bodies that error responses come with, and what an error makes of each; GET gives them as they are.
import { KonProApiError } from "konpro-client";
import { describe, expect, test } from "vitest";
import { anyClient, connectTo, failureOf } from "../support/client.js";

/** A client of an API that always answers so. */
const client = (body: string | null, init: ResponseInit = { status: 400 }) =>
  connectTo("https://api.example", { maxRetries: 0, fetch: async () => new Response(body, init) });

async function apiErrorOf(body: string | null, init?: ResponseInit): Promise<KonProApiError> {
  const error = await failureOf(client(body, init).method());
  if (error instanceof KonProApiError) return error;
  throw error;
}

const FIELD = { loc: ["body", "tags", 0], msg: "Input should be a string", type: "string_type" };

describe("a form that is read", () => {
  test.each<[string, object, RegExp, object]>([
    [
      "the published one",
      { error: { code: "BROKEN", message: "It failed.", details: { field: "x" } }, request_id: "r1" },
      /: 400 BROKEN: It failed \(request r1\)\. /,
      { code: "BROKEN", requestId: "r1", details: { field: "x" } },
    ],
    [
      "its request_id inside of error",
      { error: { code: "BROKEN", message: "It failed.", request_id: "r1" } },
      /BROKEN: It failed \(request r1\)/,
      { code: "BROKEN", requestId: "r1" },
    ],
    [
      "the flat one of the vendor's SDK",
      { code: "BROKEN", message: "It failed.", details: [1], request_id: "r1" },
      /BROKEN: It failed \(request r1\)/,
      { code: "BROKEN", requestId: "r1", details: [1] },
    ],
    ["a code that is a number", { error: { code: 40012, message: "No." } }, /400 40012: No\. /, { code: "40012" }],
    ["a code alone", { error: { code: "BROKEN" } }, /: 400 BROKEN\. /, { code: "BROKEN" }],
    ["error as text", { error: "It failed" }, /: 400: It failed\. /, {}],
    ["error as a flag beside a message", { error: true, message: "It failed" }, /: 400: It failed\. /, {}],
    ["RFC 9457, of which the detail is read", { title: "Out of credit", detail: "30 left." }, /: 400: 30 left\. /, {}],
    ["FastAPI's text", { detail: "Not Found" }, /: 400: Not Found\. /, {}],
    [
      "FastAPI's list",
      { detail: [FIELD, { loc: ["query", "limit"], msg: "Field required" }, { msg: "No place" }] },
      /: 400: body\.tags\.0: Input should be a string; query\.limit: Field required; No place\. /,
      { details: [FIELD, { loc: ["query", "limit"], msg: "Field required" }, { msg: "No place" }] },
    ],
  ])("%s", async (_, body, message, fields) => {
    const error = await apiErrorOf(JSON.stringify(body));
    expect(error.message).toMatch(message);
    const { code, requestId, details } = error;
    expect({ code, requestId, details }).toEqual(fields);
    expect(error).toMatchObject({ status: 400, attempts: 1, body });
    expect((await client(JSON.stringify(body)).GET()).error).toEqual(body);
  });

  test("a sentence that names a credential: it says what to correct", async () => {
    const message = "secret must have 16 characters";
    expect((await apiErrorOf(JSON.stringify({ error: { message } }))).message).toContain(message);
  });

  test("what is blank or of another type than it should be is left out", async () => {
    const error = await apiErrorOf('{"error":{"code":{},"message":" ","details":null},"request_id":[]}');
    expect([error.code, error.requestId, error.details]).toEqual([undefined, undefined, undefined]);
    expect(error.message).toMatch(/: 400: .*body.*\(text\/plain\)/);
  });
});

const UNKNOWN = [
  "{}",
  "[]",
  '{"reason":"no"}',
  '[{"message":"no"}]',
  '{"detail":[]}',
  '{"detail":[7]}',
  "7",
  "true",
  "null",
];
test.each(UNKNOWN)("%s: the message says that the form is unknown", async (text) => {
  const error = await apiErrorOf(text);
  expect(error.message).toMatch(/: 400: .*body.*\(text\/plain\)/);
  expect(error.body).toEqual(JSON.parse(text));
});

describe("a body that is not JSON is described by its content type and never quoted", () => {
  test.each<[string, string, string, RegExp]>([
    ["text", "upstream fell over", "text/plain", /: 502: .*\(text\/plain\)/],
    ["HTML", "\n<h1>Fell over</h1>", "text/html; x=y", /: 502: .*\(text\/html\)/],
    ["JSON that breaks off", '{"error":{"m', "application/json", /: 502: .*\(application\/json\)/],
    ["no content type", "fell over", "", /\(no content type\)/],
  ])("%s", async (_, text, type, message) => {
    const init = { status: 502, statusText: "Bad Gateway", headers: { "content-type": type } };
    const error = await apiErrorOf(text, init);
    expect(error.message).toMatch(message);
    expect(error.message).not.toMatch(/fell over|<h1>|\{/i);
    expect(error).toMatchObject({ status: 502, body: text });
    expect((await client(text, init).GET()).error).toBe(text);
  });

  test("nothing at all: the status line is what there is", async () => {
    const said = await apiErrorOf(null, { status: 503, statusText: "Service Unavailable" });
    expect(said.message).toMatch(/: 503: Service Unavailable \(no body\)\. /);
    expect((await apiErrorOf("", { status: 503 })).message).toMatch(/: 503: \(no body\)\. /);
  });
});

describe("GET's error", () => {
  test.each(["null", "false", "0", '""', ""])(
    "is the status line where the body is %j, so that it is never falsy",
    async (body) => {
      const init = { status: 400, statusText: "Bad Request" };
      expect((await client(body, init).GET()).error).toBe("400 Bad Request");
      expect((await client(body, { status: 400 }).GET()).error).toBe("400");
    },
  );

  test("of HEAD, which has no body", async () => {
    const { HEAD } = anyClient({ fetch: async () => new Response(null, { status: 404 }) });
    expect((await HEAD("/things")).error).toBe("404");
  });
});
