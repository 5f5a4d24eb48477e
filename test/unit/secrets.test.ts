import { inspect } from "node:util";
import { gzipSync } from "node:zlib";
import {
  KonProApiError,
  type KonProClient,
  type KonProClientOptions,
  KonProConnectionError,
  KonProError,
  KonProResponseError,
  redactSecrets,
} from "konpro-client";
import { describe, expect, test } from "vitest";
import { keyHeader, secretMembers } from "../../generated/operations.js";
import { connectTo, KEY, path, recordingClock } from "../support/calls.js";
import { answer, end, head, headerOf, type Reaction, redirect, startFaultServer } from "../support/fault-server.js";

const [secretMember = ""] = secretMembers;
const SECRET = "whsec_fake_0000";

const escaped = (text: string) => JSON.stringify(text).slice(1, -1);
const hex = (before: string) => (text: string) =>
  [...text].map((character) => before + character.charCodeAt(0).toString(16)).join("");

/** The ways in which a server may write a key. */
const FORMS: Record<string, (key: string) => string> = {
  plain: (key) => key,
  "JSON-escaped": escaped,
  "JSON-escaped twice": (key) => escaped(escaped(key)),
  "JSON-escaped by number": hex("\\u00"),
  "percent-encoded": encodeURIComponent,
  "percent-encoded in lower case": (key) => encodeURIComponent(key).toLowerCase(),
  "percent-encoded throughout": hex("%"),
  "in upper case": (key) => key.toUpperCase(),
};

/** All that a log could show of a value. */
function shown(value: unknown): string {
  const { message, stack, cause } = Object(value);
  const deep = { showHidden: true, depth: Infinity, getters: true, maxStringLength: null, maxArrayLength: null };
  return [`${message}`, `${stack}`, JSON.stringify(value), inspect(value, deep), cause ? shown(cause) : ""].join("\n");
}

/** The middle of key and secret, however they are written: what stands beside them does not matter then. */
const LEAK = new RegExp(
  [..."key-0000", "|", ...SECRET]
    .map((c) => (c === "|" ? c : `(?:${c}|(?:%|\\\\+u00)${c.charCodeAt(0).toString(16)})`))
    .join(""),
  "i",
);

function expectClean(value: unknown) {
  expect(shown(value)).not.toMatch(LEAK);
}

/** What a call is rejected with. */
async function failureOf(call: Promise<unknown>): Promise<Error> {
  const outcome = await call.then(
    () => new Error("resolved"),
    (error: unknown) => error,
  );
  if (!(outcome instanceof Error) || outcome.message === "resolved") throw new Error("The call should have failed.");
  return outcome;
}

const options = (more: KonProClientOptions = {}): KonProClientOptions => ({ maxRetries: 0, ...more });

/** Where a server may put the key that it was sent: in each of these, the key as it is given. */
const ECHOES: Record<string, (key: string) => string | Buffer> = {
  "the message": (key) =>
    full(401, JSON.stringify({ error: { code: "C", message: `Bad key ${key}.` }, request_id: "r" })),
  "every field": (key) =>
    full(400, JSON.stringify({ error: { code: key, message: key, details: key }, request_id: key })),
  details: (key) => full(400, JSON.stringify({ error: { details: { a: [{ b: `x${key}y` }], [key]: 1 } } })),
  "flat fields": (key) => full(400, JSON.stringify({ code: key, message: key, details: [key] })),
  "error as text": (key) => full(400, JSON.stringify({ error: key })),
  "a text body": (key) => full(400, `Bad key ${key}`),
  "a JSON text body": (key) => full(400, JSON.stringify(`Bad key ${key}`)),
  "a broken JSON body": (key) => full(500, `{"error":{"message":"${key}`),
  "the status line": (key) => head(`401 Bad key ${key}`, { "content-length": 0 }),
  "headers of an error": (key) => full(429, "{}", { "retry-after": key, "x-echo": key }),
  "the content type": (key) => full(200, "fine", { "content-type": `text/plain; key=${key}` }),
  "a success that is no JSON": (key) => full(200, key),
  "a success that ends early": (key) => full(200, `{"key":"${key}`),
  "the location": (key) => full(302, "", { location: `https://elsewhere.example/${key}?${key}` }),
  "a location that is no URL": (key) => full(302, "", { location: `http://[${key}` }),
  "garbage for HTTP": (key) => `${key}\r\n\r\n`,
  "a bad status line": (key) => `HTTP/1.1 ${key}\r\n\r\n`,
  "a bad header": (key) => `HTTP/1.1 200 OK\r\nx: ${key}\0\r\n\r\n`,
  "a bad length": (key) => head(200, { "content-length": key }),
  "a huge header": (key) => head(200, { "x-huge": key.repeat(5000) }),
  "a bad chunk": (key) => `${head(200, { "transfer-encoding": "chunked" })}${key}\r\n`,
  "a body cut": (key) => head(200, { "content-length": 1000 }) + key,
  "a bad gzip": (key) => full(200, key, { "content-encoding": "gzip" }),
  "gzip cut": (key) =>
    Buffer.concat([Buffer.from(head(200, { "content-encoding": "gzip" })), gzipSync(`{"${key}`).subarray(0, -4)]),
};

const full = (status: number, body: string, headers: Record<string, string> = {}) =>
  head(status, { "content-length": Buffer.byteLength(body), ...headers }) + body;

describe.concurrent.each(Object.entries(ECHOES))("a server that echoes the key in %s", (_, write) => {
  test.each(Object.entries(FORMS))("%s", async (_, form) => {
    const echo: Reaction = (socket, request) =>
      end(write(form(headerOf(request, keyHeader) ?? "no key came")))(socket, request);
    await using server = await startFaultServer(echo);
    const { method, GET } = connectTo(server.url, options());

    const error = await failureOf(method());
    expect(error).toBeInstanceOf(KonProError);
    expectClean(error);
    expect(server.requests.every((request) => headerOf(request, keyHeader) === KEY)).toBe(true);

    if (!(error instanceof KonProApiError)) expectClean(await failureOf(GET()));
  });
});

test("GET's error is what the server sent, unaltered; made by us from the status line, it is clean", async () => {
  const body = { error: { message: KEY, details: { [secretMember]: SECRET } } };
  await using server = await startFaultServer(
    answer(400, JSON.stringify(body)),
    answer(400, `text ${KEY}`),
    answer(`400 Bad key ${KEY}`, ""),
  );
  const { GET } = connectTo(server.url);
  expect(await GET()).toMatchObject({ error: body });
  expect(await GET()).toMatchObject({ error: `text ${KEY}` });
  expect(await GET()).toMatchObject({ error: "400 Bad key [redacted]" });
});

test("a success is what the server sent, unaltered", async () => {
  const body = { data: [{ [secretMember]: SECRET, url: `https://hooks.example/${KEY}` }] };
  await using server = await startFaultServer(answer(200, JSON.stringify(body)));
  const { method, GET } = connectTo(server.url);
  expect(await method()).toEqual(body);
  expect(await GET()).toMatchObject({ data: body });
});

test.each([
  ["in details", JSON.stringify({ error: { message: "m", details: { list: [{ [secretMember]: SECRET }] } } }), 400],
  ["in flat details", JSON.stringify({ details: { [secretMember]: { current: SECRET } } }), 500],
  ["in a text that quotes JSON", JSON.stringify({ error: `cannot read {"${secretMember}": "${SECRET}"}` }), 400],
  ["in a text that quotes escaped JSON", JSON.stringify(`at ${escaped(`{"${secretMember}":"${SECRET}"`)}`), 400],
  ["in a success that ends early", `{"data":[{"${secretMember}":"${SECRET}"`, 200],
  ["in a success that goes on", `{"${secretMember}":"${SECRET}"} trailing`, 200],
  ["in a success broken at the secret", `{"${secretMember}":"${SECRET}`, 200],
  ["in a success broken before the secret", `{"data":[{"a":oops,"${secretMember}":"${SECRET}"}]}`, 200],
])("a webhook secret %s shows in no error", async (_, body, status) => {
  await using server = await startFaultServer(answer(status, body));
  expectClean(await failureOf(connectTo(server.url, options()).method()));
});

test("a secret with escaped characters shows no part of itself", async () => {
  const text = `cannot read {"${secretMember}":"a\\"tail-of-it"}`;
  await using server = await startFaultServer(answer(400, JSON.stringify({ error: text })));
  const error = await failureOf(connectTo(server.url, options()).method());
  expect(shown(error)).not.toMatch("tail-of-it");
});

test("a secret shows in nothing that redactSecrets returns", () => {
  expectClean(redactSecrets([{ secret: SECRET, endpoint_id: "webhook_1" }]));
});

test("the client shows no key, whatever is looked at", () => {
  for (const apiKey of [KEY, () => KEY]) {
    const { konpro } = connectTo("http://127.0.0.1:9", { apiKey });
    expectClean(konpro);
    for (const member of Object.values(konpro)) expectClean(member);
  }
});

test("middleware sees the key in nothing that the client gives it", async () => {
  const seen: unknown[] = [];
  const names: string[] = [];
  const note = (name: string) => (given: { request: Request; options: object }) => {
    names.push(name);
    seen.push({ ...given, headers: [...given.request.headers] });
  };
  const middleware = { onRequest: note("request"), onResponse: note("response"), onError: note("error") };
  await using server = await startFaultServer(answer(200, "{}"), end());
  const { konpro, GET } = connectTo(server.url, options());
  konpro.use(middleware);
  await GET({ middleware: [middleware] });
  await failureOf(GET());
  expect(names).toEqual(["request", "request", "response", "response", "request", "error"]);
  for (const given of seen) expectClean(given);
  expect(server.requests.map((request) => headerOf(request, keyHeader))).toEqual([KEY, KEY]);
});

/** A fetch of the user's own may fail with anything, and what it has at hand is the key. */
class ErrorWithRequest extends Error {
  constructor(readonly request: Request) {
    super("failed");
  }
}
class ErrorThatTells extends Error {
  readonly #key;
  constructor(key: string) {
    super("failed");
    this.#key = key;
  }
  toJSON() {
    return { key: this.#key };
  }
  [inspect.custom]() {
    return this.#key;
  }
}
const hidden = (value: unknown) => Object.defineProperty(new Error("failed"), "hidden", { value });
const carrying = (members: object) => Object.assign(new Error("failed"), members);
const chain = (depth: number): Error => new Error("failed", { cause: depth === 0 ? new Error(KEY) : chain(depth - 1) });
const circular = () => {
  const error = carrying({ headers: { [keyHeader]: KEY } });
  error.cause = error;
  return error;
};

const THROWN: Record<string, (request: Request) => unknown> = {
  "its message": () => new Error(`cannot send ${KEY}`),
  "its message, percent-encoded": () => new Error(`cannot send ${encodeURIComponent(KEY)}`),
  "its name": () => Object.assign(new Error("failed"), { name: KEY }),
  "its code": () => carrying({ code: KEY }),
  "the request": (request) => new ErrorWithRequest(request),
  "the request, hidden": (request) => hidden(request),
  "a member by a symbol": () => carrying({ [Symbol("headers")]: { [keyHeader]: KEY } }),
  "a plain configuration": () => carrying({ config: { headers: { [keyHeader]: KEY }, list: [[KEY]] } }),
  "the name of a member": () => carrying({ config: { [KEY]: true } }),
  Headers: (request) => carrying({ headers: request.headers }),
  "a Map": () => carrying({ headers: new Map([[keyHeader, KEY]]) }),
  bytes: () => carrying({ data: Buffer.from(KEY) }),
  "a function": () => carrying({ retry: Object.assign(() => {}, { key: KEY }) }),
  "raw bytes as text": () => carrying({ data: `x-api: ${KEY}` }),
  "a cause": () => new Error("failed", { cause: new Error(KEY) }),
  "a cause that is text": () => new Error("failed", { cause: `sent ${KEY}` }),
  "a cause that is an object": () => new Error("failed", { cause: { key: KEY } }),
  "a far cause": () => chain(5),
  "a cause too far to look at": () => chain(30),
  "a circle": circular,
  "several errors": () => new AggregateError([new Error("a"), new Error(KEY)], "all failed"),
  "a DOMException": () => new DOMException(`cannot send ${KEY}`, "NetworkError"),
  "a plain object": () => ({ message: KEY, headers: { [keyHeader]: KEY } }),
  "text alone": () => `cannot send ${KEY}`,
  "how it shows itself": () => new ErrorThatTells(KEY),
};

test.each(Object.entries(THROWN))("a fetch that throws with the key in %s", async (_, make) => {
  const thrown: unknown[] = [];
  const fetch = async (request: Request, init?: RequestInit) => {
    expect(new Headers(init?.headers).get(keyHeader)).toBe(KEY);
    const error = make(new Request(request, { headers: { [keyHeader]: KEY } }));
    thrown.push(error);
    throw error;
  };
  const error = await failureOf(connectTo("http://127.0.0.1:9", options({ fetch })).method());
  expect(error).toBeInstanceOf(KonProConnectionError);
  expect(error.cause).toBeDefined();
  expectClean(error);
  expect(error.cause, "what was thrown is not changed, but copied").not.toBe(thrown[0]);
});

test("a cause without a key is the very error that was thrown", async () => {
  const cause = new TypeError("failed", { cause: carrying({ code: "ECONNRESET" }) });
  const fetch = () => Promise.reject(cause);
  const error = await failureOf(connectTo("http://127.0.0.1:9", options({ fetch })).method());
  expect(error.cause).toBe(cause);
});

test("a key given by a function is masked, too: each that the call has sent", async () => {
  const keys = ["fake/key-0000/first", "fake/key-0000/second"];
  const given = keys.values();
  const apiKey = () => given.next().value ?? "";
  const echo = answer(503, JSON.stringify({ error: { message: `not ${keys[0]} nor ${keys[1]}` } }));
  await using server = await startFaultServer(echo);
  expectClean(await failureOf(connectTo(server.url, { apiKey, maxRetries: 1 }, recordingClock()).method()));
  expect(server.requests.map((request) => headerOf(request, keyHeader))).toEqual(keys);
});

test("a key function that fails with the key it gave before", async () => {
  let asked = 0;
  const apiKey = () => {
    if (asked++) throw new Error(`${KEY} has expired`);
    return KEY;
  };
  await using server = await startFaultServer(end());
  const error = await failureOf(connectTo(server.url, { apiKey }, recordingClock()).method());
  expect(error).toBeInstanceOf(KonProError);
  expectClean(error);
});

test.each(["fake/key-0000\n", "fake/key-0000\u0007", "fake/key-0000é"])(
  "a key that fits no header is not quoted: %j",
  async (bad) => {
    const apiKey = `${bad}x`;
    expectClean(await failureOf(Promise.resolve().then(() => connectTo("http://127.0.0.1:9", { apiKey }))));
    expectClean(await failureOf(connectTo("http://127.0.0.1:9", { apiKey: () => apiKey }).method()));
  },
);

describe("the key goes to one origin alone", () => {
  test.each([301, 302, 303, 307, 308])("not across a %i", async (status) => {
    await using other = await startFaultServer(answer(200, "{}"));
    await using server = await startFaultServer(redirect(status, `${other.url}/`));
    const { method, GET } = connectTo(server.url);
    for (const call of [method, GET]) {
      const error = await failureOf(call());
      expect(error).toBeInstanceOf(KonProConnectionError);
      expect(error.message).toContain(`(${status} to ${other.url})`);
    }
    expect([server.requests.length, other.connections]).toEqual([2, 0]);
  });

  /** Ways to send a call to where `url` says. */
  const DETOURS: Record<string, (url: string) => { init: object; client?: Parameters<KonProClient["use"]>[0] }> = {
    "a call's baseUrl": (url) => ({ init: { baseUrl: url } }),
    "a middleware": (url) => ({ init: {}, client: { onRequest: () => new Request(`${url}${path}`) } }),
    "a middleware that copies the request": (url) => ({
      init: {},
      client: { onRequest: ({ request }: { request: Request }) => new Request(`${url}${path}`, request) },
    }),
    "a call's middleware": (url) => ({ init: { middleware: [{ onRequest: () => new Request(`${url}${path}`) }] } }),
  };
  const PLACES: Record<string, (url: string, other: string) => string> = {
    "another port": (_, other) => other,
    "another name of the host": (url) => url.replace("127.0.0.1", "localhost"),
    "another scheme": (url) => url.replace("http:", "https:"),
    "a host that begins alike": (url) => `${url.replace(/:\d+$/, "")}.elsewhere.example`,
  };
  const cases = Object.entries(DETOURS).flatMap(([how, detour]) =>
    Object.entries(PLACES).map(([where, place]) => ({ how, where, detour, place })),
  );

  test.each(cases)("not to $where, by $how", async ({ detour, place }) => {
    await using other = await startFaultServer(answer(200, "{}"));
    await using server = await startFaultServer(answer(200, "{}"));
    const target = place(server.url, other.url);
    const { init, client } = detour(target);
    let asked = 0;
    const apiKey = () => {
      asked++;
      return KEY;
    };
    const { konpro, method, GET } = connectTo(server.url, { apiKey });
    if (client) konpro.use(client);
    for (const call of [method, GET]) {
      const error = await failureOf(call(init));
      expect(error).toBeInstanceOf(KonProConnectionError);
      expect(error.message).toContain(`not sent to ${target}`);
      expect(error.message).toContain(server.url);
    }
    expect([server.connections, other.connections, asked]).toEqual([0, 0, 0]);
  });

  test("a call's baseUrl within the origin is fine", async () => {
    await using server = await startFaultServer(answer(200, "{}"));
    await connectTo(server.url).method({ baseUrl: `${server.url}/below/` });
    expect(server.requests[0]).toMatch(`GET /below${path} HTTP/1.1`);
    expect(server.requests.map((request) => headerOf(request, keyHeader))).toEqual([KEY]);
  });
});

test("a success that is none shows its content type, but not a key in it", async () => {
  await using server = await startFaultServer(answer(200, "fine", { "content-type": `text/plain; key=${KEY}` }));
  const error = await failureOf(connectTo(server.url).method());
  expect(error).toBeInstanceOf(KonProResponseError);
  expect(error).toMatchObject({ contentType: "text/plain; key=[redacted]" });
});

test("a key that is a number shows in no number", async () => {
  const apiKey = "1234567890";
  const fetch = async () =>
    Response.json({ error: { message: "bad", details: { key: 1234567890, limit: 60 } } }, { status: 401 });
  const error = await failureOf(connectTo("http://127.0.0.1:9", { apiKey, fetch }).method());
  expect(error).toMatchObject({ details: { key: "[redacted]", limit: 60 } });
});
