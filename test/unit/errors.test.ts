import { Console } from "node:console";
import { Writable } from "node:stream";
import { format, inspect } from "node:util";
import {
  KonProApiError,
  type KonProClientOptions,
  KonProConnectionError,
  KonProError,
  KonProResponseError,
  KonProTimeoutError,
} from "konpro-client";
import { describe, expect, test } from "vitest";
import { apiError, type CallContext } from "../../src/messages.js";
import { BASE_URL, connectTo, failureOf, recordingClock } from "../support/client.js";

/** Stands wherever a server may put what no log should show; short, since a parser's error quotes ten characters. */
const SENT = "sent-0000";

const failure = (options: KonProClientOptions) => failureOf(connectTo(BASE_URL, options, recordingClock()).method());

const problem = {
  error: { code: "BAD_KEY", message: "No.", details: { input: SENT, list: [SENT] } },
  extra: SENT,
  request_id: "r1",
};
const full = { status: 401, headers: { "retry-after": "7", "x-sent": SENT } };

/** An error of each kind, as the client makes it, and the fields that it has. */
const KINDS: Record<string, { make: () => Promise<Error>; kind: new (...args: never[]) => Error; fields: object }> = {
  "an API error with all that a server may tell": {
    make: () => failure({ fetch: async () => Response.json(problem, full) }),
    kind: KonProApiError,
    fields: { status: 401, code: "BAD_KEY", requestId: "r1", retryAfter: 7, attempts: 1 },
  },
  "an API error with FastAPI's list, of which the input is nobody's business": {
    make: () =>
      failure({ fetch: async () => Response.json({ detail: [{ loc: ["a"], input: SENT }] }, { status: 422 }) }),
    kind: KonProApiError,
    fields: { status: 422, attempts: 1 },
  },
  "an API error with a status alone": {
    make: () => failure({ maxRetries: 0, fetch: async () => new Response(`<p>${SENT}`, { status: 500 }) }),
    kind: KonProApiError,
    fields: { status: 500, attempts: 1 },
  },
  "a connection error": {
    make: () =>
      failure({ maxRetries: 1, fetch: () => Promise.reject(Object.assign(new Error("lost"), { sent: SENT })) }),
    kind: KonProConnectionError,
    fields: { attempts: 2 },
  },
  "a timeout": {
    make: () => failure({ timeout: 1, maxRetries: 0, fetch: () => new Promise(() => {}) }),
    kind: KonProTimeoutError,
    fields: { timeout: 1, attempts: 1 },
  },
  "a 2xx response that is not JSON": {
    make: () =>
      failure({ fetch: async () => new Response(SENT, { headers: { "content-type": `text/html; ${SENT}` } }) }),
    kind: KonProResponseError,
    fields: { status: 200, contentType: "text/html" },
  },
  "a 2xx response that breaks off, without a media type": {
    make: () => failure({ fetch: async () => new Response(new TextEncoder().encode(`{"a":oops,"${SENT}`)) }),
    kind: KonProResponseError,
    fields: { status: 200, contentType: null },
  },
  "a key function that fails": {
    make: () => failure({ apiKey: () => Promise.reject(Object.assign(new Error("shut"), { sent: SENT })) }),
    kind: KonProError,
    fields: {},
  },
};

/** As pino's own serialiser does: what an error has under `toJSON` or by `for…in`, and its causes. */
function serialise(error: Error): object {
  const record: Record<string, unknown> = { type: error.constructor.name, message: error.message, stack: error.stack };
  for (const name in error) record[name] ??= Reflect.get(error, name);
  return { ...record, json: error, cause: error.cause instanceof Error ? serialise(error.cause) : undefined };
}

function logged(value: unknown): string {
  let text = "";
  const stream = new Writable({
    write(chunk, _, done) {
      text += chunk;
      done();
    },
  });
  const output = new Console(stream);
  output.log(value);
  output.log("%s %o %O %j", value, value, value, value);
  output.dir(value, { showHidden: true, depth: Number.POSITIVE_INFINITY });
  output.table(value);
  return text;
}

const everything = { showHidden: true, depth: Number.POSITIVE_INFINITY };

/** Ways to look at an error as a whole, of which `tells` show its name, message and fields, too. */
const VIEWS: [string, { tells: boolean; view: (error: Error) => unknown }][] = [
  ["console", { tells: true, view: logged }],
  ["inspect", { tells: true, view: (error) => inspect(error) }],
  ["inspect of hidden members", { tells: true, view: (error) => inspect(error, everything) }],
  ["inspect of a list of it", { tells: true, view: (error) => inspect([{ error }], everything) }],
  ["JSON", { tells: true, view: (error) => JSON.stringify({ error }) }],
  ["a logger's serialiser", { tells: true, view: (error) => JSON.stringify(serialise(error)) }],
  ["text", { tells: false, view: (error) => format("%s", error) }],
  ["structuredClone", { tells: false, view: (error) => inspect(structuredClone(error), everything) }],
  ["spread", { tells: false, view: (error) => inspect({ ...error }, everything) }],
  ["Object.assign", { tells: false, view: (error) => inspect(Object.assign({}, error), everything) }],
  ["Object.entries", { tells: false, view: (error) => inspect(Object.entries(error), everything) }],
  ["own members", { tells: false, view: (error) => inspect(Object.getOwnPropertyDescriptors(error), everything) }],
];

describe.each(Object.entries(KINDS))("%s", (_, { make, kind, fields }) => {
  test("has its fields as own members, and no others that can be listed", async () => {
    const error = await make();
    expect(error).toBeInstanceOf(kind);
    expect({ ...error }).toEqual(fields);
    const listed = [];
    for (const name in error) listed.push(name);
    expect(listed.sort()).toEqual(Object.keys(fields).sort());
  });

  test.each(VIEWS)("shows nothing of what the server sent: %s", async (_, { tells, view }) => {
    const error = await make();
    const text = String(view(error));
    expect(text).not.toContain(SENT);
    if (!tells) return;
    expect(text).toContain(error.name);
    expect(text).toContain(error.message);
    for (const [name, value] of Object.entries(fields)) {
      expect(text).toMatch(new RegExp(`${name}"?: ?["']?${String(value)}\\b`));
    }
  });

  test("keeps its message in a structuredClone", async () => {
    const error = await make();
    expect(structuredClone(error).message).toBe(error.message);
  });
});

test("details, body and headers are there for who asks", async () => {
  const error = await failure({ fetch: async () => Response.json(problem, full) });
  expect(error).toMatchObject({ details: problem.error.details, body: problem });
  expect(error).toHaveProperty("headers.get");
  const text = await failure({ maxRetries: 0, fetch: async () => new Response("<p>", { status: 500 }) });
  expect(text).toMatchObject({ details: undefined, body: "<p>" });
});

test("a user can make each error for a test, and leave out what does not matter", () => {
  expect({ ...new KonProApiError("m", { status: 404 }) }).toEqual({ status: 404, attempts: 1 });
  expect(new KonProError("m", { cause: 7 })).toHaveProperty("cause", 7);
  expect(new KonProConnectionError("m", { attempts: 1, cause: 7 })).toHaveProperty("cause", 7);
  expect(new KonProConnectionError("m", { attempts: 1 })).not.toHaveProperty("cause");
});

describe("an error's name is its own", () => {
  class Renamed extends KonProApiError {
    constructor() {
      super("m", { status: 404 });
      this.name = "Renamed";
    }
  }
  class Overridden extends KonProTimeoutError {
    override name = "Overridden";
  }

  test("and may be changed, on the error and in a subclass", () => {
    const error = new KonProError("m");
    expect(error.name).toBe("KonProError");
    error.name = "Mine";
    const named = { Mine: error, Renamed: new Renamed(), Overridden: new Overridden("m", { attempts: 1, timeout: 1 }) };
    for (const [name, each] of Object.entries(named)) {
      expect(`${each}`).toBe(`${name}: m`);
      expect(JSON.parse(JSON.stringify(each))).toMatchObject({ name, message: "m" });
      expect(each).toBeInstanceOf(KonProError);
    }
    expect(named.Renamed).toBeInstanceOf(KonProApiError);
    expect(named.Overridden).toBeInstanceOf(KonProTimeoutError);
  });

  test("is that of its class by default, and first in its stack", () => {
    class Mine extends KonProApiError {}
    expect(new Mine("m", { status: 404 }).name).toBe("KonProApiError");
    expect(new KonProError("m").stack).toMatch(/^KonProError: m\n/);
  });
});

describe("what a server sends in its details costs nothing", () => {
  const call: CallContext = {
    method: "GET",
    url: "https://api.example/things",
    attempts: 1,
    keys: [],
  };
  const make = (body: unknown) => apiError(call, new Response(null, { status: 400 }), body, undefined);

  test("as nobody looks into them until they are asked for", () => {
    const touched = () => {
      throw new Error("looked at");
    };
    const details = new Proxy({}, { get: touched, has: touched, ownKeys: touched, getOwnPropertyDescriptor: touched });
    const error = make({ error: { code: "BROKEN", message: "No.", details } });
    for (const [, { view }] of VIEWS) view(error);
    expect(error.details === details).toBe(true);
  });

  test("nor does a list that is longer than a message has room for, or one that is nested without end", async () => {
    let looks = 0;
    const item = {
      loc: ["body", "url"],
      get msg() {
        looks++;
        return "field required";
      },
    };
    const { message } = make({ detail: Array(1_000).fill(item) });
    expect(message).toMatch(/body\.url: field required; .{200,300}…/);
    expect(looks).toBe(100);
    const nested = `${"[".repeat(50_000)}${"]".repeat(50_000)}`;
    const bodies = [
      `{"detail":[{"loc":["body",${nested},{"toString":1,"valueOf":1}],"msg":"too deep"}]}`,
      `{"error":${nested},"detail":${nested},"message":${nested},"code":${nested},"request_id":{"toString":1}}`,
    ];
    for (const body of bodies) {
      const fetch = async () => new Response(body, { status: 400 });
      expect(await failure({ fetch })).toBeInstanceOf(KonProApiError);
    }
  });

  test("nor a sentence of 20 MB, of which 300 characters are shown", () => {
    const start = performance.now();
    const { message } = make({ message: "the quick, brown fox \\ ".repeat(900_000) });
    expect(performance.now() - start).toBeLessThan(20_000); // what grows with the square takes hours
    expect(message.length).toBeLessThan(500);
  });
});
