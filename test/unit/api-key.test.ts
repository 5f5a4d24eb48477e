import { inspect } from "node:util";
import { gzipSync } from "node:zlib";
import {
  type AttemptInfo,
  createKonProClient,
  KonProApiError,
  type KonProClientOptions,
  KonProConnectionError,
  KonProError,
} from "konpro-client";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { keyHeader } from "../../generated/operations.js";
import { connectTo, failureOf, KEY, recordingClock } from "../support/client.js";
import { answer, end, head, headerOf, type Reaction, startFaultServer } from "../support/fault-server.js";
import { expectClean, SECRET } from "../support/leaks.js";

const escaped = (text: string) => JSON.stringify(text).slice(1, -1);

/** Some ways in which a server may write a key; all of them are tried in quote.test.ts. */
const FORMS: Record<string, (key: string) => string> = {
  plain: (key) => key,
  "JSON-escaped": escaped,
  "percent-encoded": encodeURIComponent,
};
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
  const body = { error: { message: KEY, details: { secret: SECRET } } };
  await using server = await startFaultServer(
    answer(400, JSON.stringify(body)),
    answer(400, `text ${KEY}`),
    answer(`400 Bad key ${KEY}`, ""),
  );
  const { GET } = connectTo(server.url);
  expect(await GET()).toMatchObject({ error: body });
  expect(await GET()).toMatchObject({ error: `text ${KEY}` });
  const { error } = await GET();
  expect(error).toMatch(/left out/);
  expectClean(error);
});

test("a success is what the server sent, unaltered", async () => {
  const body = { data: [{ secret: SECRET, url: `https://hooks.example/${KEY}` }] };
  await using server = await startFaultServer(answer(200, JSON.stringify(body)));
  const { method, GET } = connectTo(server.url);
  expect(await method()).toEqual(body);
  expect(await GET()).toMatchObject({ data: body });
});

describe("a key given in the wrong place is not quoted", () => {
  test.each<[string, unknown]>([
    ["the options themselves", KEY],
    ["a list of keys", [KEY]],
    ["a key in an object", { apiKey: { key: KEY } }],
    ["a key in a list", { apiKey: [KEY] }],
  ])("as %s", async (_, options) => {
    const error = await failureOf((async () => Reflect.apply(createKonProClient, undefined, [options]))());
    expect(error).toBeInstanceOf(TypeError);
    expectClean(error);
  });

  test("as baseUrl, or the environment variable of it", async () => {
    onTestFinished(() => void vi.unstubAllEnvs());
    for (const key of [KEY, "fake.key-0000:more", "//key-0000", "http://key-0000", "key-0000@host"]) {
      vi.stubEnv("KONPRO_BASE_URL", key);
      for (const options of [{ apiKey: KEY, baseUrl: key }, { apiKey: KEY }]) {
        const error = await failureOf((async () => createKonProClient(options))());
        expect(error).toBeInstanceOf(TypeError);
        expectClean(error);
      }
    }
  });

  test("as a part of the path or the query", async () => {
    const { konpro } = connectTo("https://api.example", options({ fetch: () => Promise.reject(new Error("lost")) }));
    const methods: object = konpro;
    const get = (init: object) => failureOf(Reflect.get(methods, "getThing")(init));
    expectClean(await get({ params: { path: { id: KEY } } }));
    expectClean(await get({ params: { path: { id: "1" }, query: { [KEY]: KEY } } }));
  });

  test("nor is any value of a query, of which the message has the names alone", async () => {
    const { method } = connectTo("https://api.example", options({ fetch: () => Promise.reject(new Error("lost")) }));
    const error = await failureOf(method({ params: { query: { token: "fake-token?=", limit: 1 } } }));
    expect(error.message).toContain("/things?token=…&limit=…: ");
  });
});

test("onAttempt sees every attempt without the key", async () => {
  const echo: Reaction = end(head(503, { "content-type": KEY, "content-length": 0 }));
  await using server = await startFaultServer(echo, end(`${KEY}\r\n\r\n`), answer(200, KEY));
  const told: AttemptInfo[] = [];
  const onAttempt = (info: AttemptInfo) => void told.push(info);
  await failureOf(connectTo(server.url, { onAttempt }, recordingClock()).method());
  expect(told.map(({ number }) => number)).toEqual([1, 2, 3]);
  for (const info of told) {
    expectClean(info);
    expectClean(info.error);
  }
});
test("the client shows no key, whatever is looked at", () => {
  for (const apiKey of [KEY, () => KEY]) {
    const { konpro } = connectTo("http://127.0.0.1:9", { apiKey });
    expectClean(konpro);
    for (const member of Object.values(konpro)) expectClean(member);
  }
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
  "a configuration": () =>
    carrying({ config: { headers: { [keyHeader]: KEY }, list: [[KEY]] }, data: Buffer.from(KEY) }),
  "a cause": () => new Error("failed", { cause: new Error(KEY) }),
  "a cause that is text": () => new Error("failed", { cause: `sent ${KEY}` }),
  "a far cause": () => chain(5),
  "a cause too far to look at": () => chain(30),
  "a circle": circular,
  "several errors": () => new AggregateError([new Error(KEY), new Error("b")], "all failed"),
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

test("a key given by a function is kept out, too: each that the call has sent", async () => {
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
