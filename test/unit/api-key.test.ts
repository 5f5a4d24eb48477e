import { inspect } from "node:util";
import { gzipSync } from "node:zlib";
import {
  type AttemptInfo,
  KonProApiError,
  type KonProClientOptions,
  KonProConnectionError,
  KonProError,
} from "konpro-client";
import { describe, expect, test } from "vitest";
import { keyHeader } from "../../generated/operations.js";
import { lost } from "../support/api.js";
import { BASE_URL, connectTo, failureOf, KEY, recordingClock } from "../support/client.js";
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
  "a 2xx response that is not JSON": (key) => full(200, key),
  "a 2xx response that ends early": (key) => full(200, `{"key":"${key}`),
  "the location": (key) => full(302, "", { location: `https://elsewhere.example/${key}?${key}` }),
  "a location that is not a URL": (key) => full(302, "", { location: `http://[${key}` }),
  "garbage for HTTP": (key) => `${key}\r\n\r\n`,
  "a bad header": (key) => `HTTP/1.1 200 OK\r\nx: ${key}\0\r\n\r\n`,
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

test("a part of the path or the query that is the key is not quoted", async () => {
  const { konpro } = connectTo(BASE_URL, { fetch: lost }, recordingClock());
  const get = (init: object) => failureOf(Reflect.get(konpro, "getThing")(init));
  expectClean(await get({ params: { path: { id: KEY } } }));
  expectClean(await get({ params: { path: { id: "1" }, query: { [KEY]: KEY } } }));
});

test("data and GET's error are what the server sent, unaltered; made by us from the status line, it is clean", async () => {
  const body = { error: { message: KEY, details: { secret: SECRET } } };
  await using server = await startFaultServer(
    answer(400, JSON.stringify(body)),
    answer(400, `text ${KEY}`),
    answer(`400 Bad key ${KEY}`, ""),
    answer(200, JSON.stringify(body)),
  );
  const { GET } = connectTo(server.url);
  expect(await GET()).toMatchObject({ error: body });
  expect(await GET()).toMatchObject({ error: `text ${KEY}` });
  const { error } = await GET();
  expect(error).toMatch(/left out/);
  expectClean(error);
  expect(await GET()).toMatchObject({ data: body });
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

const carrying = (members: object) => Object.assign(new Error("failed"), members);

/** A fetch of the user's own may fail with anything, and what it has at hand is the key. */
const THROWN: Record<string, (request: Request) => unknown> = {
  "its message": () => new Error(`cannot send ${KEY}`),
  "the request": (request) => carrying({ request }),
  "a far cause": () => new Error("failed", { cause: new Error("failed", { cause: new Error(KEY) }) }),
  "text alone": () => `cannot send ${KEY}`,
  "how it shows itself": () => carrying({ toJSON: () => KEY, [inspect.custom]: () => KEY }),
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

test.each(["fake/key-0000\nx", "fake/key-0000\u0007x", "fake/key-0000éx"])(
  "a function's key that fits no header is not quoted: %j",
  async (bad) => expectClean(await failureOf(connectTo(BASE_URL, { apiKey: () => bad }).method())),
);
